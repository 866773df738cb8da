import { Fault, type Place } from "../model/fault.js";
import { aliases, type Column, loose } from "./alias.js";

/** Nothing in it but letters, digits and single blanks between them: only its case has to be folded. */
const plainHeader = /^[\dA-Za-z#]+(?: [\dA-Za-z]+)*$/;

/** A header cell for comparison: Unicode form, case, blanks, invisible characters and a closing colon aside. */
export function foldHeader(cell: string): string {
  if (cell.length < 500 && plainHeader.test(cell)) return cell.toLowerCase();
  return cell
    .slice(0, 500)
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cs}]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .toLowerCase()
    .replace(/ ?\( ?/g, "(")
    .replaceAll(" )", ")")
    .replace(/[ :*]+$/, "")
    .trimStart();
}

const byAlias = new Map<string, Column[]>();
for (const [alias, column] of aliases) {
  const folded = foldHeader(alias);
  const columns = byAlias.get(folded) ?? [];
  if (!columns.includes(column)) byAlias.set(folded, [...columns, column]);
}

/** Whether a cell could stand in a header; cheap enough to ask of every row. */
export function isAlias(cell: string): boolean {
  return byAlias.has(foldHeader(cell));
}

/** Which columns a header row has, and where. Names may repeat; unknown ones are allowed. */
export class Columns {
  /** folded, for comparison */
  readonly headers: readonly string[];
  /** as they stand */
  readonly titles: readonly string[];
  readonly #at = new Map<Column, number[]>();

  constructor(cells: readonly string[]) {
    this.headers = cells.map(foldHeader);
    this.titles = cells;
    for (const [index, header] of this.headers.entries()) {
      for (const column of byAlias.get(header) ?? []) this.#add(column, index);
    }
  }

  has(column: Column): boolean {
    return this.#at.has(column);
  }

  all(column: Column): readonly number[] {
    return this.#at.get(column) ?? [];
  }

  /** -1 where there is none. */
  first(column: Column): number {
    return this.all(column)[0] ?? -1;
  }

  /** The first at or behind `index`, else the first of all: exports repeat the meeting's columns before the person's. */
  from(column: Column, index: number): number {
    return this.all(column).find((at) => at >= index) ?? this.first(column);
  }

  /** The column whose header is this text. */
  named(header: string): number {
    return this.headers.indexOf(foldHeader(header));
  }

  /** Also takes headers that only begin like the column: forms have questions for headers. */
  addLoose(columns: readonly Column[]): this {
    for (const column of columns) {
      const pattern = loose[column];
      if (pattern === undefined) continue;
      for (const [index, header] of this.headers.entries()) {
        if (pattern.test(header) && !this.all(column).includes(index)) this.#add(column, index);
      }
    }
    return this;
  }

  /** Whether another column has the very header of this one, so that nobody can tell which is meant. */
  isTwice(index: number): boolean {
    return index >= 0 && this.headers.filter((header) => header === this.headers[index]).length > 1;
  }

  get count(): number {
    return this.#at.size;
  }

  #add(column: Column, index: number): void {
    this.#at.set(column, [...this.all(column), index]);
  }
}

/** The titles of a header for a hint, no more of them than a person reads. */
export function speakTitles(titles: readonly string[]): string {
  const filled = titles.map((title) => title.trim().replace(/\s+/g, " ")).filter((title) => title !== "");
  const shown = filled.slice(0, 30).map((title) => `\`${title.slice(0, 60)}\``);
  return `${shown.join(", ")}${filled.length > 30 ? ", …" : ""}`;
}

/** Refuses a header in which a column that decides stands twice. */
export function refuseTwice(columns: Columns, indexes: readonly number[], place: Place): void {
  const twice = indexes.find((index) => columns.isTwice(index));
  if (twice === undefined) return;
  throw new Fault(
    "column-twice",
    `found the column \`${columns.titles[twice]?.trim()}\` twice, expected it once`,
    {
      place,
      hints: ["rename or remove the one that is not meant"],
    },
  );
}
