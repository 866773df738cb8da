import type { Reason, ReasonCode } from "../model/decision.js";
import type { Language } from "../model/event.js";

/** One sentence per reason, in the language of the event. */
export function sentence(reason: Reason, language: Language): string {
  return sentences[language][reason.code](reason);
}

type Sentences = Readonly<Record<ReasonCode, (reason: Reason) => string>>;

const sentences: Readonly<Record<Language, Sentences>> = {
  en: {
    "attendance-none": () => "did not attend",
    "attendance-short": (r) =>
      `attended ${amount(r, "actual", "en")}, required are ${amount(r, "required", "en")}`,
    "quiz-below": (r) =>
      `scored ${amount(r, "actual", "en")} in ${r.about.join(", ")}, required are ${amount(r, "required", "en")}`,
    "quiz-missing": (r) => `no finished attempt at ${r.about.join(", ")}`,
    "presence-missing": (r) =>
      `${r.actual} of ${r.required} attendance forms; missing: ${r.about.join(", ")}`,
    "role-not-listed": (r) => `takes part as ${r.actual}; the certificate is for: ${r.required}`,
    "name-ambiguous": (r) =>
      r.about.length > 1
        ? `several people bear the name: ${r.about.join("; ")}`
        : `"${r.about[0] ?? ""}" is no name of a person: who was it?`,
    "name-similar": (r) =>
      r.alike
        ? `addresses that look the same but are not, one person or an impostor: ${r.about.join("; ")}`
        : `may be the same person: ${r.about.join("; ")}`,
    "name-unprintable": (r) => `the name cannot be printed: ${r.about.join("; ")}`,
    "email-shared": (r) => `one address, at the same time, under different names: ${r.about.join("; ")}`,
    "total-uncertain": (r) =>
      `between ${r.actual} minutes: the export gives sums only, or has a row that cannot be read`,
    "score-unreadable": (r) => `what was scored in ${r.about.join(", ")} cannot be read`,
    "still-connected": (r) => `between ${r.actual} minutes: the export was made before the person left`,
    "ruled-issue": (r) => `ruled: issue${because(r)}`,
    "ruled-deny": (r) => `ruled: deny${because(r)}`,
  },
  id: {
    "attendance-none": () => "tidak hadir",
    "attendance-short": (r) => `hadir ${amount(r, "actual", "id")}, syaratnya ${amount(r, "required", "id")}`,
    "quiz-below": (r) =>
      `nilai ${amount(r, "actual", "id")} pada ${r.about.join(", ")}, syaratnya ${amount(r, "required", "id")}`,
    "quiz-missing": (r) => `belum ada percobaan ${r.about.join(", ")} yang selesai`,
    "presence-missing": (r) =>
      `${r.actual} dari ${r.required} daftar hadir; belum diisi: ${r.about.join(", ")}`,
    "role-not-listed": (r) => `hadir sebagai ${r.actual}; sertifikat untuk: ${r.required}`,
    "name-ambiguous": (r) =>
      r.about.length > 1
        ? `beberapa orang bernama sama: ${r.about.join("; ")}`
        : `"${r.about[0] ?? ""}" bukan nama orang: siapa dia?`,
    "name-similar": (r) =>
      r.alike
        ? `alamat tampak sama tetapi berbeda huruf, satu orang atau peniru: ${r.about.join("; ")}`
        : `mungkin orang yang sama: ${r.about.join("; ")}`,
    "name-unprintable": (r) => `nama tidak dapat dicetak: ${r.about.join("; ")}`,
    "email-shared": (r) => `satu alamat, pada waktu yang sama, dengan nama berbeda: ${r.about.join("; ")}`,
    "total-uncertain": (r) =>
      `antara ${r.actual} menit: ekspor hanya memuat jumlah, atau ada baris yang tidak terbaca`,
    "score-unreadable": (r) => `nilai ${r.about.join(", ")} tidak terbaca`,
    "still-connected": (r) => `antara ${r.actual} menit: ekspor dibuat sebelum orang ini keluar`,
    "ruled-issue": (r) => `keputusan: terbitkan${because(r)}`,
    "ruled-deny": (r) => `keputusan: tolak${because(r)}`,
  },
};

const units: Readonly<Record<Language, Record<"percent" | "minutes" | "points" | "sessions", string>>> = {
  en: { percent: " %", minutes: " minutes", points: " points", sessions: " sessions" },
  id: { percent: " %", minutes: " menit", points: " poin", sessions: " sesi" },
};

function amount(reason: Reason, which: "required" | "actual", language: Language): string {
  const value = reason[which];
  const text = typeof value === "number" ? formatNumber(value, language) : (value ?? "");
  const unit = reason.unit;
  return unit === "percent" || unit === "minutes" || unit === "points" || unit === "sessions"
    ? `${text}${units[language][unit]}`
    : text;
}

/** At most two decimals; Indonesian writes a decimal comma. */
export function formatNumber(value: number, language: Language): string {
  const text = String(Math.round(value * 100) / 100);
  return language === "id" ? text.replace(".", ",") : text;
}

function because(reason: Reason): string {
  return reason.about.length === 0 ? "" : ` (${reason.about.join("; ")})`;
}
