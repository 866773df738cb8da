import type { Language } from "../model/event.js";
import type { InputSummary } from "../model/row.js";
import type { Variant } from "./alternatives.js";
import type { Bar } from "./bar.js";
import type { Check } from "./check.js";
import type { Distribution } from "./distribution.js";
import { fill, labelsOf } from "./labels.js";
import { formatNumber } from "./sentence.js";

/** `1.234` in Indonesian, `1,234` in English. */
export function formatCount(value: number, language: Language): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, language === "id" ? "." : ",");
}

/** `75 %`, `70 poin`. */
export function formatBar(value: number, { unit }: Bar, language: Language): string {
  return `${formatNumber(value, language)} ${labelsOf(language).units[unit]}`;
}

/** What a bar measures: `Attendance`, `Attendance, day1`, `Score, post-test`. */
export function barTitle(bar: Pick<Bar, "measure" | "about">, language: Language): string {
  const labels = labelsOf(language);
  const of = bar.about.join(", ");
  if (bar.measure === "attendance") return labels.attendance;
  if (bar.measure === "presence") return `${labels.forms}, ${of}`;
  return fill(bar.measure === "quiz" ? labels.score : labels.attendanceIn, { of });
}

export function distributionTitle({ measure, of }: Distribution, language: Language): string {
  return barTitle({ measure, about: [of] }, language);
}

/** `31 more`, `12 fewer`, `no change`. */
export function formatDifference(difference: number, language: Language): string {
  const labels = labelsOf(language);
  if (difference === 0) return labels.same;
  const n = formatCount(Math.abs(difference), language);
  return fill(difference > 0 ? labels.more : labels.fewer, { n });
}

/** With the sign in front: `+31`, `−12`, `±0`. */
export function formatSigned(difference: number, language: Language): string {
  const sign = difference > 0 ? "+" : difference < 0 ? "−" : "±";
  return `${sign}${formatCount(Math.abs(difference), language)}`;
}

/** How many more are given something than now; with several awards, of the award that the bar belongs to. */
export function differenceOf(check: Check, now: Variant, variant: Variant): number {
  return check.awards.length > 1 ? variant.given - now.given : variant.eligible - now.eligible;
}

/** What an award is called: its label, else its id. */
export function awardTitle(check: Check, id: string): string {
  return check.conditions.find((condition) => condition.id === id)?.label ?? id;
}

/** The role in the event's language, where it has a word for it. */
export function roleTitle(role: string, language: Language): string {
  const known: Readonly<Record<string, string>> = labelsOf(language).roles;
  return Object.hasOwn(known, role) ? (known[role] ?? role) : role;
}

/** `2 × no name, 1 × waiting room`. */
export function skippedBecause({ skippedBecause }: InputSummary): string {
  return Object.entries(skippedBecause)
    .map(([why, count]) => `${count} × ${why}`)
    .join(", ");
}

/** Percent with at most two places, as reasons tell it; never rounded up to a whole number, where bars stand. */
export function percentReached(part: number, whole: number): number {
  if (whole === 0) return 0;
  const exact = (part * 100) / whole;
  const rounded = Math.round((exact + Number.EPSILON) * 100) / 100;
  return rounded > exact && Number.isInteger(rounded) ? rounded - 0.01 : rounded;
}
