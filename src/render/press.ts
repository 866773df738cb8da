import { createHash } from "node:crypto";
import { formatLink } from "../credential/link.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import type { Demand } from "./demand.js";
import { DOTS } from "./dots.js";
import type { Shop } from "./element/element.js";
import { declaredFacts } from "./field.js";
import { formatLiteral, formatNumber, formatPdfDate, formatTextString } from "./notation.js";
import type { Facts } from "./placeholder.js";
import { buildShared, ownObjects, type Shared, xrefRow } from "./shared.js";
import { type Sheet, sheetsOf } from "./sheet.js";
import { symbolOf } from "./symbol.js";
import type { Template } from "./template.js";
import { fillPlain } from "./text.js";
import { shopOf } from "./typesetter.js";

export { glyphDemand, parseDemand } from "./demand.js";

/** A template set for one batch: stamps certificate after certificate, each a pure function of what it was set with. */
export interface Press {
  /** the bytes that every file of the batch begins with */
  readonly prefix: Buffer;
  /** The file of a certificate. The bytes are the caller's. @throws Fault if it cannot be printed whole */
  stamp(certificate: Certificate): Buffer;
}

const sealDigits = "0".repeat(32);

/** Compiles a template once: fonts cut down to the batch, background, and everything else its files share. */
export async function setPress(template: Template, record: EventRecord, demand: Demand): Promise<Press> {
  const shared = await buildShared(template, record, demand);
  const shop = pressShop(template, shared);
  const opening = createHash("sha256").update(shared.prefix);
  return {
    prefix: shared.prefix,
    stamp(certificate) {
      const tail = Buffer.from(tailOf(template, record, certificate, shared, shop), "latin1");
      const file = Buffer.concat([shared.prefix, tail]);
      const seal = opening.copy().update(tail).digest("hex").slice(0, sealDigits.length);
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

/** The objects of one certificate, cross-reference and trailer; Latin-1, with the seal's place still empty. */
function tailOf(
  template: Template,
  record: EventRecord,
  certificate: Certificate,
  shared: Shared,
  shop: Shop,
): string {
  const facts = declaredFacts(template.fields, record, certificate);
  const link = formatLink(record.verify, certificate.token);
  const symbol = symbolOf(link);
  const side = symbol.modules * DOTS;
  const mask = `/Type /XObject /Subtype /Image /Width ${side} /Height ${side} /ImageMask true /BitsPerComponent 1 /Decode [1 0] /Interpolate false /Filter /FlateDecode`;
  const sheets = sheetsOf(template, facts, shop);
  const firstPage = shared.objects + ownObjects.length;
  const kids = sheets.map((_, index) => `${firstPage + 2 * index} 0 R`).join(" ");
  const bodies = [
    `<</Type /Pages /Kids [${kids}] /Count ${sheets.length}>>`,
    stream(mask, symbol.dots.toString("latin1")),
    linkObject(template, link, symbol.modules),
    infoObject(template, certificate, facts),
    stream(
      "/Type /Metadata /Subtype /XML",
      Buffer.from(metadataOf(template, certificate, facts)).toString("latin1"),
    ),
    ...sheets.flatMap((sheet, index) => [
      pageObject(sheet, index, shared, firstPage + 2 * index + 1),
      stream("", sheet.drawn.map(({ operators }) => operators).join("")),
    ]),
  ];
  let tail = "";
  let xref = shared.xref;
  for (const [index, body] of bodies.entries()) {
    xref += xrefRow(shared.prefix.length + tail.length);
    tail += `${shared.objects + index} 0 obj\n${body}\nendobj\n`;
  }
  const id = createHash("sha256").update(certificate.token).digest("hex").slice(0, 32);
  const count = shared.objects + bodies.length;
  const trailer = `<</Size ${count} /Root ${shared.root} 0 R /Info ${shared.objects + ownObjects.indexOf("info")} 0 R /ID [<${id}> <${sealDigits}>]>>`;
  const start = shared.prefix.length + tail.length;
  return `${tail}xref\n0 ${count}\n${xref}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`;
}

function stream(entries: string, bytes: string): string {
  return `<<${entries} /Length ${bytes.length}>>\nstream\n${bytes}\nendstream`;
}

/** The link lies over the QR code, which stands on the first sheet. */
function pageObject({ page }: Sheet, index: number, shared: Shared, content: number): string {
  const size = `/MediaBox [0 0 ${formatNumber(page.width)} ${formatNumber(page.height)}]`;
  const annotations = index === 0 ? ` /Annots [${shared.objects + ownObjects.indexOf("link")} 0 R]` : "";
  const parts = `/Contents [${shared.grounds[page.index]} 0 R ${content} 0 R]`;
  return `<</Type /Page /Parent ${shared.objects} 0 R ${size} /Resources ${shared.resources} 0 R ${parts}${annotations}>>`;
}

function linkObject({ pages, qr }: Template, link: string, modules: number): string {
  const { x, y, width, height } = qr.symbolBox(modules);
  const bottom = (pages[0]?.height ?? 0) - y - height;
  const rect = [x, bottom, x + width, bottom + height].map(formatNumber).join(" ");
  const target = `<</S /URI /URI ${formatLiteral(link)}>>`;
  return `<</Type /Annot /Subtype /Link /F 4 /Border [0 0 0] /Rect [${rect}] /A ${target}>>`;
}

function metadataTexts({ metadata }: Template, facts: Facts) {
  return {
    title: fillPlain(metadata.title, facts) ?? "",
    author: fillPlain(metadata.author, facts) ?? "",
    subject: fillPlain(metadata.subject, facts) ?? "",
  };
}

function infoObject(template: Template, { date }: Certificate, facts: Facts): string {
  const { title, author, subject } = metadataTexts(template, facts);
  const at = formatLiteral(formatPdfDate(date));
  return `<</Title ${formatTextString(title)} /Author ${formatTextString(author)} /Subject ${formatTextString(subject)} /Producer (lulus) /CreationDate ${at} /ModDate ${at}>>`;
}

/** XMP, equal to the entries above; the token is not in it, search engines read this. */
function metadataOf(template: Template, { date }: Certificate, facts: Facts): string {
  const { title, author, subject } = metadataTexts(template, facts);
  const at = `${date}T00:00:00Z`;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>${template.language === "id" ? "id-ID" : "en"}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate><pdf:Producer>lulus</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`;
}

function escapeXml(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
