import { hash } from "node:crypto";
import { Fault } from "../model/fault.js";
import { genesis } from "./chain.js";
import { keyColumn, kindsOf, type SealedTable, sealedColumns } from "./sealed.js";
import type { Store } from "./store.js";

/*
 * The quick way to know that nothing is wrong. SQLite itself writes down what was hashed, a page of rows in one value,
 * and here only hashes are taken: a value for each column of each row would cost several times as much. Text comes as
 * bytes, so that it does not matter what is in it. Whatever is not exactly as expected means "perhaps not", and who asked
 * looks row by row (walk.ts), where it is told what is wrong.
 */

const PAGE = 1000;
/** A hash in hex, and as bytes. */
const [HEX, DIGEST] = [64, 32];
const LINE_END = 10;

/**
 * Whether the log from behind its first `after` entries, and each row that it tells of there, is as it was written.
 *
 * @param size entries of the log
 */
export function isSound(store: Store, after: number, size: number): boolean {
  try {
    let before = after === 0 ? genesis : hashOf(store, after);
    for (let from = after; from < size; from += PAGE) {
      const to = Math.min(from + PAGE, size);
      const last = endOfChain(linesOf(store, entries, from, to), before);
      if (last === null || !rows.every((query) => areAsHashed(linesOf(store, query, from, to)))) return false;
      before = last;
    }
    return true;
  } catch (error) {
    // an entry that is no JSON any more is among what SQLite cannot read
    if (error instanceof Fault) return false;
    throw error;
  }
}

function hashOf(store: Store, id: number): string {
  const bytes = store.scalar("SELECT CAST(hash AS BLOB) FROM log WHERE id = ?", id);
  return Buffer.from((bytes ?? new ArrayBuffer(0)) as ArrayBuffer).toString("latin1");
}

/** Lines, and how many there should be: one for each entry. Where a row is missing, so is its line. */
interface Page {
  readonly lines: Buffer;
  readonly wanted: number;
}

function linesOf(store: Store, query: string, from: number, to: number): Page {
  const [row] = store.all(query, from, to);
  const { wanted, lines } = Object(row);
  return { wanted: Number(wanted), lines: Buffer.from((lines ?? new ArrayBuffer(0)) as ArrayBuffer) };
}

/** Each entry's hash, room for the hash before, and the rest that was hashed: see `chainHash`. */
const entries = `
  SELECT count(*) AS wanted, CAST(group_concat(l.hash || '${" ".repeat(DIGEST)}' || ${[
    "l.id",
    "l.at",
    "l.kind",
    "coalesce(c.cti, '')",
    "l.detail",
  ]
    .map((part) => `octet_length(${part}) || ':' || ${part}`)
    .join(" || ")}, char(${LINE_END})) AS BLOB) AS lines
  FROM (SELECT * FROM log WHERE id > ? AND id <= ? ORDER BY id) l LEFT JOIN certificate c ON c.id = l.certificate`;

/** Where an entry says which row it is about, if that is not a certificate's. */
const keys: Partial<Record<SealedTable, string>> = {
  batch: "json_extract(l.detail, '$.batch')",
  issuer_key: "json_extract(l.detail, '$.kid')",
};

/** By table: of each entry about a row of it, the row's hash as the entry has it, and what was hashed: see `rowHash`. */
const rows = (Object.keys(sealedColumns) as SealedTable[]).map((table) => {
  const columns = sealedColumns[table].map((column) => `t.${column}`).join(", ");
  const kinds = kindsOf(table).map((kind) => `'${kind}'`);
  return `
    SELECT count(*) AS wanted, CAST(group_concat(
      CASE WHEN t.${keyColumn[table]} IS NOT NULL THEN json_extract(l.detail, '$.row') || json_array(${columns}) END,
      char(${LINE_END})) AS BLOB) AS lines
    FROM log l LEFT JOIN ${table} t ON t.${keyColumn[table]} = ${keys[table] ?? "l.certificate"}
    WHERE l.id > ? AND l.id <= ?
      AND (l.kind IN (${kinds.join(", ")}) OR (l.kind = 'sealed' AND json_extract(l.detail, '$.table') = '${table}'))`;
});

/** The hash of the last entry of a page; `null` where one of them does not follow from the one before. */
function endOfChain({ lines, wanted }: Page, before: string): string | null {
  let last = before;
  let count = 0;
  for (const [start, end] of linesIn(lines)) {
    lines.write(last, start + HEX, "hex");
    last = hash("sha256", lines.subarray(start + HEX, end), "hex");
    if (!isAt(lines, start, last)) return null;
    count += 1;
  }
  return count === wanted ? last : null;
}

function areAsHashed({ lines, wanted }: Page): boolean {
  let count = 0;
  for (const [start, end] of linesIn(lines)) {
    if (!isAt(lines, start, hash("sha256", lines.subarray(start + HEX, end), "hex"))) return false;
    count += 1;
  }
  return count === wanted;
}

function isAt(lines: Buffer, start: number, hex: string): boolean {
  return lines.toString("latin1", start, start + HEX) === hex;
}

/** Where each line begins and ends. */
function* linesIn(lines: Buffer): Iterable<readonly [number, number]> {
  for (let start = 0; start < lines.length; ) {
    const found = lines.indexOf(LINE_END, start);
    const end = found === -1 ? lines.length : found;
    yield [start, end];
    start = end + 1;
  }
}
