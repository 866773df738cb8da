import type { Drawn, Part } from "./element/element.js";
import { drawnOn, type Sheet } from "./sheet.js";

/**
 * What a certificate is to a reader that does not see (ISO 32000-1, 14.7 and 14.8): the tree of headings, paragraphs,
 * tables and figures, in the order of reading, with the marked content that each of them is.
 */
export interface Structure {
  /** all below the document, each behind what it stands in */
  readonly nodes: readonly Node[];
  /** by sheet and number of the marked content: what it belongs to */
  readonly owners: readonly (readonly Node[])[];
  /** whether headings begin at the first level and leave none out */
  readonly isOrderly: boolean;
}

export interface Node {
  readonly tag: string;
  /** `null` for what stands in the document itself */
  readonly parent: Node | null;
  readonly children: Node[];
  /** the marked content it is; `null` for groups */
  readonly content: { readonly sheet: number; readonly mark: number } | null;
  /** what it was drawn as, for figures: their words differ from certificate to certificate */
  readonly figure: Drawn | null;
  /** the link that the QR code is */
  readonly isLink: boolean;
}

/** @param isLink whether what was drawn is also the link to the verification page */
export function structureOf(sheets: readonly Sheet[], isLink: (drawn: Drawn) => boolean): Structure {
  const nodes: Node[] = [];
  const groups = new Map<string, Node>();
  const add = (tag: string, parent: Node | null, more: Partial<Node> = {}): Node => {
    const node = { tag, parent, children: [], content: null, figure: null, isLink: false, ...more };
    parent?.children.push(node);
    nodes.push(node);
    return node;
  };
  const groupOf = (within: readonly string[]): Node | null =>
    within.reduce<Node | null>((parent, name, depth) => {
      const path = within.slice(0, depth + 1).join("/");
      const known = groups.get(path);
      if (known !== undefined) return known;
      const group = add(name.replace(/:.*$/, ""), parent);
      groups.set(path, group);
      return group;
    }, null);
  const owners = sheets.map((each, sheet) => {
    const marked = drawnOn(each).filter(isMarked);
    return marked.map((each, mark) => {
      const isPart = isLink(each);
      const outer = groupOf(each.within);
      const parent = isPart ? add("Link", add("P", outer), { isLink: true }) : outer;
      return add(each.tag, parent, { content: { sheet, mark }, figure: each.tag === "Figure" ? each : null });
    });
  });
  return { nodes, owners, isOrderly: isOrderly(nodes) };
}

/** What stands on a sheet in one piece, each part of it marked with what it is. */
export interface Passage {
  readonly isPersonal: boolean;
  content: string;
}

/**
 * The content of a sheet in order, cut where what is common to many certificates gives way to what is personal, and back.
 *
 * @param wanted `personal` to leave out the words of what is common
 */
export function passagesOf({ parts }: Sheet, wanted: "all" | "personal"): Passage[] {
  const passages: Passage[] = [];
  let last: Passage | undefined;
  let mark = 0;
  for (const { drawn, isPersonal } of parts) {
    if (drawn.length === 0) continue;
    if (last?.isPersonal !== isPersonal) {
      last = { isPersonal, content: "" };
      passages.push(last);
    }
    for (const each of drawn) {
      const begin = isMarked(each) ? `/${each.tag} <</MCID ${mark++}>> BDC` : "/Artifact BMC";
      if (isPersonal || wanted === "all") last.content += `${begin}\n${each.operators}EMC\n`;
    }
  }
  return passages;
}

/** Whether certificates have the same shape: what is common is the same, and what is personal differs in its words only. */
export function isOfShape(sheets: readonly Sheet[], model: readonly Sheet[]): boolean {
  return (
    sheets.length === model.length &&
    sheets.every(({ page, parts }, index) => {
      const same = model[index];
      return (
        page === same?.page &&
        parts.length === same.parts.length &&
        parts.every((part, at) => isPartOfShape(part, same.parts[at] ?? part))
      );
    })
  );
}

function isPartOfShape(part: Part, model: Part): boolean {
  if (part === model) return true;
  return (
    part.isPersonal === model.isPersonal &&
    part.drawn.length === model.drawn.length &&
    part.drawn.every((drawn, index) => {
      const { element, tag, within, operators } = model.drawn[index] ?? drawn;
      return (
        drawn.element === element &&
        drawn.tag === tag &&
        (part.isPersonal || drawn.operators === operators) &&
        (drawn.within === within || drawn.within.join("/") === within.join("/"))
      );
    })
  );
}

function isMarked({ tag }: Drawn): boolean {
  return tag !== "Artifact";
}

function isOrderly(nodes: readonly Node[]): boolean {
  let level = 0;
  return nodes.every(({ tag }) => {
    const heading = /^H(\d)$/.exec(tag)?.[1];
    if (heading === undefined) return true;
    const isNext = Number(heading) <= level + 1;
    level = Number(heading);
    return isNext;
  });
}
