import { createReadStream, readdirSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { Fault, Faults } from "../../model/fault.js";
import type { AttendanceRow } from "../../model/row.js";
import { readAttendance } from "../../read/attendance.js";
import { readQuiz } from "../../read/quiz.js";
import { topicOf } from "../../read/topic.js";
import { type FolderFile, namedFiles } from "../files.js";
import { type DraftSession, proposedSessions } from "./session.js";

/** What lies in a folder that is to become an event's. Paths are relative to it, with forward slashes. */
export interface Finds {
  readonly attendance: readonly string[];
  readonly quizzes: readonly string[];
  /** tables that are neither */
  readonly unknown: readonly string[];
  readonly title: string | null;
  /** as the attendance shows them; empty where it shows none */
  readonly sessions: readonly DraftSession[];
  /** dates that can be read in two ways: the person has to say when the sessions were */
  readonly isDateOpen: boolean;
}

/** Named by the person, so that they are not looked for. */
export interface Named {
  readonly attendance: readonly string[];
  readonly quizzes: readonly string[];
}

const folders = [".", "attendance", "quiz", "inputs"];
const tables = /\.(?:csv|tsv|xlsx|zip)$/i;
/** Whoever starts lulus in a full folder of downloads should not wait for all of it. */
const MOST = 40;

/**
 * Looks at the tables of the folder, or at those that are named, and tells what they are by what is in them.
 *
 * @throws Fault for a named file that is not there or not what it is named for
 */
export async function find(dir: string, named: Named, timezone: string): Promise<Finds> {
  const isNamed = named.attendance.length + named.quizzes.length > 0;
  const rows: AttendanceRow[] = [];
  const found = { attendance: [] as string[], quizzes: [] as string[], unknown: [] as string[] };
  let isDateOpen = false;
  let title: string | null = null;
  for (const file of isNamed
    ? named.attendance.flatMap(namedFiles).map((path) => given(dir, path))
    : looseFiles(dir)) {
    const attended = await tried(() =>
      readAttendance(file, { ...plain(timezone), session: null }, (row) => rows.push(row)),
    );
    if (attended === "ok" || attended.code === "date-order-ambiguous") {
      found.attendance.push(file.path);
      isDateOpen ||= attended !== "ok";
      title ??= await topicOf(file);
    } else if (isNamed) throw attended;
    else (await isQuiz(file, timezone)) ? found.quizzes.push(file.path) : found.unknown.push(file.path);
  }
  for (const path of named.quizzes.flatMap(namedFiles)) {
    const file = given(dir, path);
    if (!(await isQuiz(file, timezone))) throw notAQuiz(file.path);
    found.quizzes.push(file.path);
  }
  return { ...found, title, sessions: isDateOpen ? [] : proposedSessions(rows, timezone), isDateOpen };
}

function looseFiles(dir: string): FolderFile[] {
  return folders
    .flatMap((folder) => {
      const path = join(dir, folder);
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return [];
      return readdirSync(path)
        .filter((name) => tables.test(name) && !name.startsWith("."))
        .sort()
        .map((name) => join(path, name));
    })
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile())
    .slice(0, MOST)
    .map((path) => fileAt(dir, path));
}

/** Named from where the person is, kept as the event file needs it. */
function given(dir: string, path: string): FolderFile {
  const file = resolve(path);
  if (statSync(file, { throwIfNoEntry: false })?.isFile()) return fileAt(dir, file);
  throw new Fault("input-missing", `there is no file "${path}"`);
}

function fileAt(dir: string, path: string): FolderFile {
  const { size } = statSync(path);
  return { path: relative(dir, path).split(sep).join("/"), size, open: () => createReadStream(path) };
}

const plain = (timezone: string) => ({ timezone, dateOrder: null, format: null, sheet: null, sessions: [] });

/** Scores whose maximum or date order has yet to be said are scores all the same. */
async function isQuiz(file: FolderFile, timezone: string): Promise<boolean> {
  const how = { ...plain(timezone), quiz: "post-test", max: null, columns: null };
  const outcome = await tried(() => readQuiz(file, how, () => {}));
  return outcome === "ok" || ["date-order-ambiguous", "quiz-max-missing"].includes(outcome.code);
}

async function tried(read: () => Promise<unknown>): Promise<"ok" | Fault> {
  try {
    await read();
    return "ok";
  } catch (error) {
    const [first] = error instanceof Faults ? error.faults : [error];
    if (first instanceof Fault) return first;
    throw error;
  }
}

function notAQuiz(path: string): Fault {
  return new Fault("format-unknown", "it is not recognised as an export of scores", {
    place: { file: path },
    hints: ["leave `--quiz` out, and name the columns in event.yaml as docs/inputs.md shows"],
  });
}
