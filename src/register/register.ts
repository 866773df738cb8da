import { createHash } from "node:crypto";
import type { Certificate } from "../model/certificate.js";
import type { Withdrawal } from "../model/withdrawal.js";
import { chainHash, genesis } from "./chain.js";
import {
  type BatchRow,
  batchRow,
  type Filed,
  filed,
  type Listed,
  listed,
  type NewBatch,
  type Numbering,
  numberingRow,
  type Registered,
  type Rendering,
  registered,
  withdrawalRow,
} from "./rows.js";
import { damaged, openForReading, openForWriting, type Store } from "./store.js";

/** A certificate to enter, with the counter it was numbered by and what it was decided on. */
export interface Entered {
  readonly certificate: Certificate;
  readonly keys: readonly string[];
  readonly counter: string;
  readonly seq: number;
  readonly evidence: unknown;
  /** `proofValue` of its Open Badge, where one goes into its file */
  readonly badge: string | null;
}

const PAGE = 1000;

const selectCertificates = `
  SELECT c.id, c.batch, c.event, c.person, c.award, c.revision, c.number, c.name, c.email, c.personal, c.sensitive,
         c.date, c.cti, c.status_index, c.token, c.file, r.sha256,
         b.kid AS badge_kid, b.proof AS badge_proof
  FROM certificate c LEFT JOIN rendering r ON r.certificate = c.id LEFT JOIN badge b ON b.certificate = c.id`;

/**
 * Everything that was issued. Nothing is ever changed or removed; what happens later is added to the log.
 * The clock is an argument of the constructor, so that a run can be repeated.
 */
export class Register {
  readonly #store: Store;
  readonly #now: () => Date;
  /** the end of the log, within a transaction */
  #last: { readonly id: number; readonly hash: string } | null = null;

  private constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** Holds the register alone until {@link close}. @throws Fault if another run does, or the file cannot be used */
  static open(path: string, now: () => Date): Register {
    return new Register(openForWriting(path), now);
  }

  /** For looking only; `null` where there is none. */
  static read(path: string): Register | null {
    const store = openForReading(path);
    return store === null ? null : new Register(store, () => new Date(0));
  }

  close(): void {
    this.#store.close();
  }

  /** All of it or nothing: what is inside is durable when this returns, and as if never tried when it throws. */
  transaction<T>(change: () => T): T {
    // nobody else writes while the register is open, but what is undone must be forgotten here as well
    this.#last = null;
    try {
      return this.#store.transaction(change);
    } finally {
      this.#last = null;
    }
  }

  holderOf(event: string, award: string, keys: readonly string[]): string | null {
    for (const key of keys) {
      const person = this.#store.scalar(
        "SELECT person FROM holder WHERE event = ? AND award = ? AND key = ?",
        event,
        award,
        key,
      );
      if (typeof person === "string") return person;
    }
    return null;
  }

  highest(counter: string): number {
    return Number(
      this.#store.scalar("SELECT coalesce(max(seq), 0) FROM certificate WHERE counter = ?", counter),
    );
  }

  isNumberTaken(number: string): boolean {
    return this.#store.scalar("SELECT 1 FROM certificate WHERE number = ?", number) !== undefined;
  }

  isIndexTaken(statusIndex: number): boolean {
    return this.#store.scalar("SELECT 1 FROM certificate WHERE status_index = ?", statusIndex) !== undefined;
  }

  isFileTaken(event: string, file: string): boolean {
    return (
      this.#store.scalar("SELECT 1 FROM certificate WHERE event = ? AND lower(file) = ?", event, file) !==
      undefined
    );
  }

  /** Certificates of an event. */
  countOf(event: string): number {
    return Number(this.#store.scalar("SELECT count(*) FROM certificate WHERE event = ?", event));
  }

  get count(): number {
    return Number(this.#store.scalar("SELECT count(*) FROM certificate"));
  }

  /** Enters a batch and its certificates. Call it inside {@link transaction}. */
  enter(
    batch: NewBatch,
    certificates: readonly Entered[],
    issuer: { readonly kid: string; readonly publicKey: string },
  ): void {
    const files = Object.fromEntries(
      [...batch.template.files].map(([path, bytes]) => [path, this.#keep(bytes)]),
    );
    this.#store.run(
      "INSERT OR IGNORE INTO issuer_key (kid, public) VALUES (?, ?)",
      issuer.kid,
      issuer.publicKey,
    );
    const id = this.#store.run(
      "INSERT INTO batch (event, award, language, template, record, demand, basis) VALUES (?, ?, ?, ?, ?, ?, ?)",
      batch.event,
      batch.award,
      batch.language,
      JSON.stringify({ name: batch.template.name, files }),
      batch.record,
      JSON.stringify(batch.demand),
      JSON.stringify(batch.basis),
    );
    this.#log("batch", null, { batch: id, certificates: certificates.length });
    for (const entered of certificates) this.#enterOne(id, entered, issuer.kid);
  }

  #enterOne(
    batch: number,
    { certificate: c, keys, counter, seq, evidence, badge }: Entered,
    kid: string,
  ): void {
    const id = this.#store.run(
      `INSERT INTO certificate (batch, event, person, award, revision, counter, seq, number, name, email, personal, sensitive,
         date, cti, status_index, token, file, evidence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[batch, c.event, c.person, c.award, c.revision, counter, seq, c.number, c.name, c.email],
      ...[
        JSON.stringify(c.personal),
        JSON.stringify(c.sensitive),
        c.date,
        c.cti,
        c.statusIndex,
        c.token,
        c.file,
      ],
      JSON.stringify(evidence),
    );
    for (const key of new Set([c.person, ...keys])) {
      this.#store.run(
        "INSERT OR IGNORE INTO holder (event, award, key, person) VALUES (?, ?, ?, ?)",
        c.event,
        c.award,
        key,
        c.person,
      );
    }
    if (badge !== null)
      this.#store.run("INSERT INTO badge (certificate, kid, proof) VALUES (?, ?, ?)", id, kid, badge);
    const signed = badge === null ? {} : { badge: sha256(badge) };
    this.#log("planned", { id, cti: c.cti }, { number: c.number, token: sha256(c.token), ...signed });
  }

  /** Notes that the certificate's file was written whole and read back. Call it inside {@link transaction}. */
  noteRendered(of: Rendering, sha: string): void {
    if (of.sha256 === sha) return;
    this.#store.run("INSERT INTO rendering (certificate, sha256) VALUES (?, ?)", of.id, sha);
    this.#log("rendered", { id: of.id, cti: of.certificate.cti }, { sha256: sha });
  }

  /**
   * Notes that the certificate no longer holds. Call it inside {@link transaction}; a certificate is withdrawn once.
   *
   * @param successor number of the certificate that takes its place, where there is one
   */
  withdraw(
    of: Registered,
    { state, reason, note }: Pick<Withdrawal, "state" | "reason" | "note">,
    successor: string | null,
  ): void {
    const by =
      successor === null
        ? null
        : this.#store.scalar("SELECT id FROM certificate WHERE number = ?", successor);
    this.#store.run(
      "INSERT INTO withdrawal (certificate, state, reason, note, at, successor) VALUES (?, ?, ?, ?, ?, ?)",
      ...[of.id, state, reason, note, this.#now().toISOString(), by ?? null],
    );
    this.#log(state, { id: of.id, cti: of.certificate.cti }, { reason, note, by: successor });
  }

  /** By id (hex) of the certificate, all events. */
  withdrawals(): Map<string, Withdrawal & { readonly statusIndex: number }> {
    const query = `
      SELECT c.cti, c.status_index, w.state, w.reason, w.note, w.at, s.number AS successor
      FROM withdrawal w JOIN certificate c ON c.id = w.certificate LEFT JOIN certificate s ON s.id = w.successor`;
    return new Map(this.#store.all(query).map((row) => withdrawalRow.parse(row)));
  }

  /** The certificate with this number or this id (hex); `null` if there is none. */
  find(numberOrId: string): Registered | null {
    const [row] = this.#store.all(
      `${selectCertificates} WHERE c.number = ? OR c.cti = ?`,
      numberOrId,
      numberOrId.toLowerCase(),
    );
    return row === undefined ? null : registered(row);
  }

  /** Entries of the log, and the hash of the last: to be published, so that a cut tail shows. */
  logHead(): { readonly size: number; readonly head: string } {
    const [last] = this.#store.all("SELECT id, hash FROM log ORDER BY id DESC LIMIT 1");
    return last === undefined
      ? { size: 0, head: genesis }
      : { size: Number(Object(last).id), head: String(Object(last).hash) };
  }

  /** The log's hash after its first `size` entries; `null` if it has fewer. */
  headAt(size: number): string | null {
    const hash = this.#store.scalar("SELECT hash FROM log WHERE id = ?", size);
    return typeof hash === "string" ? hash : null;
  }

  /** The highest place in a status list that was given; -1 where nothing was issued. */
  highestIndex(): number {
    return Number(this.#store.scalar("SELECT coalesce(max(status_index), -1) FROM certificate"));
  }

  /** The last date (ISO) that is printed on a certificate; `null` where nothing was issued. */
  latestDate(): string | null {
    const date = this.#store.scalar("SELECT max(date) FROM certificate");
    return typeof date === "string" ? date : null;
  }

  /** Of all certificates, for telling which one was meant. */
  numbers(): string[] {
    return this.#store
      .all("SELECT number FROM certificate ORDER BY id")
      .map((row) => String(Object(row).number));
  }

  /** What a certificate was numbered by and decided on, for the one that takes its place. */
  numberingOf({ id }: Registered): Numbering {
    return numberingRow.parse(
      this.#store.all("SELECT counter, seq, evidence FROM certificate WHERE id = ?", id)[0],
    );
  }

  /** The certificates of an event, in the order of their numbers' counter. */
  certificates(event: string): Registered[] {
    return this.#store.all(`${selectCertificates} WHERE c.event = ? ORDER BY c.id`, event).map(registered);
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

  /** Certificates by their ids, in the order of these, which must ascend. */
  certificatesOf(ids: readonly number[]): Registered[] {
    const query = `${selectCertificates} WHERE c.id IN (SELECT value FROM json_each(?)) ORDER BY c.id`;
    return this.#store.all(query, JSON.stringify(ids)).map(registered);
  }

  /** Page by page, so that memory does not grow with the event and the register can be written to in between. */
  *#paged(query: string, event: string): Iterable<unknown> {
    let last = 0;
    for (;;) {
      const rows = this.#store.all(
        `${query} WHERE c.event = ? AND c.id > ? ORDER BY c.id LIMIT ${PAGE}`,
        event,
        last,
      );
      yield* rows;
      if (rows.length < PAGE) return;
      last = Number(Object(rows.at(-1)).id);
    }
  }

  /** Ids of all certificates, hex. */
  allCtis(): string[] {
    return this.#store.all("SELECT cti FROM certificate").map((row) => String(Object(row).cti));
  }

  /** Number → SHA-256 (hex) of the file as it was last written whole. */
  allHashes(): Map<string, string> {
    const query = "SELECT c.number, r.sha256 FROM certificate c JOIN rendering r ON r.certificate = c.id";
    return new Map(
      this.#store.all(query).map((row) => [String(Object(row).number), String(Object(row).sha256)]),
    );
  }

  batches(event: string): BatchRow[] {
    return this.#store
      .all("SELECT * FROM batch WHERE event = ? ORDER BY id", event)
      .map((row) => batchRow.parse(row));
  }

  /** Canonical JSON of every event record that certificates of this register name. */
  records(): string[] {
    return this.#store
      .all("SELECT DISTINCT record FROM batch ORDER BY record")
      .map((row) => String(Object(row).record));
  }

  /** Public keys that signed certificates of this register. */
  issuerKeys(): string[] {
    return this.#store
      .all("SELECT public FROM issuer_key ORDER BY kid")
      .map((row) => String(Object(row).public));
  }

  /** Content by its hash. @throws Fault if it is not there or not what it was */
  blob(hash: string): Uint8Array {
    const bytes = this.#store.scalar("SELECT bytes FROM blob WHERE sha256 = ?", hash);
    const content =
      bytes instanceof ArrayBuffer || ArrayBuffer.isView(bytes) ? Buffer.from(bytes as ArrayBuffer) : null;
    if (content === null || sha256(content) !== hash) {
      throw damaged(`content ${hash.slice(0, 12)}… is missing or changed`, this.#store.path);
    }
    return content;
  }

  #keep(bytes: Uint8Array): string {
    const hash = sha256(bytes);
    this.#store.run("INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)", hash, Buffer.from(bytes));
    return hash;
  }

  #log(kind: string, certificate: { id: number; cti: string } | null, detail: unknown): void {
    const last = this.#last ?? this.#lastLogged();
    const entry = {
      id: last.id + 1,
      at: this.#now().toISOString(),
      kind,
      certificate: certificate?.cti ?? null,
      detail: JSON.stringify(detail),
    };
    const hash = chainHash(last.hash, entry);
    this.#store.run(
      "INSERT INTO log (id, at, kind, certificate, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
      ...[entry.id, entry.at, kind, certificate?.id ?? null, entry.detail, hash],
    );
    this.#last = { id: entry.id, hash };
  }

  #lastLogged(): { id: number; hash: string } {
    const [row] = this.#store.all("SELECT id, hash FROM log ORDER BY id DESC LIMIT 1");
    return row === undefined
      ? { id: 0, hash: genesis }
      : { id: Number(Object(row).id), hash: String(Object(row).hash) };
  }
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
