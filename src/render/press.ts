import { hash as hashOf } from "node:crypto";
import { formatLink } from "../credential/link.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import { type Attachment, streamEntries } from "./attachment.js";
import type { Demand } from "./demand.js";
import { DOTS } from "./dots.js";
import type { Drawn, Shop } from "./element/element.js";
import { Face } from "./face.js";
import { declaredFacts } from "./field.js";
import { type Frame, Frames } from "./frame.js";
import { describer, formatInformation, xmpWriter } from "./metadata.js";
import { formatLiteral, formatNumber, formatStream, formatTextString, xrefRow } from "./notation.js";
import type { Shared, SharedFont } from "./shared.js";
import { drawnOn, type Sheet, sheetsOf } from "./sheet.js";
import { stretchesOf } from "./structure.js";
import { type QrImage, symbolOf } from "./symbol.js";
import type { Template } from "./template.js";
import { shopOf } from "./typesetter.js";

export type { Attachment } from "./attachment.js";
export { type Demand, glyphDemand, parseDemand } from "./demand.js";
export type { Shared } from "./shared.js";

/** A template set for one batch: stamps certificate after certificate, each a pure function of what it was set with. */
export interface Press {
  readonly shared: Shared;
  /**
   * The file of a certificate. The bytes are the caller's.
   *
   * @param attached the bytes to attach, where the press was set with an attachment
   * @throws Fault if it cannot be printed whole
   */
  stamp(certificate: Certificate, attached?: Uint8Array): Buffer;
  /** The same for who is done with the bytes before the next call: they are lent, and nothing is copied. */
  lend(certificate: Certificate, attached?: Uint8Array): Stamped;
  /** The objects of a certificate behind those that the batch shares, numbered from `shared.objects`; Latin-1. */
  objects(certificate: Certificate): readonly string[];
}

export interface Stamped {
  readonly bytes: Buffer;
  /** hex */
  readonly sha256: string;
  /** what the files of all certificates of the same shape begin with; the same buffer each time */
  readonly head: Buffer;
  readonly symbol: QrImage;
}

const sealDigits = "0".repeat(32);

/**
 * Compiles a template once: fonts cut down to the batch, background, and everything else its files share.
 *
 * @param attachment what each certificate will have attached; then the files are PDF/A-3, else PDF/A-2
 */
export async function setPress(
  template: Template,
  record: EventRecord,
  demand: Demand,
  attachment: Attachment | null = null,
): Promise<Press> {
  // only here is a library for PDFs needed, which takes longer to load than most batches to stamp
  const { buildShared } = await import("./shared.js");
  return pressOf(template, record, await buildShared(template, record, demand, attachment));
}

/** The press of a batch whose shared part is at hand, maybe made by another thread. */
export function pressOf(template: Template, record: EventRecord, shared: Shared): Press {
  const shop = pressShop(template, shared);
  const frames = new Frames(shared, ({ element }) => element === template.qr);
  const describe = describer(template);
  const formatXmp = xmpWriter();
  const setOne = (certificate: Certificate, attached: Uint8Array | undefined) => {
    if ((attached === undefined) !== (shared.attachment === null))
      throw new TypeError("an attachment is part of all certificates of a batch, or of none");
    const facts = declaredFacts(template.fields, record, certificate);
    const sheets = sheetsOf(template, facts, shop);
    const frame = frames.frameOf(sheets);
    const link = formatLink(record.verify, certificate.token);
    const description = describe(certificate, facts);
    const parts = {
      sheets,
      link,
      symbol: symbolOf(link),
      information: formatInformation(description),
      xmp: formatXmp(description, frame.conformance),
      attached: attached === undefined ? null : latin1(attached),
    };
    const bodies = bodiesOf(template, certificate, parts, frame, shared.attachment);
    return { frame, bodies, symbol: parts.symbol };
  };
  const desk = new Desk();
  const lend = (certificate: Certificate, attached?: Uint8Array): Stamped => {
    const { frame, bodies, symbol } = setOne(certificate, attached);
    return { ...desk.assemble(frame, tailOf(certificate, bodies, frame)), symbol };
  };
  return {
    shared,
    lend,
    stamp: (certificate, attached) => Buffer.from(lend(certificate, attached).bytes),
    objects(certificate) {
      const { frame, bodies } = setOne(certificate, undefined);
      return [...frame.bodies, ...bodies];
    },
  };
}

/** Puts head and tail together and seals the file, in the same place each time: the head stays where it is. */
class Desk {
  #file = Buffer.alloc(0);
  #head: Buffer | null = null;

  assemble({ head, opening }: Frame, tail: string): Omit<Stamped, "symbol"> {
    const start = head.length;
    const end = start + tail.length;
    if (end > this.#file.length) {
      this.#file = Buffer.alloc(end + (1 << 15));
      this.#head = null;
    }
    const file = this.#file;
    if (this.#head !== head) head.copy(file);
    this.#head = head;
    file.write(tail, start, "latin1");
    const place = start + tail.lastIndexOf(`<${sealDigits}>`) + 1;
    // the seal is taken with zeros in its place; up to there both hashes are one
    const hash = opening.copy().update(file.subarray(start, place));
    const rest = file.subarray(place, end);
    const seal = hash.copy().update(rest).digest("hex").slice(0, sealDigits.length);
    file.write(seal, place, "latin1");
    const sha256 = hash.update(rest).digest("hex");
    return { bytes: file.subarray(0, end), sha256, head };
  }
}

/** Lines are measured and drawn with the very glyphs that are in the file. */
function pressShop(template: Template, { fonts, pictures }: Shared): Shop {
  const faces = new Map<string, Face>();
  const inFile = (path: string): SharedFont => {
    const found = fonts.get(path);
    if (found === undefined) throw new TypeError(`a batch without the font "${path}" that it needs`);
    return found;
  };
  const faceOf = (path: string): Face => {
    const known = faces.get(path);
    if (known !== undefined) return known;
    const { subset, meanings } = inFile(path);
    const face = new Face(path, subset);
    face.learn(meanings);
    faces.set(path, face);
    return face;
  };
  return {
    ...shopOf(template),
    shape: (face, stretch) => faceOf(face.path).shape(stretch),
    fontName: (path) => inFile(path).name,
    picture(file) {
      const found = pictures.get(file);
      if (found === undefined) throw new TypeError(`a batch without the picture "${file}" that it needs`);
      return found;
    },
  };
}

/** What one certificate has of its own. */
interface Parts {
  readonly sheets: readonly Sheet[];
  readonly link: string;
  readonly symbol: QrImage;
  readonly information: string;
  readonly xmp: string;
  readonly attached: string | null;
}

/** The objects of one certificate, in the order of their numbers; Latin-1. */
function bodiesOf(
  template: Template,
  { date }: Certificate,
  parts: Parts,
  frame: Frame,
  attachment: Attachment | null,
): string[] {
  const { sheets, symbol, information, xmp, attached } = parts;
  const drawn = sheets.flatMap(drawnOn);
  const bodies: string[] = [];
  for (const sheet of sheets) {
    for (const { isPersonal, content } of stretchesOf(sheet, "personal"))
      if (isPersonal) bodies.push(formatStream("", content));
  }
  bodies.push(...figureBodies(drawn, frame));
  bodies.push(symbolBody(symbol), linkBody(template, drawn, parts.link, frame), information);
  bodies.push(formatStream("/Type /Metadata /Subtype /XML", xmp));
  if (attached !== null && attachment !== null)
    bodies.push(formatStream(streamEntries(attachment, attached.length, date), attached));
  return bodies;
}

/** The objects with cross-reference and trailer; the seal's place is still empty. */
function tailOf({ token }: Certificate, bodies: readonly string[], frame: Frame): string {
  const { own } = frame;
  const first = own.contents[0] ?? 0;
  let tail = "";
  let { xref } = frame;
  for (const [index, body] of bodies.entries()) {
    xref += xrefRow(frame.head.length + tail.length);
    tail += `${first + index} 0 obj\n${body}\nendobj\n`;
  }
  const id = hashOf("sha256", token, "hex").slice(0, 32);
  const count = first + bodies.length;
  const trailer = `<</Size ${count} /Root ${frame.root} 0 R /Info ${own.info} 0 R /ID [<${id}> <${sealDigits}>]>>`;
  const start = frame.head.length + tail.length;
  return `${tail}xref\n0 ${count}\n${xref}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function symbolBody({ modules, dots }: QrImage): string {
  const side = modules * DOTS;
  const entries = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ImageMask true /BitsPerComponent 1 /Decode [1 0] /Interpolate false /Filter /FlateDecode`;
  return formatStream(entries, latin1(dots));
}

/** Figures with the words that stand for them, and where on the page they are. */
function figureBodies(drawn: readonly Drawn[], { figures }: Frame): string[] {
  const shown = drawn.filter(({ tag }) => tag === "Figure");
  return figures.map(({ parent, page, mark }, index) => {
    const { alt = null, bounds = [0, 0, 0, 0] } = shown[index] ?? {};
    const box = `<</O /Layout /Placement /Block /BBox [${formatCorners(bounds)}]>>`;
    return `<</S /Figure /P ${parent} 0 R /Pg ${page} 0 R /K ${mark} /Alt ${formatTextString(alt ?? "")} /A ${box}>>`;
  });
}

/** The link lies over the QR code, and says the same. */
function linkBody({ qr }: Template, drawn: readonly Drawn[], link: string, { linkKey }: Frame): string {
  const code = drawn.find(({ element }) => element === qr);
  if (code?.bounds === undefined) throw new TypeError("a certificate without its QR code");
  const target = `<</S /URI /URI ${formatLiteral(link)}>>`;
  return `<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [${formatCorners(code.bounds)}] /Contents ${formatTextString(code.alt ?? "")} /StructParent ${linkKey} /A ${target}>>`;
}

function formatCorners(bounds: readonly number[]): string {
  return bounds.map(formatNumber).join(" ");
}
