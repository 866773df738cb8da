import type { Language } from "../model/event.js";

/** What `explain` says around names and figures, per language of the event. */
export interface ExplainWords {
  readonly outcomes: Readonly<Record<"eligible" | "ineligible" | "review", string>>;
  readonly also: string;
  readonly role: string;
  readonly listed: string;
  readonly absent: string;
  readonly unreadable: string;
  readonly outside: string;
  readonly sum: string;
  readonly stillThere: string;
  readonly of: string;
  readonly between: string;
  readonly and: string;
  readonly attempts: (count: number) => string;
  readonly unfinished: string;
  readonly unreadableScore: string;
  readonly counts: string;
  readonly form: string;
  readonly award: string;
  readonly atLeast: string;
  readonly allSessions: string;
  readonly anyTime: string;
  readonly each: string;
  readonly sessions: string;
  readonly forms: string;
  readonly attendance: string;
  readonly none: string;
  readonly noAttempt: string;
  readonly oneOf: string;
  readonly orElse: string;
  readonly short: (what: string) => string;
  readonly units: Readonly<
    Record<"hour" | "minute" | "second" | "point" | "session" | "form", readonly [string, string]>
  >;
  readonly doubt: string;
  readonly ifSame: string;
  readonly ifAnswered: Readonly<Record<"same" | "different" | "issue" | "deny" | "name", string>>;
  readonly settle: (file: string) => string;
}

const words: Readonly<Record<Language, ExplainWords>> = {
  en: {
    outcomes: { eligible: "eligible", ineligible: "not eligible", review: "for review" },
    also: "also written",
    role: "role",
    listed: "listed in",
    absent: "counts nothing: registered and did not come, or in the waiting room",
    unreadable: "cannot be read: anything from nothing to the whole session",
    outside: "outside every session",
    sum: "a sum without times:",
    stillThere: "still connected",
    of: "of",
    between: "between",
    and: "and",
    attempts: (count) => (count === 1 ? "1 attempt" : `${count} attempts`),
    unfinished: "no attempt: unfinished or without a score",
    unreadableScore: "cannot be read: anything from nothing to everything",
    counts: "counts",
    form: "filled in",
    award: "award",
    atLeast: "at least",
    allSessions: "of all sessions",
    anyTime: "any time at all",
    each: "each",
    sessions: "sessions",
    forms: "attendance forms",
    attendance: "attendance",
    none: "none",
    noAttempt: "no attempt",
    oneOf: "one of these",
    orElse: "or",
    short: (what) => `${what} short`,
    units: {
      hour: ["hour", "hours"],
      minute: ["minute", "minutes"],
      second: ["second", "seconds"],
      point: ["point", "points"],
      session: ["session", "sessions"],
      form: ["form", "forms"],
    },
    doubt: "In doubt",
    ifSame: "if they are the same",
    ifAnswered: {
      same: "they are one person",
      different: "they are two people",
      issue: "give the certificate whatever the rule says",
      deny: "refuse it",
      name: "print the name under reason",
    },
    settle: (file) => `settle it with a row in ${file}`,
  },
  id: {
    outcomes: { eligible: "memenuhi syarat", ineligible: "tidak memenuhi syarat", review: "perlu diperiksa" },
    also: "juga tertulis",
    role: "peran",
    listed: "tercantum dalam",
    absent: "tidak dihitung: terdaftar tetapi tidak hadir, atau di ruang tunggu",
    unreadable: "tidak terbaca: bisa dari nol sampai seluruh sesi",
    outside: "di luar semua sesi",
    sum: "jumlah tanpa waktu:",
    stillThere: "masih terhubung",
    of: "dari",
    between: "antara",
    and: "dan",
    attempts: (count) => `${count} percobaan`,
    unfinished: "bukan percobaan: belum selesai atau tanpa nilai",
    unreadableScore: "tidak terbaca: bisa dari nol sampai penuh",
    counts: "dihitung",
    form: "diisi",
    award: "sertifikat",
    atLeast: "paling sedikit",
    allSessions: "dari semua sesi",
    anyTime: "hadir sebentar pun",
    each: "masing-masing",
    sessions: "sesi",
    forms: "daftar hadir",
    attendance: "kehadiran",
    none: "tidak ada",
    noAttempt: "belum ada percobaan",
    oneOf: "salah satu dari",
    orElse: "atau",
    short: (what) => `kurang ${what}`,
    units: {
      hour: ["jam", "jam"],
      minute: ["menit", "menit"],
      second: ["detik", "detik"],
      point: ["poin", "poin"],
      session: ["sesi", "sesi"],
      form: ["formulir", "formulir"],
    },
    doubt: "Diragukan",
    ifSame: "jika orang yang sama",
    ifAnswered: {
      same: "satu orang",
      different: "dua orang",
      issue: "terbitkan apa pun syaratnya",
      deny: "tolak",
      name: "cetak nama pada kolom reason",
    },
    settle: (file) => `selesaikan dengan satu baris di ${file}`,
  },
};

export function explainWords(language: Language): ExplainWords {
  return words[language];
}
