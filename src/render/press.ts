import { formatLink } from "../credential/link.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import { type Attachment, streamEntries } from "./attachment.js";
import { Binder, type Bound } from "./binder.js";
import { type Body, streamOf, textOf } from "./body.js";
import type { Demand } from "./demand.js";
import { DOTS } from "./dots.js";
import type { Drawn, Shop } from "./element/element.js";
import { Face } from "./face.js";
import { declaredFacts } from "./field.js";
import { type Frame, Frames } from "./frame.js";
import { describer, formatInformation, xmpWriter } from "./metadata.js";
import { formatLiteral, formatNumber, formatTextString } from "./notation.js";
import type { Shared, SharedFont } from "./shared.js";
import { drawnOn, type Sheet, sheetsOf } from "./sheet.js";
import { passagesOf } from "./structure.js";
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
  objects(certificate: Certificate): Objects;
}

export interface Objects {
  readonly bodies: readonly string[];
  /** how many of them, from the first, all certificates of the same shape have */
  readonly common: number;
}

export interface Stamped extends Bound {
  readonly symbol: QrImage;
}

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
  return pressOf(template, record, await compile(template, record, demand, attachment));
}

/**
 * The shared part alone, to be kept or given to other threads.
 *
 * @param taken object numbers up to this one belong to others, in a file of several batches
 */
export async function compile(
  template: Template,
  record: EventRecord,
  demand: Demand,
  attachment: Attachment | null,
  taken = 0,
): Promise<Shared> {
  // only here is a library for PDFs needed, which takes longer to load than most batches to stamp
  const { buildShared } = await import("./shared.js");
  return await buildShared(template, record, demand, attachment, taken);
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
      attached: attached ?? null,
    };
    const bodies = bodiesOf(template, certificate, parts, frame, shared.attachment);
    return { frame, bodies, symbol: parts.symbol };
  };
  const binder = new Binder();
  const lend = (certificate: Certificate, attached?: Uint8Array): Stamped => {
    const { frame, bodies, symbol } = setOne(certificate, attached);
    return { ...binder.bind(frame, certificate.token, bodies), symbol };
  };
  return {
    shared,
    lend,
    stamp: (certificate, attached) => Buffer.from(lend(certificate, attached).bytes),
    objects(certificate) {
      const { frame, bodies } = setOne(certificate, undefined);
      return { bodies: [...frame.bodies, ...bodies.map(textOf)], common: frame.bodies.length };
    },
  };
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
  readonly xmp: Body;
  readonly attached: Uint8Array | null;
}

/** The objects of one certificate, in the order of their numbers. */
function bodiesOf(
  template: Template,
  { date }: Certificate,
  parts: Parts,
  frame: Frame,
  attachment: Attachment | null,
): Body[] {
  const { sheets, symbol, information, xmp, attached } = parts;
  const drawn = sheets.flatMap(drawnOn);
  const bodies: Body[] = [];
  for (const sheet of sheets) {
    for (const { isPersonal, content } of passagesOf(sheet, "personal"))
      if (isPersonal) bodies.push(streamOf("", [content]));
  }
  bodies.push(...figureBodies(drawn, frame));
  bodies.push(symbolBody(symbol), linkBody(template, drawn, parts.link, frame), [information]);
  bodies.push(streamOf("/Type /Metadata /Subtype /XML", xmp));
  if (attached !== null && attachment !== null)
    bodies.push(streamOf(streamEntries(attachment, attached.length, date), [attached]));
  return bodies;
}

function symbolBody({ modules, dots }: QrImage): Body {
  const side = modules * DOTS;
  const entries = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ImageMask true /BitsPerComponent 1 /Decode [1 0] /Interpolate false /Filter /FlateDecode`;
  return streamOf(entries, [dots]);
}

/** Figures with the words that stand for them, and where on the page they are. */
function figureBodies(drawn: readonly Drawn[], { figures }: Frame): Body[] {
  const shown = drawn.filter(({ tag }) => tag === "Figure");
  return figures.map(({ parent, page, mark }, index) => {
    const { alt = null, bounds = [0, 0, 0, 0] } = shown[index] ?? {};
    const box = `<</O /Layout /Placement /Block /BBox [${formatCorners(bounds)}]>>`;
    return [
      `<</S /Figure /P ${parent} 0 R /Pg ${page} 0 R /K ${mark} /Alt ${formatTextString(alt ?? "")} /A ${box}>>`,
    ];
  });
}

/** The link lies over the QR code, and says the same. */
function linkBody({ qr }: Template, drawn: readonly Drawn[], link: string, { linkKey }: Frame): Body {
  const code = drawn.find(({ element }) => element === qr);
  if (code?.bounds === undefined) throw new TypeError("a certificate without its QR code");
  const target = `<</S /URI /URI ${formatLiteral(link)}>>`;
  return [
    `<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [${formatCorners(code.bounds)}] /Contents ${formatTextString(code.alt ?? "")} /StructParent ${linkKey} /A ${target}>>`,
  ];
}

function formatCorners(bounds: readonly number[]): string {
  return bounds.map(formatNumber).join(" ");
}
