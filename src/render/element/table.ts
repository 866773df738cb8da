import { Fault } from "../../model/fault.js";
import type { Line } from "../line.js";
import { type Colour, fillColour, formatNumber, strokeColour } from "../notation.js";
import type { Facts } from "../placeholder.js";
import { rowsAsFacts } from "../rows.js";
import type { TableSpec } from "../schema.js";
import { fillText, type Span, type Text } from "../text.js";
import { commonOf, type Desk, type Drawn, type Element, type Laid, points, type Shop } from "./element.js";
import { drawLines, type Setting, SettingDesk, settingOf } from "./setting.js";

/** Rows of a list that stands in the event file, set under a header. */
interface Table {
  readonly element: Element;
  readonly spec: TableSpec;
  readonly columns: readonly Column[];
  readonly header: Band | null;
  readonly footer: Band | null;
  readonly body: Setting;
  readonly zebra: Colour | null;
  readonly rule: { readonly color: Colour; readonly width: number } | null;
  /** points above and below, left and right of a cell's text */
  readonly padding: readonly [number, number];
  readonly pageHeight: number;
}

interface Column {
  /** points; `null` takes its share of what is left */
  readonly width: number | null;
  readonly value: Text;
  readonly align: Setting["align"];
}

/** A row that stands in the template itself. */
interface Band {
  readonly setting: Setting;
  readonly fill: Colour | null;
  readonly cells: readonly (Text | null)[];
}

interface Row {
  readonly kind: "header" | "body" | "footer";
  /** in the whole table, from 0, the header among them */
  readonly number: number;
  readonly cells: readonly (readonly Line[])[];
  readonly settings: readonly Setting[];
  readonly height: number;
  /** shrinks with the letters */
  readonly padding: readonly [number, number];
  readonly fill: Colour | null;
}

const SIZE_STEP = 0.25;
const USUAL_SMALLEST = 7;

export function admitTable(spec: TableSpec, path: readonly PropertyKey[], desk: Desk): Element {
  const common = commonOf(spec, path, desk);
  const body = settingOf({ ...spec, fit: { min: spec.fit?.min ?? USUAL_SMALLEST } }, path, desk);
  const names = { columns: desk.itemsOf(spec.rows) };
  const columns = spec.columns.map((column, at) => ({
    width: column.width === "fill" ? null : points(column.width),
    value: desk.text(column.value, [...path, "columns", at, "value"], {
      ...names,
      markup: spec.markup ?? false,
    }),
    align: column.align ?? body.align,
  }));
  const band = (
    key: "header" | "footer",
    cells: readonly (string | undefined)[],
    at: (index: number) => PropertyKey[],
  ) => {
    const own = typeof spec[key] === "object" ? spec[key] : {};
    return {
      setting: settingOf({ ...spec, ...own, id: spec.id, fit: undefined }, path, desk),
      fill: own.fill === undefined ? null : desk.color(own.fill, "#FFFFFF", [...path, key, "fill"]),
      cells: cells.map((cell, index) =>
        cell === undefined || cell === "" ? null : desk.text(cell, [...path, ...at(index)], {}),
      ),
    };
  };
  const titles = spec.columns.map((column) => column.title);
  const isHeaded = spec.header !== false && titles.some((title) => title !== undefined);
  const element: Element = {
    ...common,
    texts: [],
    children: [],
    rows: spec.rows,
    setting: body,
    lay(facts, room, shop) {
      const rows = facts.rows(spec.rows);
      if (rows === null || rows.length === 0) return null;
      if (element.texts.some(({ scope }) => scope === "person")) return layOut(table, facts, room, shop);
      const names = element.texts.flatMap(({ placeholders }) => placeholders);
      const key = [spec.id, ...names.map((name) => String(facts(name)))].join("\n");
      const known = shop.cache.get(key) ?? layOut(table, facts, room, shop);
      shop.cache.set(key, known);
      return known;
    },
  };
  const table: Table = {
    element,
    spec,
    columns,
    body,
    header: isHeaded ? band("header", titles, (index) => ["columns", index, "title"]) : null,
    footer:
      spec.footer === undefined
        ? null
        : band("footer", spec.footer.cells, (index) => ["footer", "cells", index]),
    zebra: spec.zebra === undefined ? null : desk.color(spec.zebra, "#FFFFFF", [...path, "zebra"]),
    rule:
      spec.rule === undefined
        ? null
        : {
            color: desk.color(spec.rule.color, "#000000", [...path, "rule", "color"]),
            width: points(spec.rule.width ?? 0.2),
          },
    padding: [points(spec.rowPadding?.[0] ?? 1.2), points(spec.rowPadding?.[1] ?? 2)],
    pageHeight: desk.pageHeight,
  };
  const bands = [table.header, table.footer].flatMap((one) => one?.cells ?? []);
  return Object.assign(element, {
    texts: [...columns.map(({ value }) => value), ...bands.filter((cell) => cell !== null)],
  });
}

function layOut(
  table: Table,
  facts: Facts,
  room: { readonly width: number; readonly height: number },
  shop: Shop,
): Laid {
  const widths = widthsOf(table, room.width);
  const { spec, body } = table;
  const smallest = spec.onOverflow === "shrink" ? body.min : body.size;
  for (let size = body.size; size >= smallest - 1e-6; size -= SIZE_STEP) {
    const rows = rowsAt(size, table, facts, widths, shop);
    if (rows === null) continue;
    const sheets = sheetsOf(rows, room.height, spec.onOverflow === "nextPage");
    if (sheets === null) continue;
    const drawn = new Map<string, Drawn[]>();
    return {
      height: Math.max(...sheets.map(heightOf)),
      size,
      ...(sheets.length > 1 ? { sheets: sheets.length } : {}),
      drawAt(x, y, sheet = 0) {
        const key = `${x} ${y} ${sheet}`;
        const one = drawn.get(key) ?? draw(table, sheets[sheet] ?? [], widths, { x, y }, shop);
        drawn.set(key, one);
        return one;
      },
    };
  }
  throw overflow(table, facts);
}

function widthsOf({ columns }: Table, width: number): number[] {
  const fixed = columns.reduce((sum, column) => sum + (column.width ?? 0), 0);
  const shares = columns.filter((column) => column.width === null).length;
  return columns.map((column) => column.width ?? (width - fixed) / shares);
}

/** All rows at this size, or `null` if a word is wider than its cell. */
function rowsAt(
  size: number,
  table: Table,
  facts: Facts,
  widths: readonly number[],
  shop: Shop,
): Row[] | null {
  const scale = size / table.body.size;
  const padding = [table.padding[0] * scale, table.padding[1] * scale] as const;
  const bodySettings = table.columns.map((column) => ({ ...table.body, align: column.align, size }));
  const rows: Omit<Row, "number">[] = [];
  const add = (
    kind: Row["kind"],
    texts: readonly (readonly Span[] | null)[],
    settings: readonly Setting[],
    fill: Colour | null,
  ): boolean => {
    const row = rowOf(kind, texts, settings, fill, { ...table, padding }, widths, shop);
    if (row !== null) rows.push(row);
    return row !== null;
  };
  const band = (kind: "header" | "footer", one: Band | null): boolean => {
    if (one === null) return true;
    const settings = table.columns.map((column) => ({
      ...one.setting,
      align: column.align,
      size: one.setting.size * scale,
    }));
    return add(
      kind,
      one.cells.map((cell) => (cell === null ? null : fillText(cell, facts))),
      settings,
      one.fill,
    );
  };
  if (!band("header", table.header)) return null;
  for (const [index, row] of (facts.rows(table.spec.rows) ?? []).entries()) {
    const own = rowsAsFacts(row, index, facts);
    const texts = table.columns.map((column) => fillText(column.value, own));
    if (!add("body", texts, bodySettings, index % 2 === 1 ? table.zebra : null)) return null;
  }
  if (!band("footer", table.footer)) return null;
  return rows.map((row, number) => ({ ...row, number }));
}

function rowOf(
  kind: Row["kind"],
  texts: readonly (readonly Span[] | null)[],
  settings: readonly Setting[],
  fill: Colour | null,
  { columns, padding }: Table,
  widths: readonly number[],
  shop: Shop,
): Omit<Row, "number"> | null {
  const cells: (readonly Line[])[] = [];
  let height = 0;
  for (const [at, spans] of columns.map((_, index) => texts[index] ?? null).entries()) {
    const setting = settings[at];
    if (setting === undefined) continue;
    const desk = new SettingDesk(setting, shop);
    const width = ((widths[at] ?? 0) - 2 * padding[1]) / setting.size;
    const lines =
      spans === null ? [] : desk.paragraphsOf(spans).flatMap((one) => desk.setter.wrap(one, width));
    if (lines.some((line) => line.width > width + 1e-6)) return null;
    cells.push(lines);
    height = Math.max(height, lines.length * setting.lineHeight * setting.size);
  }
  return { kind, cells, settings, height: height + 2 * padding[0], padding, fill };
}

/** The rows of each page, or `null` if they need more room than there is. The header stands on every page. */
function sheetsOf(rows: readonly Row[], height: number, goesOn: boolean): Row[][] | null {
  if (heightOf(rows) <= height + 0.01) return [[...rows]];
  if (!goesOn) return null;
  const header = rows.filter((row) => row.kind === "header");
  const sheets: Row[][] = [[...header]];
  for (const row of rows.filter((one) => one.kind !== "header")) {
    if (heightOf([...(sheets.at(-1) ?? []), row]) > height + 0.01) sheets.push([...header]);
    sheets.at(-1)?.push(row);
    if (heightOf(sheets.at(-1) ?? []) > height + 0.01) return null;
  }
  return sheets;
}

function heightOf(rows: readonly Row[]): number {
  return rows.reduce((sum, row) => sum + row.height, 0);
}

function draw(
  table: Table,
  rows: readonly Row[],
  widths: readonly number[],
  at: { readonly x: number; readonly y: number },
  shop: Shop,
): Drawn[] {
  const { element } = table;
  const cells: Drawn[] = [];
  let y = at.y;
  for (const row of rows) {
    let x = at.x;
    for (const [index, lines] of row.cells.entries()) {
      const setting = row.settings[index];
      const width = widths[index] ?? 0;
      if (setting === undefined) continue;
      const [above, beside] = row.padding;
      const text = { x: x + beside, y: y + above, width: width - 2 * beside };
      cells.push({
        element,
        tag: row.kind === "header" ? "TH" : "TD",
        alt: null,
        within: [`Table:${element.id}`, `TR:${row.number}`],
        operators: lines.length === 0 ? "" : drawLines(lines, setting.size, setting, text, shop),
      });
      x += width;
    }
    y += row.height;
  }
  return [
    { element, tag: "Artifact", alt: null, within: [], operators: ornament(table, rows, widths, at) },
    ...cells,
  ];
}

/** Fills behind rows and rules between them. */
function ornament(
  { rule, pageHeight }: Table,
  rows: readonly Row[],
  widths: readonly number[],
  at: { readonly x: number; readonly y: number },
): string {
  const width = widths.reduce((sum, one) => sum + one, 0);
  let operators = "";
  let y = at.y;
  for (const row of rows) {
    if (row.fill !== null)
      operators += `${fillColour(row.fill)}${[at.x, pageHeight - y - row.height, width, row.height].map(formatNumber).join(" ")} re f\n`;
    y += row.height;
  }
  if (rule === null) return `q\n${operators}Q\n`;
  y = at.y;
  operators += `${strokeColour(rule.color)}${formatNumber(rule.width)} w\n`;
  for (const row of rows) {
    y += row.height;
    const level = formatNumber(pageHeight - y);
    operators += `${formatNumber(at.x)} ${level} m ${formatNumber(at.x + width)} ${level} l S\n`;
  }
  return `q\n${operators}Q\n`;
}

function overflow({ element, spec, body }: Table, facts: Facts): Fault {
  const count = facts.rows(spec.rows)?.length ?? 0;
  const least = spec.onOverflow === "shrink" ? `even at ${body.min} pt` : `at ${body.size} pt`;
  const remedies = {
    error: "`onOverflow: shrink` or `nextPage`",
    shrink: "a smaller `fit.min` or `onOverflow: nextPage`",
    nextPage: "wider columns",
  };
  return new Fault(
    "text-overflow",
    `the ${count} rows of {{${spec.rows}}} do not fit into "${element.id}" ${least}`,
    {
      place: element.place,
      hints: [`give it a larger box, ${remedies[spec.onOverflow ?? "error"]}`],
    },
  );
}
