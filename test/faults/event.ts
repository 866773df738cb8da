import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** An event of any size in which everybody passes, the second half of them by a quiz that they hand in late. */

const eventFile = `event:
  id: gangguan-1
  title: Arsip yang Tahan Gangguan
  language: id
  timezone: Asia/Jakarta
  sessions: [{ id: main, start: 2026-09-24 08:30, end: 2026-09-24 11:30 }]
issuer: { name: Badan Pelatihan Aparatur }
inputs: { attendance: hadir.csv, quizzes: { post-test: kuis.csv } }
awards:
  - id: participant
    when: { attendance: { min_percent: 75 }, quizzes: { post-test: { min_percent: 70 } } }
certificate: { number: "{seq:5}/{event.id}/{month:roman}/{year}" }
verify: { url: https://sertifikat.badan.example/v }
`;

const first = [
  "Aulia",
  "Bagus",
  "Citra",
  "Dimas",
  "Endah",
  "Fajar",
  "Gita",
  "Hasan",
  "Intan",
  "Jaya",
  "Kirana",
];
const last = ["Wibowo", "Lestari", "Nugroho", "Siregar", "Pangestu", "Hutapea", "Maharani"];

/** Of people there may be any number, each with a name of their own. */
function nameOf(number: number): string {
  const middle = String.fromCharCode(65 + (number % 26), 97 + (Math.floor(number / 26) % 26));
  return `${first[number % first.length]} ${middle}${spelled(number)} ${last[number % last.length]}`;
}

function spelled(number: number): string {
  return [...String(number)].map((digit) => "aeioubdgkl"[Number(digit)]).join("");
}

export function writeEvent(folder: string, people: number): void {
  mkdirSync(folder, { recursive: true });
  const everybody = Array.from({ length: people }, (_, number) => number);
  writeFileSync(join(folder, "event.yaml"), eventFile);
  writeFileSync(
    join(folder, "hadir.csv"),
    lines(
      "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest",
      everybody.map(
        (number) =>
          `${nameOf(number)},p${number}@x.example,"09/24/2026 08:20:00 AM","09/24/2026 11:31:00 AM",191,Yes`,
      ),
    ),
  );
  writeQuiz(folder, everybody.slice(0, Math.ceil(people / 2)), "w");
}

/** The other half hands in the quiz. */
export function handInLate(folder: string, people: number): void {
  writeQuiz(folder, Array.from({ length: people }, (_, number) => number).slice(Math.ceil(people / 2)), "a");
}

function writeQuiz(folder: string, numbers: readonly number[], flag: "w" | "a"): void {
  const rows = numbers.map(
    (number) => `9/24/2026 11:40:00,p${number}@x.example,9 / 10,"${nameOf(number)}, S.E."`,
  );
  const header = "Timestamp,Email Address,Score,Nama Lengkap (beserta gelar)";
  const text = flag === "w" ? lines(header, rows) : rows.map((row) => `${row}\n`).join("");
  writeFileSync(join(folder, "kuis.csv"), text, { flag });
}

function lines(header: string, rows: readonly string[]): string {
  return [header, ...rows, ""].join("\n");
}
