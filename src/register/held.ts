import { createHash } from "node:crypto";
import type { Certificate } from "../model/certificate.js";
import type { Withdrawal } from "../model/withdrawal.js";
import { Log } from "./log.js";
import type { MailEntry } from "./mail.js";
import { openForWriting } from "./open.js";
import { Register } from "./register.js";
import type { NewBatch, Registered, Rendering, SignatureParts } from "./rows.js";
import { insertSealed } from "./sealed.js";
import type { Store } from "./store.js";

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

/** The key that signs, as the register keeps it. */
export interface Signer {
  readonly kid: string;
  readonly publicKey: string;
}

/**
 * The register, held alone to add to it. Nothing is ever changed or removed; what happens later is added to the log.
 * The clock is an argument of the constructor, so that a run can be repeated.
 */
export class HeldRegister extends Register {
  readonly #now: () => Date;
  readonly #log: Log;

  private constructor(store: Store, now: () => Date) {
    super(store);
    this.#now = now;
    this.#log = new Log(store, now);
  }

  /** Nobody else adds to it until {@link close}. @throws Fault if another run does, or the file cannot be used */
  static open(path: string, now: () => Date): HeldRegister {
    const register = new HeldRegister(openForWriting(path, now), now);
    try {
      register.admit();
      return register;
    } catch (error) {
      register.close();
      throw error;
    }
  }

  /** All of it or nothing: what is inside is durable when this returns, and as if never tried when it throws. */
  transaction<T>(change: () => T): T {
    this.#log.forget();
    try {
      return this.store.transaction(change);
    } finally {
      this.#log.forget();
    }
  }

  /** The same around a change that pauses, so that whoever waits can interrupt it. */
  async transactionAround<T>(change: () => Promise<T>): Promise<T> {
    this.#log.forget();
    try {
      return await this.store.transactionAround(change);
    } finally {
      this.#log.forget();
    }
  }

  holderOf(event: string, award: string, keys: readonly string[]): string | null {
    for (const key of keys) {
      const person = this.store.scalar(
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
      this.store.scalar("SELECT coalesce(max(seq), 0) FROM certificate WHERE counter = ?", counter),
    );
  }

  isNumberTaken(number: string): boolean {
    return this.store.scalar("SELECT 1 FROM certificate WHERE number = ?", number) !== undefined;
  }

  isIndexTaken(statusIndex: number): boolean {
    return this.store.scalar("SELECT 1 FROM certificate WHERE status_index = ?", statusIndex) !== undefined;
  }

  isFileTaken(event: string, file: string): boolean {
    return (
      this.store.scalar("SELECT 1 FROM certificate WHERE event = ? AND lower(file) = ?", event, file) !==
      undefined
    );
  }

  /** Enters a batch and its certificates. Call it inside {@link transaction}. */
  enter(batch: NewBatch, certificates: readonly Entered[], issuer: Signer): void {
    const enter = this.begin(batch, certificates.length, issuer);
    for (const entered of certificates) enter(entered);
  }

  /** The same for batches of any size. @returns what enters its certificates, one after the other, `count` in all */
  begin(batch: NewBatch, count: number, issuer: Signer): (entered: Entered) => void {
    const files = Object.fromEntries(
      [...batch.template.files].map(([path, bytes]) => [path, this.#keep(bytes)]),
    );
    const { name, shared } = batch.template;
    const compiled = shared === undefined ? {} : { shared: this.#keep(shared) };
    this.#knowKey(issuer);
    const { id, row } = insertSealed(this.store, "batch", {
      event: batch.event,
      award: batch.award,
      language: batch.language,
      template: JSON.stringify({ name, files, ...compiled }),
      record: batch.record,
      demand: JSON.stringify(batch.demand),
      basis: JSON.stringify(batch.basis),
    });
    this.#log.append("batch", null, { batch: id, certificates: count, row });
    return (entered) => this.#enterOne(id, entered, issuer.kid);
  }

  #enterOne(
    batch: number,
    { certificate: c, keys, counter, seq, evidence, badge }: Entered,
    kid: string,
  ): void {
    const { id, row } = insertSealed(this.store, "certificate", {
      ...{ batch, event: c.event, person: c.person, award: c.award, revision: c.revision, counter, seq },
      ...{ number: c.number, name: c.name, email: c.email },
      personal: JSON.stringify(c.personal),
      sensitive: JSON.stringify(c.sensitive),
      ...{ date: c.date, cti: c.cti, status_index: c.statusIndex, token: c.token, file: c.file },
      evidence: JSON.stringify(evidence),
    });
    const held = [...new Set([c.person, ...keys])];
    for (const key of held) {
      this.store.run(
        "INSERT OR IGNORE INTO holder (event, award, key, person) VALUES (?, ?, ?, ?)",
        c.event,
        c.award,
        key,
        c.person,
      );
    }
    const token = sha256(c.token);
    this.#log.append("planned", { id, cti: c.cti }, { number: c.number, token, keys: held, row });
    if (badge === null) return;
    const sealed = insertSealed(this.store, "badge", { certificate: id, kid, proof: badge });
    this.#log.append("badge", { id, cti: c.cti }, { kid, row: sealed.row });
  }

  #knowKey({ kid, publicKey }: Signer): void {
    if (this.store.scalar("SELECT 1 FROM issuer_key WHERE kid = ?", kid) !== undefined) return;
    const { row } = insertSealed(this.store, "issuer_key", { kid, public: publicKey });
    this.#log.append("key", null, { kid, row });
  }

  /** Notes what the certificate's PDF is signed with. Call it inside {@link transaction}; a certificate is signed once. */
  noteSigned({ id, certificate: { cti } }: Rendering, { room, value, stamp }: SignatureParts): void {
    const { row } = insertSealed(this.store, "signature", { certificate: id, room, value, stamp });
    this.#log.append("signed", { id, cti }, { row });
  }

  /** Notes that the certificate's file was written whole and read back. Call it inside {@link transaction}. */
  noteRendered(of: Rendering, sha: string): void {
    if (of.sha256 === sha) return;
    const { row } = insertSealed(this.store, "rendering", { certificate: of.id, sha256: sha });
    this.#log.append("rendered", { id: of.id, cti: of.certificate.cti }, { sha256: sha, row });
  }

  /** Notes what happens to the certificate's mail. Call it inside {@link transaction}. */
  noteMail({ id, cti }: { readonly id: number; readonly cti: string }, { kind, detail }: MailEntry): void {
    this.#log.append(kind, { id, cti }, detail);
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
      successor === null ? null : this.store.scalar("SELECT id FROM certificate WHERE number = ?", successor);
    const at = this.#now().toISOString();
    const { row } = insertSealed(this.store, "withdrawal", {
      ...{ certificate: of.id, state, reason, note, at },
      successor: typeof by === "number" ? by : null,
    });
    this.#log.append(state, { id: of.id, cti: of.certificate.cti }, { reason, note, by: successor, row });
  }

  #keep(bytes: Uint8Array): string {
    const hash = sha256(bytes);
    if (this.store.scalar("SELECT 1 FROM blob WHERE sha256 = ?", hash) === undefined)
      this.store.run("INSERT INTO blob (sha256, bytes) VALUES (?, ?)", hash, Buffer.from(bytes));
    // what nobody has looked at for a year may be damaged, and nothing is issued on it then
    else this.blob(hash);
    return hash;
  }
}

function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}
