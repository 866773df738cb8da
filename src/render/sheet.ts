import { withChildren } from "./admit.js";
import { holds, namesOf } from "./condition.js";
import type { Drawn, Element, Part, Placed, Shop } from "./element/element.js";
import type { Page } from "./page.js";
import { type Facts, scopeOf } from "./placeholder.js";
import type { Template } from "./template.js";

/** A page of a certificate. A template's page may be left out, or repeated for a table that goes on. */
export interface Sheet {
  readonly page: Page;
  /** in the order of drawing, which is the order of reading */
  readonly parts: readonly Part[];
}

/** All that is drawn on a sheet, in order. */
export function drawnOn({ parts }: Sheet): Drawn[] {
  return parts.flatMap(({ drawn }) => drawn);
}

/**
 * Lays out all that one certificate shows.
 *
 * @returns never empty; the first sheet is the template's first page
 * @throws Fault if something cannot be printed whole
 */
export function sheetsOf(template: Template, facts: Facts, shop: Shop): Sheet[] {
  return template.pages
    .filter((page) => holds(page.when, facts))
    .flatMap((page) => sheetsOfPage(page, facts, shop));
}

/** The same without drawing: all that is measured, and all that can go wrong. */
export function measureSheets(template: Template, facts: Facts, shop: Shop): void {
  for (const page of template.pages) if (holds(page.when, facts)) placedOn(page, facts, shop);
}

function placedOn(page: Page, facts: Facts, shop: Shop): Placed[] {
  const batch = `${facts("award.id")}\n${facts("certificate.date")}`;
  const placed: Placed[] = [];
  for (const element of page.elements) {
    const one = isPersonal(element) ? place(element, facts, shop, false) : kept(element, batch, facts, shop);
    if (one !== null) placed.push(one);
  }
  return placed;
}

/** What tells nobody apart is the same on all certificates of an award and a day, whose event the shop is opened for. */
function kept(element: Element, batch: string, facts: Facts, shop: Shop): Placed | null {
  const known = shop.kept.get(element);
  // somebody who wants to be told is told each time
  if (known?.batch === batch && shop.notice === undefined) return known.placed;
  const placed = place(element, facts, shop, true);
  shop.kept.set(element, { batch, placed });
  return placed;
}

function place(element: Element, facts: Facts, shop: Shop, isKept: boolean): Placed | null {
  if (!holds(element.when, facts)) return null;
  const { x, y, width, height } = element.box ?? { x: 0, y: 0, width: 0, height: 0 };
  const laid = element.lay(facts, { width, height }, shop);
  return laid === null ? null : { laid, x, y, parts: isKept ? new Map() : null };
}

const personal = new WeakMap<Element, boolean>();

function isPersonal(element: Element): boolean {
  let known = personal.get(element);
  if (known === undefined) {
    known = withChildren(element).some(({ texts, when }) =>
      [...texts.flatMap((text) => text.placeholders), ...namesOf(when)].some(
        (name) => scopeOf(name) === "person",
      ),
    );
    personal.set(element, known);
  }
  return known;
}

function sheetsOfPage(page: Page, facts: Facts, shop: Shop): Sheet[] {
  const placed = placedOn(page, facts, shop);
  let count = 1;
  for (const { laid } of placed) if (laid.sheets !== undefined) count = Math.max(count, laid.sheets);
  const first = partsOn(0, placed);
  if (count === 1) return [{ page, parts: first }];
  const drawnFirst = first.flatMap(({ drawn }) => drawn);
  const furniture = new Set(drawnFirst.filter(({ tag }) => tag !== "TD").map(({ operators }) => operators));
  return Array.from({ length: count }, (_, sheet) => {
    if (sheet === 0) return { page, parts: first };
    const parts = partsOn(sheet, placed).map((part) => ({
      ...part,
      drawn: part.drawn.map((each) => (furniture.has(each.operators) ? asFurniture(each) : each)),
    }));
    return { page, parts };
  });
}

/** What goes on stops where it ends; all else stands on every sheet of the page, as on a form. */
function partsOn(sheet: number, placed: readonly Placed[]): Part[] {
  const parts: Part[] = [];
  for (const one of placed) {
    if (one.laid.sheets === undefined || sheet < one.laid.sheets) parts.push(partOf(one, sheet));
  }
  return parts;
}

function partOf({ laid, x, y, parts }: Placed, sheet: number): Part {
  const known = parts?.get(sheet);
  if (known !== undefined) return known;
  const part = { drawn: laid.drawAt(x, y, sheet), isPersonal: parts === null };
  parts?.set(sheet, part);
  return part;
}

/** What every sheet of a page repeats is read out once: titles, the header of a table that goes on. */
function asFurniture(drawn: Drawn): Drawn {
  return drawn.tag === "TD" ? drawn : { ...drawn, tag: "Artifact", alt: null, within: [] };
}
