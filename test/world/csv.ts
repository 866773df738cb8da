import type { Clock } from "./human.js";

/** How a CSV file is written down: the bytes differ, what they say does not. */
export type Bytes = "utf-8" | "utf-8-bom" | "utf-16le";

export const mark = "\uFEFF";

/** A cell as Zoom and Google write it: quoted only where it must be. */
export function cell(text: string): string {
  return /[",\r\n\t]/.test(text) ? quoted(text) : text;
}

/** A cell that its exporter always quotes: dates in Zoom's current exports. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** A cell already quoted as its exporter does. */
export interface Raw {
  readonly raw: string;
}

/** UTF-16 is what a spreadsheet saves as "Unicode text": with tabs. */
export function encodeCsv(
  rows: readonly (readonly (string | Raw)[])[],
  bytes: Bytes,
  eol = "\n",
): Uint8Array {
  const delimiter = bytes === "utf-16le" ? "\t" : ",";
  const text = rows.map((row) => row.map(written).join(delimiter) + eol).join("");
  if (bytes === "utf-16le") return new Uint8Array(Buffer.from(`${mark}${text}`, "utf16le"));
  return new Uint8Array(Buffer.from(bytes === "utf-8-bom" ? `${mark}${text}` : text, "utf8"));
}

function written(one: string | Raw): string {
  return typeof one === "string" ? cell(one) : one.raw;
}

export function clockOf(day: string, hour: number, minute: number, second = 0): Clock {
  return Date.parse(`${day}T00:00:00Z`) / 1000 + hour * 3600 + minute * 60 + second;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly hour: number;
  readonly minute: string;
  readonly second: string;
  readonly noon: "AM" | "PM";
  readonly date: Date;
}

function partsOf(clock: Clock): Parts {
  const date = new Date(clock * 1000);
  const hour = date.getUTCHours();
  return {
    date,
    hour,
    year: `${date.getUTCFullYear()}`,
    month: pad(date.getUTCMonth() + 1),
    day: pad(date.getUTCDate()),
    minute: pad(date.getUTCMinutes()),
    second: pad(date.getUTCSeconds()),
    noon: hour < 12 ? "AM" : "PM",
  };
}

/** `09/24/2020 11:35:16 AM` */
export function monthFirst(clock: Clock): string {
  const { month, day, year, hour, minute, second, noon } = partsOf(clock);
  return `${month}/${day}/${year} ${pad(hour % 12 || 12)}:${minute}:${second} ${noon}`;
}

/** `Mar 22, 2025 19:52:01` */
export function monthName(clock: Clock): string {
  const { date, day, year, hour, minute, second } = partsOf(clock);
  return `${months[date.getUTCMonth()]} ${day}, ${year} ${pad(hour)}:${minute}:${second}`;
}

/** `Mar 22, 2025 7:13 PM` */
export function monthNameShort(clock: Clock): string {
  const { date, day, year, hour, minute, noon } = partsOf(clock);
  return `${months[date.getUTCMonth()]} ${day}, ${year} ${hour % 12 || 12}:${minute} ${noon}`;
}

/** `8/4/2025 23:25:41`, as a Google sheet with United States settings shows it */
export function sheetTime(clock: Clock): string {
  const { month, day, year, hour, minute, second } = partsOf(clock);
  return `${Number(month)}/${Number(day)}/${year} ${hour}:${minute}:${second}`;
}

/** `27/09/2026 15.00.00`, as a Google sheet with Indonesian settings shows it */
export function sheetTimeIndonesian(clock: Clock): string {
  const { month, day, year, hour, minute, second } = partsOf(clock);
  return `${day}/${month}/${year} ${hour}.${minute}.${second}`;
}

/** `2026/09/27 3:00:00 PM GMT+7`, as Google Forms writes its own download */
export function downloadTime(clock: Clock): string {
  const { month, day, year, hour, minute, second, noon } = partsOf(clock);
  return `${year}/${month}/${day} ${hour % 12 || 12}:${minute}:${second} ${noon} GMT+7`;
}

/** `2024-10-24 08:30`, as the event file has it */
export function isoMinute(clock: Clock): string {
  const { month, day, year, hour, minute } = partsOf(clock);
  return `${year}-${month}-${day} ${pad(hour)}:${minute}`;
}

/** Zoom's minute columns: every started minute of the row counts. */
export function startedMinutes(seconds: number): string {
  return `${Math.ceil(seconds / 60)}`;
}

function pad(number: number): string {
  return `${number}`.padStart(2, "0");
}
