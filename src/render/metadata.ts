import type { Certificate } from "../model/certificate.js";
import type { Body } from "./body.js";
import type { Conformance } from "./conformance.js";
import { formatLiteral, formatPdfDate, formatTextString } from "./notation.js";
import type { Facts } from "./placeholder.js";
import type { Template } from "./template.js";
import { fillPlain } from "./text.js";

/** What a file says about itself, in two places that must agree: the information dictionary and XMP (ISO 16684-1). */
export interface Description {
  readonly title: string;
  readonly rest: Rest;
}

/** What many files say alike. */
interface Rest {
  /** `null` where the template's text lacks a value */
  readonly author: string | null;
  readonly subject: string | null;
  /** ISO date */
  readonly date: string;
  /** as in `id-ID` */
  readonly language: string;
}

const PRODUCER = "lulus";

export function languageOf({ language }: Template): string {
  return language === "id" ? "id-ID" : "en";
}

/** Describes the files of a template, one after the other: what they say alike is the same object each time. */
export function describer(template: Template): (certificate: Certificate, facts: Facts) => Description {
  const language = languageOf(template);
  let last: Rest | null = null;
  return ({ date, number }, facts) => {
    const text = (key: keyof Template["metadata"]) => clean(fillPlain(template.metadata[key], facts));
    const [title, author, subject] = [text("title"), text("author"), text("subject")];
    if (last?.author !== author || last.subject !== subject || last.date !== date)
      last = { author, subject, date, language };
    return { title: title ?? number, rest: last };
  };
}

/** Letters that XML cannot hold are nowhere printed either; both places must do without them. */
function clean(text: string | null): string | null {
  const kept = (text ?? "").replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, " ").trim();
  return kept === "" ? null : kept;
}

export function formatInformation({ title, rest: { author, subject, date } }: Description): string {
  const at = formatLiteral(formatPdfDate(date));
  const entry = (key: string, text: string | null) =>
    text === null ? "" : `/${key} ${formatTextString(text)} `;
  return `<<${entry("Title", title)}${entry("Author", author)}${entry("Subject", subject)}/Producer (${PRODUCER}) /CreationDate ${at} /ModDate ${at}>>`;
}

/**
 * Writes XMP, equal to the dictionary above, in UTF-8 with a letter for each byte; the token is not in it, search engines
 * read this. All but the title is written once for all files that say the same.
 */
export function xmpWriter(): (description: Description, conformance: Conformance) => Body {
  let last: { readonly rest: Rest; readonly conformance: Conformance; readonly around: Around } | null = null;
  return ({ title, rest }, conformance) => {
    if (last?.rest !== rest || last.conformance !== conformance)
      last = { rest, conformance, around: aroundTitle(rest, conformance) };
    const { before, after } = last.around;
    return [before, inUtf8(escapeXml(title)), after];
  };
}

interface Around {
  readonly before: string;
  readonly after: string;
}

function aroundTitle({ author, subject, date, language }: Rest, conformance: Conformance): Around {
  const at = `${date}T00:00:00Z`;
  const creator =
    author === null
      ? ""
      : `<dc:creator><rdf:Seq><rdf:li>${escapeXml(author)}</rdf:li></rdf:Seq></dc:creator>\n`;
  const described =
    subject === null
      ? ""
      : `<dc:description>${ALTERNATIVE}${escapeXml(subject)}${ALTERNATIVE_END}</dc:description>\n`;
  return {
    before: inUtf8(`<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title>${ALTERNATIVE}`),
    after: inUtf8(`${ALTERNATIVE_END}</dc:title>
${creator}${described}<dc:language><rdf:Bag><rdf:li>${language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate><pdf:Producer>${PRODUCER}</pdf:Producer>
</rdf:Description>
${formatClaims(conformance)}</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`),
  };
}

const ALTERNATIVE = '<rdf:Alt><rdf:li xml:lang="x-default">';
const ALTERNATIVE_END = "</rdf:li></rdf:Alt>";

function inUtf8(text: string): string {
  return Buffer.from(text).toString("latin1");
}

function formatClaims({ archival, isAccessible }: Conformance): string {
  const pdfa =
    archival === null
      ? ""
      : `<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>${archival.part}</pdfaid:part><pdfaid:conformance>${archival.level}</pdfaid:conformance></rdf:Description>\n`;
  const ua = `<rdf:Description rdf:about="" xmlns:pdfuaid="${UA}"><pdfuaid:part>1</pdfuaid:part></rdf:Description>\n`;
  if (!isAccessible) return pdfa;
  return archival === null ? ua : `${pdfa}${ua}${uaSchema}`;
}

const UA = "http://www.aiim.org/pdfua/ns/id/";
/** Archives know no schema but their own; any other has to be described in the file (ISO 19005, extension schemas). */
const uaSchema = `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema><pdfaSchema:namespaceURI>${UA}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>part of ISO 14289 that the file follows</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
`;

function escapeXml(text: string): string {
  if (!/[&<>"]/.test(text)) return text;
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
