import { createHash } from "node:crypto";
import { formatLink } from "../credential/link.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import { type Attachment, streamEntries } from "./attachment.js";
import type { Demand } from "./demand.js";
import { DOTS } from "./dots.js";
import type { Shop } from "./element/element.js";
import { declaredFacts } from "./field.js";
import { type Frame, Frames } from "./frame.js";
import { describe, formatInformation, formatXmp } from "./metadata.js";
import { formatLiteral, formatNumber, formatTextString } from "./notation.js";
import { buildShared, type Shared, xrefRow } from "./shared.js";
import { type Sheet, sheetsOf } from "./sheet.js";
import { markedContent } from "./structure.js";
import { type QrImage, symbolOf } from "./symbol.js";
import type { Template } from "./template.js";
import { shopOf } from "./typesetter.js";

export type { Attachment } from "./attachment.js";
export { glyphDemand, parseDemand } from "./demand.js";

/** A template set for one batch: stamps certificate after certificate, each a pure function of what it was set with. */
export interface Press {
  /** the bytes that every file of the batch begins with */
  readonly prefix: Buffer;
  /**
   * The file of a certificate. The bytes are the caller's.
   *
   * @param attached the bytes to attach, where the press was set with an attachment
   * @throws Fault if it cannot be printed whole
   */
  stamp(certificate: Certificate, attached?: Uint8Array): Buffer;
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
  const shared = await buildShared(template, record, demand, attachment);
  const shop = pressShop(template, shared);
  const frames = new Frames(shared, ({ element }) => element === template.qr);
  return {
    prefix: shared.prefix,
    stamp(certificate, attached) {
      if ((attached === undefined) !== (attachment === null))
        throw new TypeError("an attachment is part of all certificates of a batch, or of none");
      const facts = declaredFacts(template.fields, record, certificate);
      const sheets = sheetsOf(template, facts, shop);
      const frame = frames.frameOf(sheets);
      const link = formatLink(record.verify, certificate.token);
      const parts = {
        sheets,
        link,
        symbol: symbolOf(link),
        description: describe(template, certificate, facts),
        attached: attached === undefined ? null : latin1(attached),
      };
      const tail = Buffer.from(tailOf(template, certificate, parts, frame, attachment), "latin1");
      const file = Buffer.concat([frame.head, tail]);
      const seal = frame.opening.copy().update(tail).digest("hex").slice(0, sealDigits.length);
      file.write(seal, file.lastIndexOf(`<${sealDigits}>`) + 1, "latin1");
      return file;
    },
  };
}

/** Lines are measured and drawn with the very glyphs that are in the file. */
function pressShop(template: Template, { faces, pictures }: Shared): Shop {
  const inFile = (path: string) => {
    const found = faces.get(path);
    if (found === undefined) throw new TypeError(`a batch without the font "${path}" that it needs`);
    return found;
  };
  return {
    ...shopOf(template),
    shape: (face, stretch) => inFile(face.path).face.shape(stretch),
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
  readonly description: ReturnType<typeof describe>;
  readonly attached: string | null;
}

/** The objects of one certificate, cross-reference and trailer; Latin-1, with the seal's place still empty. */
function tailOf(
  template: Template,
  { token, date }: Certificate,
  parts: Parts,
  frame: Frame,
  attachment: Attachment | null,
): string {
  const { sheets, symbol, description, attached } = parts;
  const { own } = frame;
  const bodies = [
    ...sheets.map((sheet) => stream("", markedContent(sheet))),
    ...figureBodies(parts, frame),
    symbolBody(symbol),
    linkBody(template, parts, frame),
    formatInformation(description),
    stream("/Type /Metadata /Subtype /XML", latin1(Buffer.from(formatXmp(description, frame.conformance)))),
    ...(attached === null || attachment === null
      ? []
      : [stream(streamEntries(attachment, attached.length, date), attached)]),
  ];
  const first = own.contents[0] ?? 0;
  let tail = "";
  let { xref } = frame;
  for (const [index, body] of bodies.entries()) {
    xref += xrefRow(frame.head.length + tail.length);
    tail += `${first + index} 0 obj\n${body}\nendobj\n`;
  }
  const id = createHash("sha256").update(token).digest("hex").slice(0, 32);
  const count = first + bodies.length;
  const trailer = `<</Size ${count} /Root ${frame.root} 0 R /Info ${own.info} 0 R /ID [<${id}> <${sealDigits}>]>>`;
  const start = frame.head.length + tail.length;
  return `${tail}xref\n0 ${count}\n${xref}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
}

function stream(entries: string, bytes: string): string {
  return `<<${entries} /Length ${bytes.length}>>\nstream\n${bytes}\nendstream`;
}

function symbolBody({ modules, dots }: QrImage): string {
  const side = modules * DOTS;
  const entries = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ImageMask true /BitsPerComponent 1 /Decode [1 0] /Interpolate false /Filter /FlateDecode`;
  return stream(entries, latin1(dots));
}

/** Figures with the words that stand for them, and where on the page they are. */
function figureBodies({ sheets }: Parts, { figures }: Frame): string[] {
  const drawn = sheets.flatMap((sheet) => sheet.drawn.filter(({ tag }) => tag === "Figure"));
  return figures.map(({ parent, page, mark }, index) => {
    const { alt = null, bounds = [0, 0, 0, 0] } = drawn[index] ?? {};
    const box = `<</O /Layout /Placement /Block /BBox [${formatCorners(bounds)}]>>`;
    return `<</S /Figure /P ${parent} 0 R /Pg ${page} 0 R /K ${mark} /Alt ${formatTextString(alt ?? "")} /A ${box}>>`;
  });
}

/** The link lies over the QR code, and says the same. */
function linkBody({ qr }: Template, { sheets, link }: Parts, { linkKey }: Frame): string {
  const code = sheets[0]?.drawn.find(({ element }) => element === qr);
  if (code?.bounds === undefined) throw new TypeError("a certificate without its QR code");
  const target = `<</S /URI /URI ${formatLiteral(link)}>>`;
  return `<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [${formatCorners(code.bounds)}] /Contents ${formatTextString(code.alt ?? "")} /StructParent ${linkKey} /A ${target}>>`;
}

function formatCorners(bounds: readonly number[]): string {
  return bounds.map(formatNumber).join(" ");
}
