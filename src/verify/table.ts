import { parseRow, ROW } from "./row.js";
import type { Series } from "./series.js";
import { foreign, type Syntax } from "./syntax.js";

/**
 * The cross-reference table at which the syntax stands: where each object begins. Of a file of a series, without what is
 * in common.
 */
export function parseTable(bytes: Uint8Array, syntax: Syntax, series: Series | null): Map<number, number> {
  syntax.expect("xref");
  const offsets = new Map<number, number>();
  let isFirst = true;
  for (let first = syntax.next(); typeof first === "number"; first = syntax.next()) {
    const count = syntax.next();
    if (typeof count !== "number") throw foreign("a cross-reference table without its size");
    syntax.skipSpace();
    let entry = first;
    if (series !== null) {
      if (first !== 0 || !isFirst) throw foreign("a table unlike those of its batch");
      entry = series.admitRows(bytes, syntax.at, count);
      syntax.at += ROW * entry;
      isFirst = false;
    }
    for (; entry < first + count; entry += 1, syntax.at += ROW) {
      const offset = parseRow(bytes, syntax.at);
      if (offset === null) continue;
      if (series !== null && offset < series.head.length) throw foreign("a table unlike those of its batch");
      offsets.set(entry, offset);
    }
  }
  return offsets;
}
