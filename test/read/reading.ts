import { Fault, Faults, type Warning } from "../../src/model/fault.js";
import { toNumber } from "../../src/model/fraction.js";
import type { AttendanceRow, PresenceRow, QuizRow, RosterRow } from "../../src/model/row.js";
import { AnswerSheets, type AnswersOptions } from "../../src/read/answers.js";
import { type AttendanceOptions, readAttendance } from "../../src/read/attendance.js";
import { type PresenceOptions, readPresence, readRoster } from "../../src/read/form.js";
import type { InputFile, Reading } from "../../src/read/input.js";
import { parseKey } from "../../src/read/key.js";
import { type QuizOptions, readQuiz } from "../../src/read/quiz.js";
import type { NamedColumns } from "../../src/read/table.js";

/** A file that exists only here, handed over in chunks of so many bytes. */
export function fileOf(content: string | Uint8Array, path = "a.csv", chunk = 65_536): InputFile {
  const bytes = Buffer.from(content);
  return {
    path,
    async *open() {
      for (let at = 0; at < bytes.length; at += chunk) yield bytes.subarray(at, at + chunk);
    },
  };
}

/** Seconds since 1970 of an ISO date and time with offset. */
export function at(iso: string): number {
  return Date.parse(iso) / 1000;
}

export const jakarta: AttendanceOptions = {
  timezone: "Asia/Jakarta",
  dateOrder: null,
  session: null,
  sessions: [{ id: "main", start: at("2026-09-24T08:30:00+07:00"), end: at("2026-09-24T11:30:00+07:00") }],
  format: null,
  sheet: null,
};

export async function attendanceOf(
  content: string | Uint8Array | InputFile,
  how: Partial<AttendanceOptions> = {},
): Promise<Reading & { rows: AttendanceRow[] }> {
  const rows: AttendanceRow[] = [];
  const file = typeof content === "object" && "open" in content ? content : fileOf(content);
  const reading = await readAttendance(file, { ...jakarta, ...how }, (row) => rows.push(row));
  return { ...reading, rows };
}

/** The faults that reading ends with; fails if it ends well or with anything else. */
export async function faultsOf(reading: Promise<unknown>): Promise<readonly Fault[]> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof Fault) return [error];
    if (error instanceof Faults) return error.faults;
    throw error;
  }
  throw new Error("expected a fault");
}

/** A row in one line, for comparing: who, how, when. */
export function spoken(row: AttendanceRow): string {
  const time = (epoch: number | null) =>
    epoch === null ? "?" : new Date(epoch * 1000 + 7 * 3_600_000).toISOString().slice(0, 19);
  const stay =
    row.kind === "connection"
      ? `${time(row.join)}/${time(row.leave)}`
      : row.kind === "total"
        ? `${row.seconds}s`
        : "absent";
  return `${row.who.name} <${row.who.email ?? ""}> ${row.role} ${stay}`;
}

export async function quizOf(
  content: string | Uint8Array,
  how: Partial<QuizOptions> = {},
): Promise<Reading & { rows: QuizRow[] }> {
  const rows: QuizRow[] = [];
  const asked = { quiz: "post-test", max: null, columns: null, ...jakarta, ...how };
  return { ...(await readQuiz(fileOf(content, "q.csv"), asked, (row) => rows.push(row))), rows };
}

/** One quiz of files with answers, scored by a key; `null` score: known, and no attempt. */
export async function answersOf(
  key: string,
  files: readonly (string | Uint8Array)[],
  how: Partial<AnswersOptions> = {},
): Promise<{ rows: QuizRow[]; readings: Reading[]; warnings: Warning[] }> {
  const sheets = new AnswerSheets("post-test", parseKey(key, "key.yaml"));
  const readings: Reading[] = [];
  for (const [index, content] of files.entries()) {
    readings.push(
      await sheets.read(fileOf(content, `poll-${index + 1}.csv`), { columns: null, ...jakarta, ...how }),
    );
  }
  const rows: QuizRow[] = [];
  const said = sheets.finish((row) => rows.push(row));
  return { rows, readings, warnings: [...readings.flatMap(({ warnings }) => warnings), ...said] };
}

export async function presenceOf(
  content: string | Uint8Array,
  how: Partial<PresenceOptions> = {},
): Promise<Reading & { rows: PresenceRow[] }> {
  const rows: PresenceRow[] = [];
  const asked = { form: "awal", columns: null, ...jakarta, ...how };
  return { ...(await readPresence(fileOf(content, "p.csv"), asked, (row) => rows.push(row))), rows };
}

export async function rosterOf(
  content: string | Uint8Array,
  columns: NamedColumns | null = null,
  sheet: string | null = null,
): Promise<Reading & { rows: RosterRow[] }> {
  const rows: RosterRow[] = [];
  const reading = await readRoster(fileOf(content, "r.csv"), { list: "roster", columns, sheet }, (row) =>
    rows.push(row),
  );
  return { ...reading, rows };
}

/** An answer in one line: who, with how many points of how many. */
export function spokenScore({ who, score }: QuizRow): string {
  const points = score === null ? "-" : `${toNumber(score.points)}/${toNumber(score.max)}`;
  return `${who.name} <${who.email ?? ""}> ${points}`;
}

/** Who a row is about, in one line, with what a list says besides. */
export function spokenPerson({ who, ...more }: PresenceRow | RosterRow): string {
  const typed = who.typedEmail == null ? "" : ` (${who.typedEmail})`;
  const listed = "institution" in more ? ` ${more.institution ?? "-"} ${more.role ?? "-"}` : "";
  const time =
    "at" in more && more.at !== null
      ? ` ${new Date(more.at * 1000 + 7 * 3_600_000).toISOString().slice(0, 19)}`
      : "";
  return `${who.name} <${who.email ?? ""}>${typed} ${who.nip ?? "-"}${listed}${time}`;
}
