import { Fault } from "../model/fault.js";
import { type Spelling, spellingOf } from "./spelling.js";
import {
  type Dictionary,
  hexDigits,
  latin1,
  Name,
  NO_DIGIT,
  Octets,
  Reference,
  type Value,
  Word,
} from "./value.js";

const DEPTH_LIMIT = 32;
const escapes = new Map<number, number>([
  [0x6e, 0x0a],
  [0x72, 0x0d],
  [0x74, 0x09],
  [0x62, 0x08],
  [0x66, 0x0c],
]);

const [REGULAR, SPACE, DELIMITER] = [0, 1, 2];
/** By byte: white space, a delimiter, or a regular character. */
const kinds = new Uint8Array(256);
for (const byte of [0x00, 0x09, 0x0a, 0x0c, 0x0d, 0x20]) kinds[byte] = SPACE;
for (const delimiter of "()<>[]{}/%") kinds[delimiter.charCodeAt(0)] = DELIMITER;

/** No number begins with anything behind it. */
const NINE = 0x39;
const EXACT_DIGITS = 15;
const powers = Array.from({ length: EXACT_DIGITS + 1 }, (_, exponent) => 10 ** exponent);

/**
 * The notation of PDF objects (ISO 32000-1, 7.2 and 7.3): bytes in, values out. Content streams and CMaps use it too.
 *
 * Most of the time that reading a file takes is spent here, so it goes over the bytes one by one, and makes nothing of
 * them that nobody asked for.
 */
export class Syntax {
  at: number;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** The next value or word; `undefined` at the end. */
  next(depth = 0): Value | undefined {
    if (depth > DEPTH_LIMIT) throw foreign("values nested too deep");
    this.skipSpace();
    const bytes = this.#bytes;
    if (this.at >= bytes.length) return undefined;
    const first = bytes[this.at] ?? 0;
    if (kinds[first] !== DELIMITER) return first > NINE ? this.#spelling().word : this.#numberOrWord(depth);
    if (first === 0x2f) return this.#name();
    if (first === 0x28) return this.#literal();
    if (first === 0x5b) return this.#list(depth);
    if (first === 0x3c) return bytes[this.at + 1] === 0x3c ? this.#dictionary(depth) : this.#hex();
    throw foreign(`a stray "${String.fromCharCode(first)}"`);
  }

  /** The next word, which must be this one. */
  expect(word: string): void {
    const found = this.next();
    if (!(found instanceof Word) || found.word !== word)
      throw foreign(`no "${word}" where there must be one`);
  }

  skipSpace(): void {
    const bytes = this.#bytes;
    let at = this.at;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte === 0x25) at = lastOfLine(bytes, at);
      else if (kinds[byte] !== SPACE) break;
    }
    this.at = at;
  }

  #spelling(): Spelling {
    const bytes = this.#bytes;
    const start = this.at;
    let at = start;
    let hash = 0;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (kinds[byte] !== REGULAR) break;
      hash = Math.imul(hash ^ byte, 0x01000193);
    }
    this.at = at;
    return spellingOf(bytes, start, at, hash);
  }

  #name(): Name {
    this.at += 1;
    return this.#spelling().name;
  }

  /**
   * Digits with a sign and a point as there may be, up to a delimiter; a word where something else stands there. A whole
   * number may begin a reference, `12 0 R`, but only where values are expected inside of others.
   */
  #numberOrWord(depth: number): Value {
    const bytes = this.#bytes;
    const first = bytes[this.at] ?? 0;
    const start = first === 0x2d || first === 0x2b ? this.at + 1 : this.at;
    let at = start;
    let digits = 0;
    let point = -1;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x30 && byte <= NINE) digits = 10 * digits + byte - 0x30;
      else if (byte === 0x2e && point === -1) point = at;
      else if (kinds[byte] === REGULAR) return this.#spelling().word;
      else break;
    }
    const length = at - start;
    if (length === (point === -1 ? 0 : 1)) return this.#spelling().word;
    const isWhole = start === this.at && point === -1;
    this.at = at;
    if (depth > 0 && isWhole && length <= 10 && this.#passReference()) return new Reference(digits);
    if (length > EXACT_DIGITS) digits = Number(latin1(bytes.subarray(start, at)));
    // of so few digits the quotient is rounded as the number itself would be
    else if (point !== -1) digits /= powers[at - point - 1] ?? 1;
    return first === 0x2d ? -digits : digits;
  }

  /** Goes over what makes a reference of the number before it. */
  #passReference(): boolean {
    const { at } = this;
    const bytes = this.#bytes;
    if (bytes[at + 1] !== 0x30 || !isBlank(bytes[at]) || !isBlank(bytes[at + 2])) return false;
    const end = isBlank(bytes[at + 3]) ? at + 4 : at + 3;
    if (bytes[end] !== 0x52 || isLetterOrDigit(bytes[end + 1] ?? 0)) return false;
    this.at = end + 1;
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
      if (!(key instanceof Name) || entries.has(key.name))
        throw foreign("a key that is no name or stands twice");
      entries.set(key.name, this.#inner(depth));
    }
    this.at += 2;
    return entries;
  }

  #inner(depth: number): Value {
    const value = this.next(depth + 1);
    if (value === undefined || value instanceof Word) throw foreign("an unfinished list or dictionary");
    return value;
  }

  #closes(byte: number): boolean {
    this.skipSpace();
    return this.#bytes[this.at] === byte;
  }

  /** Pairs of digits, as nearly all are written, stay as they are. */
  #hex(): Octets {
    const bytes = this.#bytes;
    const start = this.at + 1;
    let at = start;
    while (at < bytes.length && (hexDigits[bytes[at] ?? 0] ?? 0) !== NO_DIGIT) at += 1;
    if (bytes[at] !== 0x3e || (at - start) % 2 !== 0) return this.#untidyHex(start);
    this.at = at + 1;
    return new Octets(bytes, start, (at - start) / 2, true);
  }

  #untidyHex(start: number): Octets {
    const end = this.#bytes.indexOf(0x3e, start);
    if (end === -1) throw foreign("an unfinished string");
    const digits = latin1(this.#bytes.subarray(start, end)).replace(/\s+/g, "");
    if (/[^0-9A-Fa-f]/.test(digits)) throw foreign("a string that is not hexadecimal");
    this.at = end + 1;
    const bytes = Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, "hex");
    return new Octets(bytes, 0, bytes.length, false);
  }

  /** Without parentheses or escapes inside, as nearly all are written, it stays as it is. */
  #literal(): Octets {
    const bytes = this.#bytes;
    const start = this.at + 1;
    let at = start;
    for (; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (byte === 0x29 || byte === 0x28 || byte === 0x5c) break;
    }
    if (bytes[at] !== 0x29) return this.#nestedLiteral();
    this.at = at + 1;
    return new Octets(bytes, start, at - start, false);
  }

  #nestedLiteral(): Octets {
    const content: number[] = [];
    let open = 0;
    while (this.at < this.#bytes.length) {
      const byte = this.#bytes[this.at] ?? 0;
      this.at += 1;
      if (byte === 0x5c) {
        content.push(...this.#escaped());
        continue;
      }
      if (byte === 0x28) open += 1;
      if (byte === 0x29) open -= 1;
      if (open === 0) return new Octets(Uint8Array.from(content), 1, content.length - 1, false);
      content.push(byte);
    }
    throw foreign("an unfinished string");
  }

  #escaped(): number[] {
    const octal = /^[0-7]{1,3}/.exec(latin1(this.#bytes.subarray(this.at, this.at + 3)))?.[0];
    if (octal !== undefined) {
      this.at += octal.length;
      return [Number.parseInt(octal, 8) & 0xff];
    }
    const byte = this.#bytes[this.at] ?? 0;
    this.at += byte === 0x0d && this.#bytes[this.at + 1] === 0x0a ? 2 : 1;
    if (byte === 0x0a || byte === 0x0d) return [];
    return [escapes.get(byte) ?? byte];
  }
}

/** Of the comment at `at`, up to the line break behind it. */
function lastOfLine(bytes: Uint8Array, at: number): number {
  let last = at;
  for (; last + 1 < bytes.length; last += 1) {
    const next = bytes[last + 1];
    if (next === 0x0a || next === 0x0d) break;
  }
  return last;
}

/** White space of Latin-1, where a single character of it is asked for. */
export function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0xa0 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

function isLetterOrDigit(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/** The file is not built as ours are. Never shown as an error: such a file is read by other means. */
export function foreign(found: string): Fault {
  return new Fault("pdf-foreign", `not a PDF of lulus: ${found}`);
}
