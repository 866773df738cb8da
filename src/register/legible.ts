import { isUtf8 } from "node:buffer";
import { type Finding, finding } from "./finding.js";
import { sealedColumns } from "./sealed.js";
import { damaged, type Store } from "./store.js";

/** Columns of text, by table. They are read as bytes here, so that it does not matter what is in them. */
const textColumns = {
  sqlite_master: ["type", "name", "tbl_name", "sql"],
  issuer_key: sealedColumns.issuer_key,
  batch: sealedColumns.batch,
  certificate: sealedColumns.certificate,
  badge: ["kid", "proof"],
  signature: ["value", "stamp"],
  rendering: ["sha256"],
  withdrawal: ["state", "reason", "note", "at"],
  holder: ["event", "award", "key", "person"],
  log: ["at", "kind", "detail", "hash"],
  blob: ["sha256"],
} as const;

type Table = keyof typeof textColumns;

const everything = Object.fromEntries(Object.keys(textColumns).map((table) => [table, ""]));

/**
 * Rows whose text is no text any more. They must be found before anything is read as text: the driver ends the whole
 * process on the first byte that is not UTF-8, without a word that a person could use.
 *
 * @param parts which rows, by table, as SQL behind FROM; nothing else is looked at
 */
export function* illegible(
  store: Store,
  parts: Partial<Record<Table, string>> = everything,
): Iterable<Finding> {
  for (const [table, filter] of Object.entries(parts) as [Table, string][]) {
    const text = textColumns[table].map((column) => `coalesce(${column}, '')`).join(" || ' ' || ");
    let row = 0;
    for (const each of store.each(`SELECT CAST(${text} AS BLOB) AS bytes FROM ${table} ${filter}`)) {
      row += 1;
      if (!isUtf8(Buffer.from(Object(each).bytes)))
        yield finding("row-changed", `table ${table}`, `the text of row ${row} is no text any more`);
    }
  }
}

function filterOf(some: Some): string {
  if (some === "all") return "";
  if (some === "withdrawn") return "WHERE id IN (SELECT certificate FROM withdrawal)";
  return "id" in some ? `WHERE id = ${some.id}` : `WHERE event = '${some.event.replaceAll("'", "''")}'`;
}

/** Certificates, by what they have in common. */
export type Some = "all" | "withdrawn" | { readonly event: string } | { readonly id: number };

/**
 * Refuses what would end the process when it is read.
 *
 * @param some the certificates that are about to be looked at, with what became of them
 * @throws Fault `register-damaged`
 */
export function admitText(store: Store, some: Some): void {
  const filter = filterOf(some);
  const of = filter === "" ? "" : `WHERE certificate IN (SELECT id FROM certificate ${filter})`;
  const rows = { certificate: filter, badge: of, signature: of, rendering: of, withdrawal: of };
  // the log is shown of one certificate, and followed as a whole
  const log = some === "all" || (typeof some === "object" && "id" in some) ? { log: of } : {};
  const [first] = illegible(store, { sqlite_master: "", issuer_key: "", batch: "", ...rows, ...log });
  if (first !== undefined) throw damaged(`${first.where}: ${first.what}`, store.path);
}
