import { Fault } from "../model/fault.js";

/** The notation of PDF objects (ISO 32000-1, 7.2 and 7.3): bytes in, values out. Content streams and CMaps use it too. */

export interface Name {
  readonly kind: "name";
  readonly name: string;
}
export interface Reference {
  readonly kind: "reference";
  readonly number: number;
}
/** A word that is no value: an operator, `obj`, `stream`, … */
export interface Word {
  readonly kind: "word";
  readonly word: string;
}
export type Dictionary = ReadonlyMap<string, Value>;
/** Strings are bytes: which letters they mean depends on the font. */
export type Value =
  | null
  | boolean
  | number
  | Uint8Array
  | Name
  | Reference
  | Word
  | readonly Value[]
  | Dictionary;

const DEPTH_LIMIT = 32;
const constants = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
]);
const escapes = new Map<number, number>([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

/** By byte: 1 is white space, 2 a delimiter, 0 a regular character. */
const kinds = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) kinds[byte] = 1;
for (const delimiter of "()<>[]{}/%") kinds[delimiter.charCodeAt(0)] = 2;

const NO_DIGIT = 0x10;
/** By byte: what a hexadecimal digit counts. */
const hexDigits = new Uint8Array(256).fill(NO_DIGIT);
for (let digit = 0; digit < 16; digit += 1) {
  hexDigits[digit.toString(16).charCodeAt(0)] = digit;
  hexDigits[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

const EXACT_DIGITS = 15;
const powers = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/** Operators come again and again; of anything else no more are kept than there are of them. */
const words = new Map<string, Word>();
const MOST_WORDS = 256;

function wordOf(word: string): Word {
  const known = words.get(word);
  if (known !== undefined) return known;
  const made: Word = { kind: "word", word };
  if (words.size < MOST_WORDS) words.set(word, made);
  return made;
}

export class Syntax {
  at: number;
  readonly #text: string;

  /** @param source bytes, or the same as Latin-1, which spares turning them into letters again */
  constructor(source: Uint8Array | string, at = 0) {
    this.#text = typeof source === "string" ? source : latin1(source);
    this.at = at;
  }

  /** The next value or word; `undefined` at the end. */
  next(depth = 0): Value | undefined {
    if (depth > DEPTH_LIMIT) throw foreign("values nested too deep");
    this.skipSpace();
    if (this.at >= this.#text.length) return undefined;
    const first = this.#text.charCodeAt(this.at);
    if (first === 0x2f) return this.#name();
    if (first === 0x28) return this.#literal();
    if (first === 0x5b) return this.#list(depth);
    if (first === 0x3c)
      return this.#text.charCodeAt(this.at + 1) === 0x3c ? this.#dictionary(depth) : this.#hex();
    if (kinds[first] === 2) throw foreign(`a stray "${String.fromCharCode(first)}"`);
    return this.#wordOrNumber(depth);
  }

  /** The next word, which must be this one. */
  expect(word: string): void {
    const found = this.next();
    if (!isWord(found) || found.word !== word) throw foreign(`no "${word}" where there must be one`);
  }

  skipSpace(): void {
    for (; this.at < this.#text.length; this.at += 1) {
      const byte = this.#text.charCodeAt(this.at);
      if (byte === 0x25) this.#skipComment();
      else if (kinds[byte] !== 1) return;
    }
  }

  /** Up to the line break behind it. */
  #skipComment(): void {
    for (; this.at + 1 < this.#text.length; this.at += 1) {
      const next = this.#text.charCodeAt(this.at + 1);
      if (next === 0x0a || next === 0x0d) return;
    }
  }

  #regular(): string {
    const start = this.at;
    while (this.at < this.#text.length && kinds[this.#text.charCodeAt(this.at)] === 0) this.at += 1;
    return this.#text.slice(start, this.at);
  }

  #name(): Name {
    this.at += 1;
    const name = this.#regular();
    if (!name.includes("#")) return { kind: "name", name };
    const unescaped = name.replace(/#([0-9a-f]{2})/gi, (_, hex) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    return { kind: "name", name: unescaped };
  }

  /** A whole number may begin a reference, `12 0 R`, but only where values are expected inside of others. */
  #wordOrNumber(depth: number): Value {
    const start = this.at;
    const number = this.#number();
    if (number === null) {
      this.at = start;
      const word = this.#regular();
      return constants.has(word) ? (constants.get(word) as Value) : wordOf(word);
    }
    if (depth === 0 || this.at - start > 10 || !this.#isWhole(start)) return number;
    const match = /^\s0\s{1,2}R(?![A-Za-z0-9])/.exec(this.#text.slice(this.at, this.at + 8));
    if (match === null) return number;
    this.at += match[0].length;
    return { kind: "reference", number };
  }

  /** Digits with a sign and a point as there may be, up to a delimiter; `null` where something else stands there. */
  #number(): number | null {
    const text = this.#text;
    const first = text.charCodeAt(this.at);
    const start = first === 0x2d || first === 0x2b ? this.at + 1 : this.at;
    let [digits, decimals, hasPoint, at] = [0, 0, false, start];
    for (; at < text.length; at += 1) {
      const letter = text.charCodeAt(at);
      if (letter >= 0x30 && letter <= 0x39) {
        digits = 10 * digits + letter - 0x30;
        if (hasPoint) decimals += 1;
      } else if (letter === 0x2e && !hasPoint) hasPoint = true;
      else if (kinds[letter] === 0) return null;
      else break;
    }
    const length = at - start;
    if (length === (hasPoint ? 1 : 0)) return null;
    // of so few digits the quotient is rounded as the number itself would be
    const size = length <= EXACT_DIGITS ? digits / (powers[decimals] ?? 1) : Number(text.slice(start, at));
    this.at = at;
    return first === 0x2d ? -size : size;
  }

  #isWhole(start: number): boolean {
    for (let at = start; at < this.at; at += 1) {
      const letter = this.#text.charCodeAt(at);
      if (letter < 0x30 || letter > 0x39) return false;
    }
    return true;
  }

  #list(depth: number): Value[] {
    this.at += 1;
    const values: Value[] = [];
    while (!this.#closes(0x5d)) values.push(this.#inner(depth));
    this.at += 1;
    return values;
  }

  #dictionary(depth: number): Dictionary {
    this.at += 2;
    const entries = new Map<string, Value>();
    while (!this.#closes(0x3e)) {
      const key = this.#inner(depth);
      if (!isName(key) || entries.has(key.name)) throw foreign("a key that is no name or stands twice");
      entries.set(key.name, this.#inner(depth));
    }
    this.at += 2;
    return entries;
  }

  #inner(depth: number): Value {
    const value = this.next(depth + 1);
    if (value === undefined || isWord(value)) throw foreign("an unfinished list or dictionary");
    return value;
  }

  #closes(byte: number): boolean {
    this.skipSpace();
    return this.#text.charCodeAt(this.at) === byte;
  }

  #hex(): Uint8Array {
    const end = this.#text.indexOf(">", this.at);
    if (end === -1) throw foreign("an unfinished string");
    const plain = this.#plainHex(end);
    if (plain === null) {
      const digits = this.#text.slice(this.at + 1, end).replace(/\s+/g, "");
      if (/[^0-9A-Fa-f]/.test(digits)) throw foreign("a string that is not hexadecimal");
      this.at = end + 1;
      return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex");
    }
    this.at = end + 1;
    return plain;
  }

  /** The bytes of pairs of digits up to `end`, as nearly all are written; `null` if there is anything else. */
  #plainHex(end: number): Uint8Array | null {
    const length = end - this.at - 1;
    if (length % 2 !== 0) return null;
    const bytes = new Uint8Array(length / 2);
    for (let at = 0, from = this.at + 1; at < bytes.length; at += 1, from += 2) {
      const high = hexDigits[this.#text.charCodeAt(from)] ?? NO_DIGIT;
      const low = hexDigits[this.#text.charCodeAt(from + 1)] ?? NO_DIGIT;
      if ((high | low) >= NO_DIGIT) return null;
      bytes[at] = (high << 4) | low;
    }
    return bytes;
  }

  #literal(): Uint8Array {
    const end = this.#text.indexOf(")", this.at);
    const plain = this.#text.slice(this.at + 1, end);
    if (end !== -1 && !/[\\(]/.test(plain)) {
      this.at = end + 1;
      return Buffer.from(plain, "latin1");
    }
    const content: number[] = [];
    let open = 0;
    while (this.at < this.#text.length) {
      const byte = this.#text.charCodeAt(this.at);
      this.at += 1;
      if (byte === 0x5c) {
        content.push(...this.#escaped());
        continue;
      }
      if (byte === 0x28) open += 1;
      if (byte === 0x29) open -= 1;
      if (open === 0) return Uint8Array.from(content.slice(1));
      content.push(byte);
    }
    throw foreign("an unfinished string");
  }

  #escaped(): number[] {
    const octal = /^[0-7]{1,3}/.exec(this.#text.slice(this.at, this.at + 3))?.[0];
    if (octal !== undefined) {
      this.at += octal.length;
      return [Number.parseInt(octal, 8) & 0xff];
    }
    const byte = this.at < this.#text.length ? this.#text.charCodeAt(this.at) : 0;
    this.at += byte === 0x0d && this.#text.charCodeAt(this.at + 1) === 0x0a ? 2 : 1;
    if (byte === 0x0a || byte === 0x0d) return [];
    return [escapes.get(byte) ?? byte];
  }
}

export function isName(value: Value | undefined): value is Name {
  return isKind(value, "name");
}

export function isReference(value: Value | undefined): value is Reference {
  return isKind(value, "reference");
}

export function isWord(value: Value | undefined): value is Word {
  return isKind(value, "word");
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

/** The file is not built as ours are. Never shown as an error: such a file is read by other means. */
export function foreign(found: string): Fault {
  return new Fault("pdf-foreign", `not a PDF of lulus: ${found}`);
}

function isKind(value: Value | undefined, kind: string): boolean {
  return typeof value === "object" && value !== null && (value as { readonly kind?: string }).kind === kind;
}
