import { createHash, type Hash } from "node:crypto";
import { inflateSync } from "node:zlib";
import { Fault } from "../model/fault.js";
import {
  type Dictionary,
  foreign,
  isList,
  isName,
  isReference,
  latin1,
  Syntax,
  type Value,
} from "./syntax.js";

/**
 * The objects of a PDF built the plain way: a cross-reference table, one revision, no object streams, no encryption.
 *
 * Strict on purpose. Readers mend broken files, each in its own way, so a file can show one thing here and another
 * there; ours are never broken.
 */
export interface PdfFile {
  readonly trailer: Dictionary;
  /** The value itself, or what it refers to. */
  resolve(value: Value | undefined): Value;
  /** The bytes of the stream that is referred to, decoded; with its dictionary. */
  stream(value: Value | undefined): Stream;
  /** The same as it stands in the file. */
  rawStream(value: Value | undefined): { readonly dictionary: Dictionary; readonly raw: Uint8Array };
  /** What is made of an object. Worked out once for a series, where the bytes in common are all that it needs. */
  once<T>(kind: "font" | "form" | "record", reference: Value | undefined, make: () => T): T;
  /**
   * What is kept with a dictionary for all files of the series, by one asker only; `null` outside of a series. A
   * dictionary of the file's own is another object each time, so nothing is known of it.
   */
  keptWithin<T>(dictionary: Dictionary, make: () => T): T | null;
  /** Makes something, and says whether the bytes in common were all that it needed. */
  watched<T>(make: () => T): { readonly made: T; readonly isCommon: boolean };
}

export interface Stream {
  readonly dictionary: Dictionary;
  readonly bytes: Uint8Array;
}

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * @param bytes one revision, from `%PDF` to its end; throws where the file is built in another way
 * @param series of files that begin as this one does, which the caller has seen to
 */
export function openPdf(bytes: Uint8Array, series: Series | null = null): PdfFile {
  const from = series === null ? 0 : series.head.length;
  const text = latin1(bytes.subarray(from));
  const start = /startxref\s{1,2}(\d{1,10})\s{1,2}%%EOF\s{0,2}$/.exec(text.slice(-64))?.[1];
  if (start === undefined || Number(start) < from)
    throw foreign("no cross-reference table is named at its end");
  const syntax = new Syntax(text, Number(start) - from);
  const offsets = parseTable(syntax, text, series);
  const trailer = syntax.next();
  if (!(trailer instanceof Map)) throw foreign("no trailer");
  if (["Prev", "XRefStm", "Encrypt"].some((key) => trailer.has(key)))
    throw foreign("several revisions, or encrypted");
  return new Objects({ bytes, text, from, offsets, trailer, series });
}

const ROW = 20;

/** Of a series, without what is in common. Entries are read as they must stand: 20 bytes each, so that no table fits two readings. */
function parseTable(syntax: Syntax, text: string, series: Series | null): Map<number, number> {
  syntax.expect("xref");
  const offsets = new Map<number, number>();
  let isFirst = true;
  for (let first = syntax.next(); typeof first === "number"; first = syntax.next()) {
    const count = syntax.next();
    if (typeof count !== "number") throw foreign("a cross-reference table without its size");
    syntax.skipSpace();
    let entry = first;
    if (series !== null) {
      if (first !== 0 || !isFirst) throw foreign("a table unlike those of its batch");
      series.admitRows(text, syntax.at, count);
      entry = series.rows;
      syntax.at += ROW * entry;
      isFirst = false;
    }
    for (; entry < first + count; entry += 1, syntax.at += ROW) {
      const offset = parseRow(text.slice(syntax.at, syntax.at + ROW));
      if (offset === null) continue;
      if (series !== null && offset < series.head.length) throw foreign("a table unlike those of its batch");
      offsets.set(entry, offset);
    }
  }
  return offsets;
}

/** Where the object begins; `null` for a number that none has. */
function parseRow(row: string): number | null {
  if (!/^\d{10} \d{5} [fn][ \r][\r\n]$/.test(row)) throw foreign("a broken cross-reference table");
  return row[17] === "n" ? Number(row.slice(0, 10)) : null;
}

interface Parsed {
  readonly value: Value;
  readonly end: number;
}

/**
 * Files that begin with the same bytes, as those of a batch do: what stands in these bytes is parsed once. A file whose
 * table places an object of these bytes elsewhere than the first did is none of the series.
 */
export class Series {
  readonly head: Uint8Array;
  readonly text: string;
  readonly objects = new Map<number, Parsed>();
  readonly streams = new Map<number, Stream>();
  readonly made = new Map<string, unknown>();
  readonly within = new WeakMap<Dictionary, unknown>();
  readonly #hash: Hash;
  /** the rows of the table that are about these bytes, as the first file had them, and what they say */
  #table = "";
  #places = new Map<number, number>();

  constructor(head: Uint8Array) {
    this.head = head;
    this.text = latin1(head);
    this.#hash = createHash("sha256").update(head);
  }

  begins(bytes: Uint8Array): boolean {
    const { head } = this;
    return bytes.length > head.length && Buffer.compare(bytes.subarray(0, head.length), head) === 0;
  }

  /** SHA-256, fed with the bytes in common. */
  get hash(): Hash {
    return this.#hash.copy();
  }

  /** How many rows of the table are about the bytes in common. */
  get rows(): number {
    return this.#table.length / ROW;
  }

  /** The rows of the bytes in common stand first in a table, and must be those of the first file. */
  admitRows(text: string, at: number, count: number): void {
    if (this.#table === "") this.#learn(text.slice(at, at + ROW * count));
    if (text.slice(at, at + this.#table.length) !== this.#table)
      throw foreign("a table unlike those of its batch");
  }

  /** Where an object of the bytes in common begins. */
  offsetOf(number: number): number | undefined {
    return this.#places.get(number);
  }

  #learn(table: string): void {
    for (let entry = 0; ROW * entry < table.length; entry += 1) {
      const offset = parseRow(table.slice(ROW * entry, ROW * entry + ROW));
      if (offset !== null && offset >= this.head.length) break;
      if (offset !== null) this.#places.set(entry, offset);
      this.#table = table.slice(0, ROW * entry + ROW);
    }
  }
}

interface Opened {
  readonly bytes: Uint8Array;
  /** of the bytes behind `from`, as Latin-1 */
  readonly text: string;
  readonly from: number;
  /** of what it has for itself */
  readonly offsets: ReadonlyMap<number, number>;
  readonly trailer: Dictionary;
  readonly series: Series | null;
}

class Objects implements PdfFile {
  readonly trailer: Dictionary;
  readonly #opened: Opened;
  /** how often something was needed that the series has not in common */
  #own = 0;

  constructor(opened: Opened) {
    this.#opened = opened;
    this.trailer = opened.trailer;
  }

  resolve(value: Value | undefined): Value {
    if (!isReference(value)) return value ?? null;
    return this.#object(this.#offset(value.number), value.number).value;
  }

  stream(value: Value | undefined): Stream {
    if (!isReference(value)) throw foreign("no stream where there must be one");
    const offset = this.#offset(value.number);
    const known = this.#opened.series?.streams.get(offset);
    if (known !== undefined) return known;
    const own = this.#own;
    const { dictionary, raw } = this.rawStream(value);
    const bytes = decode(raw, this.resolve(dictionary.get("Filter")), dictionary.get("DecodeParms"));
    if (this.#isShared(offset) && own === this.#own)
      this.#opened.series?.streams.set(offset, { dictionary, bytes });
    return { dictionary, bytes };
  }

  rawStream(value: Value | undefined): { dictionary: Dictionary; raw: Uint8Array } {
    if (!isReference(value)) throw foreign("no stream where there must be one");
    const { value: dictionary, end } = this.#object(this.#offset(value.number), value.number);
    if (!(dictionary instanceof Map)) throw foreign("a stream without a dictionary");
    return { dictionary, raw: this.#raw(end, this.resolve(dictionary.get("Length"))) };
  }

  once<T>(kind: string, reference: Value | undefined, make: () => T): T {
    const { series } = this.#opened;
    if (series === null || !isReference(reference)) return make();
    const offset = this.#offset(reference.number);
    const key = `${kind} ${offset}`;
    // what stands under a kind was made by the one place that asks for this kind
    if (series.made.has(key)) return series.made.get(key) as T;
    const { made, isCommon } = this.watched(make);
    if (this.#isShared(offset) && isCommon) series.made.set(key, made);
    return made;
  }

  keptWithin<T>(dictionary: Dictionary, make: () => T): T | null {
    const { series } = this.#opened;
    if (series === null) return null;
    if (series.within.has(dictionary)) return series.within.get(dictionary) as T;
    const made = make();
    series.within.set(dictionary, made);
    return made;
  }

  watched<T>(make: () => T): { made: T; isCommon: boolean } {
    const own = this.#own;
    const made = make();
    return { made, isCommon: own === this.#own };
  }

  #isShared(offset: number): boolean {
    return offset < this.#opened.from;
  }

  #offset(number: number): number {
    const offset = this.#opened.offsets.get(number) ?? this.#opened.series?.offsetOf(number);
    if (offset === undefined) throw foreign(`no object ${number}`);
    if (!this.#isShared(offset)) this.#own += 1;
    return offset;
  }

  #object(offset: number, number: number): Parsed {
    const { series, text, from } = this.#opened;
    if (series === null || !this.#isShared(offset)) return parseObject(text, from, offset, number);
    const known = series.objects.get(offset) ?? parseObject(series.text, 0, offset, number);
    series.objects.set(offset, known);
    return known;
  }

  #raw(at: number, length: Value): Uint8Array {
    const { bytes } = this.#opened;
    const head = /^\s{0,2}stream\r?\n/.exec(latin1(bytes.subarray(at, at + 12)))?.[0];
    if (head === undefined || typeof length !== "number") throw foreign("no stream where there must be one");
    const start = at + head.length;
    new Syntax(bytes.subarray(start + length, start + length + 16)).expect("endstream");
    return bytes.subarray(start, start + length);
  }
}

/** @param text what stands in the file from `from` on, Latin-1 */
function parseObject(text: string, from: number, offset: number, number: number): Parsed {
  const syntax = new Syntax(text, offset - from);
  if (syntax.next() !== number || syntax.next() !== 0)
    throw foreign(`no object ${number} where the table says`);
  syntax.expect("obj");
  const value = syntax.next(1);
  if (value === undefined || isReference(value)) throw foreign(`no value in object ${number}`);
  return { value, end: from + syntax.at };
}

function decode(raw: Uint8Array, filter: Value, parameters: Value | undefined): Uint8Array {
  const [only, ...more] = isList(filter) ? filter : [filter];
  if (only === null || only === undefined) return raw;
  if (!isName(only) || only.name !== "FlateDecode" || more.length > 0 || (parameters ?? null) !== null) {
    throw foreign("a stream in another encoding than Flate");
  }
  try {
    return inflateSync(raw, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new Fault("pdf-foreign", "a stream that cannot be inflated", { cause });
  }
}
