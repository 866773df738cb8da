import type { Fraction } from "./fraction.js";

/** One line of an input file; `file` is relative to `event.yaml` with forward slashes. */
export interface Source {
  readonly file: string;
  readonly line: number;
}

/** Half-open stretch of time in whole seconds since 1970-01-01T00:00:00Z. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** How a person stands in a webinar as the platform lists them. A roster may say other words. */
export type Role = "participant" | "panelist" | "host";

/**
 * Who a row says it is about. Nothing here has been compared with anything:
 * `name` is as written but for control characters and outer blanks, `""` where there is none;
 * `email` is trimmed and lower case, `null` unless it is one plain address;
 * `registered` is the name given at registration, where it stands beside another that the platform displays;
 * `typedEmail` is an address the person typed into a form beside the collected one;
 * `nip` is the digits of a civil servant's number or another id column as text.
 */
export interface Identity {
  readonly name: string;
  readonly registered?: string | undefined;
  readonly email: string | null;
  readonly typedEmail?: string | null | undefined;
  readonly nip: string | null;
}

/**
 * What one row of an attendance export says.
 *
 * - `connection`: joined at `join`, left at `leave` (seconds since 1970 UTC). `leave: null`: still connected
 *   when the file was made, and the file does not say when that was.
 * - `total`: only a sum is known, `seconds` as the export gives it.
 * - `unreadable`: there is a row, and nobody can tell from it how long; as much or as little as can be.
 * - `absent`: registered and did not come, or the row counts for nothing (waiting room); the person is known all the same.
 *
 * `session`: the session the organiser tied the file to, else `null` (any session the time falls in).
 */
export type AttendanceRow = {
  readonly who: Identity;
  readonly role: Role;
  readonly session: string | null;
  readonly source: Source;
} & (
  | { readonly kind: "connection"; readonly join: number; readonly leave: number | null }
  | { readonly kind: "total"; readonly seconds: number }
  | { readonly kind: "unreadable" }
  | { readonly kind: "absent" }
);

/** Points out of a maximum, both exact, as the row says them. */
export interface Score {
  readonly points: Fraction;
  readonly max: Fraction;
}

/**
 * One answer to a quiz. `score: null`: opened but not an attempt (unfinished, `-`), or, if `isUnreadable`, an attempt
 * whose score nobody can tell: nothing or everything. `at`: seconds since 1970, if stated.
 */
export interface QuizRow {
  readonly quiz: string;
  readonly who: Identity;
  readonly score: Score | null;
  readonly isUnreadable?: true;
  readonly at: number | null;
  readonly source: Source;
}

/** One answer to a form that proves presence. */
export interface PresenceRow {
  readonly form: string;
  readonly who: Identity;
  readonly at: number | null;
  readonly source: Source;
}

/** One line of the organiser's own list: what to print about a person. */
export interface RosterRow {
  readonly list: "roster" | "registration";
  readonly who: Identity;
  readonly institution: string | null;
  readonly role: string | null;
  readonly source: Source;
}

/** Everything that was read, and what it was taken for. */
export interface Rows {
  readonly attendance: readonly AttendanceRow[];
  readonly quizzes: readonly QuizRow[];
  readonly presence: readonly PresenceRow[];
  readonly roster: readonly RosterRow[];
}

/** What one input file was taken for; said in every report. */
export interface InputSummary {
  /** relative to `event.yaml`, forward slashes */
  readonly path: string;
  /** hex, of the bytes as they are */
  readonly sha256: string;
  /** a name from the tables of formats, e.g. `zoom-webinar-attendees` */
  readonly format: string;
  readonly encoding: "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be" | "windows-1252" | "xlsx";
  /** `null` in a workbook, whose cells nothing separates */
  readonly delimiter: "," | ";" | "\t" | null;
  /** of a workbook, the sheet that was read */
  readonly sheet: string | null;
  /** `null` where no date of the file can be read in two ways */
  readonly dateOrder: DateOrder | null;
  /** one sentence: what settled the date order */
  readonly dateOrderBecause: string | null;
  /** rows that say something about a person */
  readonly rows: number;
  /** rows passed over, with the reason of each kind */
  readonly skipped: number;
  readonly skippedBecause: Readonly<Record<string, number>>;
  /** different people as far as this file alone can tell (address, else name) */
  readonly people: number;
  /** path of an earlier input with the same bytes; this one then counts nothing */
  readonly duplicateOf: string | null;
}

export type DateOrder = "dmy" | "mdy" | "ymd";
