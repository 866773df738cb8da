import { PDFArray, type PDFContext, PDFDict, PDFDocument, type PDFObject, PDFRef, PDFStream } from "pdf-lib";
import { canonicalRecord } from "../credential/record.js";
import type { EventRecord } from "../model/certificate.js";
import type { Attachment } from "./attachment.js";
import { audit } from "./audit.js";
import { embedBackground, embedPictures } from "./background.js";
import { type Conformance, conformanceOf } from "./conformance.js";
import type { Demand } from "./demand.js";
import type { Picture } from "./element/element.js";
import { embedFont } from "./embed.js";
import { mergeEqualStreams } from "./equalStreams.js";
import { fileOf } from "./faces.js";
import { languageOf } from "./metadata.js";
import { formatLiteral, formatPdfDate, xrefRow } from "./notation.js";
import { srgbProfile } from "./srgb.js";
import type { Template } from "./template.js";

/** A font of a batch: the subset for shaping, what its glyphs stand for, and its name among the pages' resources. */
export interface SharedFont {
  readonly subset: Uint8Array;
  readonly meanings: ReadonlyMap<number, string>;
  readonly name: string;
}

/**
 * The bytes that all files of a batch begin with, and the rows of their cross-reference table. Plain values, so that
 * other threads can be given them.
 */
export interface Shared {
  readonly prefix: Uint8Array;
  /** rows 0 to `objects - 1`, each of 20 bytes */
  readonly xref: string;
  /** the next free object number */
  readonly objects: number;
  /** by index of the template's page: what each of its sheets begins with */
  readonly grounds: readonly number[];
  /** entries of the catalog, of the pages' resources, and of the drawings among these */
  readonly catalog: string;
  readonly resources: string;
  readonly drawings: string;
  /** as in `id-ID` */
  readonly language: string;
  readonly conformance: Conformance;
  readonly attachment: Attachment | null;
  /** by path */
  readonly fonts: ReadonlyMap<string, SharedFont>;
  /** path of a picture → its place among the page's resources */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/**
 * Everything of a batch's files that does not depend on the certificate; pdf-lib is needed only here.
 *
 * @param taken object numbers up to this one belong to others, in a file of several batches
 */
export async function buildShared(
  template: Template,
  record: EventRecord,
  demand: Demand,
  attachment: Attachment | null,
  taken = 0,
): Promise<Shared> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context } = document;
  context.largestObjectNumber = Math.max(context.largestObjectNumber, taken);
  const objects: Record<string, PDFRef> = {};
  const grounds: PDFRef[] = [];
  for (const page of template.pages) {
    const background = await embedBackground(template, page, document);
    const name = `BG${page.index}`;
    if (background !== null) objects[name] = background.ref;
    const operators = background === null ? "" : `/Artifact BMC ${background.draw(name)} EMC\n`;
    grounds.push(context.register(context.flateStream(operators)));
  }
  mergeEqualStreams(context, new Set([...Object.values(objects), ...grounds]));
  const pictures = new Map<string, Picture>();
  for (const [file, { ref, artwork }] of await embedPictures(template, document)) {
    const name = `P${pictures.size}`;
    objects[name] = ref;
    const { width, height, unitWidth, unitHeight } = artwork;
    pictures.set(file, { name, width, height, unitWidth, unitHeight });
  }
  const wish = template.archival;
  const findings = audit(context, Object.values(objects));
  const fonts = new Map<string, SharedFont>();
  const named: Record<string, PDFRef> = {};
  for (const path of Object.keys(demand.faces).sort()) {
    const wanted = demand.faces[path];
    if (wanted === undefined) continue;
    const file = fileOf(template, path);
    const { subset, meanings, ref } = await embedFont(path, file, wanted, context, wish === "PDF/A-1b");
    const name = `F${fonts.size}`;
    fonts.set(path, { subset, meanings, name });
    named[name] = ref;
  }
  const facts = context.register(context.flateStream(new TextEncoder().encode(canonicalRecord(record))));
  const profile = context.register(context.flateStream(srgbProfile(), { N: 3 }));
  const roots = [...Object.values(objects), ...Object.values(named), ...grounds, facts, profile];
  const modified = formatLiteral(formatPdfDate(record.end));
  const entries = (refs: Record<string, PDFRef>) =>
    Object.entries(refs)
      .map(([name, ref]) => `/${name} ${ref.objectNumber} 0 R`)
      .join(" ");
  return {
    ...serialise(document, roots, wish === "PDF/A-1b" ? "1.4" : "1.7"),
    grounds: grounds.map((ref) => ref.objectNumber),
    catalog: `${intentOf(profile)} /PieceInfo <</Lulus <</LastModified ${modified} /Private ${facts.objectNumber} 0 R>>>>`,
    resources: `/Font <<${entries(named)}>>`,
    drawings: entries(objects),
    language: languageOf(template),
    conformance: conformanceOf(wish, findings, attachment !== null),
    attachment,
    fonts,
    pictures,
  };
}

/** Colours are given for no device, but for the eye: all of them are sRGB. */
function intentOf(profile: PDFRef): string {
  const name = "(sRGB IEC61966-2.1)";
  return `/OutputIntents [<</Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier ${name} /Info ${name} /DestOutputProfile ${profile.objectNumber} 0 R>>]`;
}

/** Only what is drawn or referred to: embedding a page leaves the source's own objects behind. */
function serialise(
  { context }: PDFDocument,
  roots: readonly PDFRef[],
  version: string,
): Pick<Shared, "prefix" | "xref" | "objects"> {
  const objects = context.largestObjectNumber + 1;
  const parts = [Buffer.from(`%PDF-${version}\n%\u00e2\u00e3\u00cf\u00d3\n`, "latin1")];
  let offset = parts[0]?.length ?? 0;
  const rows = new Array<string>(objects).fill("0000000000 65535 f \n");
  for (const number of [...reached(context, roots)].sort((a, b) => a - b)) {
    const object = context.lookup(PDFRef.of(number));
    if (object === undefined) continue;
    const body = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(body, 0);
    const bytes = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    rows[number] = xrefRow(offset);
    parts.push(bytes);
    offset += bytes.length;
  }
  return { prefix: Buffer.concat(parts), xref: rows.join(""), objects };
}

function reached(context: PDFContext, roots: readonly PDFRef[]): Set<number> {
  const found = new Set<number>();
  const open: (PDFObject | undefined)[] = [...roots];
  while (open.length > 0) {
    const object = open.pop();
    if (object instanceof PDFRef) {
      if (found.has(object.objectNumber)) continue;
      found.add(object.objectNumber);
      open.push(context.lookup(object));
    } else if (object instanceof PDFArray) open.push(...object.asArray());
    else if (object instanceof PDFStream) open.push(object.dict);
    else if (object instanceof PDFDict) open.push(...object.values());
  }
  return found;
}
