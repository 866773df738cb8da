import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";

/*
 * A register as its file has it, read by SQL alone: nothing of the program that is on trial takes part. Text comes as the
 * hex of its bytes, so that it does not matter what a flipped bit has made of it.
 */

export interface Certificate {
  readonly id: number;
  readonly number: string;
  readonly counter: string;
  readonly seq: number;
  /** event, person and award */
  readonly holding: string;
  readonly file: string;
  readonly cti: string;
  /** of the file, once it was recorded as rendered */
  readonly sha256: string | null;
  readonly isWithdrawn: boolean;
}

export interface Dump {
  /** every row but the log's, without the time of day, by table and key */
  readonly rows: ReadonlyMap<string, string>;
  readonly certificates: readonly Certificate[];
  /** what happened, without when and in which order: kind and certificate */
  readonly happened: readonly string[];
  /** what of the log's chain does not hold */
  readonly breaks: readonly string[];
}

const tables: Readonly<Record<string, readonly string[]>> = {
  batch: ["id", "event", "award", "language", "template", "record", "demand", "basis"],
  certificate: [
    ...["id", "batch", "event", "person", "award", "revision", "counter", "seq", "number", "name", "email"],
    ...["personal", "sensitive", "date", "cti", "status_index", "token", "file", "evidence"],
  ],
  rendering: ["certificate", "sha256"],
  withdrawal: ["certificate", "state", "reason", "note", "successor"],
  issuer_key: ["kid", "public"],
  holder: ["event", "award", "key", "person"],
  blob: ["sha256", "bytes"],
};

const keys: Readonly<Record<string, number>> = { holder: 4 };

/** The key in `rows` of what was recorded of a certificate's file. */
export function renderingKey(id: number): string {
  return `rendering ${Buffer.from(String(id)).toString("hex").toUpperCase()}`;
}

function short(values: string): string {
  return values.length < 128 ? values : createHash("sha256").update(values).digest("hex");
}

/** `null` where there is no register, or none that has anything in it. @throws Error where it cannot be read */
export function dumpOf(path: string): Dump | null {
  if (!existsSync(path)) return null;
  // a copy with its journal: looking at what a killed run has left must not mend it
  const scratch = mkdtempSync(join(tmpdir(), "lulus-dump-"));
  try {
    for (const tail of ["", "-journal"])
      if (existsSync(path + tail)) cpSync(path + tail, join(scratch, `register${tail}`));
    const database = new Database(join(scratch, "register"));
    try {
      const isMade = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'certificate'").all();
      return isMade.length === 0 ? null : read(database);
    } finally {
      database.close();
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

type Open = InstanceType<typeof Database>;
type Row = Readonly<Record<string, string | number | null>>;

function all(database: Open, query: string): Row[] {
  return database.prepare(query).all() as Row[];
}

function read(database: Open): Dump {
  const rows = new Map<string, string>();
  for (const [table, columns] of Object.entries(tables)) {
    const list = columns.map((column) => `hex(${column}) AS ${column}`).join(", ");
    for (const row of all(database, `SELECT ${list} FROM ${table} NOT INDEXED`)) {
      const values = columns.map((column) => String(row[column]));
      rows.set(`${table} ${values.slice(0, keys[table] ?? 1).join(" ")}`, short(values.join(" ")));
    }
  }
  return {
    rows,
    certificates: certificatesOf(database),
    happened: all(
      database,
      "SELECT hex(l.kind) AS kind, hex(c.cti) AS cti FROM log l LEFT JOIN certificate c ON c.id = l.certificate",
    )
      .map(({ kind, cti }) => `${text(kind)} ${text(cti)}`)
      .sort(),
    breaks: breaksOf(database),
  };
}

function certificatesOf(database: Open): Certificate[] {
  const query = `SELECT c.id, hex(c.number) AS number, hex(c.counter) AS counter, c.seq, hex(c.event || ' ' || c.person || ' ' || c.award) AS holding,
      hex(c.file) AS file, hex(c.cti) AS cti, hex(r.sha256) AS sha256, w.certificate IS NOT NULL AS gone
    FROM certificate c NOT INDEXED LEFT JOIN rendering r ON r.certificate = c.id LEFT JOIN withdrawal w ON w.certificate = c.id`;
  return all(database, query).map((row) => ({
    id: Number(row.id),
    number: text(row.number),
    counter: text(row.counter),
    seq: Number(row.seq),
    holding: text(row.holding),
    file: text(row.file),
    cti: text(row.cti),
    sha256: row.sha256 === "" || row.sha256 === null ? null : text(row.sha256),
    isWithdrawn: row.gone === 1,
  }));
}

/** Each entry's hash is over the hash before and its own parts, each with its length before it. */
function breaksOf(database: Open): string[] {
  const query = `SELECT l.id, hex(l.at) AS at, hex(l.kind) AS kind, hex(c.cti) AS cti, hex(l.detail) AS detail, hex(l.hash) AS hash
    FROM log l NOT INDEXED LEFT JOIN certificate c ON c.id = l.certificate ORDER BY l.id`;
  let before = { id: 0, hash: "0".repeat(64) };
  for (const row of all(database, query)) {
    const id = Number(row.id);
    const hash = createHash("sha256").update(before.hash, "hex");
    for (const part of [String(id), text(row.at), text(row.kind), text(row.cti), text(row.detail)])
      hash.update(`${Buffer.byteLength(part)}:${part}`);
    const made = hash.digest("hex");
    if (id !== before.id + 1 || made !== text(row.hash)) return [`the log breaks at entry ${id}`];
    before = { id, hash: made };
  }
  return [];
}

function text(hex: string | number | null | undefined): string {
  return typeof hex === "string" ? Buffer.from(hex, "hex").toString("utf8") : "";
}
