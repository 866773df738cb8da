import type { Fault } from "../model/fault.js";
import { Columns, foldHeader } from "./column.js";
import type { Header, Layout } from "./layout.js";
import type { CsvRecord } from "./records.js";

/** Headers that the organiser names, where a table does not explain itself. */
export interface NamedColumns {
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly nip?: string | undefined;
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
  return Object.values(named)
    .filter((header) => header !== undefined)
    .map((header) => `\`${header}\``)
    .join(", ");
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
