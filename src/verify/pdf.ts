import { createHash } from "node:crypto";
import { parseRecord } from "../credential/record.js";
import { isWhole } from "../credential/seal.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { textsOf } from "./content.js";
import { endOfFirstRevision, openPdf, type PdfFile } from "./file.js";
import { type Dictionary, foreign, isList, isName, latin1, type Value } from "./syntax.js";

/** A certificate's file as this program builds them. Nothing in it is believed yet. */
export interface OwnPdf {
  readonly seal: "whole" | "broken";
  /** bytes after the end of the first revision: what somebody appended */
  readonly appended: number;
  /** target of the link over the QR code */
  readonly link: string;
  /** the QR code, row by row, `true` is dark */
  readonly modules: readonly (readonly boolean[])[];
  /** of the first page, in the order of drawing */
  readonly texts: readonly string[];
  readonly record: EventRecord | null;
  /** of all the bytes, hex */
  readonly sha256: string;
}

/** The parts of a PDF of ours, or `null` where it is built in another way. Only its first revision is read. */
export function readPdf(bytes: Uint8Array): OwnPdf | null {
  try {
    return read(bytes);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function read(bytes: Uint8Array): OwnPdf {
  const end = endOfFirstRevision(bytes);
  if (end === null) throw foreign("no end");
  const file = openPdf(bytes.subarray(0, end));
  const catalog = dictionaryOf(file, file.trailer.get("Root"));
  const page = firstPage(file, catalog);
  const resources = dictionaryOf(file, page.get("Resources"));
  const contents = file.resolve(page.get("Contents"));
  return {
    seal: isWhole(bytes) && end === bytes.length ? "whole" : "broken",
    appended: bytes.length - end,
    link: linkOf(file, page),
    modules: modulesOf(file, resources),
    texts: textsOf(file, {
      contents: isList(contents) ? contents : [page.get("Contents") ?? null],
      resources,
    }),
    record: recordOf(file, catalog),
    sha256: createHash("sha256").update(bytes).digest("hex"),
  };
}

function firstPage(file: PdfFile, catalog: Dictionary): Dictionary {
  const pages = dictionaryOf(file, catalog.get("Pages"));
  const kids = file.resolve(pages.get("Kids"));
  const page = dictionaryOf(file, isList(kids) ? kids[0] : undefined);
  if (nameOf(page.get("Type")) !== "Page") throw foreign("pages in several levels");
  return page;
}

function linkOf(file: PdfFile, page: Dictionary): string {
  const annotations = file.resolve(page.get("Annots"));
  const [only, ...more] = isList(annotations) ? annotations : [];
  const annotation = dictionaryOf(file, only);
  const action = dictionaryOf(file, annotation.get("A"));
  const target = file.resolve(action.get("URI"));
  const isLink = nameOf(annotation.get("Subtype")) === "Link" && nameOf(action.get("S")) === "URI";
  if (!isLink || more.length > 0 || !(target instanceof Uint8Array)) throw foreign("not one link");
  return latin1(target);
}

function modulesOf(file: PdfFile, resources: Dictionary): boolean[][] {
  const { dictionary, bytes } = file.stream(dictionaryOf(file, resources.get("XObject")).get("QR"));
  const size = dictionary.get("Width");
  const decode = file.resolve(dictionary.get("Decode"));
  const isMask = dictionary.get("ImageMask") === true && size === dictionary.get("Height");
  const paintsOnes = isList(decode) && decode[0] === 1 && decode[1] === 0;
  if (typeof size !== "number" || !isMask || !paintsOnes) throw foreign("no QR code as a mask");
  if (size > 8 * MOST_MODULES || bytes.length !== Math.ceil(size / 8) * size)
    throw foreign("a QR code of another size than it says");
  return isOfBytes(bytes) ? modulesOfBytes(bytes, size / 8) : modulesOfBits(bytes, size);
}

const MOST_MODULES = 177;

/** Where each module is eight dots, the upper edge of the first finder pattern fills seven bytes. */
function isOfBytes(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 7).every((byte) => byte === 0xff);
}

/** Eight rows of eight dots are one module, all of them alike: nothing finer may be drawn between them. */
function modulesOfBytes(bytes: Uint8Array, size: number): boolean[][] {
  if (!Number.isInteger(size)) throw foreign("a QR code of half modules");
  const rows = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return Array.from({ length: size }, (_, y) => {
    const row = rows.subarray(8 * y * size, (8 * y + 1) * size);
    for (let copy = 1; copy < 8; copy += 1) {
      const start = (8 * y + copy) * size;
      if (row.compare(rows, start, start + size) !== 0) throw foreign("a QR code of uneven modules");
    }
    return Array.from(row, (byte) => {
      if (byte !== 0 && byte !== 0xff) throw foreign("a QR code of uneven modules");
      return byte === 0xff;
    });
  });
}

function modulesOfBits(bytes: Uint8Array, size: number): boolean[][] {
  const rowBytes = Math.ceil(size / 8);
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (_, column) => {
      const byte = bytes[row * rowBytes + (column >> 3)] ?? 0;
      return ((byte >> (7 - (column & 7))) & 1) === 1;
    }),
  );
}

function recordOf(file: PdfFile, catalog: Dictionary): EventRecord | null {
  const pieces = file.resolve(catalog.get("PieceInfo"));
  if (!(pieces instanceof Map) || !pieces.has("Lulus")) return null;
  const json = file.stream(dictionaryOf(file, pieces.get("Lulus")).get("Private")).bytes;
  return parseRecord(new TextDecoder().decode(json), { file: "PieceInfo" });
}

function dictionaryOf(file: PdfFile, value: Value | undefined): Dictionary {
  const resolved = file.resolve(value);
  if (resolved instanceof Map) return resolved;
  throw foreign("a part is missing");
}

function nameOf(value: Value | undefined): string | null {
  return isName(value) ? value.name : null;
}
