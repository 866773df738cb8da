import { createHash } from "node:crypto";
import { Fault } from "../model/fault.js";
import { type Finding, finding } from "./finding.js";
import { illegible } from "./legible.js";
import { Log } from "./log.js";
import { schemaOf } from "./open.js";
import { batchRow } from "./rows.js";
import type { Store } from "./store.js";
import { flawsOfTokens } from "./tokens.js";
import { walkLog } from "./walk.js";

/** Size and head of a log as they were published once. */
export interface Checkpoint {
  readonly size: number;
  readonly head: string;
}

/**
 * Everything in a register that is not as it was written, in the order of what lies deepest. Nothing is changed.
 * Memory does not grow with the register.
 *
 * @param checkpoint what was published of it, where there is something
 */
export async function* inspect(store: Store, checkpoint: Checkpoint | null): AsyncIterable<Finding> {
  let isLegible = true;
  for await (const each of guarded(store, illegible)) {
    isLegible = false;
    yield each;
  }
  if (!isLegible) return;
  const parts = [
    flawsOfFile,
    flawsOfSchema,
    (of: Store) => walkLog(of, 0),
    foreignRows,
    flawsOfContent,
    flawsOfHolders,
    gaps,
    flawsOfTokens,
    (of: Store) => (checkpoint === null ? [] : flawsOfTail(of, checkpoint)),
  ];
  for (const part of parts) yield* guarded(store, part);
}

/** One part that cannot be read does not keep the others from being told. */
async function* guarded(
  store: Store,
  part: (store: Store) => Iterable<Finding> | AsyncIterable<Finding>,
): AsyncIterable<Finding> {
  try {
    yield* part(store);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    yield finding("file", "file", `it cannot be read further: ${error.message}`);
  }
}

function* flawsOfFile(store: Store): Iterable<Finding> {
  for (const row of store.all("PRAGMA integrity_check(100)")) {
    const [text] = Object.values(Object(row));
    if (text !== "ok") yield finding("file", "file", `SQLite finds: ${String(text)}`);
  }
  for (const row of store.all("PRAGMA foreign_key_check")) {
    const { table, rowid, parent } = Object(row);
    yield finding("row-missing", `table ${table}`, `row ${rowid} names a row of "${parent}" that is missing`);
  }
}

function* flawsOfSchema(store: Store): Iterable<Finding> {
  const [made, found] = [schemaOf(null), schemaOf(store)];
  for (const [name, sql] of made) {
    const has = found.get(name);
    if (has === undefined) yield finding("schema", name, "it is missing");
    else if (has !== sql) yield finding("schema", name, "it is not as lulus makes it");
  }
  for (const name of found.keys())
    if (!made.has(name)) yield finding("schema", name, "lulus made nothing of this name");
  const extra = Number(store.scalar("SELECT count(*) FROM meta"));
  if (extra > 0) yield finding("row-foreign", "table meta", `${extra} rows that lulus never wrote`);
}

/** Rows that no entry of the log tells of. */
function* foreignRows(store: Store): Iterable<Finding> {
  const told = (kinds: string, table: string) =>
    `EXISTS (SELECT 1 FROM log l WHERE l.certificate = t.key AND (l.kind IN (${kinds}) OR
       (l.kind = 'sealed' AND json_valid(l.detail) AND json_extract(l.detail, '$.table') = '${table}')))`;
  const tables = [
    ["certificate", "SELECT id AS key, number AS name FROM certificate", "'planned'"],
    ["rendering", "SELECT certificate AS key, certificate AS name FROM rendering", "'rendered'"],
    ["badge", "SELECT certificate AS key, certificate AS name FROM badge", "'badge'"],
    ["signature", "SELECT certificate AS key, certificate AS name FROM signature", "'signed'"],
    ["withdrawal", "SELECT certificate AS key, certificate AS name FROM withdrawal", "'revoked', 'replaced'"],
  ] as const;
  for (const [table, select, kinds] of tables) {
    const query = `SELECT t.name FROM (${select}) t WHERE NOT ${told(kinds, table)}`;
    for (const row of store.all(`${query} LIMIT 1000`))
      yield finding("row-foreign", `table ${table}: ${Object(row).name}`, "the log tells of no such row");
  }
  for (const [table, key, kind, path] of [
    ["batch", "id", "batch", "$.batch"],
    ["issuer_key", "kid", "key", "$.kid"],
  ] as const) {
    const query = `SELECT t.${key} AS name FROM ${table} t WHERE t.${key} NOT IN (
      SELECT json_extract(detail, '${path}') FROM log WHERE json_valid(detail) AND json_extract(detail, '${path}') IS NOT NULL
        AND (kind = '${kind}' OR (kind = 'sealed' AND json_extract(detail, '$.table') = '${table}')))`;
    for (const row of store.all(query))
      yield finding("row-foreign", `table ${table}: ${Object(row).name}`, "the log tells of no such row");
  }
}

/** What bytes depend on: each content by its hash, none missing, none that nothing refers to. */
function* flawsOfContent(store: Store): Iterable<Finding> {
  const wanted = new Map<string, string>();
  for (const row of store.all("SELECT * FROM batch ORDER BY id")) {
    const batch = batchRow.safeParse(row);
    // one that is not of the known shape was told of as changed
    if (!batch.success) continue;
    const { name, files, shared } = batch.data.template;
    for (const [path, hash] of Object.entries(files)) wanted.set(hash, `${path} of template ${name}`);
    if (shared !== undefined) wanted.set(shared, `what is compiled of template ${name}`);
  }
  const names = store.all("SELECT sha256 FROM blob ORDER BY sha256").map((row) => String(Object(row).sha256));
  for (const name of names) {
    const bytes = store.scalar("SELECT bytes FROM blob WHERE sha256 = ?", name);
    const content = Buffer.from((bytes ?? new Uint8Array()) as Uint8Array);
    const where = wanted.get(name) ?? `content ${name.slice(0, 12)}…`;
    if (createHash("sha256").update(content).digest("hex") !== name)
      yield finding("content", where, "its bytes are not those that it is called by");
    else if (!wanted.has(name)) yield finding("content", where, "nothing in the register refers to it");
  }
  const there = new Set(names);
  for (const [hash, where] of wanted) if (!there.has(hash)) yield finding("content", where, "it is missing");
}

/** The keys under which people are found again, against those that the log tells of. */
function* flawsOfHolders(store: Store): Iterable<Finding> {
  const held = "SELECT event, award, key, person FROM holder";
  const told = `SELECT c.event, c.award, k.value, c.person FROM log l JOIN certificate c ON c.id = l.certificate,
    json_each(CASE WHEN json_valid(l.detail) THEN l.detail ELSE '{}' END, '$.keys') k WHERE l.kind IN ('planned', 'sealed')`;
  const differences = [
    [`${held} EXCEPT ${told}`, "the log tells of no such key of a holder"],
    [`${told} EXCEPT ${held}`, "the key is missing by which the holder is found again"],
  ] as const;
  for (const [query, what] of differences) {
    for (const row of store.all(`${query} LIMIT 1000`)) {
      const [event, award, key] = Object.values(Object(row));
      yield finding("holder", `${key} (${event}, ${award})`, what);
    }
  }
}

/** Numbers without a certificate, per counter. */
function* gaps(store: Store): Iterable<Finding> {
  const query = `SELECT counter, before, seq FROM (
      SELECT counter, seq, lag(seq, 1, 0) OVER (PARTITION BY counter ORDER BY seq) AS before FROM certificate)
    WHERE seq <> before + 1 LIMIT 1000`;
  for (const row of store.all(query)) {
    const { counter, before, seq } = Object(row);
    const numbers =
      before + 2 === seq ? `number ${before + 1} has` : `numbers ${before + 1} to ${seq - 1} have`;
    yield finding("gap", `counter ${counter}`, `${numbers} no certificate`);
  }
}

function* flawsOfTail(store: Store, { size, head }: Checkpoint): Iterable<Finding> {
  const log = new Log(store, () => new Date(0));
  const has = log.head().size;
  if (has < size)
    yield finding(
      "tail",
      "log",
      `it ends with entry ${has}, but ${size} were published: the last ${size - has} are lost`,
    );
  else if (log.headAt(size) !== head)
    yield finding(
      "tail",
      `log entry ${size}`,
      "it is not the one that was published: the site belongs to another register, or the log was rewritten",
    );
}
