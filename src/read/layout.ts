import { Fault, refuse } from "../model/fault.js";
import type { Column } from "./alias.js";
import { Columns } from "./column.js";
import { type Grid, type Grids, placeIn } from "./grid.js";

/** One kind of table as a tool exports it, known by the columns of its header and by nothing else. */
export interface Layout {
  /** the name by which reports and the key `format` call it */
  readonly format: string;
  /** of each group the header must have at least one */
  readonly needs: readonly (readonly Column[])[];
  /** why a table of this kind is of no use here, and what to do about it */
  readonly refusal?: { readonly code: string; readonly message: string; readonly hints: readonly string[] };
}

/** The header that was recognised: what it is, where it stands and how its file is to be read. */
export interface Header {
  readonly layout: Layout;
  readonly columns: Columns;
  readonly grid: Grid;
  readonly line: number;
}

/** What is accepted where a file is not: said in the fault. */
export interface Expectation {
  readonly layouts: readonly Layout[];
  /** the key `format` of the event file: only this layout may be recognised */
  readonly format: string | null;
  /** what would be read, in words */
  readonly accepted: string;
  readonly hints: readonly string[];
  /** how a row of cells is looked at; forms also take headers that are questions */
  readonly columnsOf?: (cells: readonly string[]) => Columns;
  /** whether a header that fits a layout really is the one wanted */
  readonly accepts?: (columns: Columns) => boolean;
  /** what is wrong with a file in which no header was found, where more can be said than that */
  readonly explain?: (input: Grids) => Promise<Fault[]>;
}

export function layoutOf(columns: Columns, layouts: readonly Layout[]): Layout | null {
  return (
    layouts.find(({ needs }) => needs.every((group) => group.some((column) => columns.has(column)))) ?? null
  );
}

/**
 * Finds the header in the first part of the file. The delimiter under which it reads best is that of the file; the
 * sheet with the most particular layout is that of a workbook.
 *
 * @throws Fault where there is none, where the one found is of no use here, and where two sheets fit alike
 */
export async function recognise(input: Grids, expected: Expectation): Promise<Header> {
  const { path, grids, start } = input;
  const layouts = admitted(expected, path);
  const found: Header[] = [];
  for (const grid of grids) {
    const header = await findHeader(grid, layouts, expected);
    if (header !== null) found.push(header);
  }
  const rank = ({ layout }: Header) => (layout.refusal === undefined ? layouts.indexOf(layout) : Infinity);
  const best = found.some(({ grid }) => grid.sheet !== null)
    ? soleSheet(found.sort((a, b) => rank(a) - rank(b)))
    : found.sort((a, b) => b.columns.count - a.columns.count)[0];
  if (best === undefined) {
    refuse((await expected.explain?.(input)) ?? []);
    throw unknownFormat(path, start, expected);
  }
  const { refusal } = best.layout;
  if (refusal === undefined) return best;
  throw new Fault(refusal.code, refusal.message, {
    place: placeIn(best.grid, best.line),
    hints: refusal.hints,
  });
}

function soleSheet(found: readonly Header[]): Header | undefined {
  const [best] = found;
  const alike = found.filter(({ layout }) => layout.format === best?.layout.format);
  if (best === undefined || alike.length < 2 || best.layout.refusal !== undefined) return best;
  const names = alike.map(({ grid }) => `\`${grid.sheet}\``);
  throw new Fault(
    "sheet-ambiguous",
    `the sheets ${names.join(" and ")} could each be the one that is meant`,
    {
      place: { file: best.grid.path },
      hints: ["name it beside the file in the event file: `sheet: …`; several are read with `sheet: [A, B]`"],
    },
  );
}

function admitted({ layouts, format }: Expectation, file: string): readonly Layout[] {
  if (format === null) return layouts;
  const named = layouts.filter((layout) => layout.format === format);
  if (named.length > 0) return named;
  const known = layouts
    .filter(({ refusal }) => refusal === undefined)
    .map((layout) => `\`${layout.format}\``);
  throw new Fault(
    "format-name",
    `found \`format: ${format}\`, expected one of ${[...new Set(known)].join(", ")}`,
    {
      place: { file },
      hints: ["leave the key out: formats are recognised by themselves"],
    },
  );
}

/** A single cell that could be a header may be a title; the header proper is then not far below. */
const titleGap = 10;

async function findHeader(
  grid: Grid,
  layouts: readonly Layout[],
  { columnsOf = (cells) => new Columns(cells), accepts = () => true }: Expectation,
): Promise<Header | null> {
  let found: Header | null = null;
  await grid.head(({ cells, line }) => {
    if (found !== null && line > found.line + titleGap) return "stop";
    const filled = cells.filter((cell) => cell.trim() !== "").length;
    if (filled === 0 || (found !== null && filled < 2)) return undefined;
    const columns = columnsOf(cells);
    const layout = layoutOf(columns, layouts);
    if (layout === null || !accepts(columns)) return undefined;
    found = { layout, columns, grid, line };
    return filled > 1 ? "stop" : undefined;
  });
  return found;
}

function unknownFormat(
  file: string,
  { line, text }: Grids["start"],
  { accepted, hints }: Expectation,
): Fault {
  if (text === "")
    return new Fault("file-empty", "the file holds nothing but blanks; expected a CSV or XLSX export", {
      place: { file },
    });
  const more = /^<(?:!doctype|html)/i.test(text) ? ["this is a web page: the download needs a login"] : [];
  return new Fault(
    "format-unknown",
    `found no header that is known; the file begins \`${text}\`; expected ${accepted}`,
    {
      place: { file, line },
      hints: [...more, ...hints],
    },
  );
}
