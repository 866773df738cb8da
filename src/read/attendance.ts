import { Fault } from "../model/fault.js";
import type { AttendanceRow, DateOrder, Identity, Interval, Role, Source } from "../model/row.js";
import { isNothing } from "./clean.js";
import { parseStamp, type Stamp } from "./date.js";
import { inSheet } from "./grid.js";
import { Identities, type IdentityCells, isNobody } from "./identity.js";
import type { InputFile, Reading } from "./input.js";
import { Instants } from "./instant.js";
import { type Header, recognise } from "./layout.js";
import { openInput } from "./open.js";
import { type BlockTime, DateEvidence } from "./order.js";
import type { CsvRecord } from "./records.js";
import { namesNobody, Tally } from "./tally.js";
import { hostEmailOf, type Section, type Visitor, Walk } from "./walk.js";
import { no, yes } from "./word.js";
import { Zone } from "./zone.js";
import { attendanceAccepted, attendanceHints, attendanceLayouts } from "./zoom.js";

export interface AttendanceOptions {
  /** of the times in the file */
  readonly timezone: string;
  readonly dateOrder: DateOrder | null;
  /** the session that all rows of the file belong to, where the organiser says so */
  readonly session: string | null;
  readonly sessions: readonly (Interval & { readonly id: string })[];
  /** the name of a layout, where recognising should not be left to the file */
  readonly format: string | null;
  /** the sheet of a workbook, where several could be meant */
  readonly sheet: string | null;
}

/** Rows of one shape are enough to see that no date can be read in two ways; a later one that can is an error. */
const enoughRows = 10_000;

/** Reads one export of attendance, row by row; memory does not grow with the rows. Rows may have gone to `sink` before a fault is thrown. */
export async function readAttendance(
  file: InputFile,
  how: AttendanceOptions,
  sink: (row: AttendanceRow) => void,
): Promise<Reading> {
  const input = await openInput(file, how.sheet);
  const expected = {
    layouts: attendanceLayouts,
    format: how.format,
    accepted: attendanceAccepted,
    hints: attendanceHints,
  };
  const header = await recognise(input, expected);
  return inSheet(header.grid, () => readRows(header, how, sink));
}

async function readRows(
  { grid, layout }: Header,
  how: AttendanceOptions,
  sink: (row: AttendanceRow) => void,
): Promise<Reading> {
  const { path } = grid;
  const zone = new Zone(how.timezone);
  const survey = new Survey();
  const surveying = new Walk(path, attendanceLayouts, survey);
  const look = (record: CsvRecord) => {
    surveying.visit(record);
    return survey.isDone ? ("stop" as const) : undefined;
  };
  if (how.dateOrder === null) await grid.each(look, () => {});
  if (grid.sheet !== null) survey.evidence.refuseHalfTurned(path, how.dateOrder);
  const dates = survey.evidence.decide(path, how.dateOrder, how.sessions, zone);

  const tally = new Tally(grid);
  const rows = new AttendanceRows(tally, new Instants(path, dates, zone), how, sink);
  const walk = new Walk(path, attendanceLayouts, rows);
  await grid.each(
    (record) => void walk.visit(record),
    (fault) => tally.fault(fault),
  );
  rows.warn();
  return tally.finish(layout.format, dates);
}

/** The first pass: only looks at dates. */
class Survey implements Visitor {
  readonly evidence = new DateEvidence();
  #rows = 0;

  get isDone(): boolean {
    return this.evidence.isSettled || (this.#rows >= enoughRows && !this.evidence.hasAmbiguous);
  }

  row({ cells, line }: CsvRecord, { at, layout }: Section, join: Stamp | null): void {
    this.#rows += 1;
    this.#see(join, cells[at.leave] ?? "", cells[at.join] ?? "", line);
    const registered = cells[at.registered] ?? "";
    if (registered !== "") this.evidence.see(parseStamp(registered), line, registered, false);
    if (layout.format === "zoom-history") {
      const start = cells[at.start] ?? "";
      this.#see(parseStamp(start), cells[at.end] ?? "", start, line);
    }
  }

  time(...seen: Parameters<DateEvidence["seeBlock"]>): void {
    this.evidence.seeBlock(...seen);
  }

  hostEmail(): void {}

  #see(from: Stamp | null, endCell: string, text: string, line: number): void {
    const to = parseStamp(endCell);
    this.evidence.see(from, line, text);
    this.evidence.see(to, line, endCell);
    this.evidence.seeSpan(from, to, line, text);
  }
}

type Stay =
  | { readonly kind: "connection"; readonly join: number; readonly leave: number | null }
  | { readonly kind: "total"; readonly seconds: number }
  | { readonly kind: "unreadable" }
  | { readonly kind: "absent" };

const absent: Stay = { kind: "absent" };
const unreadable: Stay = { kind: "unreadable" };
const saysNo = new Set(no);
const saysYes = new Set(yes);

/** The second pass: turns records into rows. */
class AttendanceRows implements Visitor {
  readonly #tally: Tally;
  readonly #instants: Instants;
  readonly #how: AttendanceOptions;
  readonly #sink: (row: AttendanceRow) => void;
  readonly #identities: Identities;
  readonly #hosts = new Set<string>();
  /** when the file was made, if it says so: those who were still there are counted until then */
  #generated: number | null = null;
  /** of the meeting that the file is about, if it says so */
  readonly #meeting: { start: number | null; end: number | null } = { start: null, end: null };
  #hasTotals = false;
  #hasOutside = false;
  #hasInside = false;

  constructor(tally: Tally, instants: Instants, how: AttendanceOptions, sink: (row: AttendanceRow) => void) {
    this.#tally = tally;
    this.#instants = instants;
    this.#how = how;
    this.#sink = sink;
    this.#identities = new Identities(tally);
  }

  time(which: BlockTime, stamp: Stamp, line: number, text: string): void {
    if (!this.#instants.canRead(stamp)) return;
    const epoch = this.#instants.epochOf(stamp, line, text);
    if (which === "generated") this.#generated = epoch;
    else this.#meeting[which] = epoch;
  }

  hostEmail(email: string): void {
    this.#hosts.add(email);
  }

  row(record: CsvRecord, section: Section, join: Stamp | null): void {
    const { cells, line } = record;
    if (section.layout.format === "zoom-history" && this.#isElsewhere(record, section, join)) {
      this.#tally.skip("of a meeting that meets no session of the event");
      return;
    }
    const read = this.#stay(record, section, join);
    const { stay, session } =
      read.kind === "total" ? this.#tied(read, record, section) : { stay: read, session: this.#how.session };
    const who = this.#identities.of(identityCells(cells, section), line);
    if (isNobody(who)) {
      this.#tally.skip(namesNobody);
      return;
    }
    const source: Source = { file: this.#tally.file, line };
    this.#tally.row();
    if (stay.kind === "connection") this.#place(stay);
    this.#sink({ who, role: this.#role(who, cells, section), session, source, ...stay });
  }

  /** A sum has no times of its own: it belongs to the session in which its meeting was, or to none. */
  #tied(stay: Stay, { cells, line }: CsvRecord, { at }: Section): { stay: Stay; session: string | null } {
    const { session, sessions } = this.#how;
    const stated = (where: number) => {
      const stamp = parseStamp(cells[where] ?? "");
      return stamp === null ? null : this.#instants.epochOf(stamp, line, cells[where] ?? "");
    };
    const start = stated(at.start) ?? this.#meeting.start;
    const end = stated(at.end) ?? this.#meeting.end;
    if (session !== null || start === null || end === null || sessions.length === 0) return { stay, session };
    const met = sessions.filter((each) => start < each.end && Math.max(end, start + 1) > each.start);
    if (met.length === 0) this.#hasOutside = true;
    else this.#hasInside = true;
    const [only] = met;
    if (only === undefined) return { stay: absent, session };
    return { stay, session: met.length === 1 ? only.id : null };
  }

  /** To be called when all rows are read. */
  warn(): void {
    if (!this.#hasOutside || this.#hasInside) return;
    this.#tally.warn(
      "outside-sessions",
      "no row falls on a session of the event: is it another day's export, or in another time zone (`timezone`) or date order (`date_order`)?",
    );
  }

  #place({ join, leave }: { join: number; leave: number | null }): void {
    if (this.#hasInside) return;
    const { sessions } = this.#how;
    // nobody can tell until when somebody stayed who is still connected
    const end = leave ?? Number.POSITIVE_INFINITY;
    if (sessions.length === 0 || sessions.some((session) => join < session.end && end > session.start))
      this.#hasInside = true;
    else this.#hasOutside = true;
  }

  #role({ email }: Identity, cells: readonly string[], { role, at, layout }: Section): Role {
    if (role !== "participant" || email === null) return role;
    if (this.#hosts.has(email)) return "host";
    if (layout.format !== "zoom-history") return role;
    return hostEmailOf(cells[at.hostEmail] ?? "", cells[at.host] ?? "") === email ? "host" : role;
  }

  #stay(record: CsvRecord, section: Section, join: Stamp | null): Stay {
    const { cells } = record;
    const { at } = section;
    const attended = fold(cells[at.attended]);
    if (saysNo.has(attended) || saysYes.has(fold(cells[at.waiting]))) return absent;
    if (at.total >= 0) return this.#total(record, at.total);
    if (join !== null) return this.#connection(record, at.join, at.leave, join);
    const isBlank = isNothing(cells[at.join] ?? "") && isNothing(cells[at.leave] ?? "");
    // a list without `Attended` lists only who came: a row that ends after the name was cut off
    const isCut = at.attended < 0 && isNothing(cells[at.minutes] ?? "");
    if (isBlank && !isCut && !saysYes.has(attended) && isZero(cells[at.minutes])) return absent;
    return this.#unreadable(record, at.join, "a date and time of joining");
  }

  #total(record: CsvRecord, at: number): Stay {
    if (!this.#hasTotals) {
      this.#hasTotals = true;
      this.#tally.warn(
        "totals-only",
        "the file has totals without times, so overlapping connections cannot be told apart; export it with unique users unticked",
      );
    }
    const cell = (record.cells[at] ?? "").trim();
    if (/^\d{1,6}(?:[.,]\d{1,6})?$/.test(cell)) {
      return { kind: "total", seconds: Math.round(Number(cell.replace(",", ".")) * 60) };
    }
    if (isNothing(cell)) return absent;
    return this.#unreadable(record, at, "a number of minutes");
  }

  #connection(record: CsvRecord, joinAt: number, leaveAt: number, joined: Stamp): Stay {
    const { cells, line } = record;
    if (joined.seconds === null) return this.#unreadable(record, joinAt, "a date and time of joining");
    const join = this.#instants.epochOf(joined, line, cells[joinAt] ?? "");
    const cell = cells[leaveAt] ?? "";
    if (isNothing(cell)) return this.#stillThere(join, line);
    const left = parseStamp(cell);
    if (left === null || left.seconds === null)
      return this.#unreadable(record, leaveAt, "a date and time of leaving");
    const leave = this.#instants.epochOf(left, line, cell);
    if (leave >= join) return { kind: "connection", join, leave };
    // In the hour that autumn repeats a clock shows an earlier time for a later moment.
    const later = this.#instants.epochOf(left, line, cell, "later");
    if (later >= join) return { kind: "connection", join, leave: later };
    return this.#unreadable(
      record,
      leaveAt,
      `a time of leaving after that of joining, \`${(cells[joinAt] ?? "").trim()}\``,
    );
  }

  #stillThere(join: number, line: number): Stay {
    const leave = this.#generated === null ? null : Math.max(join, this.#generated);
    const counted = leave === null ? "and nothing says until when" : "and counted until the file was made";
    this.#tally.warn(
      "still-connected",
      `no time of leaving: still connected when the file was made, ${counted}`,
      line,
    );
    return { kind: "connection", join, leave };
  }

  #isElsewhere({ cells, line }: CsvRecord, { at }: Section, join: Stamp | null): boolean {
    const { sessions } = this.#how;
    const from = parseStamp(cells[at.start] ?? "") ?? join;
    const to = parseStamp(cells[at.end] ?? "") ?? parseStamp(cells[at.leave] ?? "") ?? from;
    if (sessions.length === 0 || from === null || to === null) return false;
    const start = this.#instants.epochOf(from, line, cells[at.start] ?? "");
    const end = this.#instants.epochOf(to, line, cells[at.end] ?? "");
    return !sessions.some((session) => start < session.end && Math.max(end, start + 1) > session.start);
  }

  /** Somebody was there, and nobody can tell how long: that is for this person to be reviewed, and stops no other. */
  #unreadable(record: CsvRecord, at: number, expected: string): Stay {
    const found = (record.cells[at] ?? "").trim().slice(0, 60);
    const fault = new Fault("row-unreadable", `found \`${found}\`, expected ${expected}`, {
      place: at < 0 ? { file: this.#tally.file, line: record.line } : record.placeOf(at),
      hints: ["a spreadsheet may have changed the file: export it again and leave it as it is"],
    });
    this.#tally.unreadable(fault, "how long this person was there is left open");
    return unreadable;
  }
}

/** A display name may be anybody's telephone; what was typed at registration stands beside it. */
function identityCells(cells: readonly string[], { at }: Section): IdentityCells {
  const name = cells[at.name] ?? "";
  const email = at.email === at.name ? "" : (cells[at.email] ?? "");
  if (at.firstName < 0 && at.lastName < 0) return { name, email };
  const registered = `${(cells[at.firstName] ?? "").trim()} ${(cells[at.lastName] ?? "").trim()}`.trim();
  return name.trim() === "" ? { name: registered, email } : { name, email, registered };
}

function isZero(cell: string | undefined): boolean {
  return isNothing(cell ?? "") || cell?.trim() === "0";
}

function fold(cell: string | undefined): string {
  return cell === undefined ? "" : cell.trim().toLowerCase();
}
