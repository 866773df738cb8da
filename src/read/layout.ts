import { Fault } from "../model/fault.js";
import type { Column } from "./alias.js";
import { Columns } from "./column.js";
import { type CsvRecord, type Delimiter, RecordReader } from "./records.js";
import type { Text } from "./text.js";

/** One kind of table as a tool exports it, known by the columns of its header and by nothing else. */
export interface Layout {
  /** the name by which reports and the key `format` call it */
  readonly format: string;
  /** of each group the header must have at least one */
  readonly needs: readonly (readonly Column[])[];
  /** why a table of this kind is of no use here, and what to do about it */
  readonly refusal?: { readonly code: string; readonly message: string; readonly hints: readonly string[] };
}

/** The header that was recognised: what it is, where it stands and what separates its cells. */
export interface Header {
  readonly layout: Layout;
  readonly columns: Columns;
  readonly delimiter: Delimiter;
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
}

const delimiters: readonly Delimiter[] = [",", ";", "\t"];

/** No preamble is longer: a header further down than this is not looked for. */
const headLength = 262_144;
const headRecords = 300;

export function layoutOf(columns: Columns, layouts: readonly Layout[]): Layout | null {
  return (
    layouts.find(({ needs }) => needs.every((group) => group.some((column) => columns.has(column)))) ?? null
  );
}

/** Finds the header in the first part of the file. The delimiter under which it reads best is that of the file. */
export async function recognise(text: Text, expected: Expectation): Promise<Header> {
  const layouts = admitted(expected, text.path);
  const head = await headOf(text);
  let best: Header | null = null;
  for (const delimiter of delimiters) {
    const found = findHeader(head, delimiter, layouts, expected);
    if (found !== null && (best === null || found.columns.count > best.columns.count)) best = found;
  }
  if (best === null) throw unknownFormat(text.path, head, expected);
  const { refusal } = best.layout;
  if (refusal === undefined) return best;
  throw new Fault(refusal.code, refusal.message, {
    place: { file: text.path, line: best.line },
    hints: refusal.hints,
  });
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

async function headOf(text: Text): Promise<string> {
  let head = "";
  for await (const piece of text.pieces()) {
    head += piece;
    if (head.length >= headLength) break;
  }
  return head;
}

function findHeader(
  head: string,
  delimiter: Delimiter,
  layouts: readonly Layout[],
  { columnsOf = (cells) => new Columns(cells), accepts = () => true }: Expectation,
): Header | null {
  let found: Header | null = null;
  let seen = 0;
  const visit = ({ cells, line }: CsvRecord): "stop" | undefined => {
    seen += 1;
    if (cells.length > 1 || cells[0] !== "") {
      const columns = columnsOf(cells);
      const layout = layoutOf(columns, layouts);
      if (layout !== null && accepts(columns)) found = { layout, columns, delimiter, line };
    }
    return found !== null || seen >= headRecords ? "stop" : undefined;
  };
  const reader = new RecordReader("", delimiter, visit, () => {});
  try {
    if (reader.write(head) === undefined && head.length < headLength) reader.end();
  } catch (error) {
    // Under a wrong delimiter quotes stand anywhere; under the right one the reading proper reports this with its place.
    if (!(error instanceof Fault)) throw error;
  }
  return found;
}

function unknownFormat(file: string, head: string, { accepted, hints }: Expectation): Fault {
  const lines = head.split("\n");
  const index = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ""),
  );
  const first = (lines[index] ?? "").trim().slice(0, 100);
  if (first === "")
    return new Fault("file-empty", "the file holds nothing but blanks; expected a CSV export", {
      place: { file },
    });
  const more = /^<(?:!doctype|html)/i.test(first) ? ["this is a web page: the download needs a login"] : [];
  return new Fault(
    "format-unknown",
    `found no header that is known; the file begins \`${first}\`; expected ${accepted}`,
    {
      place: { file, line: index + 1 },
      hints: [...more, ...hints],
    },
  );
}
