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
  stream(value: Value | undefined): { readonly dictionary: Dictionary; readonly bytes: Uint8Array };
}

const MOST_BYTES = 16 * 1024 * 1024;
const END = "%%EOF";

/** Where the first revision of a file ends, its line break included; `null` without an end. */
export function endOfFirstRevision(bytes: Uint8Array): number | null {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(END);
  if (at === -1) return null;
  const end = at + END.length;
  return bytes[end] === 0x0d && bytes[end + 1] === 0x0a ? end + 2 : bytes[end] === 0x0a ? end + 1 : end;
}

/** @param bytes one revision, from `%PDF` to its end; throws where the file is built in another way */
export function openPdf(bytes: Uint8Array): PdfFile {
  const tail = latin1(bytes.subarray(Math.max(0, bytes.length - 64)));
  const start = /startxref\s{1,2}(\d{1,10})\s{1,2}%%EOF\s{0,2}$/.exec(tail)?.[1];
  if (start === undefined) throw foreign("no cross-reference table is named at its end");
  const syntax = new Syntax(bytes, Number(start));
  const offsets = parseTable(syntax);
  const trailer = syntax.next();
  if (!(trailer instanceof Map)) throw foreign("no trailer");
  if (["Prev", "XRefStm", "Encrypt"].some((key) => trailer.has(key)))
    throw foreign("several revisions, or encrypted");
  return new Objects(bytes, offsets, trailer);
}

/** Entries are read as they must stand: 20 bytes each, so that no table fits two readings. */
function parseTable(syntax: Syntax): Map<number, number> {
  const offsets = new Map<number, number>();
  syntax.expect("xref");
  for (let first = syntax.next(); typeof first === "number"; first = syntax.next()) {
    const count = syntax.next();
    if (typeof count !== "number") throw foreign("a cross-reference table without its size");
    for (let entry = first; entry < first + count; entry += 1) {
      const [offset, generation, kind] = [syntax.next(), syntax.next(), syntax.next()];
      if (typeof offset !== "number" || typeof generation !== "number")
        throw foreign("a broken cross-reference table");
      if (isInUse(kind)) offsets.set(entry, offset);
    }
  }
  return offsets;
}

function isInUse(kind: Value | undefined): boolean {
  if (typeof kind !== "object" || kind === null || !("word" in kind))
    throw foreign("a broken cross-reference table");
  return kind.word === "n";
}

class Objects implements PdfFile {
  readonly trailer: Dictionary;
  readonly #bytes: Uint8Array;
  readonly #offsets: ReadonlyMap<number, number>;

  constructor(bytes: Uint8Array, offsets: ReadonlyMap<number, number>, trailer: Dictionary) {
    this.#bytes = bytes;
    this.#offsets = offsets;
    this.trailer = trailer;
  }

  resolve(value: Value | undefined): Value {
    if (!isReference(value)) return value ?? null;
    return this.#object(value.number).value;
  }

  stream(value: Value | undefined): { dictionary: Dictionary; bytes: Uint8Array } {
    if (!isReference(value)) throw foreign("no stream where there must be one");
    const { value: dictionary, end } = this.#object(value.number);
    if (!(dictionary instanceof Map)) throw foreign("a stream without a dictionary");
    const raw = this.#raw(end, this.resolve(dictionary.get("Length")));
    return {
      dictionary,
      bytes: decode(raw, this.resolve(dictionary.get("Filter")), dictionary.get("DecodeParms")),
    };
  }

  #object(number: number): { value: Value; end: number } {
    const offset = this.#offsets.get(number);
    if (offset === undefined) throw foreign(`no object ${number}`);
    const syntax = new Syntax(this.#bytes, offset);
    if (syntax.next() !== number || syntax.next() !== 0)
      throw foreign(`no object ${number} where the table says`);
    syntax.expect("obj");
    const value = syntax.next(1);
    if (value === undefined || isReference(value)) throw foreign(`no value in object ${number}`);
    return { value, end: syntax.at };
  }

  #raw(at: number, length: Value): Uint8Array {
    const head = /^\s{0,2}stream\r?\n/.exec(latin1(this.#bytes.subarray(at, at + 12)))?.[0];
    if (head === undefined || typeof length !== "number") throw foreign("no stream where there must be one");
    const start = at + head.length;
    new Syntax(this.#bytes, start + length).expect("endstream");
    return this.#bytes.subarray(start, start + length);
  }
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
