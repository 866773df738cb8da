import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Certificate, type Dump, dumpOf, renderingKey } from "./dump.js";

/*
 * What must be true whatever happened. Files are hashed here and the register is read by SQL, so that the program on trial
 * is no witness of its own.
 */

/** A folder at one moment. */
export interface State {
  /** path → hash of the bytes; the register and what goes with it left out */
  readonly files: ReadonlyMap<string, string>;
  readonly register: Dump | null;
}

const registerFiles = new Set(["lulus.db", "lulus.db-journal"]);
/** What is being written goes by such a name until it is whole. */
const draft = /(^|\/)\.lulus-unfinished|\.tmp(-journal)?$|\.unfinished$|^lulus\.db-journal$/;

export function stateOf(folder: string): State {
  return { files: filesOf(folder), register: dumpOf(join(folder, "lulus.db")) };
}

export function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    if (registerFiles.has(path)) continue;
    const stat = lstatSync(join(folder, path));
    if (stat.isDirectory()) continue;
    const content = stat.isFile() ? readFileSync(join(folder, path)) : "no file";
    files.set(path, createHash("sha256").update(content).digest("hex"));
  }
  return files;
}

/** How the last run has ended, for what may be left of it. */
export interface Moment {
  /** it said that the job is done */
  readonly isDone: boolean;
  /** nobody could tidy up */
  readonly wasKilled: boolean;
}

/**
 * Everything in a folder that must not be so.
 *
 * @param before as it was when the job was begun
 * @param after as a run that nothing disturbs leaves it
 */
export function violationsIn(folder: string, before: State, after: State, moment: Moment): string[] {
  let now: State;
  try {
    now = stateOf(folder);
  } catch (error) {
    return [`the register cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
  const names = readdirSync(folder);
  return [
    ...ofFiles(now, before, after, moment),
    ...(moment.wasKilled || !names.includes("lulus.db-journal") ? [] : ["I6: lulus.db-journal was left"]),
    ...ofRegister(now.register, before.register, after.register, moment),
    ...ofNumbers(now.register?.certificates ?? []),
    ...ofRenderings(now, before),
    ...(now.register?.breaks ?? []),
  ];
}

/** Whole or not at all, nothing besides, and at the end as without a fault. */
function* ofFiles(now: State, before: State, after: State, moment: Moment): Iterable<string> {
  for (const [path, hash] of now.files) {
    if (draft.test(path)) {
      if (!moment.wasKilled) yield `I6: ${path} was left`;
      continue;
    }
    const [was, shall] = [before.files.get(path), after.files.get(path)];
    if (was === undefined && shall === undefined) yield `I6: ${path} is none that should be there`;
    else if (moment.isDone && hash !== shall) yield `I5: ${path} is not as without a fault`;
    else if (hash !== was && hash !== shall) yield `${path} is neither whole nor as it was`;
  }
  for (const path of moment.isDone ? after.files.keys() : before.files.keys())
    if (!now.files.has(path) && after.files.has(path))
      yield `${moment.isDone ? "I7" : "lost"}: ${path} is missing`;
}

/** Nothing that was committed is lost, nothing is in it that does not belong, and at the end all of it is there. */
function* ofRegister(
  now: Dump | null,
  before: Dump | null,
  after: Dump | null,
  { isDone }: Moment,
): Iterable<string> {
  for (const [key, row] of now?.rows ?? []) {
    if (after?.rows.get(key) !== row)
      yield `the register has a row that no run without a fault has: ${shown(key)}`;
  }
  const owed = isDone ? after : before;
  for (const key of owed?.rows.keys() ?? [])
    if (!now?.rows.has(key)) yield `${isDone ? "I7" : "lost"}: the register lacks ${shown(key)}`;
  const planned = (dump: Dump | null) => dump?.certificates.length ?? 0;
  if (![planned(before), planned(after)].includes(planned(now)))
    yield `numbers were given to ${planned(now)} people: neither to none nor to all of the run`;
  if (isDone && now !== null && after !== null) yield* ofHistory(now.happened, after.happened);
}

function* ofHistory(now: readonly string[], after: readonly string[]): Iterable<string> {
  if (now.length !== after.length) yield `the log tells of ${now.length} happenings, not of ${after.length}`;
  const other = now.findIndex((entry, index) => entry !== after[index]);
  if (other >= 0) yield `the log tells "${now[other]}" instead of "${after[other]}"`;
}

function* ofNumbers(certificates: readonly Certificate[]): Iterable<string> {
  yield* twice(
    "I2: two live certificates of one person",
    certificates.filter((one) => !one.isWithdrawn).map((one) => one.holding),
  );
  yield* twice(
    "I3: a number twice",
    certificates.map((one) => one.number),
  );
  yield* twice(
    "I3: a running number twice",
    certificates.map((one) => `${one.counter} ${one.seq}`),
  );
  yield* twice(
    "an id twice",
    certificates.map((one) => one.cti),
  );
  yield* twice(
    "a file twice",
    certificates.map((one) => one.file.toLowerCase()),
  );
  const highest = new Map<string, { seq: number; count: number }>();
  for (const { counter, seq } of certificates) {
    const { seq: most = 0, count = 0 } = highest.get(counter) ?? {};
    highest.set(counter, { seq: Math.max(most, seq), count: count + 1 });
  }
  for (const [counter, { seq, count }] of highest)
    if (seq !== count) yield `I4: ${counter} has ${count} certificates up to number ${seq}`;
}

function* twice(what: string, values: readonly string[]): Iterable<string> {
  const seen = new Set<string>();
  for (const value of values) {
    if (seen.has(value)) yield `${what}: ${value}`;
    seen.add(value);
  }
}

/** What is recorded has its file, unless it was damaged before the job; what has a file was recorded. */
function* ofRenderings({ files, register }: State, before: State): Iterable<string> {
  const known = new Set<string>();
  for (const { id, number, file, sha256 } of register?.certificates ?? []) {
    const path = `certificates/${file}`;
    known.add(path);
    const found = files.get(path);
    const wasDamaged = before.register?.rows.has(renderingKey(id)) && found === before.files.get(path);
    if (sha256 !== null && found !== sha256 && !wasDamaged)
      yield `I1: ${number} counts as rendered, and its file is ${found === undefined ? "missing" : "another"}`;
  }
  for (const path of files.keys())
    if (path.endsWith(".pdf") && !draft.test(path) && !known.has(path) && !before.files.has(path))
      yield `${path} is of a number that nobody has committed`;
}

function shown(key: string): string {
  const [table = "", ...values] = key.split(" ");
  return `${table} ${values.map((hex) => Buffer.from(hex, "hex").toString("utf8").slice(0, 40)).join(" ")}`;
}
