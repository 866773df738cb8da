import { Fault, type Place } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import type { Column } from "./alias.js";
import { Columns, foldHeader, refuseTwice, speakTitles } from "./column.js";
import { type Grid, type Grids, placeIn } from "./grid.js";
import type { Header, Layout } from "./layout.js";
import type { CsvRecord } from "./records.js";

/** Headers that the organiser names, where a table does not explain itself. */
export interface NamedColumns {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly nip?: string | undefined;
  readonly institution?: string | undefined;
  readonly role?: string | undefined;
  readonly score?: string | undefined;
  readonly max?: string | undefined;
}

/** Any table at all, once its columns are named. */
export const namedTable: Layout = { format: "table", needs: [] };

/** Looks at a row as the header of a form, whose questions are headers too. */
export function formColumns(cells: readonly string[]): Columns {
  return new Columns(cells).addLoose(["email", "name", "nip", "institution", "role", "grade", "submitted"]);
}

/** Whether a row has all the columns that were named. */
export function hasNamed(columns: Columns, named: NamedColumns | null): boolean {
  return Object.values(named ?? {}).every((header) => header === undefined || columns.named(header) >= 0);
}

/** The named headers, for saying what was looked for. */
export function speakNamed(named: NamedColumns): string {
  return entriesOf(named)
    .map(([, header]) => `\`${header}\``)
    .join(", ");
}

function entriesOf(named: NamedColumns): [string, string][] {
  return Object.entries(named).filter((entry): entry is [string, string] => entry[1] !== undefined);
}

/** Refuses a header in which a column that was named stands twice. */
export function refuseNamedTwice({ columns, grid, line }: Header, named: NamedColumns | null): void {
  const indexes = entriesOf(named ?? {}).map(([, header]) => columns.named(header));
  refuseTwice(columns, indexes, placeIn(grid, line));
}

/** The row of a file that was most probably meant as its header. */
interface Candidate {
  readonly grid: Grid;
  readonly line: number;
  readonly cells: readonly string[];
  readonly fit: number;
}

/**
 * What is wrong with named columns that no row has: each that is missing from the row that was probably meant as
 * the header, with the nearest that stands there. Empty: no row of the file could be a header.
 */
export async function missingColumns({ grids }: Grids, named: NamedColumns): Promise<Fault[]> {
  const best = await bestRow(grids, (cells) => fitOf(cells, named));
  return best === null ? [] : faultsOf(best, named);
}

/** That no column of scores is known in a table which has names or addresses. Empty: there is no such table either. */
export async function missingScore({ grids }: Grids): Promise<Fault[]> {
  const best = await bestRow(grids, (cells) => {
    const columns = formColumns(cells);
    const isSomebody = ["name", "email", "nip", "firstName"].some((column) => columns.has(column as Column));
    const filled = cells.filter((cell) => cell.trim() !== "").length;
    return isSomebody && filled > 1 ? columns.count * 50 + Math.min(40, filled) : 0;
  });
  if (best === null) return [];
  return [scoreMissing(placeIn(best.grid, best.line), best.cells)];
}

/** The only header with a word like this one: `Nilai` for `Nilai Akhir`. */
function soleLike(header: string, headers: readonly string[]): string | undefined {
  const like = headers.filter((each) => nearest(header, each.split(/[\s(),/]+/)) !== undefined);
  return like.length === 1 ? like[0] : undefined;
}

/** Nobody can tell which column of a table holds the points. */
export function scoreMissing(place: Place, titles: readonly string[]): Fault {
  return new Fault(
    "quiz-column-missing",
    "the table does not say by itself which column holds the points of this quiz",
    {
      place,
      hints: [
        "name it under this quiz in the event file: `columns: { score: … }`",
        `the columns are ${speakTitles(titles)}`,
      ],
    },
  );
}

async function bestRow(
  grids: readonly Grid[],
  fitOf: (cells: readonly string[]) => number,
): Promise<Candidate | null> {
  let best: Candidate | null = null;
  for (const grid of grids) {
    await grid.head(({ cells, line }) => {
      const fit = fitOf(cells);
      if (fit > (best?.fit ?? 0)) best = { grid, line, cells: [...cells], fit };
      return undefined;
    });
  }
  return best;
}

/** Named columns count most, then headers that are nearly those, then any that are known; a wider row wins a tie. */
function fitOf(cells: readonly string[], named: NamedColumns): number {
  const filled = cells.filter((cell) => cell.trim() !== "" && cell.length < 200);
  if (filled.length < 2) return 0;
  const columns = formColumns(cells);
  const fits = entriesOf(named).map(([, header]) => {
    if (columns.named(header) >= 0) return 10_000;
    return nearest(foldHeader(header), columns.headers) === undefined ? 0 : 1000;
  });
  const numbers = filled.filter((cell) => /^[\s\d.,:/%-]+$/.test(cell)).length;
  const known = columns.count * 50;
  return (
    fits.reduce((sum, fit) => sum + fit, 1) + known + Math.min(40, filled.length) - Math.min(40, numbers * 2)
  );
}

function faultsOf({ grid, line, cells }: Candidate, named: NamedColumns): Fault[] {
  const columns = new Columns(cells);
  const headers = cells.map((cell) => cell.trim()).filter((cell) => cell !== "");
  return entriesOf(named).flatMap(([key, header]) => {
    if (columns.named(header) >= 0) return [];
    const near = nearest(header, headers) ?? soleLike(header, headers);
    const hints = [
      ...(near === undefined ? [] : [`did you mean \`${near}\`?`]),
      `the columns are ${speakTitles(cells)}`,
    ];
    const message = `there is no column \`${header}\`, which the event file names as \`columns.${key}\``;
    return [new Fault("column-missing", message, { place: placeIn(grid, line), hints })];
  });
}

/** Shows every row below the header that holds anything. A header that is repeated further down is no row. */
export async function eachRow(
  header: Header,
  visit: (record: CsvRecord) => void,
  trouble: (fault: Fault) => void,
): Promise<void> {
  const { headers } = header.columns;
  const first = headers.findIndex((name) => name !== "");
  const isHeader = (cells: readonly string[]) =>
    foldHeader(cells[first] ?? "") === headers[first] &&
    headers.every((name, index) => foldHeader(cells[index] ?? "") === name);
  const look = (record: CsvRecord): undefined => {
    const { cells, line } = record;
    if (line <= header.line || cells.every((cell) => cell.trim() === "") || isHeader(cells)) return undefined;
    visit(record);
    return undefined;
  };
  await header.grid.each(look, trouble);
}
