/** What a number format of a workbook makes of a number. Only what changes the meaning is told apart, not the look. */
export type NumberFormat =
  | { readonly kind: "plain" }
  | { readonly kind: "percent" }
  | { readonly kind: "date"; readonly hasTime: boolean }
  /** `8` shown as `8 / 10`: so Google Forms writes its scores */
  | { readonly kind: "outOf"; readonly max: string };

const plain: NumberFormat = { kind: "plain" };
const day: NumberFormat = { kind: "date", hasTime: false };
const moment: NumberFormat = { kind: "date", hasTime: true };

/** Formats that have a number and no code (ECMA-376, 18.8.30), those of East Asia included. */
const builtIn: readonly (readonly [from: number, to: number, format: NumberFormat])[] = [
  [9, 10, { kind: "percent" }],
  [14, 17, day],
  [18, 22, moment],
  [27, 31, day],
  [32, 35, moment],
  [36, 36, day],
  [45, 47, moment],
  [50, 58, day],
];

export function formatOf(id: number, code: string | undefined): NumberFormat {
  if (code === undefined) return builtIn.find(([from, to]) => id >= from && id <= to)?.[2] ?? plain;
  const first = sectionOf(code);
  const marks = first.replace(/"[^"]*"?|\\.|[_*]./g, "").replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, "");
  if (marks.includes("%")) return { kind: "percent" };
  if (/^general$/i.test(marks.trim())) return plain;
  if (/[ydhs]|m/i.test(marks)) return /[hs]/i.test(marks) ? moment : day;
  return marks.includes("/") ? plain : outOf(first);
}

/** Behind a semicolon stands how to show negative numbers, nought and text. */
function sectionOf(code: string): string {
  return /^(?:"[^"]*"?|\\.|[^;"\\])*/.exec(code)?.[0] ?? code;
}

function outOf(section: string): NumberFormat {
  const shown = section
    .replace(/\[[^\]]*\]|[_*]./g, "")
    .replace(/\\(.)/g, "$1")
    .replaceAll('"', "");
  const max = /^[#0.,?\s]+\/\s*(\d+(?:[.,]\d+)?)\s*$/.exec(shown)?.[1];
  return max === undefined ? plain : { kind: "outOf", max: max.replace(",", ".") };
}

/**
 * A number of a workbook as text that can be read in one way only: dates begin with the year, percentages bear their
 * sign, points their maximum. A spreadsheet keeps fifteen digits, so a longer integer has lost some and is shown
 * with an exponent, as the spreadsheet itself would, for the readers of ids to refuse.
 */
export function formatNumber(text: string, format: NumberFormat, is1904: boolean): string {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) return text;
  switch (format.kind) {
    case "date":
      return value < 0 || value > 2_958_466 ? shortest(value) : stampOf(value, format.hasTime, is1904);
    case "percent":
      return `${shortest(value * 100)}%`;
    case "outOf":
      return `${shortest(value)} / ${format.max}`;
    default:
      return shortest(value);
  }
}

function shortest(value: number): string {
  if (Math.abs(value) >= 1e15) return value.toExponential();
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
}

const secondsOfDay = 86_400;

/** Day 25569 is the first of 1970. */
function stampOf(serial: number, hasTime: boolean, is1904: boolean): string {
  const seconds = Math.round(serial * secondsOfDay);
  const clock = seconds % secondsOfDay;
  if (seconds < secondsOfDay && !is1904) return timeOf(clock);
  const day = (seconds - clock) / secondsOfDay - 25_569 + (is1904 ? 1462 : 0);
  return hasTime || clock !== 0 ? `${dateOf(day)} ${timeOf(clock)}` : dateOf(day);
}

/** An export has many rows of few days. */
let last = { day: 0, date: "1970-01-01" };

function dateOf(day: number): string {
  if (last.day !== day) {
    last = { day, date: new Date(day * secondsOfDay * 1000).toISOString().slice(0, 10) };
  }
  return last.date;
}

function timeOf(seconds: number): string {
  const two = (value: number) => (value < 10 ? `0${value}` : String(value));
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
