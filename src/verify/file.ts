import { inflateSync } from "node:zlib";
import { Fault } from "../model/fault.js";
import type { Made, Parsed, Series, Stream } from "./series.js";
import { foreign, isBlank, Syntax } from "./syntax.js";
import { parseTable } from "./table.js";
import { type Dictionary, isList, latin1, Name, Reference, type Value } from "./value.js";

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
  /** The same for who looks at it again in each file: what is made of it is not said to need it. */
  lookAt(value: Value | undefined): Value;
  /** The bytes of the stream that is referred to, decoded; with its dictionary. */
  stream(value: Value | undefined): Stream;
  /** The same as it stands in the file. */
  rawStream(value: Value | undefined): { readonly dictionary: Dictionary; readonly raw: Uint8Array };
  /** What is made of an object. Worked out once for a series, where the bytes in common are all that it needs. */
  once<T>(kind: Made, value: Value | undefined, make: () => T): T;
  /** Makes something, and says whether the bytes in common were all that it needed. */
  watched<T>(make: () => T): { readonly made: T; readonly isCommon: boolean };
}

const MOST_BYTES = 16 * 1024 * 1024;

/**
 * @param bytes one revision, from `%PDF` to its end; throws where the file is built in another way
 * @param series of files that begin as this one does, which the caller has seen to
 */
export function openPdf(bytes: Uint8Array, series: Series | null = null): PdfFile {
  const from = series === null ? 0 : series.head.length;
  const ending = latin1(bytes.subarray(Math.max(from, bytes.length - 64)));
  const start = /startxref\s{1,2}(\d{1,10})\s{1,2}%%EOF\s{0,2}$/.exec(ending)?.[1];
  if (start === undefined || Number(start) < from)
    throw foreign("no cross-reference table is named at its end");
  const syntax = new Syntax(bytes, Number(start));
  const offsets = parseTable(bytes, syntax, series);
  const trailer = syntax.next();
  if (!(trailer instanceof Map)) throw foreign("no trailer");
  if (trailer.has("Prev") || trailer.has("XRefStm") || trailer.has("Encrypt"))
    throw foreign("several revisions, or encrypted");
  return new Objects(bytes, offsets, trailer, series);
}

class Objects implements PdfFile {
  readonly trailer: Dictionary;
  readonly #bytes: Uint8Array;
  /** of what it has for itself */
  readonly #offsets: ReadonlyMap<number, number>;
  readonly #parsed = new Map<number, Parsed>();
  readonly #series: Series | null;
  /** how often something was needed that the series has not in common */
  #own = 0;

  constructor(
    bytes: Uint8Array,
    offsets: ReadonlyMap<number, number>,
    trailer: Dictionary,
    series: Series | null,
  ) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.trailer = trailer;
    this.#series = series;
  }

  resolve(value: Value | undefined): Value {
    return value instanceof Reference ? this.#object(value.number).value : (value ?? null);
  }

  lookAt(value: Value | undefined): Value {
    const own = this.#own;
    const found = this.resolve(value);
    this.#own = own;
    return found;
  }

  stream(value: Value | undefined): Stream {
    const known = value instanceof Reference ? this.#series?.streams.get(value.number) : undefined;
    if (known !== undefined) return known;
    const { made, isCommon } = this.watched(() => {
      const { dictionary, raw } = this.rawStream(value);
      const bytes = decode(raw, this.resolve(dictionary.get("Filter")), dictionary.get("DecodeParms"));
      return { dictionary, bytes };
    });
    if (value instanceof Reference && isCommon) this.#series?.streams.set(value.number, made);
    return made;
  }

  rawStream(value: Value | undefined): { dictionary: Dictionary; raw: Uint8Array } {
    if (!(value instanceof Reference)) throw foreign("no stream where there must be one");
    const { value: dictionary, end } = this.#object(value.number);
    if (!(dictionary instanceof Map)) throw foreign("a stream without a dictionary");
    return { dictionary, raw: rawAt(this.#home(value.number), end, this.resolve(dictionary.get("Length"))) };
  }

  once<T>(kind: Made, value: Value | undefined, make: () => T): T {
    if (this.#series === null || !(value instanceof Reference)) return make();
    const all = this.#series.made[kind];
    // what stands under a kind was made by the one place that asks for this kind
    if (all.has(value.number)) return all.get(value.number) as T;
    const { made, isCommon } = this.watched(make);
    if (this.#isCommon(value.number) && isCommon) all.set(value.number, made);
    return made;
  }

  watched<T>(make: () => T): { made: T; isCommon: boolean } {
    const own = this.#own;
    const made = make();
    return { made, isCommon: this.#series !== null && own === this.#own };
  }

  #isCommon(number: number): boolean {
    return this.#series?.offsetOf(number) !== undefined;
  }

  #object(number: number): Parsed {
    const series = this.#series;
    const known = series?.objects.get(number);
    if (known !== undefined) return known;
    const common = series?.offsetOf(number);
    if (series !== null && common !== undefined) {
      const parsed = parseObject(series.head, common, number);
      series.objects.set(number, parsed);
      return parsed;
    }
    this.#own += 1;
    const before = this.#parsed.get(number);
    if (before !== undefined) return before;
    const offset = this.#offsets.get(number);
    if (offset === undefined) throw foreign(`no object ${number}`);
    const parsed = parseObject(this.#bytes, offset, number);
    this.#parsed.set(number, parsed);
    return parsed;
  }

  /** The bytes that an object stands in. What is kept for the series must not be in a file that is gone afterwards. */
  #home(number: number): Uint8Array {
    return this.#series !== null && this.#isCommon(number) ? this.#series.head : this.#bytes;
  }
}

function parseObject(bytes: Uint8Array, offset: number, number: number): Parsed {
  const syntax = new Syntax(bytes, offset);
  if (syntax.next() !== number || syntax.next() !== 0)
    throw foreign(`no object ${number} where the table says`);
  syntax.expect("obj");
  const value = syntax.next(1);
  if (value === undefined || value instanceof Reference) throw foreign(`no value in object ${number}`);
  return { value, end: syntax.at };
}

/** The bytes of a stream whose dictionary ends at `at`. */
function rawAt(bytes: Uint8Array, at: number, length: Value): Uint8Array {
  const start = startOfStream(bytes, at);
  if (start === null || typeof length !== "number") throw foreign("no stream where there must be one");
  new Syntax(bytes.subarray(start + length, start + length + 16)).expect("endstream");
  return bytes.subarray(start, start + length);
}

/** Behind the word and the line break that begin a stream; at most two blanks may stand before. */
function startOfStream(bytes: Uint8Array, end: number): number | null {
  let at = end;
  while (at < end + 2 && isBlank(bytes[at])) at += 1;
  for (let letter = 0; letter < STREAM.length; letter += 1, at += 1)
    if (bytes[at] !== STREAM.charCodeAt(letter)) return null;
  if (bytes[at] === 0x0d) at += 1;
  return bytes[at] === 0x0a ? at + 1 : null;
}

const STREAM = "stream";

function decode(raw: Uint8Array, filter: Value, parameters: Value | undefined): Uint8Array {
  const [only, ...more] = isList(filter) ? filter : [filter];
  if (only === null || only === undefined) return raw;
  if (
    !(only instanceof Name) ||
    only.name !== "FlateDecode" ||
    more.length > 0 ||
    (parameters ?? null) !== null
  ) {
    throw foreign("a stream in another encoding than Flate");
  }
  try {
    return inflateSync(raw, { maxOutputLength: MOST_BYTES });
  } catch (cause) {
    throw new Fault("pdf-foreign", "a stream that cannot be inflated", { cause });
  }
}
