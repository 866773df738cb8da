import type { Finding } from "./finding.js";
import { illegible } from "./legible.js";
import { isSound } from "./sound.js";
import { damaged, type Store } from "./store.js";
import { walkLog } from "./walk.js";

/**
 * Entries that are followed each time a register is opened to go on from it: the whole of it for some ten thousand
 * certificates, the end of a larger one, in half a second. `lulus register check` follows all.
 */
const entriesAdmitted = 20_000;

/** @throws Fault `register-damaged` if the end of the log, or a row that it tells of, is not as it was written */
export function admitEnd(store: Store): void {
  const size = Number(store.scalar("SELECT coalesce(max(id), 0) FROM log"));
  const after = Math.max(0, size - entriesAdmitted);
  if ([...unreadable(store)].length === 0 && isSound(store, after, size)) return;
  for (const { where, what } of flaws(store, after)) throw damaged(`${where}: ${what}`, store.path);
}

/** Of what is small and read as a whole, whatever the end of the log tells of. */
function unreadable(store: Store): Iterable<Finding> {
  return illegible(store, { sqlite_master: "", issuer_key: "", batch: "" });
}

function* flaws(store: Store, after: number): Iterable<Finding> {
  const told = `IN (SELECT certificate FROM log WHERE id > ${after})`;
  yield* unreadable(store);
  yield* illegible(store, {
    log: `WHERE id >= ${after}`,
    certificate: `WHERE id ${told}`,
    badge: `WHERE certificate ${told}`,
    signature: `WHERE certificate ${told}`,
    rendering: `WHERE certificate ${told}`,
    withdrawal: `WHERE certificate ${told}`,
  });
  yield* walkLog(store, after);
}
