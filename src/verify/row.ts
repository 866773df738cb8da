import { foreign } from "./syntax.js";

/** Rows of a cross-reference table are read as they must stand: 20 bytes each, so that no table fits two readings. */
export const ROW = 20;

/** Where the object begins; `null` for a number that none has. */
export function parseRow(bytes: Uint8Array, start: number): number | null {
  if (start + ROW > bytes.length) throw broken();
  let offset = 0;
  for (let at = 0; at < 10; at += 1) offset = 10 * offset + digitAt(bytes, start + at);
  for (let at = 11; at < 16; at += 1) digitAt(bytes, start + at);
  const [kind, first, second] = [bytes[start + 17], bytes[start + 18], bytes[start + 19]];
  if (bytes[start + 10] !== 0x20 || bytes[start + 16] !== 0x20) throw broken();
  if (kind !== 0x6e && kind !== 0x66) throw broken();
  if ((first !== 0x20 && first !== 0x0d) || (second !== 0x0d && second !== 0x0a)) throw broken();
  return kind === 0x6e ? offset : null;
}

function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - 0x30;
  if (digit < 0 || digit > 9) throw broken();
  return digit;
}

function broken(): Error {
  return foreign("a broken cross-reference table");
}
