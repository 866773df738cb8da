import { Fault } from "../../model/fault.js";
import type { CsvRecord } from "../records.js";
import { formatNumber } from "./format.js";
import { type Sheet, TextCollector, unescapeText, type Workbook } from "./workbook.js";
import { type Attribute, readXml } from "./xml.js";

/** Bounds of the file format itself. */
const maxRows = 1_048_576;
const maxColumns = 16_384;
/** A sheet of a million rows and forty columns has as many: more come from a program that fills empty cells. */
const maxCells = 50_000_000;

/**
 * Shows each row of a sheet that holds anything to `visit` until it answers `"stop"`, as if it stood in a CSV:
 * cells are text, the line is the number of the row, and the place of a cell is its column.
 */
export async function eachSheetRow(
  book: Workbook,
  sheet: Sheet,
  visit: (record: CsvRecord) => "stop" | undefined,
): Promise<void> {
  const reader = new RowReader(book, sheet, visit);
  await readXml(sheet.entry, book.path, reader);
}

class RowReader {
  readonly #book: Workbook;
  readonly #sheet: Sheet;
  readonly #visit: (record: CsvRecord) => "stop" | undefined;
  readonly #inline = new TextCollector();
  #isDone = false;
  #line = 0;
  #cells: string[] = [];
  #seen = 0;
  /** of the cell being read */
  #at = -1;
  #type = "n";
  #style = "";
  #value = "";
  #isValue = false;

  constructor(book: Workbook, sheet: Sheet, visit: (record: CsvRecord) => "stop" | undefined) {
    this.#book = book;
    this.#sheet = sheet;
    this.#visit = visit;
  }

  isDone(): boolean {
    return this.#isDone;
  }

  open(name: string, attribute: Attribute): void {
    if (name === "c") this.#openCell(attribute);
    else if (name === "v") this.#isValue = true;
    else if (name === "row") this.#openRow(attribute("r"));
    else this.#inline.open(name);
  }

  text(text: string): void {
    if (this.#isValue) this.#value += text;
    else this.#inline.text(text);
  }

  close(name: string): void {
    if (name === "v") this.#isValue = false;
    else if (name === "c") this.#closeCell();
    else if (name === "row") this.#closeRow();
    else this.#inline.close(name);
  }

  #openRow(number: string | undefined): void {
    const line = number === undefined ? this.#line + 1 : Number(number);
    if (!Number.isInteger(line) || line <= this.#line || line > maxRows) throw this.#damaged();
    this.#line = line;
    this.#cells = [];
    this.#at = -1;
  }

  #openCell(attribute: Attribute): void {
    const r = attribute("r");
    const at = r === undefined ? this.#at + 1 : columnOf(r);
    if (at < 0 || at >= maxColumns) throw this.#damaged();
    this.#at = at;
    this.#type = attribute("t") ?? "n";
    this.#style = attribute("s") ?? "";
    this.#value = "";
    this.#inline.take();
  }

  #closeCell(): void {
    const value = this.#text();
    if (value === "") return;
    this.#seen += Math.max(1, this.#at + 1 - this.#cells.length);
    if (this.#seen > maxCells) throw tooManyCells(this.#book.path);
    while (this.#cells.length < this.#at) this.#cells.push("");
    this.#cells[this.#at] = value;
  }

  #text(): string {
    switch (this.#type) {
      case "s": {
        const index = Number(this.#value);
        const text = this.#value === "" ? "" : this.#book.strings[index];
        if (text === undefined) throw this.#damaged();
        return text;
      }
      case "inlineStr":
        return this.#inline.take();
      case "b":
        return this.#value === "1" ? "TRUE" : this.#value === "0" ? "FALSE" : "";
      case "n":
        return this.#number();
      // the result of a formula, the name of an error, a date as ISO 8601
      default:
        return unescapeText(this.#value);
    }
  }

  #number(): string {
    const format = this.#book.formats[this.#style === "" ? 0 : Number(this.#style)] ?? { kind: "plain" };
    return formatNumber(this.#value, format, this.#book.is1904);
  }

  #closeRow(): void {
    if (this.#isDone || this.#cells.length === 0) return;
    const { path } = this.#book;
    const line = this.#line;
    const placeOf = (cell: number) => ({ file: path, sheet: this.#sheet.name, line, column: cell + 1 });
    if (this.#visit({ cells: this.#cells, line, placeOf }) === "stop") this.#isDone = true;
  }

  #damaged(): Fault {
    return new Fault("xlsx-damaged", "the workbook is damaged: its rows do not follow each other", {
      place: { file: this.#book.path, sheet: this.#sheet.name, line: this.#line || undefined },
      hints: ["open it in a spreadsheet and save it again, or export it again"],
    });
  }
}

/** `C5` is column 2. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.toUpperCase()) {
    if (letter < "A" || letter > "Z") break;
    column = column * 26 + letter.charCodeAt(0) - 64;
    if (column > maxColumns) return -1;
  }
  return column - 1;
}

function tooManyCells(path: string): Fault {
  return new Fault("zip-too-large", `the sheet holds more than ${maxCells / 1_000_000} million cells`, {
    place: { file: path },
    hints: ["save the sheet as CSV UTF-8: a CSV may be as long as it likes"],
  });
}
