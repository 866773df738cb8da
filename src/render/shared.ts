import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from "pdf-lib";
import { canonicalRecord } from "../credential/record.js";
import type { EventRecord } from "../model/certificate.js";
import { embedBackground, embedPictures } from "./background.js";
import type { Demand } from "./demand.js";
import type { Picture } from "./element/element.js";
import { embedFont } from "./embed.js";
import type { Face } from "./face.js";
import { fileOf } from "./faces.js";
import { formatPdfDate } from "./notation.js";
import type { Template } from "./template.js";

/** The bytes that all files of a batch begin with, and the rows of their cross-reference table. */
export interface Shared {
  readonly prefix: Buffer;
  /** rows 0 to `objects - 1`, each of 20 bytes */
  readonly xref: string;
  /** the next free object number */
  readonly objects: number;
  readonly root: number;
  /** by index of the template's page: what each of its sheets begins with */
  readonly grounds: readonly number[];
  /** the resources of all pages */
  readonly resources: number;
  /** path of a font → its part in the file, and its name among the page's resources */
  readonly faces: ReadonlyMap<string, { readonly face: Face; readonly name: string }>;
  /** path of a picture → its place among the page's resources */
  readonly pictures: ReadonlyMap<string, Picture>;
}

/** What is written certificate by certificate stands behind the shared objects, in this order; then page, content, page, … */
export const ownObjects = ["pages", "qr", "link", "info", "metadata"] as const;

/** Everything of a batch's files that does not depend on the certificate; pdf-lib is needed only here. */
export async function buildShared(template: Template, record: EventRecord, demand: Demand): Promise<Shared> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context } = document;
  const objects: Record<string, PDFRef> = {};
  const grounds: PDFRef[] = [];
  for (const page of template.pages) {
    const background = await embedBackground(template, page, document);
    const name = `BG${page.index}`;
    if (background !== null) objects[name] = background.ref;
    const operators = background === null ? "" : `/Artifact BMC ${background.draw(name)} EMC\n`;
    grounds.push(context.register(context.flateStream(operators)));
  }
  const pictures = new Map<string, Picture>();
  for (const [file, { ref, artwork }] of await embedPictures(template, document)) {
    const name = `P${pictures.size}`;
    objects[name] = ref;
    pictures.set(file, { ...artwork, name });
  }
  const faces = new Map<string, { face: Face; name: string }>();
  const fonts: Record<string, PDFRef> = {};
  for (const path of Object.keys(demand.faces).sort()) {
    const wanted = demand.faces[path];
    if (wanted === undefined) continue;
    const { face, ref } = await embedFont(path, fileOf(template, path), wanted, context);
    const name = `F${faces.size}`;
    faces.set(path, { face, name });
    fonts[name] = ref;
  }
  const facts = context.register(context.flateStream(new TextEncoder().encode(canonicalRecord(record))));
  const resources = context.nextRef();
  const first = context.largestObjectNumber + 1;
  const own = (name: (typeof ownObjects)[number]) => PDFRef.of(first + ownObjects.indexOf(name));
  context.assign(resources, context.obj({ Font: fonts, XObject: { ...objects, QR: own("qr") } }));
  const { catalog } = document;
  catalog.set(PDFName.of("Pages"), own("pages"));
  catalog.set(PDFName.of("Lang"), PDFString.of(template.language === "id" ? "id-ID" : "en"));
  catalog.set(PDFName.of("Metadata"), own("metadata"));
  catalog.set(PDFName.of("ViewerPreferences"), context.obj({ DisplayDocTitle: true }));
  catalog.set(
    PDFName.of("PieceInfo"),
    context.obj({ Lulus: { LastModified: PDFString.of(formatPdfDate(record.end)), Private: facts } }),
  );
  const extra = [resources, ...grounds];
  return {
    ...serialise(document, extra, first),
    objects: first,
    grounds: grounds.map((ref) => ref.objectNumber),
    resources: resources.objectNumber,
    faces,
    pictures,
  };
}

/** Only what the catalog and the pages reach: embedding a page leaves the source's own objects behind. */
function serialise(
  document: PDFDocument,
  extra: readonly PDFRef[],
  first: number,
): Pick<Shared, "prefix" | "xref" | "root"> {
  const { context } = document;
  const root = context.trailerInfo.Root;
  if (!(root instanceof PDFRef)) throw new TypeError("a document without a catalog");
  const parts = [Buffer.from("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n", "latin1")];
  let offset = parts[0]?.length ?? 0;
  const rows = new Array<string>(first).fill("0000000000 65535 f \n");
  for (const number of [...reached(document, [root, ...extra], first)].sort((a, b) => a - b)) {
    const object = context.lookup(PDFRef.of(number));
    if (object === undefined) continue;
    const body = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(body, 0);
    const bytes = Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from("\nendobj\n")]);
    rows[number] = xrefRow(offset);
    parts.push(bytes);
    offset += bytes.length;
  }
  return { prefix: Buffer.concat(parts), xref: rows.join(""), root: root.objectNumber };
}

export function xrefRow(offset: number): string {
  return `${String(offset).padStart(10, "0")} 00000 n \n`;
}

function reached({ context }: PDFDocument, roots: readonly PDFRef[], first: number): Set<number> {
  const found = new Set<number>();
  const open: (PDFObject | undefined)[] = [...roots];
  while (open.length > 0) {
    const object = open.pop();
    if (object instanceof PDFRef) {
      if (object.objectNumber >= first || found.has(object.objectNumber)) continue;
      found.add(object.objectNumber);
      open.push(context.lookup(object));
    } else if (object instanceof PDFArray) open.push(...object.asArray());
    else if (object instanceof PDFStream) open.push(object.dict);
    else if (object instanceof PDFDict) open.push(...object.values());
  }
  return found;
}
