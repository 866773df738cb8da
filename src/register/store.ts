import { isUtf8 } from "node:buffer";
import type Database from "libsql";
import { Fault } from "../model/fault.js";
import { holderOf } from "./holder.js";

type Connection = InstanceType<typeof Database>;

interface Prepared {
  columns(): readonly { readonly name: string }[];
  all(...values: readonly unknown[]): unknown[];
  iterate(...values: readonly unknown[]): Iterator<unknown>;
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
  readonly #packing = new Map<string, string>();

  constructor(path: string, database: Connection) {
    this.path = path;
    this.#database = database;
  }

  all(query: string, ...values: readonly unknown[]): unknown[] {
    return this.#guarded(() => this.#prepared(query).all(...values));
  }

  /**
   * The rows of a query as lines of JSON, which SQLite writes several times faster than this driver makes objects of
   * rows, and which go to another thread as they are. A query's order is kept where it has a LIMIT.
   *
   * @returns what {@link unpacked} takes
   * @throws Fault `register-damaged` where a text is none any more
   */
  packed(query: string, ...values: readonly unknown[]): Uint8Array {
    const packing = this.#packing.get(query) ?? this.#packingOf(query);
    this.#packing.set(query, packing);
    const bytes = this.scalar(packing, ...values);
    if (!(bytes instanceof ArrayBuffer)) throw new TypeError("rows that were packed into nothing");
    const packed = new Uint8Array(bytes);
    if (!isUtf8(packed)) throw damaged("a text in it is no text any more", this.path);
    return packed;
  }

  #packingOf(query: string): string {
    const names = this.#guarded(() =>
      this.#prepared(query)
        .columns()
        .map(({ name }) => name),
    );
    const pairs = names.map((name) => `'${name}', ${name}`).join(", ");
    return `SELECT CAST(coalesce(group_concat(json_object(${pairs}), char(10)), '') AS BLOB) FROM (${query})`;
  }

  /** Rows for many, as {@link all} gives them for few. */
  rows(query: string, ...values: readonly unknown[]): unknown[] {
    return unpacked(this.packed(query, ...values));
  }

  /** Row after row, for tables of any size; the register must not be written to in between. */
  *each(query: string): Iterable<unknown> {
    const rows = this.#guarded(() => this.#prepared(query).iterate());
    for (;;) {
      const next = this.#guarded(() => rows.next());
      if (next.done) return;
      yield next.value;
    }
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

  /** The same around a change that waits for something. */
  async transactionAround<T>(change: () => Promise<T>): Promise<T> {
    this.exec("BEGIN EXCLUSIVE");
    try {
      const result = await change();
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
 * The rows in what {@link Store.packed} gave. Parsed row by row: of a text of more than 100 kilobytes V8 puts everything
 * where objects are kept that live long, so that memory would fill with rows that are done with.
 */
export function unpacked(bytes: Uint8Array): unknown[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
}

/** What SQLite says, in our words. */
export function storeFault(error: unknown, path: string): Fault {
  if (error instanceof Fault) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const message = error instanceof Error ? error.message : String(error);
  if (/BUSY|LOCKED/.test(code) || /locked|busy/.test(message)) {
    return new Fault("register-busy", `another run is using the register${holderOf(path)}`, {
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
    hints: [
      "`lulus register check` tells all that is wrong with it",
      "restore it from a copy or an export (`lulus register import`); nothing is issued from a damaged register",
    ],
  });
}
