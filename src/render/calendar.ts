/**
 * Dates as people write them. The names stand here rather than in the platform's locale data: those change between
 * versions of Node, and a certificate drawn again in five years must have the same bytes.
 */

export type Language = "id" | "en";

const months = {
  id: "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(" "),
  en: "January February March April May June July August September October November December".split(" "),
};
const weekdays = {
  id: "Minggu Senin Selasa Rabu Kamis Jumat Sabtu".split(" "),
  en: "Sunday Monday Tuesday Wednesday Thursday Friday Saturday".split(" "),
};

export const usualPattern = "d MMMM y";
const isoDay = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Whether a pattern says only what {@link formatDate} can fill in. */
export function isDatePattern(pattern: string): boolean {
  return /[dMyE]/.test(pattern) && !/[a-zA-Z]/.test(pattern.replace(/EEEE|MMMM|MMM|MM|dd|d|y/g, ""));
}

/**
 * An ISO date, or a period as `first/last`, in words; `null` if it is neither.
 * Spaces inside are non-breaking, so that no line ends between day and month.
 *
 * @param pattern of `EEEE d dd MMMM MMM MM y`; a period shares what both ends have in common: 13–14 Maret 2025
 */
export function formatDate(value: string, pattern: string, language: Language): string | null {
  const [first = "", last = first, ...more] = value.split("/");
  const [from, to] = [parseDay(first), parseDay(last)];
  if (from === null || to === null || more.length > 0) return null;
  if (first === last) return formatDay(from, pattern, language);
  if (pattern !== usualPattern) {
    return `${formatDay(from, pattern, language)} – ${formatDay(to, pattern, language)}`;
  }
  const end = formatDay(to, pattern, language);
  if (from.year !== to.year) return `${formatDay(from, pattern, language)} – ${end}`;
  if (from.month !== to.month) return `${formatDay(from, "d MMMM", language)} – ${end}`;
  return `${from.day}–${end}`;
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

function parseDay(text: string): Day | null {
  const [, year, month, day] = (isoDay.exec(text) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.toISOString().slice(0, 10) === text ? { year, month, day, weekday: date.getUTCDay() } : null;
}

function formatDay({ year, month, day, weekday }: Day, pattern: string, language: Language): string {
  const monthName = months[language][month - 1] ?? "";
  const parts: Readonly<Record<string, string>> = {
    EEEE: weekdays[language][weekday] ?? "",
    MMMM: monthName,
    MMM: monthName.slice(0, 3),
    MM: String(month).padStart(2, "0"),
    dd: String(day).padStart(2, "0"),
    d: String(day),
    y: String(year),
  };
  const spaced = pattern.replace(/(?<!,) /g, "\u00a0");
  return spaced.replace(/EEEE|MMMM|MMM|MM|dd|d|y/g, (part) => parts[part] ?? part);
}
