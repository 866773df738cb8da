// An event in which everybody passes, of any size: what is measured is what comes after the decision.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { quoted, sheetTime, writeLines, zoomTime } from "../intake/lines.js";
import { person } from "../intake/people.js";

const eventFile = `event:
  id: ukur-3
  title: Sertifikat yang Diukur, dari Register sampai Cetak
  series: Webinar ASN Belajar Seri 12
  language: id
  timezone: Asia/Jakarta
  sessions: [{ id: main, start: 2026-09-24 08:30, end: 2026-09-24 11:30 }]
issuer: { name: Badan Pelatihan Aparatur Provinsi Nusa Raya }
inputs: { attendance: attendance.csv, quizzes: { post-test: quiz.csv } }
awards:
  - id: participant
    template: classic
    when: { attendance: { min_percent: 75 }, quizzes: { post-test: { min_percent: 70 } } }
certificate:
  number: "{seq:6}/{event.id}/{month:roman}/{year}"
  fields: { hours: 3 JP, place: Kota Baru, signatory: { name: "Dr. Ratna Dewi, M.Si.", title: Kepala Badan, nip: "197001011995032001" } }
verify: { url: https://sertifikat.nusaraya.example/v }
`;

/** Letters beyond ASCII, as names have them, so that fonts are cut down to more than an alphabet. */
const marked = [
  "Aḥmad",
  "Nūr",
  "Fāṭimah",
  "Zoë",
  "Élodie",
  "Łukasz",
  "Đặng",
  "Çağla",
  "Øyvind",
  "Žaneta",
  "Ñusta",
  "Ibrāhīm",
];

const nameOf = (number) => {
  const { full } = person(number);
  return number % 9 === 0 ? `${marked[(number / 9) % marked.length]} ${full}` : full;
};

/** Writes the event's folder. @param {string} folder @param {number} people */
export async function writeEvent(folder, people) {
  writeFileSync(join(folder, "event.yaml"), eventFile);
  await writeLines(join(folder, "attendance.csv"), attendance(people));
  await writeLines(join(folder, "quiz.csv"), quiz(people));
}

function* attendance(people) {
  yield "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest";
  for (let number = 0; number < people; number += 1) {
    const { name, email } = person(number);
    yield `${quoted(name)},${email},${zoomTime(8 * 3600 + 1500)},${zoomTime(11 * 3600 + 1800)},185,Yes`;
  }
}

function* quiz(people) {
  yield "Timestamp,Email Address,Score,Nama Lengkap (beserta gelar)";
  for (let number = 0; number < people; number += 1)
    yield `${sheetTime(11 * 3600 + 1900)},${person(number).email},9 / 10,${quoted(nameOf(number))}`;
}
