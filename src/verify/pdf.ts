import { createHash } from "node:crypto";
import { parseRecord } from "../credential/record.js";
import { endOfFirstRevision } from "../credential/revision.js";
import { type Begun, isWhole } from "../credential/seal.js";
import { type FoundUpdate, findUpdate } from "../credential/signature/update.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { type Drawing, textsOf } from "./content.js";
import { openPdf, type PdfFile } from "./file.js";
import type { Series } from "./series.js";
import type { Modules } from "./symbol.js";
import { foreign } from "./syntax.js";
import { type Dictionary, isList, latin1, Name, Octets, type Value } from "./value.js";

/**
 * A certificate's file as this program builds them. Nothing in it is believed yet. Seal and hash are worked out when
 * they are asked for, of the bytes as they are then.
 */
export interface OwnPdf {
  /** of the first revision, with nothing behind it but a signature of our form */
  readonly seal: "whole" | "broken";
  /** bytes after the end of the first revision: what somebody appended, or the update with the signature */
  readonly appended: number;
  /** the signature in that update; `null` where there is none, or something else stands there */
  readonly update: FoundUpdate | null;
  /** target of the link over the QR code */
  readonly link: string;
  /** the QR code */
  readonly modules: Modules;
  /** of the first page, in the order of drawing */
  readonly texts: readonly string[];
  readonly record: EventRecord | null;
  /** of all the bytes, hex */
  readonly sha256: string;
}

/**
 * The parts of a PDF of ours, or `null` where it is built in another way. Only its first revision is read.
 *
 * @param series where many files of one batch are read: what they have in common is parsed once, and nothing is
 *   taken from there unless the file was compared with it byte for byte
 * @param known a picture of a QR code, of which one need not work out again what it shows
 */
export function readPdf(
  bytes: Uint8Array,
  series: Series | null = null,
  known: KnownPicture | null = null,
): OwnPdf | null {
  try {
    return read(bytes, series?.begins(bytes) ? series : null, known);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** A QR code as the stream of its picture, deflated, and what that shows. */
export interface KnownPicture {
  readonly stream: Uint8Array;
  readonly modules: Modules;
}

function read(bytes: Uint8Array, series: Series | null, known: KnownPicture | null): OwnPdf {
  const end = endOfFirstRevision(bytes, series?.closed);
  if (end === null) throw foreign("no end");
  const file = openPdf(bytes.subarray(0, end), series);
  const root = file.trailer.get("Root");
  const page = file.once("page", root, () => pageOf(file, dictionaryOf(file, root)));
  return new Read(bytes, end, series, {
    link: linkOf(file, page.annotation),
    modules: modulesOf(file, page.symbol, known),
    texts: textsOf(file, page),
    record: page.record,
  });
}

/** What was read, with what is worked out when it is asked for. */
class Read implements OwnPdf {
  readonly appended: number;
  readonly link: string;
  readonly modules: Modules;
  readonly texts: readonly string[];
  readonly record: EventRecord | null;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  readonly #series: Series | null;

  constructor(
    bytes: Uint8Array,
    end: number,
    series: Series | null,
    { link, modules, texts, record }: Pick<OwnPdf, "link" | "modules" | "texts" | "record">,
  ) {
    this.#bytes = bytes;
    this.#end = end;
    this.#series = series;
    this.appended = bytes.length - end;
    this.link = link;
    this.modules = modules;
    this.texts = texts;
    this.record = record;
  }

  get seal(): "whole" | "broken" {
    const isAlone = this.appended === 0 || this.update !== null;
    return isAlone && isWhole(this.#bytes.subarray(0, this.#end), this.#begun()) ? "whole" : "broken";
  }

  get update(): FoundUpdate | null {
    return this.appended === 0 ? null : findUpdate(this.#bytes, this.#end);
  }

  get sha256(): string {
    const { hash, bytes } = this.#begun();
    return hash.update(this.#bytes.subarray(bytes)).digest("hex");
  }

  #begun(): Begun {
    const series = this.#series;
    return series === null
      ? { hash: createHash("sha256"), bytes: 0 }
      : { hash: series.hash, bytes: series.head.length };
  }
}

/** Of the first page, what may be the same for all files of a series. */
interface Page extends Drawing {
  /** the link, and the picture of the QR code, which are each file's own */
  readonly annotation: Value | undefined;
  readonly symbol: Value | undefined;
  readonly record: EventRecord | null;
}

function pageOf(file: PdfFile, catalog: Dictionary): Page {
  const page = firstPage(file, catalog);
  const resources = dictionaryOf(file, page.get("Resources"));
  const contents = file.resolve(page.get("Contents"));
  const annotations = file.resolve(page.get("Annots"));
  const [annotation, ...more] = isList(annotations) ? annotations : [];
  if (more.length > 0) throw foreign("not one link");
  return {
    resources,
    contents: isList(contents) ? contents : [page.get("Contents") ?? null],
    known: new Map(),
    annotation,
    symbol: dictionaryOf(file, resources.get("XObject")).get("QR"),
    record: recordOf(file, catalog),
  };
}

function firstPage(file: PdfFile, catalog: Dictionary): Dictionary {
  const pages = dictionaryOf(file, catalog.get("Pages"));
  const kids = file.resolve(pages.get("Kids"));
  const page = dictionaryOf(file, isList(kids) ? kids[0] : undefined);
  if (nameOf(page.get("Type")) !== "Page") throw foreign("pages in several levels");
  return page;
}

function linkOf(file: PdfFile, value: Value | undefined): string {
  const annotation = dictionaryOf(file, value);
  const action = dictionaryOf(file, annotation.get("A"));
  const target = file.resolve(action.get("URI"));
  const isLink = nameOf(annotation.get("Subtype")) === "Link" && nameOf(action.get("S")) === "URI";
  if (!isLink || !(target instanceof Octets)) throw foreign("no link");
  return latin1(target.bytes());
}

function modulesOf(file: PdfFile, reference: Value | undefined, known: KnownPicture | null): Modules {
  const { dictionary, raw } = file.rawStream(reference);
  const size = dictionary.get("Width");
  const decode = file.resolve(dictionary.get("Decode"));
  const isMask = dictionary.get("ImageMask") === true && size === dictionary.get("Height");
  const paintsOnes = isList(decode) && decode[0] === 1 && decode[1] === 0;
  if (typeof size !== "number" || !isMask || !paintsOnes) throw foreign("no QR code as a mask");
  if (
    known !== null &&
    size === DOTS * known.modules.size &&
    isFlate(dictionary) &&
    isSame(raw, known.stream)
  )
    return known.modules;
  const { bytes } = file.stream(reference);
  if (size > DOTS * MOST_MODULES || bytes.length !== Math.ceil(size / 8) * size)
    throw foreign("a QR code of another size than it says");
  return isOfBytes(bytes) ? fromDots(bytes, size / DOTS) : { size, rows: bytes };
}

function isFlate(dictionary: Dictionary): boolean {
  return nameOf(dictionary.get("Filter")) === "FlateDecode" && !dictionary.has("DecodeParms");
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

const MOST_MODULES = 177;
const DOTS = 8;

/** Where each module is eight dots, the upper edge of the first finder pattern fills seven bytes. */
function isOfBytes(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 7).every((byte) => byte === 0xff);
}

/** Eight rows of eight dots are one module, all of them alike: nothing finer may be drawn between them. */
function fromDots(bytes: Uint8Array, size: number): Modules {
  if (!Number.isInteger(size)) throw foreign("a QR code of half modules");
  const rowBytes = Math.ceil(size / 8);
  const rows = new Uint8Array(rowBytes * size);
  for (let y = 0; y < size; y += 1) {
    const band = bytes.subarray(DOTS * y * size, DOTS * (y + 1) * size);
    // each of the eight rows is as the next one
    const isEven = Buffer.compare(band.subarray(0, -size), band.subarray(size)) === 0;
    if (!isEven) throw foreign("a QR code of uneven modules");
    for (let x = 0; x < size; x += 1) {
      const byte = band[x];
      if (byte !== 0 && byte !== 0xff) throw foreign("a QR code of uneven modules");
      const at = y * rowBytes + (x >> 3);
      rows[at] = (rows[at] ?? 0) | (byte & (0x80 >> (x & 7)));
    }
  }
  return { size, rows };
}

function recordOf(file: PdfFile, catalog: Dictionary): EventRecord | null {
  const pieces = file.resolve(catalog.get("PieceInfo"));
  if (!(pieces instanceof Map) || !pieces.has("Lulus")) return null;
  const reference = dictionaryOf(file, pieces.get("Lulus")).get("Private");
  return parseRecord(new TextDecoder().decode(file.stream(reference).bytes), { file: "PieceInfo" });
}

function dictionaryOf(file: PdfFile, value: Value | undefined): Dictionary {
  const resolved = file.resolve(value);
  if (resolved instanceof Map) return resolved;
  throw foreign("a part is missing");
}

function nameOf(value: Value | undefined): string | null {
  return value instanceof Name ? value.name : null;
}
