import { chainHash, genesis } from "./chain.js";
import type { Store } from "./store.js";

/** Entries of a log, and the hash of the last. */
export interface Head {
  readonly size: number;
  readonly head: string;
}

/** What happened, entry after entry, chained by hashes (see chain.ts). */
export class Log {
  readonly #store: Store;
  readonly #now: () => Date;
  /** the end of the log, within a transaction */
  #last: Head | null = null;

  constructor(store: Store, now: () => Date) {
    this.#store = store;
    this.#now = now;
  }

  /** Nobody else writes while the register is open, but what was undone must be forgotten here as well. */
  forget(): void {
    this.#last = null;
  }

  append(kind: string, certificate: { id: number; cti: string } | null, detail: unknown): void {
    const last = this.#last ?? this.head();
    const entry = {
      id: last.size + 1,
      at: this.#now().toISOString(),
      kind,
      certificate: certificate?.cti ?? null,
      detail: JSON.stringify(detail),
    };
    const hash = chainHash(last.head, entry);
    this.#store.run(
      "INSERT INTO log (id, at, kind, certificate, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
      ...[entry.id, entry.at, kind, certificate?.id ?? null, entry.detail, hash],
    );
    this.#last = { size: entry.id, head: hash };
  }

  head(): Head {
    const [last] = this.#store.all("SELECT id, hash FROM log ORDER BY id DESC LIMIT 1");
    return last === undefined
      ? { size: 0, head: genesis }
      : { size: Number(Object(last).id), head: String(Object(last).hash) };
  }

  /** The hash after the first `size` entries; `null` if there are fewer. */
  headAt(size: number): string | null {
    if (size === 0) return genesis;
    const hash = this.#store.scalar("SELECT hash FROM log WHERE id = ?", size);
    return typeof hash === "string" ? hash : null;
  }
}
