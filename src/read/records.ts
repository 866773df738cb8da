import { Fault, type Place } from "../model/fault.js";
import type { InputSummary } from "../model/row.js";
import type { Text } from "./text.js";

export type Delimiter = NonNullable<InputSummary["delimiter"]>;

/** Limits that no export comes near, and that keep a hostile or broken file from filling the memory. */
const maxCell = 1_048_576;
const maxRecord = 4 * maxCell;
const maxCells = 16_384;

/** One record of a CSV file. A place can be asked only while the record is being visited. */
export interface CsvRecord {
  readonly cells: readonly string[];
  /** where the record starts */
  readonly line: number;
  placeOf(cell: number): Place;
}

/**
 * Shows each record of a text to `visit` until it answers `"stop"`. Blank lines are records of one empty cell.
 * Text behind a closing quote is told to `trouble` and stays in the cell; a quote that is never closed
 * and whatever passes the limits is thrown, because nothing behind it can be trusted.
 */
export async function eachRecord(
  text: Text,
  delimiter: Delimiter,
  visit: (record: CsvRecord) => "stop" | undefined,
  trouble: (fault: Fault) => void,
): Promise<void> {
  const reader = new RecordReader(text.path, delimiter, visit, trouble);
  for await (const piece of text.pieces()) {
    if (reader.write(piece) === "stop") return;
  }
  reader.end();
}

interface Cell {
  readonly value: string;
  /** offset of the delimiter or line end behind the cell */
  readonly end: number;
  /** line breaks inside the quotes */
  readonly breaks: number;
  /** what stands between the closing quote and the end of the cell */
  readonly behind: string;
}

/** Cuts text that comes in pieces into records. Quotes count only at the start of a cell, as spreadsheets write them. */
export class RecordReader {
  readonly #file: string;
  readonly #delimiter: Delimiter;
  readonly #visit: (record: CsvRecord) => "stop" | undefined;
  readonly #trouble: (fault: Fault) => void;
  #text = "";
  /** of the record being read: offset in `#text`, and line */
  #at = 0;
  #line = 1;
  /** where in `#text` the next quote stands, at or behind `#at`; -1: none */
  #quote = -1;
  /** the piece before ended inside this record; no use to try again before this much text is there */
  #opened = 0;

  constructor(
    file: string,
    delimiter: Delimiter,
    visit: (record: CsvRecord) => "stop" | undefined,
    trouble: (fault: Fault) => void,
  ) {
    this.#file = file;
    this.#delimiter = delimiter;
    this.#visit = visit;
    this.#trouble = trouble;
  }

  write(piece: string): "stop" | undefined {
    this.#text = this.#text.slice(this.#at) + piece;
    this.#at = 0;
    this.#quote = this.#text.indexOf('"');
    const stop = this.#drain(false);
    if (this.#text.length - this.#at > maxRecord) this.#refuseLong(this.#opened);
    return stop;
  }

  end(): void {
    this.#drain(true);
  }

  #drain(isFinal: boolean): "stop" | undefined {
    while (this.#at < this.#text.length) {
      const found = this.#text.indexOf("\n", this.#at);
      if (found < 0 && !isFinal) return undefined;
      const lineEnd = found < 0 ? this.#text.length : found;
      if (this.#quote >= 0 && this.#quote < this.#at) this.#quote = this.#text.indexOf('"', this.#at);
      const parsed =
        this.#quote < 0 || this.#quote >= lineEnd
          ? { cells: this.#text.slice(this.#at, lineEnd).split(this.#delimiter), end: lineEnd, lines: 1 }
          : this.#parseQuoted(isFinal);
      if (parsed === null) return undefined;
      this.#check(parsed.cells);
      const answer = this.#visit(this.#record(parsed.cells, this.#at));
      this.#at = parsed.end + 1;
      this.#line += parsed.lines;
      if (answer === "stop") return answer;
    }
    return undefined;
  }

  #record(cells: readonly string[], at: number): CsvRecord {
    return { cells, line: this.#line, placeOf: (cell) => this.#placeAt(this.#startOf(at, cell)) };
  }

  /** `null`: the record goes on in the next piece. */
  #parseQuoted(isFinal: boolean): { cells: string[]; end: number; lines: number } | null {
    const cells: string[] = [];
    const strays: Cell[] = [];
    let lines = 1;
    let at = this.#at;
    for (;;) {
      const cell = this.#parseCell(at, isFinal);
      if (cell === null) return null;
      if (cell.behind.trim() !== "") strays.push(cell);
      cells.push(cell.value);
      lines += cell.breaks;
      if (this.#text[cell.end] !== this.#delimiter) {
        // only now that the record is whole: it may have been tried before, with less text
        for (const stray of strays) this.#strayQuote(stray);
        return { cells, end: cell.end, lines };
      }
      at = cell.end + 1;
    }
  }

  #parseCell(at: number, isFinal: boolean): Cell | null {
    if (this.#text[at] !== '"') {
      const end = this.#cellEnd(at);
      if (end === this.#text.length && !isFinal) return null;
      return { value: this.#text.slice(at, end), end, breaks: 0, behind: "" };
    }
    this.#opened = at;
    const close = this.#closingQuote(at + 1, isFinal);
    if (close === null) return null;
    const end = this.#cellEnd(close + 1);
    if (end === this.#text.length && !isFinal) return null;
    const inner = this.#text.slice(at + 1, close);
    const value = inner.includes('"') ? inner.replaceAll('""', '"') : inner;
    const behind = this.#text.slice(close + 1, end);
    return { value: value + behind, end, breaks: count(inner, "\n"), behind };
  }

  #closingQuote(from: number, isFinal: boolean): number | null {
    let at = this.#text.indexOf('"', from);
    while (at >= 0 && this.#text[at + 1] === '"') at = this.#text.indexOf('"', at + 2);
    if (at < 0 && isFinal) this.#refuseOpen(from - 1);
    if (at < 0 || (at + 1 === this.#text.length && !isFinal)) return null;
    return at;
  }

  #cellEnd(from: number): number {
    for (let at = from; at < this.#text.length; at += 1) {
      const letter = this.#text[at];
      if (letter === this.#delimiter || letter === "\n") return at;
    }
    return this.#text.length;
  }

  #check(cells: readonly string[]): void {
    if (cells.length > maxCells) {
      throw new Fault(
        "csv-too-wide",
        `found ${cells.length} cells in one record, expected at most ${maxCells}`,
        {
          place: { file: this.#file, line: this.#line },
        },
      );
    }
    const long = cells.findIndex((cell) => cell.length > maxCell);
    if (long >= 0) this.#refuseLong(this.#startOf(this.#at, long));
  }

  #refuseLong(at: number): never {
    throw new Fault("csv-too-long", "found a cell of more than a megabyte, expected the cells of a list", {
      place: this.#placeAt(at),
      hints: ["a quote that opens here may never be closed: look at this line in a text editor"],
    });
  }

  #refuseOpen(at: number): never {
    const start = this.#text.slice(at, at + 40).split("\n")[0] ?? "";
    throw new Fault("csv-quote-open", `\`${start}\` opens with a quote that is never closed`, {
      place: this.#placeAt(at),
      hints: ["export the file again, or close the quote in a text editor"],
    });
  }

  #strayQuote({ behind, end }: Cell): void {
    const fault = new Fault(
      "csv-quote-stray",
      `found \`${behind.slice(0, 40)}\` behind a closing quote, expected \`${this.#delimiter}\` or the end of the line`,
      {
        place: this.#placeAt(end - behind.length),
        hints: ['a quote inside a quoted cell is written twice: ""'],
      },
    );
    this.#trouble(fault);
  }

  #startOf(record: number, cell: number): number {
    let at = record;
    for (let index = 0; index < cell; index += 1) {
      const end = this.#parseCell(at, false)?.end ?? at;
      if (this.#text[end] !== this.#delimiter) return at;
      at = end + 1;
    }
    return at;
  }

  #placeAt(at: number): Place {
    const before = this.#text.slice(this.#at, at);
    const breaks = count(before, "\n");
    return { file: this.#file, line: this.#line + breaks, column: before.length - before.lastIndexOf("\n") };
  }
}

function count(text: string, letter: string): number {
  let found = 0;
  for (let at = text.indexOf(letter); at >= 0; at = text.indexOf(letter, at + 1)) found += 1;
  return found;
}
