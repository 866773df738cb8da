import { foreign, Syntax } from "./syntax.js";
import { isList, Octets, type Value, Word } from "./value.js";

/** A font's ToUnicode table: text by character code. Only what it says is believed; there is no guessing by glyph name. */
export type ToUnicode = readonly (string | undefined)[];

/** Half of a character above the first 65,536 begins with these bits. */
const [SURROGATE, SURROGATES] = [0xd800, 0xf800];
const MOST_CODES = 65_536;

export function parseToUnicode(bytes: Uint8Array): ToUnicode {
  const table: string[] = [];
  const syntax = new Syntax(bytes);
  for (let value = syntax.next(); value !== undefined; value = syntax.next()) {
    if (value instanceof Word && value.word === "beginbfchar") readCharacters(syntax, table);
    if (value instanceof Word && value.word === "beginbfrange") readRanges(syntax, table);
  }
  return table;
}

const utf16 = new TextDecoder("utf-16be", { ignoreBOM: true });

/** UTF-16, most significant byte first, as in ToUnicode tables and text strings. */
export function parseUtf16(bytes: Uint8Array): string {
  return utf16.decode(bytes);
}

function readCharacters(syntax: Syntax, table: string[]): void {
  for (let code = syntax.next(); code instanceof Octets; code = syntax.next()) {
    put(table, toNumber(code), toText(syntax.next()));
  }
}

function readRanges(syntax: Syntax, table: string[]): void {
  for (let first = syntax.next(); first instanceof Octets; first = syntax.next()) {
    const last = syntax.next();
    const target = syntax.next();
    if (!(last instanceof Octets)) throw foreign("a broken ToUnicode table");
    const start = toNumber(first);
    const count = toNumber(last) - start + 1;
    if (count > MOST_CODES) throw foreign("a ToUnicode table without end");
    for (let step = 0; step < count; step += 1) put(table, start + step, textAt(target, step));
  }
}

/** Codes have two bytes at most; what stands there of longer ones is never asked for. */
function put(table: string[], code: number, text: string): void {
  if (code < MOST_CODES) table[code] = text;
}

/** A list names each text; a single text is counted up in its last unit. */
function textAt(target: Value | undefined, step: number): string {
  if (isList(target)) return toText(target[step]);
  const text = toText(target);
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + step);
}

function toText(value: Value | undefined): string {
  if (!(value instanceof Octets)) throw foreign("a broken ToUnicode table");
  const unit = value.length === 2 ? 256 * value.at(0) + value.at(1) : SURROGATE;
  // one unit that is a character, as nearly all are
  return (unit & SURROGATES) !== SURROGATE ? String.fromCharCode(unit) : parseUtf16(value.bytes());
}

function toNumber(code: Octets): number {
  let number = 0;
  for (let at = 0; at < code.length; at += 1) number = 256 * number + code.at(at);
  return number;
}
