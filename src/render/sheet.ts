import { holds } from "./condition.js";
import type { Drawn, Laid, Shop } from "./element/element.js";
import type { Page } from "./page.js";
import type { Facts } from "./placeholder.js";
import type { Template } from "./template.js";

/** A page of a certificate. A template's page may be left out, or repeated for a table that goes on. */
export interface Sheet {
  readonly page: Page;
  /** in the order of drawing, which is the order of reading */
  readonly drawn: readonly Drawn[];
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

interface Placed {
  readonly laid: Laid;
  readonly x: number;
  readonly y: number;
}

function placedOn(page: Page, facts: Facts, shop: Shop): Placed[] {
  const placed: Placed[] = [];
  for (const element of page.elements) {
    if (!holds(element.when, facts)) continue;
    const { x, y, width, height } = element.box ?? { x: 0, y: 0, width: 0, height: 0 };
    const laid = element.lay(facts, { width, height }, shop);
    if (laid !== null) placed.push({ laid, x, y });
  }
  return placed;
}

function sheetsOfPage(page: Page, facts: Facts, shop: Shop): Sheet[] {
  const placed = placedOn(page, facts, shop);
  const count = Math.max(1, ...placed.map(({ laid }) => laid.sheets ?? 1));
  const first = drawnOn(0, placed);
  if (count === 1) return [{ page, drawn: first }];
  const furniture = new Set(first.filter(({ tag }) => tag !== "TD").map(({ operators }) => operators));
  return Array.from({ length: count }, (_, sheet) => {
    if (sheet === 0) return { page, drawn: first };
    const drawn = drawnOn(sheet, placed);
    return { page, drawn: drawn.map((each) => (furniture.has(each.operators) ? asFurniture(each) : each)) };
  });
}

/** What goes on stops where it ends; all else stands on every sheet of the page, as on a form. */
function drawnOn(sheet: number, placed: readonly { laid: Laid; x: number; y: number }[]): Drawn[] {
  return placed
    .filter(({ laid }) => laid.sheets === undefined || sheet < laid.sheets)
    .flatMap(({ laid, x, y }) => laid.drawAt(x, y, sheet));
}

/** What every sheet of a page repeats is read out once: titles, the header of a table that goes on. */
function asFurniture(drawn: Drawn): Drawn {
  return drawn.tag === "TD" ? drawn : { ...drawn, tag: "Artifact", alt: null, within: [] };
}
