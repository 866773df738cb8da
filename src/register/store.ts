import { existsSync } from "node:fs";
import Database from "libsql";
import { Fault } from "../model/fault.js";
import { schema, schemaVersion, upgrades } from "./schema.js";

type Connection = InstanceType<typeof Database>;

interface Prepared {
  all(...values: readonly unknown[]): unknown[];
  run(...values: readonly unknown[]): { readonly lastInsertRowid: number | bigint };
}

/**
 * A register's file. Whatever goes wrong in it is told as a Fault.
 * Rows are read with `all()` throughout: this driver's `get()` adds a key of its own to them.
 */
export class Store {
  readonly path: string;
  readonly #database: Connection;
  readonly #statements = new Map<string, Prepared>();

  constructor(path: string, database: Connection) {
    this.path = path;
    this.#database = database;
  }

  all(query: string, ...values: readonly unknown[]): unknown[] {
    return this.#guarded(() => this.#prepared(query).all(...values));
  }

  /** The first value of the first row; `undefined` where there is none. */
  scalar(query: string, ...values: readonly unknown[]): unknown {
    const [row] = this.all(query, ...values);
    return typeof row === "object" && row !== null ? Object.values(row)[0] : undefined;
  }

  /** @returns the id of the row that was added */
  run(query: string, ...values: readonly unknown[]): number {
    return this.#guarded(() => Number(this.#prepared(query).run(...values).lastInsertRowid));
  }

  transaction<T>(change: () => T): T {
    this.exec("BEGIN EXCLUSIVE");
    try {
      const result = change();
      this.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.inTransaction) this.exec("ROLLBACK");
      throw error;
    }
  }

  exec(sql: string): void {
    this.#guarded(() => this.#database.exec(sql));
  }

  /** The driver keeps a closed file open until its statements are collected, so the lock is given back first. */
  close(): void {
    this.#statements.clear();
    if (!this.#database.readonly) {
      this.exec("PRAGMA locking_mode = NORMAL");
      this.scalar("SELECT count(*) FROM sqlite_master");
    }
    this.#database.close();
  }

  #prepared(query: string): Prepared {
    let statement = this.#statements.get(query);
    if (statement === undefined) {
      statement = this.#database.prepare(query) as Prepared;
      this.#statements.set(query, statement);
    }
    return statement;
  }

  #guarded<T>(use: () => T): T {
    try {
      return use();
    } catch (error) {
      throw storeFault(error, this.path);
    }
  }
}

/**
 * Opens a register for writing, made if there is none. One connection holds the file alone until it is closed, so two
 * runs never number at the same time; the lock dies with the process.
 *
 * The rollback journal and `synchronous = EXTRA` are deliberate: the bundled SQLite has a fault in write-ahead logging.
 *
 * @throws Fault `register-busy`, `register-damaged`, `register-version`, `register-unwritable`
 */
export function openForWriting(path: string): Store {
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
  upgrade(store);
  admitVersion(store);
  return store;
}

/** A register that an earlier version made gets what has been added since; nothing in it is changed. */
function upgrade(store: Store): void {
  store.transaction(() => {
    for (let version = versionOf(store); upgrades[version] !== undefined; version += 1) {
      store.exec(upgrades[version] ?? "");
      store.exec(`PRAGMA user_version = ${version + 1}`);
    }
  });
}

/** Opens a register that exists, for reading only; `null` where there is none. */
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

function storeFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (/BUSY|LOCKED/.test(code) || /locked|busy/.test(message)) {
    return new Fault("register-busy", "another run is using the register", {
      place: { file: path },
      cause: error,
      hints: ["wait until it has ended and run the same command again"],
    });
  }
  if (/NOTADB|CORRUPT/.test(code) || /not a database|malformed/.test(message))
    return damaged(message, path, error);
  return new Fault("register-unwritable", `the register cannot be used (${message})`, {
    place: { file: path },
    cause: error,
    hints: ["check that the folder exists, can be written to, and that the disk is not full"],
  });
}

/** The register holds something that it was never given. */
export function damaged(what: string, path: string, cause?: unknown): Fault {
  return new Fault("register-damaged", `the register cannot be trusted: ${what}`, {
    place: { file: path },
    cause,
    hints: ["restore it from a copy; nothing is issued from a damaged register"],
  });
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
    "register-version",
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
