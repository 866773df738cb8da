import type { Drawn, Tag } from "./element/element.js";
import type { Sheet } from "./sheet.js";

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
  const owners = sheets.map(({ drawn }, sheet) => {
    const marked = drawn.filter(isMarked);
    return marked.map((each, mark) => {
      const isPart = isLink(each);
      const outer = groupOf(each.within);
      const parent = isPart ? add("Link", add("P", outer), { isLink: true }) : outer;
      return add(each.tag, parent, { content: { sheet, mark }, figure: each.tag === "Figure" ? each : null });
    });
  });
  return { nodes, owners, isOrderly: isOrderly(nodes) };
}

/** The content of a sheet, each part marked with what it is. */
export function markedContent({ drawn }: Sheet): string {
  let [content, mark] = ["", 0];
  for (const each of drawn) {
    const begin = isMarked(each) ? `/${each.tag} <</MCID ${mark++}>> BDC` : "/Artifact BMC";
    content += `${begin}\n${each.operators}EMC\n`;
  }
  return content;
}

/** Two certificates of the same shape differ in their words only. */
export function shapeOf(sheets: readonly Sheet[], isLink: (drawn: Drawn) => boolean): string {
  return sheets
    .map(({ page, drawn }) => {
      const parts = drawn
        .filter(isMarked)
        .map((each) => `${each.within.join("/")}>${each.tag}${isLink(each) ? "!" : ""}`);
      return `${page.index}|${parts.join(" ")}`;
    })
    .join("\n");
}

function isMarked({ tag }: { readonly tag: Tag }): boolean {
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
