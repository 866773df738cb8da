/** A small event that works, to be broken in one place by each test. */
export const smallEvent: Readonly<Record<string, string>> = {
  "event.yaml": `event:
  id: coba-1
  title: Menulis Notula yang Dibaca Orang
  language: en
  timezone: Asia/Jakarta
  sessions:
    - { id: main, start: 2024-10-24 09:00, end: 2024-10-24 11:00 }
issuer:
  name: Badan Pelatihan Aparatur
inputs:
  attendance: zoom.csv
  quizzes:
    post-test: quiz.csv
awards:
  - id: participant
    when:
      attendance: { min_percent: 75 }
      quizzes: { post-test: { min_percent: 70 } }
certificate:
  number: "{seq:4}/{event.id}/{year}"
verify:
  url: https://s.example/v
`,
  "zoom.csv": `Topic,ID,Host,Duration (minutes),Start time,End time,Participants
Notula,81796405615,Panitia (host@bpa.example),125,"10/24/2024 08:55:00 AM","10/24/2024 11:05:00 AM",4

Name (original name),Email,Join time,Leave time,Duration (minutes),Guest
Panitia,host@bpa.example,"10/24/2024 08:55:00 AM","10/24/2024 11:05:00 AM",130,No
SITI AMINAH,siti@x.example,"10/24/2024 08:58:00 AM","10/24/2024 10:00:00 AM",62,Yes
SITI AMINAH,siti@x.example,"10/24/2024 10:00:10 AM","10/24/2024 11:05:00 AM",65,Yes
Budi Santoso,,"10/24/2024 09:10:00 AM","10/24/2024 11:00:00 AM",110,Yes
Ketut Wirawan,ketut@x.example,"10/24/2024 09:00:00 AM","10/24/2024 10:29:59 AM",90,Yes
`,
  "quiz.csv": `Timestamp,Email Address,Score,Nama Lengkap (beserta gelar)
10/24/2024 11:02:11,siti@x.example,8 / 10,"Siti Aminah, S.Kep., Ns."
10/24/2024 11:03:00,budi@x.example,7 / 10,Budi Santoso
10/24/2024 11:03:20,ketut@x.example,10 / 10,I Ketut Wirawan
`,
};
