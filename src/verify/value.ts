/** What the notation of PDF objects can say (ISO 32000-1, 7.3). */
export type Value =
  | null
  | boolean
  | number
  | Octets
  | Name
  | Reference
  | Word
  | readonly Value[]
  | Dictionary;

export type Dictionary = ReadonlyMap<string, Value>;

export class Name {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

export class Reference {
  readonly number: number;

  constructor(number: number) {
    this.number = number;
  }
}

/** A word that is no value: an operator, `obj`, `stream`, … */
export class Word {
  readonly word: string;
  /** the same as a number: `wordCode` */
  readonly code: number;

  constructor(word: string) {
    this.word = word;
    this.code = wordCode(word);
  }
}

/** A number for each word of up to four letters, and 0 for all longer ones: operators are told apart by it. */
export function wordCode(word: string): number {
  if (word.length > 4) return 0;
  let code = 0;
  for (let at = 0; at < word.length; at += 1) code = (code << 8) | word.charCodeAt(at);
  return code;
}

/**
 * A string: bytes, of which the font says what letters they mean. They stay where they stand, as they are or two
 * hexadecimal digits each, until somebody asks for them: of most strings of a page nobody does.
 */
export class Octets {
  readonly length: number;
  readonly #source: Uint8Array;
  readonly #from: number;
  readonly #isHex: boolean;

  constructor(source: Uint8Array, from: number, length: number, isHex: boolean) {
    this.#source = source;
    this.#from = from;
    this.length = length;
    this.#isHex = isHex;
  }

  /** @param index below the length */
  at(index: number): number {
    const source = this.#source;
    if (!this.#isHex) return source[this.#from + index] ?? 0;
    const at = this.#from + 2 * index;
    return ((hexDigits[source[at] ?? 0] ?? 0) << 4) | (hexDigits[source[at + 1] ?? 0] ?? 0);
  }

  bytes(): Uint8Array {
    if (!this.#isHex) return this.#source.subarray(this.#from, this.#from + this.length);
    const bytes = new Uint8Array(this.length);
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = this.at(index);
    return bytes;
  }
}

export const NO_DIGIT = 0x10;
/** By byte: what a hexadecimal digit counts. */
export const hexDigits = new Uint8Array(256).fill(NO_DIGIT);
for (let digit = 0; digit < 16; digit += 1) {
  hexDigits[digit.toString(16).charCodeAt(0)] = digit;
  hexDigits[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}
