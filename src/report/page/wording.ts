import type { Language } from "../../model/event.js";
import { type Labels, labelsOf } from "../labels.js";

/** What the page says beside headings and figures; the script's part of it travels with the data. */
export type PageWords = Readonly<typeof english>;

const english = {
  dryRun: "Dry run: nothing has been issued",
  overview: "Overview",
  charts: "Distribution",
  attendanceChart: "Attendance of those who came, in percent of the scheduled time",
  scoreChart: "Best counting attempt of those who took the quiz, in percent of the maximum",
  chartDescription:
    "Histogram in steps of five percent. {people} people; the tallest column, {from} to {to} percent, holds {most}.",
  numbers: "As numbers",
  range: "Range",
  peopleAxis: "people",
  percentAxis: "percent",
  settled: "settled by: {because}",
  noScript: "The table of people needs JavaScript. The same people are in the CSV and XLSX reports.",
  contents: "Contents",
  set: "to try it yourself:",
  hash: "fingerprint of the file (SHA-256)",
  awardOf: "award",
  show: "Show the list",
  nobody: "Nobody.",
  noReasons: "Nobody was given a reason: all are eligible.",
};

const indonesian: PageWords = {
  dryRun: "Uji coba: belum ada yang diterbitkan",
  overview: "Ringkasan",
  charts: "Sebaran",
  attendanceChart: "Kehadiran mereka yang datang, dalam persen dari waktu terjadwal",
  scoreChart: "Nilai yang dihitung dari mereka yang mengerjakan, dalam persen dari nilai maksimum",
  chartDescription:
    "Histogram per lima persen. {people} orang; batang tertinggi, {from} sampai {to} persen, berisi {most}.",
  numbers: "Dalam angka",
  range: "Rentang",
  peopleAxis: "orang",
  percentAxis: "persen",
  settled: "ditentukan oleh: {because}",
  noScript: "Tabel orang memerlukan JavaScript. Orang yang sama ada di laporan CSV dan XLSX.",
  contents: "Isi",
  set: "untuk mencoba sendiri:",
  hash: "sidik berkas (SHA-256)",
  awardOf: "penghargaan",
  show: "Tampilkan daftarnya",
  nobody: "Tidak ada.",
  noReasons: "Tidak ada alasan: semua orang memenuhi syarat.",
};

export function pageWords(language: Language): PageWords {
  return language === "id" ? indonesian : english;
}

/** The words of the table that the script builds. */
export type ScriptLabels = Readonly<
  Record<keyof typeof scriptEnglish, string> & {
    outcomes: Readonly<Record<"eligible" | "ineligible" | "review", string>>;
  }
> &
  Pick<
    Labels,
    | "name"
    | "email"
    | "decision"
    | "award"
    | "attendance"
    | "reason"
    | "role"
    | "nip"
    | "institution"
    | "aliases"
    | "sources"
    | "forms"
    | "score"
    | "id"
    | "reasons"
    | "attempts"
  >;

const scriptEnglish = {
  search: "Search",
  searchHint: "name, e-mail, NIP, spelling, reason",
  all: "all",
  reset: "Show everybody",
  found: "{n} of {all} people",
  everybody: "{all} people",
  nobody: "Nobody matches. Fewer words or another filter may help.",
  page: "Page {n} of {all}",
  previous: "Previous",
  next: "Next",
  sort: "Sort by",
  ascending: "ascending",
  descending: "descending",
  of: "of",
  figures: "Figures",
  identity: "Person",
  nameless: "(no name)",
};

const scriptIndonesian: typeof scriptEnglish = {
  search: "Cari",
  searchHint: "nama, surel, NIP, ejaan, alasan",
  all: "semua",
  reset: "Tampilkan semua",
  found: "{n} dari {all} orang",
  everybody: "{all} orang",
  nobody: "Tidak ada yang cocok. Coba kata yang lebih sedikit atau saringan lain.",
  page: "Halaman {n} dari {all}",
  previous: "Sebelumnya",
  next: "Berikutnya",
  sort: "Urutkan menurut",
  ascending: "naik",
  descending: "turun",
  of: "dari",
  figures: "Angka",
  identity: "Orang",
  nameless: "(tanpa nama)",
};

export function scriptLabels(language: Language): ScriptLabels {
  const labels = labelsOf(language);
  const { eligible, ineligible, review } = labels;
  const own = language === "id" ? scriptIndonesian : scriptEnglish;
  return {
    ...own,
    outcomes: { eligible, ineligible, review },
    name: labels.name,
    email: labels.email,
    decision: labels.decision,
    award: labels.award,
    attendance: labels.attendance,
    reason: labels.reason,
    reasons: labels.reasons,
    role: labels.role,
    nip: labels.nip,
    institution: labels.institution,
    aliases: labels.aliases,
    sources: labels.sources,
    forms: labels.forms,
    score: labels.score,
    attempts: labels.attempts,
    id: labels.id,
  };
}
