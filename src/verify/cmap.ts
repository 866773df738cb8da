import { foreign, isList, isWord, Syntax, type Value } from "./syntax.js";

/** A font's ToUnicode table: character code → text. Only what it says is believed; there is no guessing by glyph name. */
export type ToUnicode = ReadonlyMap<number, string>;

const MOST_CODES = 65_536;

export function parseToUnicode(bytes: Uint8Array): ToUnicode {
  const table = new Map<number, string>();
  const syntax = new Syntax(bytes);
  for (let value = syntax.next(); value !== undefined; value = syntax.next()) {
    if (isWord(value) && value.word === "beginbfchar") readCharacters(syntax, table);
    if (isWord(value) && value.word === "beginbfrange") readRanges(syntax, table);
  }
  return table;
}

/** UTF-16, most significant byte first, as in ToUnicode tables and text strings. */
export function parseUtf16(bytes: Uint8Array): string {
  return new TextDecoder("utf-16be", { ignoreBOM: true }).decode(bytes);
}

function readCharacters(syntax: Syntax, table: Map<number, string>): void {
  for (let code = syntax.next(); code instanceof Uint8Array; code = syntax.next()) {
    table.set(toNumber(code), toText(syntax.next()));
  }
}

function readRanges(syntax: Syntax, table: Map<number, string>): void {
  for (let first = syntax.next(); first instanceof Uint8Array; first = syntax.next()) {
    const last = syntax.next();
    const target = syntax.next();
    if (!(last instanceof Uint8Array)) throw foreign("a broken ToUnicode table");
    const start = toNumber(first);
    const count = toNumber(last) - start + 1;
    if (count > MOST_CODES) throw foreign("a ToUnicode table without end");
    for (let step = 0; step < count; step += 1) table.set(start + step, textAt(target, step));
  }
}

/** A list names each text; a single text is counted up in its last unit. */
function textAt(target: Value | undefined, step: number): string {
  if (isList(target)) return toText(target[step]);
  const text = toText(target);
  return text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + step);
}

function toText(value: Value | undefined): string {
  if (!(value instanceof Uint8Array)) throw foreign("a broken ToUnicode table");
  return parseUtf16(value);
}

function toNumber(code: Uint8Array): number {
  return code.reduce((sum, byte) => sum * 256 + byte, 0);
}
