import { Log } from "./log.js";
import { badge, eventIndex, logIndex, refuseChanges, signature, withdrawal } from "./schema.js";
import { keyColumn, rowHash } from "./sealed.js";
import type { Store } from "./store.js";

/** What brings a register of an earlier version up by one: `upgrades[1]` makes version 2 of version 1. */
export const upgrades: Readonly<Record<number, (store: Store, now: () => Date) => void>> = {
  1: (store) => store.exec(withdrawal),
  2: (store) => store.exec(badge),
  3: (store, now) => {
    for (const index of [logIndex, eventIndex]) store.exec(index);
    for (const table of ["rendering", "issuer_key"]) store.exec(refuseChanges(table));
    sealAll(store, new Log(store, now));
  },
  4: (store) => store.exec(signature),
};

const PAGE = 1000;

/** Enters a `sealed` entry for every row that there is: from now on a change of it shows. */
function sealAll(store: Store, log: Log): void {
  store.exec("CREATE INDEX holder_person ON holder (event, award, person);");
  for (const table of ["issuer_key", "batch"] as const) {
    for (const row of store.all(`SELECT * FROM ${table} ORDER BY ${keyColumn[table]}`)) {
      const { id: batch, kid } = Object(row);
      const called = table === "batch" ? { batch } : { kid };
      log.append("sealed", null, { table, ...called, row: rowHash(table, Object(row)) });
    }
  }
  for (const table of ["certificate", "badge", "rendering", "withdrawal"] as const) {
    for (const row of paged(store, `SELECT t.* FROM ${table} t`, `t.${keyColumn[table]}`)) {
      const id = Number(row[keyColumn[table]]);
      const cti = String(store.scalar("SELECT cti FROM certificate WHERE id = ?", id));
      const keys = table === "certificate" ? { keys: holderKeys(store, row) } : {};
      log.append("sealed", { id, cti }, { table, ...keys, row: rowHash(table, row) });
    }
  }
  store.exec("DROP INDEX holder_person;");
}

function holderKeys(store: Store, { event, award, person }: Record<string, unknown>): string[] {
  return store
    .all(
      "SELECT key FROM holder WHERE event = ? AND award = ? AND person = ? ORDER BY key",
      event,
      award,
      person,
    )
    .map((row) => String(Object(row).key));
}

/** Page by page: the log is written to in between. */
function* paged(store: Store, query: string, key: string): Iterable<Record<string, unknown>> {
  const column = key.replace("t.", "");
  for (let last = 0; ; ) {
    const rows = store.all(`${query} WHERE ${key} > ? ORDER BY ${key} LIMIT ${PAGE}`, last).map(Object);
    yield* rows;
    if (rows.length < PAGE) return;
    last = Number(rows.at(-1)[column]);
  }
}
