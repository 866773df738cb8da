import { jsonColumns, type LineOf, linesSchema } from "./lines.js";
import { Log } from "./log.js";
import { type Subject, subjectOf } from "./sealed.js";
import { damaged, type Store } from "./store.js";
import { detailOf, type LogRow, logPages, rowsOf } from "./walk.js";

/**
 * A register as JSON Lines, one object a line, in the order in which things happened: each entry of the log with the
 * row that it entered, and before a batch the contents that it needs. The same register gives the same bytes, and a
 * register that went on gives the same lines and more, so that the file does well under version control.
 *
 * @throws Fault if the register tells of something that it does not hold
 */
export function* exportLines(store: Store): Iterable<string> {
  yield line({ schema: linesSchema });
  const given = new Set<string>();
  for (const page of logPages(store, 0)) {
    const subjects = page.map((entry) => subjectOf(entry.kind, entry.certificate, detailOf(entry)));
    const rowOf = rowsOf(
      store,
      subjects.filter((subject) => subject !== null),
    );
    for (const [index, entry] of page.entries()) {
      const subject = subjects[index] ?? null;
      const row = subject === null || !enters(entry, subject) ? null : asObject(rowOf(subject), entry, store);
      if (subject?.table === "batch" && row !== null) yield* contents(row, given, store);
      yield line(entryLine(entry, row));
    }
  }
  const { size, head } = new Log(store, () => new Date(0)).head();
  yield line({ size, head });
}

/** Whether an entry brings its row; one that seals a row of old days brings it only where nothing else did. */
function enters({ kind }: LogRow, { table }: Subject): boolean {
  return kind !== "sealed" || table === "issuer_key" || table === "badge";
}

function asObject(row: unknown, { id }: LogRow, store: Store): Record<string, unknown> {
  if (typeof row === "object" && row !== null) return { ...row };
  throw damaged(`entry ${id} of the log tells of a row that is missing`, store.path);
}

function* contents(batch: Record<string, unknown>, given: Set<string>, store: Store): Iterable<string> {
  const { files, shared } = JSON.parse(String(batch.template)) as {
    files: Record<string, string>;
    shared?: string;
  };
  const hashes = [...Object.values(files), ...(shared === undefined ? [] : [shared])];
  for (const hash of [...new Set(hashes)].sort()) {
    if (given.has(hash)) continue;
    given.add(hash);
    const bytes = store.scalar("SELECT bytes FROM blob WHERE sha256 = ?", hash);
    if (bytes === undefined) throw damaged(`content ${hash.slice(0, 12)}… is missing`, store.path);
    yield line({ content: hash, base64: Buffer.from(bytes as Uint8Array).toString("base64") });
  }
}

function entryLine(
  { id, at, kind, certificate, detail, hash }: LogRow,
  row: Record<string, unknown> | null,
): LineOf["entry"] {
  return {
    ...{ entry: id, at, kind },
    ...(certificate === null ? {} : { certificate }),
    detail: legible(detail),
    ...(row === null ? {} : { row: legibleRow(row) }),
    hash,
  };
}

function legibleRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(row).map(([column, value]) => [
      column,
      typeof value === "string" && jsonColumns.has(column) ? legible(value) : value,
    ]),
  );
}

/** JSON inside a column is written as such where that gives back the same text, so that a difference can be read. */
function legible(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === "object" && value !== null;
    return isObject && JSON.stringify(value) === text ? value : text;
  } catch {
    return text;
  }
}

function line(value: LineOf[keyof LineOf]): string {
  return `${JSON.stringify(value)}\n`;
}
