import { writeFiles } from "../cli/lulus.js";

/** Names as strangers type them: for a browser, a spreadsheet, a pull request, a terminal. */
export const hostile = {
  markup: "<img src=x onerror=alert(1)>",
  script: "</script><script>alert(2)</script>",
  template: "<%= it.issuer %> {{7*7}}",
  formula: '=HYPERLINK("http://evil.example","Siti")',
  plus: "+cmd|' /C calc'!A0",
  mention: "@octocat dan #12",
  link: "[klik di sini](http://evil.example) https://evil.example www.evil.example",
  table: "a | b ` c `` d <!-- e",
  emphasis: "**tebal** _miring_ ~~coret~~ # judul",
  inherited: "constructor",
  long: "Wirasasmitakertanegarapoerwadarmintadjojohadikusumo".repeat(3),
} as const;

/** Two days, a form, two awards, two ways to the second: every kind of bar that an event can have. */
const event = `event:
  id: jahat-1
  title: "Rapat <b>Besar</b> & Kecil"
  series: Seri ke-"1"
  language: id
  timezone: Asia/Jakarta
  sessions:
    - { id: hari1, start: 2024-10-24 09:00, end: 2024-10-24 11:00 }
    - { id: hari2, start: 2024-10-25 09:00, end: 2024-10-25 10:00 }
issuer:
  name: Badan <i>Pelatihan</i>
inputs:
  attendance: zoom.csv
  quizzes:
    post-test: quiz.csv
  presence:
    awal: awal.csv
  roster: roster.csv
awards:
  - id: distinction
    label: Terbaik
    when:
      attendance: { min_percent: 90 }
      quizzes: { post-test: { min_points: 9 } }
  - id: participant
    label: Peserta
    when:
      any:
        - attendance: { sessions: { min: 1, of: [hari1, hari2], min_percent: 75 } }
          quizzes: { post-test: { min_percent: 70 } }
        - presence: { min: 1, of: [awal] }
          attendance: { min_minutes: 90 }
certificate:
  number: "{seq:4}/{event.id}/{year}"
verify:
  url: https://s.example/v
`;

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")).join("\n");
}

/** Writes the event with `people` guests besides the hostile ones; what each of them did follows from their number. */
export function writeNasty(folder: string, people = 60): string {
  const names = [
    ...Object.values(hostile),
    ...Array.from({ length: people }, (_, index) => `Warga Biasa Nomor${letters(index)}`),
  ];
  const guests = names.map((name, index) => ({ name, email: `orang${index}@warga.example`, index }));
  const day = (date: string, minutes: (index: number) => number) =>
    guests
      .filter(({ index }) => minutes(index) > 0)
      .map(({ name, email, index }) => {
        const leave = minutes(index) * 60 + (index % 60);
        return [
          name,
          email,
          `${date} 09:00:00 AM`,
          `${date} ${clock(9 * 3600 + leave)} AM`,
          String(minutes(index)),
          "Yes",
        ];
      });
  const zoom = [
    ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest"],
    ...day("10/24/2024", (index) => (index % 9 === 8 ? 0 : 50 + ((index * 7) % 69))),
    ...day("10/25/2024", (index) => (index % 4 === 3 ? 0 : 20 + ((index * 11) % 39))),
  ];
  const quiz = [
    ["Timestamp", "Email Address", "Score", "Nama Lengkap (beserta gelar)"],
    ...guests
      .filter(({ index }) => index % 7 !== 6)
      .map(({ name, email, index }) => ["10/25/2024 10:02:11", email, `${4 + (index % 7)} / 10`, name]),
    ["10/25/2024 10:05:00", "tidak-hadir@warga.example", "8 / 10", "Tidak Pernah Hadir"],
  ];
  const awal = [
    ["Timestamp", "Email Address", "Nama"],
    ...guests
      .filter(({ index }) => index % 3 === 0)
      .map(({ name, email }) => ["10/24/2024 09:02:11", email, name]),
  ];
  const roster = [
    ["Nama", "Email", "NIP", "Instansi"],
    ...guests
      .slice(0, 5)
      .map(({ name, email, index }) => [name, email, `19900101201503100${index}`, "=Dinas"]),
    ["Hanya Terdaftar", "terdaftar@warga.example", "199001012015031099", "Dinas"],
  ];
  return writeFiles(folder, [
    ["event.yaml", event],
    ["zoom.csv", csv(zoom)],
    ["quiz.csv", csv(quiz)],
    ["awal.csv", csv(awal)],
    ["roster.csv", csv(roster)],
  ]);
}

/** 0 → A, 27 → BB: names that differ and stay names. */
function letters(index: number): string {
  return String.fromCharCode(65 + (index % 26)).repeat(1 + Math.floor(index / 26));
}

function clock(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
