import { createHash } from "node:crypto";
import { nearest } from "../model/yaml.js";
import { admitEnd } from "./admit.js";
import { admitText, type Some } from "./legible.js";
import { type Head, Log } from "./log.js";
import { type Mailed, mailed, selectMailed } from "./mail.js";
import { openForReading } from "./open.js";
import {
  type BatchRow,
  batchRow,
  type Filed,
  filed,
  type Listed,
  type LogEntry,
  listed,
  logEntry,
  type Numbering,
  numberingRow,
  type Overview,
  overview,
  type Registered,
  registered,
  registeredIn,
  selectCertificates,
  selectOverview,
  selectWithdrawals,
  type Withdrawn,
  withdrawalRow,
} from "./rows.js";
import { damaged, type Store } from "./store.js";

const PAGE = 1000;
/** Of an event so many numbers are compared. */
const MOST_LIKE = 30_000;

/** Everything that was issued, to be looked at. What adds to it is a {@link HeldRegister}. */
export class Register {
  protected readonly store: Store;
  readonly #log: Log;

  protected constructor(store: Store) {
    this.store = store;
    this.#log = new Log(store, () => new Date(0));
  }

  /** For looking only; `null` where there is none. */
  static read(path: string): Register | null {
    const store = openForReading(path);
    return store === null ? null : new Register(store);
  }

  /** Refuses to be gone on from where its end is not as it was written. @throws Fault `register-damaged` */
  admit(): void {
    admitEnd(this.store);
  }

  /** Refuses certificates whose text is none any more. @throws Fault `register-damaged` */
  admitText(some: Some): void {
    admitText(this.store, some);
  }

  close(): void {
    this.store.close();
  }

  /** Certificates of an event. */
  countOf(event: string): number {
    return Number(this.store.scalar("SELECT count(*) FROM certificate WHERE event = ?", event));
  }

  get count(): number {
    // rows are only ever added, so nobody has to count a million of them
    return Number(this.store.scalar("SELECT coalesce(max(id), 0) FROM certificate"));
  }

  /** The certificates of an event one after the other, and how it stands with their mails. */
  *mailed(event: string): Iterable<Mailed> {
    for (const row of this.#paged(selectMailed, event)) yield mailed(row);
  }

  /** The one with this id. */
  mailedOne(id: number): Mailed {
    return mailed(this.store.all(`${selectMailed} WHERE c.id = ?`, id)[0]);
  }

  /** By id (hex) of the certificate, of one event or (`null`) all. */
  withdrawals(event: string | null = null): Map<string, Withdrawn> {
    const filter = event === null ? "" : "WHERE c.event = ?";
    const rows = this.store.all(`${selectWithdrawals} ${filter}`, ...(event === null ? [] : [event]));
    return new Map(rows.map((row) => withdrawalRow.parse(row)));
  }

  /** What became of one certificate; `null` while it holds. */
  withdrawalOf({ id }: { readonly id: number }): Withdrawn | null {
    const [row] = this.store.all(`${selectWithdrawals} WHERE w.certificate = ?`, id);
    return row === undefined ? null : withdrawalRow.parse(row)[1];
  }

  /** The certificate with this number or this id (hex); `null` if there is none. */
  find(numberOrId: string): Registered | null {
    const query = "SELECT id FROM certificate WHERE number = ? OR cti = ?";
    const id = this.store.scalar(query, numberOrId, numberOrId.toLowerCase());
    if (typeof id !== "number") return null;
    admitText(this.store, { id });
    const [row] = this.store.all(`${selectCertificates} WHERE c.id = ?`, id);
    return row === undefined ? null : registered(row);
  }

  /** Entries of the log, and the hash of the last: to be published, so that a cut tail shows. */
  logHead(): Head {
    return this.#log.head();
  }

  /** The log's hash after its first `size` entries; `null` if it has fewer. */
  headAt(size: number): string | null {
    return this.#log.headAt(size);
  }

  /** The highest place in a status list that was given; -1 where nothing was issued. */
  highestIndex(): number {
    return Number(this.store.scalar("SELECT coalesce(max(status_index), -1) FROM certificate"));
  }

  /** The last date (ISO) that is printed on a certificate; `null` where nothing was issued. */
  latestDate(): string | null {
    const date = this.store.scalar("SELECT max(date) FROM certificate");
    return typeof date === "string" ? date : null;
  }

  /**
   * Numbers that a wrong one may have meant, for telling which: those of the events that it seems to name, and those that
   * begin as it does. All numbers would have to be compared otherwise, of which there may be a million.
   */
  numbersLike(wrong: string): string[] {
    const found = this.#eventsNamedIn(wrong).flatMap((event) =>
      this.store.all("SELECT hex(number) AS hex FROM certificate WHERE event = ? LIMIT ?", event, MOST_LIKE),
    );
    for (let length = wrong.length - 1; length > 0 && found.length < PAGE; length -= 1) {
      const beginning = wrong.slice(0, length);
      const query = "SELECT hex(number) AS hex FROM certificate WHERE number >= ? AND number < ? LIMIT ?";
      found.push(...this.store.all(query, beginning, `${beginning}\u{10ffff}`, PAGE));
    }
    // as bytes: of numbers that nobody asks for it does not matter what is in them
    const numbers = found.map((row) => Buffer.from(String(Object(row).hex), "hex").toString());
    return [...new Set(numbers)];
  }

  /** The event that a number writes out, and the one that is most like any of its parts. */
  #eventsNamedIn(number: string): string[] {
    const events = this.events();
    const parts = number.split(/[/\s]/).filter((part) => part.length > 3);
    const near = parts.flatMap((part) => nearest(part, events) ?? []);
    return [...new Set([...events.filter((event) => number.includes(event)), ...near])].slice(0, 4);
  }

  /** What a certificate was numbered by and decided on, for the one that takes its place. */
  numberingOf({ id }: Registered): Numbering {
    return numberingRow.parse(
      this.store.all("SELECT counter, seq, evidence FROM certificate WHERE id = ?", id)[0],
    );
  }

  /** The certificates of an event, in the order of their numbers' counter. */
  certificates(event: string): Registered[] {
    return this.store.all(`${selectCertificates} WHERE c.event = ? ORDER BY c.id`, event).map(registered);
  }

  /** The same one after the other, for events of any size: only where each lies. */
  *files(event: string): Iterable<Filed> {
    const query = `SELECT c.id, c.batch, c.number, c.file, r.sha256
      FROM certificate c LEFT JOIN rendering r ON r.certificate = c.id`;
    for (const row of this.#paged(query, event)) yield filed(row);
  }

  /** The same, what lists say of them. */
  *listed(event: string): Iterable<Listed> {
    const query = "SELECT id, batch, number, name, email, award, file, cti, token FROM certificate c";
    for (const row of this.#paged(query, event)) yield listed(row);
  }

  /** The same, of one event or (`null`) all, with what became of them. */
  *overview(event: string | null): Iterable<Overview> {
    for (const row of this.#paged(selectOverview, event)) yield overview(row);
  }

  /** Ids of the events that certificates of this register are of. */
  events(): string[] {
    return this.store
      .all("SELECT DISTINCT event FROM batch ORDER BY event")
      .map((row) => String(Object(row).event));
  }

  batch(id: number): BatchRow | null {
    const [row] = this.store.all("SELECT * FROM batch WHERE id = ?", id);
    return row === undefined ? null : batchRow.parse(row);
  }

  /** What the log has to say of a certificate, from its beginning. */
  entriesOf({ id }: Registered): LogEntry[] {
    const query = "SELECT id, at, kind, detail FROM log WHERE certificate = ? ORDER BY id";
    return this.store.all(query, id).map((row) => logEntry.parse(row));
  }

  /** Number of the certificate that this one took the place of; `null` if of none. */
  formerOf({ id }: Registered): string | null {
    const number = this.store.scalar(
      "SELECT c.number FROM withdrawal w JOIN certificate c ON c.id = w.certificate WHERE w.successor = ?",
      id,
    );
    return typeof number === "string" ? number : null;
  }

  /** Batches of an event of which certificates have not been rendered yet, with how many. */
  unfinished(event: string): { readonly batch: BatchRow; readonly open: number; readonly of: number }[] {
    const query = `SELECT c.batch AS id, count(*) AS total, count(*) - count(r.certificate) AS open
      FROM certificate c LEFT JOIN rendering r ON r.certificate = c.id WHERE c.event = ? GROUP BY c.batch`;
    return this.store.all(query, event).flatMap((row) => {
      const { id, open, total } = Object(row);
      const batch = open > 0 ? this.batch(id) : null;
      return batch === null ? [] : [{ batch, open, of: total }];
    });
  }

  /** Certificates by their ids, in the order of these, which must ascend. */
  certificatesOf(ids: readonly number[]): Registered[] {
    return registeredIn(this.packedOf(ids));
  }

  /** The same in a form that another thread takes: see `registeredIn`. */
  packedOf(ids: readonly number[]): Uint8Array {
    const query = `${selectCertificates} WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id LIMIT ?`;
    return this.store.packed(query, JSON.stringify(ids), ids.length);
  }

  /** Ids of a batch's certificates of which nothing is signed yet. */
  unsigned(batch: number): number[] {
    const query = `SELECT c.id FROM certificate c LEFT JOIN signature s ON s.certificate = c.id
      WHERE c.event = (SELECT event FROM batch WHERE id = ?) AND c.batch = ? AND s.certificate IS NULL ORDER BY c.id`;
    return this.store.all(query, batch, batch).map((row) => Number(Object(row).id));
  }

  /** Page by page, so that memory does not grow with the event and the register can be written to in between. */
  *#paged(query: string, event: string | null): Iterable<unknown> {
    const [filter, values] = event === null ? ["", []] : ["c.event = ? AND", [event]];
    let last = 0;
    for (;;) {
      const rows = this.store.rows(
        `${query} WHERE ${filter} c.id > ? ORDER BY c.id LIMIT ${PAGE}`,
        ...values,
        last,
      );
      yield* rows;
      if (rows.length < PAGE) return;
      last = Number(Object(rows.at(-1)).id);
    }
  }

  /** Ids of all certificates, hex. */
  allCtis(): string[] {
    return this.store.all("SELECT cti FROM certificate").map((row) => String(Object(row).cti));
  }

  /** Number → SHA-256 (hex) of the file as it was last written whole. */
  allHashes(): Map<string, string> {
    const query = "SELECT c.number, r.sha256 FROM certificate c JOIN rendering r ON r.certificate = c.id";
    return new Map(
      this.store.all(query).map((row) => [String(Object(row).number), String(Object(row).sha256)]),
    );
  }

  batches(event: string): BatchRow[] {
    return this.store
      .all("SELECT * FROM batch WHERE event = ? ORDER BY id", event)
      .map((row) => batchRow.parse(row));
  }

  /** Canonical JSON of every event record that certificates of this register name. */
  records(): string[] {
    return this.store
      .all("SELECT DISTINCT record FROM batch ORDER BY record")
      .map((row) => String(Object(row).record));
  }

  /** Public keys that signed certificates of this register. */
  issuerKeys(): string[] {
    return this.store
      .all("SELECT public FROM issuer_key ORDER BY kid")
      .map((row) => String(Object(row).public));
  }

  /** Content by its hash. @throws Fault if it is not there or not what it was */
  blob(hash: string): Uint8Array {
    const bytes = this.store.scalar("SELECT bytes FROM blob WHERE sha256 = ?", hash);
    const content =
      bytes instanceof ArrayBuffer || ArrayBuffer.isView(bytes) ? Buffer.from(bytes as ArrayBuffer) : null;
    if (content === null || createHash("sha256").update(content).digest("hex") !== hash) {
      throw damaged(`content ${hash.slice(0, 12)}… is missing or changed`, this.store.path);
    }
    return content;
  }
}
