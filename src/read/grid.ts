import { Fault, Faults, type Place } from "../model/fault.js";
import type { InputSummary } from "../model/row.js";
import { type CsvRecord, type Delimiter, eachRecord, RecordReader } from "./records.js";
import type { Text } from "./text.js";
import { eachSheetRow } from "./workbook/sheet.js";
import type { Sheet, Workbook } from "./workbook/workbook.js";

type Visit = (record: CsvRecord) => "stop" | undefined;

/** One way to read a file as a table: a text under one delimiter, or one sheet of a workbook. */
export interface Grid {
  readonly path: string;
  /** hex, of the bytes as they are */
  readonly sha256: string;
  readonly encoding: InputSummary["encoding"];
  readonly delimiter: Delimiter | null;
  readonly sheet: string | null;
  /** Shows the first records, whatever may be wrong with the text: whether it can be read at all is not yet known. */
  head(visit: Visit): Promise<void>;
  /** Shows every record from the start. What cannot be read is told to `trouble`, or thrown if nothing behind it can be. */
  each(visit: Visit, trouble: (fault: Fault) => void): Promise<void>;
}

/** A file and all the ways to read it. */
export interface Grids {
  readonly path: string;
  readonly grids: readonly Grid[];
  /** the first line that holds anything, for saying what was found */
  readonly start: { readonly line: number; readonly text: string };
}

const delimiters: readonly Delimiter[] = [",", ";", "\t"];

/** No preamble is longer: a header further down than this is not looked for. */
const headLength = 262_144;
const headRecords = 300;

export async function textGrids(text: Text): Promise<Grids> {
  const head = await headOf(text);
  const { path, sha256, encoding } = text;
  const grids = delimiters.map((delimiter) => ({
    path,
    sha256,
    encoding,
    delimiter,
    sheet: null,
    head: async (visit: Visit) => readHead(head, delimiter, visit),
    each: (visit: Visit, trouble: (fault: Fault) => void) => eachRecord(text, delimiter, visit, trouble),
  }));
  const lines = head.split("\n", headRecords);
  const first = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== ""),
  );
  return { path, grids, start: { line: first + 1, text: (lines[first] ?? "").trim().slice(0, 100) } };
}

async function headOf(text: Text): Promise<string> {
  let head = "";
  for await (const piece of text.pieces()) {
    head += piece;
    if (head.length >= headLength) break;
  }
  return head;
}

function readHead(head: string, delimiter: Delimiter, visit: Visit): void {
  const reader = new RecordReader("", delimiter, atMost(headRecords, visit), () => {});
  try {
    if (reader.write(head) === undefined && head.length < headLength) reader.end();
  } catch (error) {
    // Under a wrong delimiter quotes stand anywhere; under the right one the reading proper reports this with its place.
    if (!(error instanceof Fault)) throw error;
  }
}

/** The sheets that a person sees; if all are hidden, those. */
export async function sheetGrids(book: Workbook, sha256: string): Promise<Grids> {
  const seen = book.sheets.filter(({ isHidden }) => !isHidden);
  const grids = (seen.length > 0 ? seen : book.sheets).map((sheet) => sheetGrid(book, sheet, sha256));
  const start = { line: 1, text: "" };
  await grids[0]?.head(({ line, cells }) => {
    start.line = line;
    start.text = cells.join(", ").trim().slice(0, 100);
    return start.text === "" ? undefined : "stop";
  });
  return { path: book.path, grids, start };
}

function sheetGrid(book: Workbook, sheet: Sheet, sha256: string): Grid {
  return {
    path: book.path,
    sha256,
    encoding: "xlsx",
    delimiter: null,
    sheet: sheet.name,
    head: (visit) => eachSheetRow(book, sheet, atMost(headRecords, visit)),
    each: (visit) => eachSheetRow(book, sheet, visit),
  };
}

function atMost(limit: number, visit: Visit): Visit {
  let seen = 0;
  return (record) => {
    seen += 1;
    return visit(record) === "stop" || seen >= limit ? "stop" : undefined;
  };
}

/** A line of a file, in its sheet if it has any. */
export function placeIn({ path, sheet }: Grid, line: number): Place {
  return sheet === null ? { file: path, line } : { file: path, sheet, line };
}

/** Runs a reading of a grid; the faults it ends with say of which sheet they are. */
export async function inSheet<T>({ sheet }: Grid, run: () => Promise<T>): Promise<T> {
  if (sheet === null) return run();
  try {
    return await run();
  } catch (error) {
    if (error instanceof Fault) throw placed(error, sheet);
    if (error instanceof Faults) throw new Faults(error.faults.map((fault) => placed(fault, sheet)));
    throw error;
  }
}

function placed(fault: Fault, sheet: string): Fault {
  if (fault.place === undefined) return fault;
  const { code, message, hints, cause } = fault;
  return new Fault(code, message, { place: { ...fault.place, sheet }, hints, cause });
}
