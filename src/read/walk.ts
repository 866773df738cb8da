import { Fault } from "../model/fault.js";
import type { Role } from "../model/row.js";
import { cleanEmail } from "./clean.js";
import { Columns, foldHeader, isAlias, refuseTwice } from "./column.js";
import { parseStamp, type Stamp } from "./date.js";
import { type Layout, layoutOf } from "./layout.js";
import type { BlockTime } from "./order.js";
import type { CsvRecord } from "./records.js";
import { reportTitles } from "./word.js";
import { blockNeeds, roleOfTitle } from "./zoom.js";

/** Rows under one header, and where their cells stand; -1 where the header has no such column. */
export interface Section {
  readonly layout: Layout;
  readonly role: Role;
  readonly at: Places;
}

export type Places = Readonly<
  Record<
    | "name"
    | "firstName"
    | "lastName"
    | "email"
    | "join"
    | "leave"
    | "minutes"
    | "total"
    | "attended"
    | "waiting"
    | "registered"
    | "start"
    | "end"
    | "hostEmail"
    | "host",
    number
  >
>;

/** What the walk meets, in the order of the file. */
export interface Visitor {
  row(record: CsvRecord, section: Section, join: Stamp | null): void;
  time(which: BlockTime, stamp: Stamp, line: number, text: string): void;
  hostEmail(email: string): void;
}

const blockTimes: readonly BlockTime[] = ["start", "end", "generated"];
const knownTitles = new Set(reportTitles.map(foldHeader));

/**
 * Goes through an attendance report and tells rows from what stands around them: titles of sections, their headers,
 * and the block about the meeting, wherever in the file they are and however the lines are padded.
 */
export class Walk {
  readonly #file: string;
  readonly #layouts: readonly Layout[];
  readonly #visitor: Visitor;
  #section: Section | null = null;
  #role: Role = "participant";
  /** a row of one cell that nothing is known about, right above the present one */
  #title: { text: string; line: number } | null = null;
  #block: Columns | null = null;

  constructor(file: string, layouts: readonly Layout[], visitor: Visitor) {
    this.#file = file;
    this.#layouts = layouts.filter(({ refusal }) => refusal === undefined);
    this.#visitor = visitor;
  }

  visit(record: CsvRecord): void {
    const { cells } = record;
    const section = this.#block === null ? this.#section : null;
    if (section !== null) {
      const join = parseStamp(cells[section.at.join] ?? "");
      if (join !== null || isDigit(cells[section.at.total])) {
        this.#visitor.row(record, section, join);
        return;
      }
    }
    const filled = cells.filter((cell) => cell.trim() !== "");
    const [lead] = filled;
    if (lead === undefined) return;
    if (this.#block !== null) this.#readBlock(this.#block, record);
    else if (!this.#isStructure(record, lead, filled.length) && section !== null) {
      this.#visitor.row(record, section, null);
    }
  }

  #isStructure(record: CsvRecord, lead: string, filled: number): boolean {
    const above = this.#title;
    this.#title = null;
    if (filled === 1) return this.#isTitle(lead, record.line);
    if (!isAlias(lead)) return false;
    const columns = new Columns(record.cells);
    const layout = layoutOf(columns, this.#layouts);
    if (layout !== null) this.#open(layout, columns, above, record.line);
    else if (blockNeeds.every((group) => group.some((column) => columns.has(column)))) this.#block = columns;
    else if (foldHeader(lead) === columns.headers[columns.first("generated")]) this.#readGenerated(record);
    else return false;
    return true;
  }

  #isTitle(cell: string, line: number): boolean {
    const role = roleOfTitle(cell);
    if (role !== null) this.#role = role;
    else if (!knownTitles.has(foldHeader(cell))) this.#title = { text: cell.trim(), line };
    return role !== null || this.#title === null;
  }

  #open(layout: Layout, columns: Columns, above: { text: string; line: number } | null, line: number): void {
    if (above !== null && columns.has("attended")) throw unknownSection(this.#file, above);
    const at = placesOf(columns);
    refuseTwice(columns, [at.join, at.leave, at.total, at.attended], { file: this.#file, line });
    this.#section = { layout, role: this.#role, at };
  }

  #readBlock(columns: Columns, { cells, line }: CsvRecord): void {
    this.#block = null;
    for (const which of blockTimes) this.#readTime(which, cells[columns.first(which)] ?? "", line);
    const email = hostEmailOf(cells[columns.first("email")] ?? "", cells[columns.first("host")] ?? "");
    if (email !== null) this.#visitor.hostEmail(email);
  }

  /** The date may hold a comma that nobody quoted, so all cells behind the label are read as one. */
  #readGenerated({ cells, line }: CsvRecord): void {
    const behind = cells.slice(cells.findIndex((cell) => cell.trim() !== "") + 1);
    this.#readTime("generated", behind.filter((cell) => cell.trim() !== "").join(","), line);
  }

  #readTime(which: BlockTime, text: string, line: number): void {
    const stamp = parseStamp(text);
    if (stamp !== null) this.#visitor.time(which, stamp, line, text);
  }
}

/** The host as the older generation writes it, in a column of its own, or as the newer does: `Name (address)`. */
export function hostEmailOf(email: string, host: string): string | null {
  return cleanEmail(email) ?? cleanEmail(/\(([^()\s]+)\)\s*$/.exec(host)?.[1] ?? "");
}

function isDigit(cell: string | undefined): boolean {
  return cell !== undefined && cell >= "0" && cell < ":";
}

/** In the meeting history the meeting's own columns stand before the person's and bear the same names. */
function placesOf(columns: Columns): Places {
  const times = columns.has("join") ? columns.first("join") : columns.first("total");
  const name = columns.all("name").findLast((at) => at < times) ?? columns.first("name");
  const email = columns.from("email", name);
  return {
    name,
    email,
    firstName: columns.first("firstName"),
    lastName: columns.first("lastName"),
    join: columns.first("join"),
    leave: columns.first("leave"),
    minutes: columns.from("minutes", name),
    total: columns.has("join") ? -1 : columns.first("total"),
    attended: columns.first("attended"),
    waiting: columns.first("waiting"),
    registered: columns.first("registered"),
    start: columns.first("start"),
    end: columns.first("end"),
    hostEmail: columns.first("email") === email ? -1 : columns.first("email"),
    host: columns.first("host"),
  };
}

function unknownSection(file: string, { text, line }: { text: string; line: number }): Fault {
  return new Fault(
    "section-unknown",
    `found the section \`${text}\`, expected \`Host Details\`, \`Panelist Details\`, \`Attendee Details\` or \`Other Attended\``,
    {
      place: { file, line },
      hints: [
        "export the report with Zoom set to English, or put the English title in this line: hosts and panelists must be told from participants",
      ],
    },
  );
}
