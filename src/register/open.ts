import { existsSync } from "node:fs";
import Database from "libsql";
import { Fault } from "../model/fault.js";
import { schema, schemaVersion } from "./schema.js";
import { Store, storeFault } from "./store.js";
import { upgrades } from "./upgrade.js";

/**
 * Opens a register for writing, made if there is none. One connection holds the file alone until it is closed, so two
 * runs never number at the same time; the lock dies with the process.
 *
 * The rollback journal and `synchronous = EXTRA` are deliberate: the bundled SQLite has a fault in write-ahead logging.
 *
 * @throws Fault `register-busy`, `register-damaged`, `register-version`, `register-unwritable`
 */
export function openForWriting(path: string, now: () => Date): Store {
  const hadJournal = existsSync(`${path}-journal`);
  const store = connect(path, false);
  setPragma(store, "locking_mode", "EXCLUSIVE", "exclusive");
  setPragma(store, "journal_mode", "DELETE", "delete");
  setPragma(store, "synchronous", "EXTRA", 3);
  setPragma(store, "foreign_keys", "ON", 1);
  store.transaction(() => {
    if (store.scalar("SELECT count(*) FROM sqlite_master") !== 0) return;
    store.exec(schema);
    store.exec(`PRAGMA user_version = ${schemaVersion}`);
  });
  upgrade(store, now);
  admitVersion(store);
  if (hadJournal) useUp(store);
  return store;
}

/** A journal that an earlier run could not remove goes with the next change: here is one that changes nothing. */
function useUp(store: Store): void {
  store.transaction(() => store.exec(`PRAGMA user_version = ${schemaVersion}`));
}

/** A register that an earlier version made gets what has been added since; nothing in it is changed. */
function upgrade(store: Store, now: () => Date): void {
  store.transaction(() => {
    for (let version = versionOf(store); upgrades[version] !== undefined; version += 1) {
      upgrades[version]?.(store, now);
      store.exec(`PRAGMA user_version = ${version + 1}`);
    }
  });
}

/** Opens a register that exists, for reading only; `null` where there is none. @throws Fault `register-older` for one to be brought up to date */
export function openForReading(path: string): Store | null {
  if (!existsSync(path)) return null;
  const store = connect(path, true);
  admitVersion(store);
  return store;
}

function connect(path: string, readonly: boolean): Store {
  try {
    return new Store(path, new Database(path, { readonly }));
  } catch (error) {
    throw storeFault(error, path);
  }
}

/** Sets a pragma and reads it back: SQLite ignores what it cannot do without a word. */
function setPragma(store: Store, name: string, value: string, expected: string | number): void {
  store.exec(`PRAGMA ${name} = ${value}`);
  const found = store.scalar(`PRAGMA ${name}`);
  if (found !== expected) throw new Error(`pragma ${name} is ${String(found)} instead of ${expected}`);
}

function admitVersion(store: Store): void {
  const version = versionOf(store);
  if (version === schemaVersion) return;
  throw new Fault(
    version > schemaVersion ? "register-version" : "register-older",
    `the register has version ${version}, this lulus knows ${schemaVersion}`,
    {
      place: { file: store.path },
      hints: [
        version > schemaVersion
          ? "install a newer lulus"
          : "`lulus issue` brings it up to date; nothing in it is changed",
      ],
    },
  );
}

function versionOf(store: Store): number {
  return Number(store.scalar("PRAGMA user_version"));
}

/** Tables, indexes and triggers by name, as they were made; of a new register where none is given. */
export function schemaOf(store: Store | null): Map<string, string> {
  const of = store ?? new Store("", new Database(":memory:"));
  if (store === null) of.exec(schema);
  const rows = of.all("SELECT type || ' ' || name AS name, coalesce(sql, '') AS sql FROM sqlite_master");
  return new Map(rows.map((row) => [String(Object(row).name), String(Object(row).sql)]));
}
