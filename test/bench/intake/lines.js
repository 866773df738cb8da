// Files written line by line, so that a gigabyte of them needs no gigabyte of memory.
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";

/** @param {string} path @param {Iterable<string>} lines without line ends */
export async function writeLines(path, lines) {
  mkdirSync(dirname(path), { recursive: true });
  const stream = createWriteStream(path, { highWaterMark: 1 << 20 });
  let held = "";
  for (const line of lines) {
    held += `${line}\r\n`;
    if (held.length < 1 << 18) continue;
    if (!stream.write(held)) await once(stream, "drain");
    held = "";
  }
  stream.end(held);
  await finished(stream);
}

/** @param {string} cell */
export function quoted(cell) {
  return /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** `09/24/2026 08:30:05 AM`, quoted as Zoom does; seconds from midnight of the event's day. */
export function zoomTime(seconds) {
  const hour = Math.floor(seconds / 3600);
  const two = (value) => String(value).padStart(2, "0");
  const clock = [((hour + 11) % 12) + 1, Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(":");
  return `"09/24/2026 ${clock} ${hour < 12 ? "AM" : "PM"}"`;
}

/** `9/24/2026 11:35:07`, as a sheet of answers has it. */
export function sheetTime(seconds) {
  const two = (value) => String(value).padStart(2, "0");
  return `9/24/2026 ${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
