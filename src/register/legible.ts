import { isUtf8 } from "node:buffer";
import { type Finding, finding } from "./finding.js";
import { sealedColumns } from "./sealed.js";
import type { Store } from "./store.js";

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
