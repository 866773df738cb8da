import { concat, isEqual } from "./der.js";

/**
 * A PDF's signature stands in an update behind the file as it was sealed (ISO 32000-1, 7.5.6 and 12.8), always of one
 * form: from the first revision everything in it follows but the room for the signature, the time that it states and
 * the signature itself. So no other update can be taken for it. Runs in the verification page too.
 *
 * The field is not seen: zero in size, and where no page is, so that it needs no place among the tags (ISO 14289-1).
 * The signature certifies the file, and nothing may be changed in it afterwards (DocMDP 1).
 */
export interface Update {
  readonly room: number;
  /** seconds, UTC */
  readonly at: Date;
}

/** An update with its room still empty, to be put behind the first revision. */
export interface Blank {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** first of the hex digits that the room is, and behind the last, from the start of the file */
  readonly hole: readonly [from: number, to: number];
}

/** What is found behind a first revision. */
export interface FoundUpdate extends Update {
  /** what stands in the room */
  readonly signature: Uint8Array<ArrayBuffer>;
  readonly hole: Blank["hole"];
}

const HEX = "0123456789abcdef";
const MOST_ROOM = 200_000;

/** @throws TypeError for a first revision that is not built as those of this program */
export function blankUpdate(first: Uint8Array, { room, at }: Update): Blank {
  const built = anatomyOf(first);
  if (built === null) throw new TypeError("a file that is not built as ours are");
  const written = writeObjects(built, first.length);
  const signature = built.size + 2;
  const offsets = new Map([...written.offsets, [signature, written.end]]);
  const opening = `${signature} 0 obj\n${signatureEntries(at)} /ByteRange [`;
  const from = written.end + opening.length + rangeOf([0, 0], 0).length + " /Contents <".length;
  const hole = [from, from + 2 * room] as const;
  const closing = ">>>\nendobj\n";
  const tail = tableOf(built, offsets, hole[1] + closing.length);
  const range = rangeOf(hole, hole[1] + closing.length + tail.length);
  const object = `${opening}${range} /Contents <${"0".repeat(2 * room)}${closing}`;
  return { bytes: concat([...written.parts, letters(object + tail)]), hole };
}

/** The objects before the signature: catalog and page once more, the field, and that there is nothing to be seen. */
function writeObjects({ root, page, size }: Anatomy, start: number) {
  const [field, appearance, signature] = [size, size + 1, size + 2];
  const form = ` /AcroForm <</Fields [${field} 0 R] /SigFlags 3>> /Perms <</DocMDP ${signature} 0 R>>>>`;
  const widget = `<</Type /Annot /Subtype /Widget /FT /Sig /T (Signature) /V ${signature} 0 R /F 132 /Rect [-9 -9 -9 -9] /P ${page.number} 0 R /AP <</N ${appearance} 0 R>>>>`;
  const nothing = "<</Type /XObject /Subtype /Form /BBox [0 0 0 0] /Length 0>>\nstream\n\nendstream";
  const objects: readonly (readonly [number, readonly Uint8Array[]])[] = [
    [root.number, [root.body, letters(form)]],
    [page.number, [page.before, letters(` ${field} 0 R`), page.after]],
    [field, [letters(widget)]],
    [appearance, [letters(nothing)]],
  ];
  const offsets = new Map<number, number>();
  const parts: Uint8Array[] = [];
  let end = start;
  for (const [number, body] of objects) {
    offsets.set(number, end);
    for (const part of [letters(`${number} 0 obj\n`), ...body, letters("\nendobj\n")]) {
      parts.push(part);
      end += part.length;
    }
  }
  return { parts, offsets, end };
}

function signatureEntries(at: Date): string {
  const transform = "<</Type /TransformParams /P 1 /V /1.2>>";
  const reference = `<</Type /SigRef /TransformMethod /DocMDP /TransformParams ${transform}>>`;
  return `<</Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /M (${formatTime(at)}) /Reference [${reference}]`;
}

/** Of fixed length, so that it may be written before the length of the file is known. */
function rangeOf([from, to]: Blank["hole"], length: number): string {
  return `0 ${ten(Math.max(0, from - 1))} ${ten(to + 1)} ${ten(Math.max(0, length - to - 1))}]`;
}

/** Cross-reference table and trailer. @param start of the table */
function tableOf(built: Anatomy, offsets: ReadonlyMap<number, number>, start: number): string {
  const { root, page, size, information, identifier, seal, table } = built;
  const row = (number: number) => `${ten(offsets.get(number) ?? 0)} 00000 n \n`;
  const rows = `${root.number} 1\n${row(root.number)}${page.number} 1\n${row(page.number)}${size} 3\n${row(size)}${row(size + 1)}${row(size + 2)}`;
  const trailer = `<</Size ${size + 3} /Root ${root.number} 0 R /Info ${information} 0 R /ID [<${identifier}> <${turned(seal)}>] /Prev ${table}>>`;
  return `xref\n${rows}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`;
}

/**
 * The signature behind a first revision; `null` where something else stands there.
 *
 * @param end of the first revision
 */
export function findUpdate(file: Uint8Array, end: number): FoundUpdate | null {
  const first = file.subarray(0, end);
  const text = ascii(file.subarray(end));
  const [, year, month, day, hour, minute, second] =
    /\/M \(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z\)/.exec(text) ?? [];
  const hex = /\/Contents <([0-9a-f]*)>/.exec(text)?.[1] ?? "";
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const room = hex.length / 2;
  if (!Number.isInteger(room) || room === 0 || room > MOST_ROOM || Number.isNaN(at.getTime())) return null;
  if (anatomyOf(first) === null) return null;
  const { bytes, hole } = blankUpdate(first, { room, at });
  const [from, to] = [hole[0] - end, hole[1] - end];
  const found = file.subarray(end);
  const isOurs =
    found.length === bytes.length &&
    isEqual(found.subarray(0, from), bytes.subarray(0, from)) &&
    isEqual(found.subarray(to), bytes.subarray(to));
  if (!isOurs) return null;
  const signature = Uint8Array.from({ length: room }, (_, index) =>
    Number.parseInt(hex.slice(2 * index, 2 * index + 2), 16),
  );
  return { room, at, signature, hole };
}

/** What the signature is over: everything but its room and the brackets around it. */
export function signedParts(file: Uint8Array, [from, to]: Blank["hole"]): readonly [Uint8Array, Uint8Array] {
  return [file.subarray(0, from - 1), file.subarray(to + 1)];
}

/** `bytes` as hex digits, in letters of ASCII. */
export function hexDigits(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const digits = new Uint8Array(2 * bytes.length);
  for (const [index, byte] of bytes.entries()) {
    digits[2 * index] = HEX.charCodeAt(byte >> 4);
    digits[2 * index + 1] = HEX.charCodeAt(byte & 15);
  }
  return digits;
}

interface Anatomy {
  /** catalog, without its last two brackets */
  readonly root: { readonly number: number; readonly body: Uint8Array };
  /** first page, cut in its list of annotations */
  readonly page: { readonly number: number; readonly before: Uint8Array; readonly after: Uint8Array };
  readonly size: number;
  readonly information: number;
  readonly identifier: string;
  readonly seal: string;
  /** where the cross-reference table begins */
  readonly table: number;
}

/** The few things that an update has to know; `null` for a file that another program made. */
function anatomyOf(first: Uint8Array): Anatomy | null {
  const end = ascii(first.subarray(-512));
  const trailer =
    /trailer\n<<\/Size (\d+) \/Root (\d+) 0 R \/Info (\d+) 0 R \/ID \[<([0-9a-f]{32})> <([0-9a-f]{32})>\]>>\nstartxref\n(\d+)\n%%EOF\n$/.exec(
      end,
    );
  if (trailer === null) return null;
  const [size = 0, root = 0, information = 0] = trailer.slice(1, 4).map(Number);
  const [identifier = "", seal = ""] = trailer.slice(4, 6);
  const table = Number(trailer[6]);
  const bodyOf = (number: number) => objectAt(first, table, number, size);
  const catalog = bodyOf(root);
  const pages = bodyOf(numberIn(catalog, /\/Pages (\d+) 0 R/));
  const page = numberIn(pages, /\/Kids \[(\d+) 0 R/);
  const body = bodyOf(page);
  const annotations = body === null ? null : /\/Annots \[\d+ 0 R/.exec(ascii(body));
  if (catalog === null || body === null || annotations === null || root >= page) return null;
  const cut = annotations.index + annotations[0].length;
  return {
    root: { number: root, body: catalog.subarray(0, -2) },
    page: { number: page, before: body.subarray(0, cut), after: body.subarray(cut) },
    ...{ size, information, identifier, seal, table },
  };
}

function objectAt(file: Uint8Array, table: number, number: number, size: number): Uint8Array | null {
  const head = `xref\n0 ${size}\n`;
  if (number >= size || ascii(file.subarray(table, table + head.length)) !== head) return null;
  const row = table + head.length + 20 * number;
  const offset = Number(ascii(file.subarray(row, row + 10)));
  const opening = `${number} 0 obj\n`;
  if (ascii(file.subarray(offset, offset + opening.length)) !== opening) return null;
  const start = offset + opening.length;
  // catalog and pages are short; what is longer is none
  const length = ascii(file.subarray(start, start + 65536)).indexOf(">>\nendobj\n");
  return length === -1 ? null : file.subarray(start, start + length + 2);
}

function numberIn(body: Uint8Array | null, pattern: RegExp): number {
  return Number((body === null ? undefined : pattern.exec(ascii(body))?.[1]) ?? Number.MAX_SAFE_INTEGER);
}

/** Positions stay what they were: every byte is a letter. */
function ascii(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

function letters(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function ten(value: number): string {
  return String(value).padStart(10, "0");
}

/** The second identifier of a file changes with each revision; this one follows from the first's. */
function turned(seal: string): string {
  return [...seal].reverse().join("");
}

function formatTime(at: Date): string {
  return `D:${at.toISOString().slice(0, 19).replace(/[-:T]/g, "")}Z`;
}
