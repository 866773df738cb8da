import { match } from "../src/match/match.js";
import { Personas } from "../src/match/persona.js";
import { fromNumber } from "../src/model/fraction.js";
import type { AttendanceRow, Identity, PresenceRow, QuizRow, Role, RosterRow } from "../src/model/row.js";
import type { Ruling } from "../src/model/ruling.js";

/** Rows as the reading stage would give them, with only what a test cares about. */

let line = 0;
const source = (file: string) => ({ file, line: ++line });

type Who = Partial<Identity> | string;

function identity(who: Who): Identity {
  if (typeof who !== "string") return { name: "", email: null, nip: null, ...who };
  const [name = "", email] = who.split(" <");
  return { name, email: email === undefined ? null : email.replace(">", ""), nip: null };
}

/** In minutes of a session that runs from 0 to 180. */
export function came(who: Who, from: number, until: number, role: Role = "participant"): AttendanceRow {
  return {
    kind: "connection",
    who: identity(who),
    role,
    session: null,
    join: Math.round(from * 60),
    leave: Math.round(until * 60),
    source: source("zoom.csv"),
  };
}

export function absent(who: Who): AttendanceRow {
  return {
    kind: "absent",
    who: identity(who),
    role: "participant",
    session: null,
    source: source("zoom.csv"),
  };
}

export function total(who: Who, minutes: number): AttendanceRow {
  return {
    kind: "total",
    who: identity(who),
    role: "participant",
    session: null,
    seconds: minutes * 60,
    source: source("zoom.csv"),
  };
}

export function scored(who: Who, points: number | null, max = 10, at: number | null = null): QuizRow {
  const score = points === null ? null : { points: fromNumber(points), max: fromNumber(max) };
  return { quiz: "post-test", who: identity(who), score, at, source: source("quiz.csv") };
}

export function signed(who: Who, form: string): PresenceRow {
  return { form, who: identity(who), at: null, source: source(`${form}.csv`) };
}

export function listed(who: Who, more: Partial<Omit<RosterRow, "who">> = {}): RosterRow {
  return {
    list: "roster",
    who: identity(who),
    institution: null,
    role: null,
    source: source("roster.csv"),
    ...more,
  };
}

export type Row = AttendanceRow | QuizRow | PresenceRow | RosterRow;

/** Everything matching makes of the rows, whatever they are. */
export function matched(...rows: readonly Row[]) {
  return matchedUnder([], ...rows);
}

/** The same with rulings of the organiser. */
export function matchedUnder(rulings: readonly Ruling[], ...rows: readonly Row[]) {
  const personas = new Personas();
  for (const row of rows) {
    if ("kind" in row) personas.addAttendance(row);
    else if ("quiz" in row) personas.addQuiz(row);
    else if ("form" in row) personas.addPresence(row);
    else personas.addRoster(row);
  }
  return match(personas, rulings);
}
