import { createHash } from "node:crypto";
import type { Store } from "./store.js";

/**
 * Rows that the log vouches for: the entry of a row holds the hash over all of its columns, so a changed row shows as
 * surely as a changed entry. What is not here follows from what is: content is called by its own hash (`blob`), and the
 * keys of a holder stand in the entry of the certificate.
 */
export const sealedColumns = {
  batch: ["id", "event", "award", "language", "template", "record", "demand", "basis"],
  certificate: [
    ...["id", "batch", "event", "person", "award", "revision", "counter", "seq", "number", "name", "email"],
    ...["personal", "sensitive", "date", "cti", "status_index", "token", "file", "evidence"],
  ],
  rendering: ["certificate", "sha256"],
  badge: ["certificate", "kid", "proof"],
  signature: ["certificate", "room", "value", "stamp"],
  withdrawal: ["certificate", "state", "reason", "note", "at", "successor"],
  issuer_key: ["kid", "public"],
} as const satisfies Record<string, readonly string[]>;

export type SealedTable = keyof typeof sealedColumns;
export type Row = Readonly<Record<string, string | number | null>>;

function isSealedTable(name: unknown): name is SealedTable {
  return typeof name === "string" && Object.hasOwn(sealedColumns, name);
}

/** Hex SHA-256 over the columns of a row, in the order of the table. */
export function rowHash(table: SealedTable, row: Readonly<Record<string, unknown>>): string {
  const values = sealedColumns[table].map((column) => row[column] ?? null);
  return createHash("sha256").update(JSON.stringify(values)).digest("hex");
}

/**
 * Adds a row.
 *
 * @param row without `id` where the table counts its rows itself
 * @returns its id, and the hash for the log
 */
export function insertSealed(store: Store, table: SealedTable, row: Row): { id: number; row: string } {
  const columns = sealedColumns[table].filter((column) => Object.hasOwn(row, column));
  const id = store.run(
    `INSERT INTO ${table} (${columns.join(", ")}) VALUES (${columns.map(() => "?").join(", ")})`,
    ...columns.map((column) => row[column] ?? null),
  );
  return { id, row: rowHash(table, { id, ...row }) };
}

/** An entry of the log, as it speaks of a row. */
export interface Subject {
  readonly table: SealedTable;
  /** of the row: its certificate's id, its own, or the name of the key */
  readonly key: string | number;
  /** hash of the row; `null` in entries of before rows were sealed */
  readonly row: string | null;
}

const tableOfKind: Readonly<Record<string, SealedTable>> = {
  batch: "batch",
  key: "issuer_key",
  planned: "certificate",
  badge: "badge",
  signed: "signature",
  rendered: "rendering",
  revoked: "withdrawal",
  replaced: "withdrawal",
};

/** The kinds of entries that are about a row of this table. */
export function kindsOf(table: SealedTable): string[] {
  return Object.keys(tableOfKind).filter((kind) => tableOfKind[kind] === table);
}

/** The row that an entry is about; `null` where it is about none. */
export function subjectOf(
  kind: string,
  certificate: number | null,
  detail: Readonly<Record<string, unknown>>,
): Subject | null {
  const table = kind === "sealed" ? detail.table : tableOfKind[kind];
  if (!isSealedTable(table)) return null;
  const key = table === "batch" ? detail.batch : table === "issuer_key" ? detail.kid : certificate;
  if (typeof key !== "number" && typeof key !== "string") return null;
  return { table, key, row: typeof detail.row === "string" ? detail.row : null };
}

/** The column by which rows of a table are called. */
export const keyColumn: Readonly<Record<SealedTable, string>> = {
  batch: "id",
  certificate: "id",
  rendering: "certificate",
  badge: "certificate",
  signature: "certificate",
  withdrawal: "certificate",
  issuer_key: "kid",
};
