import { damaged, type Store } from "./store.js";
import { walkLog } from "./walk.js";

/**
 * Entries that are followed each time a register is opened to go on from it: the whole of it for some ten thousand
 * certificates, the end of a larger one, in a few tenths of a second. `lulus register check` follows all.
 */
export const entriesAdmitted = 30_000;

/** @throws Fault `register-damaged` if the end of the log, or a row that it tells of, is not as it was written */
export function admitEnd(store: Store): void {
  const size = Number(store.scalar("SELECT coalesce(max(id), 0) FROM log"));
  const [first] = walkLog(store, Math.max(0, size - entriesAdmitted));
  if (first !== undefined) throw damaged(`${first.where}: ${first.what}`, store.path);
}
