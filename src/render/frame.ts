import { createHash, type Hash } from "node:crypto";
import { catalogEntries, specificationBody } from "./attachment.js";
import { streamOf, textOf } from "./body.js";
import type { Conformance } from "./conformance.js";
import type { Drawn } from "./element/element.js";
import { formatNumber, xrefRow } from "./notation.js";
import type { Shared } from "./shared.js";
import type { Sheet } from "./sheet.js";
import { isOfShape, type Node, type Passage, passagesOf, type Structure, structureOf } from "./structure.js";

/**
 * The beginning of all files of one shape: what the whole batch shares, then catalog, pages, tags, and what stands on the
 * pages of all of them. Certificates have the same shape if they show the same kinds of things in the same order and
 * differ in personal words only; a batch has a handful of shapes.
 */
export interface Frame {
  readonly head: Buffer;
  /** the objects of this shape in it, behind those of the whole batch */
  readonly bodies: readonly string[];
  /** SHA-256, fed with the head */
  readonly opening: Hash;
  /** rows of the cross-reference table */
  readonly xref: string;
  readonly root: number;
  readonly conformance: Conformance;
  /** the number of the first object that is written certificate by certificate; the others follow without gaps */
  readonly firstOwn: number;
  /** the numbers of all of them, in this order */
  readonly own: OwnNumbers;
  /** where each figure stands in the tree, in the order of `own.figures` */
  readonly figures: readonly FigurePlace[];
  /** what the link's annotation names as its place in the tree */
  readonly linkKey: number;
}

export interface OwnNumbers {
  /** one for each passage of a sheet that is personal */
  readonly contents: readonly number[];
  readonly figures: readonly number[];
  readonly qr: number;
  readonly link: number;
  readonly info: number;
  readonly metadata: number;
  /** the bytes attached, where the batch attaches any */
  readonly attached: number;
}

export interface FigurePlace {
  readonly parent: number;
  readonly page: number;
  readonly sheet: number;
  readonly mark: number;
}

/** Frames are kept for this many shapes; a batch of more is set all the same, only slower. */
const MOST_KEPT = 64;

/** Finds the frame of a certificate, or makes it. */
export class Frames {
  readonly #shared: Shared;
  readonly #isLink: (drawn: Drawn) => boolean;
  readonly #kept: { readonly model: readonly Sheet[]; readonly frame: Frame }[] = [];

  constructor(shared: Shared, isLink: (drawn: Drawn) => boolean) {
    this.#shared = shared;
    this.#isLink = isLink;
  }

  frameOf(sheets: readonly Sheet[]): Frame {
    const known = this.#kept.find(({ model }) => isOfShape(sheets, model));
    if (known !== undefined) return known.frame;
    const frame = buildFrame(this.#shared, sheets, structureOf(sheets, this.#isLink));
    if (this.#kept.length < MOST_KEPT) this.#kept.push({ model: sheets, frame });
    return frame;
  }
}

function buildFrame(shared: Shared, sheets: readonly Sheet[], structure: Structure): Frame {
  const passages = sheets.map((sheet) => passagesOf(sheet, "all"));
  const numbers = numbersFor(shared, passages, structure);
  const conformance = {
    ...shared.conformance,
    isAccessible: shared.conformance.isAccessible && structure.isOrderly,
  };
  const bodies = [
    catalogBody(shared, numbers),
    `<</Type /Pages /Kids [${refs(numbers.pages)}] /Count ${sheets.length}>>`,
    resourcesBody(shared, numbers),
    ...(shared.attachment === null ? [] : [specificationBody(shared.attachment, numbers.own.attached)]),
    ...sheets.map((sheet, index) => pageBody(sheet, index, shared, numbers)),
    ...passages
      .flat()
      .flatMap(({ isPersonal, content }) => (isPersonal ? [] : [textOf(streamOf("", [content]))])),
    ...structureBodies(structure, numbers),
  ];
  let text = "";
  let xref = shared.xref;
  for (const [index, body] of bodies.entries()) {
    xref += xrefRow(shared.prefix.length + text.length);
    text += `${shared.objects + index} 0 obj\n${body}\nendobj\n`;
  }
  const head = Buffer.concat([shared.prefix, Buffer.from(text, "latin1")]);
  const opening = createHash("sha256").update(head);
  const { own, figures, linkKey } = numbers;
  const firstOwn = shared.objects + bodies.length;
  return { head, bodies, opening, xref, root: numbers.catalog, conformance, firstOwn, own, figures, linkKey };
}

interface Numbers {
  readonly catalog: number;
  readonly parent: number;
  readonly resources: number;
  /** of the attachment, where there is one */
  readonly specification: number;
  readonly pages: readonly number[];
  /** by sheet: its passages in order */
  readonly contents: readonly (readonly number[])[];
  readonly tree: number;
  readonly parentTree: number;
  readonly document: number;
  readonly of: (node: Node) => number;
  readonly own: OwnNumbers;
  readonly figures: readonly FigurePlace[];
  readonly linkKey: number;
}

/** Catalog, pages, resources, attachment, each page, common content, then the tree; figures and all that differs stand behind. */
function numbersFor(
  shared: Shared,
  passages: readonly (readonly Passage[])[],
  { nodes }: Structure,
): Numbers {
  const first = shared.objects;
  const figures = nodes.filter(({ figure }) => figure !== null);
  const others = nodes.filter(({ figure }) => figure === null);
  const firstPage = first + (shared.attachment === null ? 3 : 4);
  const pages = range(firstPage, passages.length);
  const firstCommon = firstPage + pages.length;
  const tree = firstCommon + passages.flat().filter(({ isPersonal }) => !isPersonal).length;
  const behind = tree + 3 + others.length;
  let [common, personal] = [firstCommon, behind];
  const contents = passages.map((each) => each.map(({ isPersonal }) => (isPersonal ? personal++ : common++)));
  const ownContents = range(behind, personal - behind);
  const numberOfFigures = range(personal, figures.length);
  const [qr, link, info, metadata, attached] = range(personal + figures.length, 5);
  const byNode = new Map<Node, number>([
    ...others.map((node, index) => [node, tree + 3 + index] as const),
    ...figures.map((node, index) => [node, numberOfFigures[index] ?? 0] as const),
  ]);
  const of = (node: Node): number => byNode.get(node) ?? 0;
  return {
    catalog: first,
    parent: first + 1,
    resources: first + 2,
    specification: first + 3,
    pages,
    contents,
    tree,
    parentTree: tree + 1,
    document: tree + 2,
    of,
    own: {
      contents: ownContents,
      figures: numberOfFigures,
      qr: qr ?? 0,
      link: link ?? 0,
      info: info ?? 0,
      metadata: metadata ?? 0,
      attached: attached ?? 0,
    },
    figures: figures.map(({ parent, content }) => ({
      parent: parent === null ? tree + 2 : of(parent),
      page: pages[content?.sheet ?? 0] ?? 0,
      sheet: content?.sheet ?? 0,
      mark: content?.mark ?? 0,
    })),
    linkKey: pages.length,
  };
}

function catalogBody(shared: Shared, { parent, tree, own, specification }: Numbers): string {
  const attachment = shared.attachment === null ? "" : ` ${catalogEntries(shared.attachment, specification)}`;
  return `<</Type /Catalog /Pages ${parent} 0 R /Metadata ${own.metadata} 0 R /Lang (${shared.language}) /MarkInfo <</Marked true>> /StructTreeRoot ${tree} 0 R /ViewerPreferences <</DisplayDocTitle true>> ${shared.catalog}${attachment}>>`;
}

function resourcesBody(shared: Shared, { own }: Numbers): string {
  return `<<${shared.resources} /XObject <<${shared.drawings} /QR ${own.qr} 0 R>>>>`;
}

/** The link lies over the QR code, which stands on the first sheet. */
function pageBody({ page }: Sheet, index: number, shared: Shared, numbers: Numbers): string {
  const { parent, resources, own, contents } = numbers;
  const size = `/MediaBox [0 0 ${formatNumber(page.width)} ${formatNumber(page.height)}]`;
  const parts = `/Contents [${refs([shared.grounds[page.index] ?? 0, ...(contents[index] ?? [])])}]`;
  const annotations = index === 0 ? ` /Annots [${own.link} 0 R]` : "";
  return `<</Type /Page /Parent ${parent} 0 R ${size} /Resources ${resources} 0 R ${parts}${annotations} /StructParents ${index} /Tabs /S>>`;
}

/** Root, table of owners, document, then all but the figures. */
function structureBodies({ nodes, owners }: Structure, numbers: Numbers): string[] {
  const { tree, parentTree, document, pages, of, own, linkKey } = numbers;
  const link = nodes.find(({ isLink }) => isLink);
  const rows = owners.map((marks, sheet) => `${sheet} [${refs(marks.map(of))}]`);
  if (link !== undefined) rows.push(`${linkKey} ${of(link)} 0 R`);
  const top = nodes.filter(({ parent }) => parent === null).map(of);
  return [
    `<</Type /StructTreeRoot /K ${document} 0 R /ParentTree ${parentTree} 0 R /ParentTreeNextKey ${linkKey + 1}>>`,
    `<</Nums [${rows.join(" ")}]>>`,
    `<</S /Document /P ${tree} 0 R /K [${refs(top)}]>>`,
    ...nodes
      .filter(({ figure }) => figure === null)
      .map(({ tag, parent, children, content, isLink }) => {
        const up = parent === null ? document : of(parent);
        const scope = tag === "TH" ? " /A <</O /Table /Scope /Column>>" : "";
        if (content !== null)
          return `<</S /${tag} /P ${up} 0 R /Pg ${pages[content.sheet]} 0 R /K ${content.mark}${scope}>>`;
        const object = isLink ? ` <</Type /OBJR /Pg ${pages[0]} 0 R /Obj ${own.link} 0 R>>` : "";
        return `<</S /${tag} /P ${up} 0 R /K [${refs(children.map(of))}${object}]>>`;
      }),
  ];
}

function refs(numbers: readonly number[]): string {
  return numbers.map((number) => `${number} 0 R`).join(" ");
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}
