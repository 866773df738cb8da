import type { ReasonCode } from "../model/decision.js";
import type { Language } from "../model/event.js";

/** What a report says around the figures, per language of the event. */
export interface Words {
  readonly people: string;
  readonly rows: string;
  readonly skipped: string;
  readonly sameAs: string;
  readonly eligible: string;
  readonly ineligible: string;
  readonly review: string;
  readonly reasons: string;
  readonly nearMisses: string;
  readonly forReview: string;
  /** what to type */
  readonly toSettle: string;
  readonly exampleAddress: (url: string) => string;
  readonly unmatched: string;
  readonly attendanceOnly: string;
  readonly quizOnly: string;
  readonly listOnly: string;
  readonly warnings: string;
  readonly more: string;
  readonly codes: Readonly<Record<ReasonCode, string>>;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    people: "people",
    rows: "rows",
    skipped: "skipped",
    sameAs: "the same bytes as",
    eligible: "eligible",
    ineligible: "not eligible",
    review: "for review",
    reasons: "Reasons",
    nearMisses: "Near misses",
    forReview: "For review",
    exampleAddress: (url) => `the QR codes lead to ${url}, which is an example: fine for a trial`,
    toSettle: "to settle them: lulus check --review decisions.csv",
    unmatched: "On one side only",
    attendanceOnly: "came, but took no quiz",
    quizOnly: "took the quiz, but are in no attendance export",
    listOnly: "listed, but in no attendance export, quiz or form",
    warnings: "Warnings",
    more: "more: see --report or --json",
    codes: {
      "attendance-short": "attended too little",
      "attendance-none": "did not attend",
      "quiz-below": "scored too little",
      "quiz-missing": "no finished quiz",
      "presence-missing": "attendance form missing",
      "role-not-listed": "not this role's certificate",
      "name-ambiguous": "whose rows these are is open",
      "name-similar": "may be one person under two spellings",
      "name-unprintable": "the name cannot be printed",
      "email-shared": "one address, several people",
      "total-uncertain": "time not known exactly",
      "score-unreadable": "score that cannot be read",
      "still-connected": "no leaving time",
      "ruled-issue": "ruled: issue",
      "ruled-deny": "ruled: deny",
    },
  },
  id: {
    people: "orang",
    rows: "baris",
    skipped: "dilewati",
    sameAs: "isinya sama persis dengan",
    eligible: "memenuhi syarat",
    ineligible: "tidak memenuhi syarat",
    review: "perlu diperiksa",
    reasons: "Alasan",
    nearMisses: "Nyaris memenuhi",
    forReview: "Perlu diperiksa",
    exampleAddress: (url) => `kode QR menuju ${url}, yang hanya contoh: cukup untuk mencoba`,
    toSettle: "untuk memutuskannya: lulus check --review decisions.csv",
    unmatched: "Hanya di satu sisi",
    attendanceOnly: "hadir, tetapi tidak mengerjakan kuis",
    quizOnly: "mengerjakan kuis, tetapi tidak ada di daftar hadir",
    listOnly: "tercantum di daftar, tetapi tidak hadir, tidak mengerjakan kuis, tidak mengisi formulir",
    warnings: "Peringatan",
    more: "lagi: lihat --report atau --json",
    codes: {
      "attendance-short": "kehadiran kurang",
      "attendance-none": "tidak hadir",
      "quiz-below": "nilai kurang",
      "quiz-missing": "kuis tidak selesai",
      "presence-missing": "daftar hadir belum diisi",
      "role-not-listed": "bukan sertifikat untuk peran ini",
      "name-ambiguous": "belum jelas baris ini milik siapa",
      "name-similar": "mungkin satu orang dengan dua ejaan",
      "name-unprintable": "nama tidak dapat dicetak",
      "email-shared": "satu alamat, beberapa orang",
      "total-uncertain": "waktu tidak diketahui pasti",
      "score-unreadable": "nilai tidak terbaca",
      "still-connected": "waktu keluar tidak ada",
      "ruled-issue": "keputusan: terbitkan",
      "ruled-deny": "keputusan: tolak",
    },
  },
};

export function wordsOf(language: Language): Words {
  return words[language];
}
