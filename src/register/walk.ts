import { chainHash, genesis } from "./chain.js";
import { type Finding, finding } from "./finding.js";
import { keyColumn, rowHash, type SealedTable, type Subject, sealedColumns, subjectOf } from "./sealed.js";
import type { Store } from "./store.js";

/** An entry of the log as it lies in the register, with the id (hex) and number of the certificate it is about. */
export interface LogRow {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  readonly certificate: number | null;
  readonly detail: string;
  readonly hash: string;
  readonly cti: string | null;
  readonly number: string | null;
}

const PAGE = 1000;

/** The log from behind its first `after` entries, in pages, so that memory does not grow with it. */
export function* logPages(store: Store, after: number): Iterable<readonly LogRow[]> {
  const query = `SELECT l.id, l.at, l.kind, l.certificate, l.detail, l.hash, c.cti, c.number
    FROM log l LEFT JOIN certificate c ON c.id = l.certificate WHERE l.id > ? ORDER BY l.id LIMIT ${PAGE}`;
  for (let last = after; ; ) {
    const rows = store.all(query, last) as LogRow[];
    yield rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1)?.id ?? last;
  }
}

/** The rows that the entries of a page are about, by table and key. */
export function rowsOf(store: Store, subjects: readonly Subject[]): (subject: Subject) => unknown {
  const found = new Map<string, unknown>();
  for (const table of Object.keys(sealedColumns) as SealedTable[]) {
    const keys = subjects.filter((subject) => subject.table === table).map(({ key }) => key);
    if (keys.length === 0) continue;
    const column = keyColumn[table];
    const query = `SELECT * FROM ${table} WHERE ${column} IN (SELECT value FROM json_each(?))`;
    for (const row of store.all(query, JSON.stringify(keys)))
      found.set(`${table} ${String(Object(row)[column])}`, row);
  }
  return ({ table, key }) => found.get(`${table} ${key}`);
}

/** What an entry says of itself; an empty object where it is not legible. */
export function detailOf({ detail }: Pick<LogRow, "detail">): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(detail);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/**
 * Follows the log: each entry by its hash and the hash before, and the row that it is about by the row's hash.
 *
 * @param after how many entries at the start are taken on trust
 */
export function* walkLog(store: Store, after: number): Iterable<Finding> {
  let last = { id: after, hash: after === 0 ? genesis : hashOf(store, after) };
  for (const page of logPages(store, after)) {
    const subjects = page.map((entry) => subjectOf(entry.kind, entry.certificate, detailOf(entry)));
    const rowOf = rowsOf(
      store,
      subjects.filter((subject) => subject !== null),
    );
    for (const [index, entry] of page.entries()) {
      yield* flawsOfEntry(entry, last);
      const subject = subjects[index];
      if (subject) yield* flawsOfRow(entry, subject, rowOf(subject));
      last = entry;
    }
  }
}

function hashOf(store: Store, id: number): string {
  return String(store.scalar("SELECT hash FROM log WHERE id = ?", id) ?? genesis);
}

function* flawsOfEntry(
  entry: LogRow,
  before: { readonly id: number; readonly hash: string },
): Iterable<Finding> {
  if (entry.id !== before.id + 1) {
    const missing =
      before.id + 2 === entry.id
        ? `entry ${before.id + 1} is`
        : `entries ${before.id + 1} to ${entry.id - 1} are`;
    yield finding("chain", "log", `${missing} missing`);
    return;
  }
  // the certificate's row is missing, which is told of the row
  if (entry.certificate !== null && entry.cti === null) return;
  if (chainHash(before.hash, { ...entry, certificate: entry.cti }) === entry.hash) return;
  yield finding("chain", `log entry ${entry.id}`, `the entry "${entry.kind}" is not as it was written`);
}

function* flawsOfRow(entry: LogRow, subject: Subject, row: unknown): Iterable<Finding> {
  const where = nameOf(entry, subject);
  if (row === undefined) {
    yield finding(
      "row-missing",
      where,
      `the row of table "${subject.table}" is missing that entry ${entry.id} of the log tells of`,
    );
    return;
  }
  if (subject.row === null || rowHash(subject.table, Object(row)) === subject.row) return;
  yield finding(
    "row-changed",
    where,
    `the row of table "${subject.table}" is not as it was entered (entry ${entry.id} of the log)`,
  );
}

function nameOf(entry: LogRow, { table, key }: Subject): string {
  if (table === "batch") return `batch ${key}`;
  if (table === "issuer_key") return `key ${key}`;
  const { number } = detailOf(entry);
  return `certificate ${typeof number === "string" ? number : (entry.number ?? `with id ${key}`)}`;
}
