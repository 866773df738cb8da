import type { DateOrder } from "../model/row.js";

/**
 * A date and time as a cell shows it. `numeric` has its first two parts in an order that only the file as a
 * whole can tell; `fixed` says itself which part is which. Never more is concluded from one cell.
 */
export type Stamp = {
  /** seconds since midnight; `null` where the cell has no time of day */
  readonly seconds: number | null;
  /** seconds east of Greenwich, where the cell says so itself */
  readonly offset: number | null;
} & (
  | {
      readonly kind: "fixed";
      readonly year: number;
      readonly month: number;
      readonly day: number;
      readonly isYmd: boolean;
    }
  | {
      readonly kind: "numeric";
      readonly parts: readonly [number, number, number];
      readonly hasShortYear: boolean;
    }
);

export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const months = new Map<string, number>();
for (const [index, words] of [
  "jan january januari enero ene janeiro",
  "feb february februari febrero fevereiro fev peb pebruari",
  "mar march maret marzo março marco",
  "apr april abril abr",
  "may mei mayo maio mai",
  "jun june juni junio junho",
  "jul july juli julio julho",
  "aug august agustus agu ags agt agst agosto ago",
  "sep sept september septiembre setembro set",
  "oct october oktober okt octubre outubro out",
  "nov november nopember noviembre novembro",
  "dec december desember des diciembre dic dezembro dez",
].entries()) {
  for (const word of words.split(" ")) months.set(word, index + 1);
}

const time =
  "(?:,?(?: pukul| at)?[ T]+(\\d{1,2})[:.](\\d{2})(?:[:.](\\d{2})(?:\\.\\d{1,9})?)?(?: ?([ap])\\.? ?m\\.?)?(?: ?(Z|(?:GMT|UTC)?[+-]\\d{1,2}(?::?\\d{2})?|GMT|UTC|WIB|WITA|WIT))?)?";
const digits = new RegExp(`^(\\d{1,4})([/.-])(\\d{1,2})\\2(\\d{1,4})${time}$`, "i");
const dayFirst = new RegExp(
  `^(?:\\p{L}+,? )?(\\d{1,2})(?: de)?[ -](\\p{L}+)\\.?(?: de|,)?[ -](\\d{4})${time}$`,
  "iu",
);
const monthFirst = new RegExp(`^(?:\\p{L}+,? )?(\\p{L}+)\\.? (\\d{1,2}),? (\\d{4})${time}$`, "iu");
const japanese = new RegExp(`^(\\d{4})年 ?(\\d{1,2})月 ?(\\d{1,2})日${time}$`, "i");

/** `null`: no date, or a day or time that no calendar and clock has. */
export function parseStamp(cell: string): Stamp | null {
  if (cell.length < 6 || cell.length > 80) return null;
  const text = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/.test(cell)
    ? cell
    : cell.replace(/[\s\u200e\u200f]+/g, " ").trim();
  const match = digits.exec(text);
  return match === null ? parseNamed(text) : parseDigits(match);
}

function parseDigits(match: RegExpExecArray): Stamp | null {
  const [, first = "", , second = "", third = ""] = match;
  const clock = parseClock(match, 5);
  if (clock === null) return null;
  if (first.length === 4) {
    return third.length > 2 ? null : fixed(Number(first), Number(second), Number(third), true, clock);
  }
  if (first.length > 2 || (third.length !== 4 && third.length !== 2)) return null;
  const stamp: Stamp = {
    kind: "numeric",
    parts: [Number(first), Number(second), Number(third)],
    hasShortYear: third.length === 2,
    ...clock,
  };
  return (dayUnder(stamp, "dmy") ?? dayUnder(stamp, "mdy") ?? dayUnder(stamp, "ymd")) ? stamp : null;
}

function parseNamed(text: string): Stamp | null {
  const kanji = japanese.exec(text);
  if (kanji !== null) {
    const clock = parseClock(kanji, 4);
    return clock && fixed(Number(kanji[1]), Number(kanji[2]), Number(kanji[3]), false, clock);
  }
  const match = dayFirst.exec(text) ?? monthFirst.exec(text);
  if (match === null) return null;
  const [, first = "", second = "", year = ""] = match;
  const clock = parseClock(match, 4);
  const [word, day] = /^\d/.test(first) ? [second, first] : [first, second];
  const month = months.get(word.toLowerCase());
  return clock === null || month === undefined ? null : fixed(Number(year), month, Number(day), false, clock);
}

type Clock = Pick<Stamp, "seconds" | "offset">;

function parseClock(match: RegExpExecArray, at: number): Clock | null {
  if (match[at] === undefined) return { seconds: null, offset: null };
  const minute = Number(match[at + 1]);
  const second = Number(match[at + 2] ?? 0);
  const hour = parseHour(Number(match[at]), match[at + 3]?.toLowerCase());
  if (hour === null || minute > 59 || second > 59) return null;
  return { seconds: hour * 3600 + minute * 60 + second, offset: parseOffset(match[at + 4]) };
}

/** Some tools write `19:13 PM`; only a morning hour over twelve makes no sense. */
function parseHour(hour: number, half: string | undefined): number | null {
  if (hour > 23) return null;
  if (half === undefined) return hour;
  if (hour > 12) return half === "p" ? hour : null;
  return (hour % 12) + (half === "p" ? 12 : 0);
}

/** The zones of Indonesia, which have no summer time. */
const zones = new Map([
  ["WIB", 7],
  ["WITA", 8],
  ["WIT", 9],
]);

function parseOffset(text: string | undefined): number | null {
  if (text === undefined) return null;
  const hours = zones.get(text.toUpperCase());
  if (hours !== undefined) return hours * 3600;
  const match = /([+-])(\d{1,2}):?(\d{2})?$/.exec(text);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3] ?? 0) * 60;
  return match[1] === "-" ? -seconds : seconds;
}

function fixed(year: number, month: number, day: number, isYmd: boolean, clock: Clock): Stamp | null {
  return isDay(year, month, day) ? { kind: "fixed", year, month, day, isYmd, ...clock } : null;
}

/** The day of a stamp when its parts are read in this order; `null`: there is no such day. */
export function dayUnder(stamp: Stamp, order: DateOrder | null): CalendarDay | null {
  if (stamp.kind === "fixed") return stamp;
  const [a, b, c] = stamp.parts;
  if (order === "ymd" && stamp.hasShortYear) return calendarDay(2000 + a, b, c);
  const year = stamp.hasShortYear ? 2000 + c : c;
  if (order === "dmy") return calendarDay(year, b, a);
  if (order === "mdy" || a === b) return calendarDay(year, a, b);
  return null;
}

/** Whether the order of the first two parts makes a difference to what the stamp says. */
export function isAmbiguous(stamp: Stamp): boolean {
  return stamp.kind === "numeric" && stamp.parts[0] !== stamp.parts[1];
}

/** Days since 1970-01-01. */
export function dayNumber({ year, month, day }: CalendarDay): number {
  return Date.UTC(year, month - 1, day) / 86_400_000;
}

function calendarDay(year: number, month: number, day: number): CalendarDay | null {
  return isDay(year, month, day) ? { year, month, day } : null;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1990 || year > 2200 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
