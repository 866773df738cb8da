import { createHash, type Hash } from "node:crypto";
import { endOfFirstRevision } from "../credential/revision.js";
import { parseRow, ROW } from "./row.js";
import { foreign } from "./syntax.js";
import type { Dictionary, Value } from "./value.js";

/** An object as it stands in the bytes, and where it ends. */
export interface Parsed {
  readonly value: Value;
  readonly end: number;
}

export interface Stream {
  readonly dictionary: Dictionary;
  readonly bytes: Uint8Array;
}

/** What is worked out of a single object and of those that it refers to. */
export type Made = "page" | "font" | "form";

/**
 * Files that begin with the same bytes, as those of a batch do: what stands in these bytes is parsed once. A file whose
 * table places an object of these bytes elsewhere than the first did is none of the series.
 */
export class Series {
  readonly head: Uint8Array;
  /** up to where no end of a file begins */
  readonly closed: number;
  /** by number, as all that follows */
  readonly objects = new Map<number, Parsed>();
  readonly streams = new Map<number, Stream>();
  readonly made = { page: new Map(), font: new Map(), form: new Map() } satisfies Record<
    Made,
    Map<number, unknown>
  >;
  readonly #hash: Hash;
  /** the rows of the table that are about these bytes, as the first file had them, and what they say */
  #table: Uint8Array = new Uint8Array();
  #places: ReadonlyMap<number, number> = new Map();

  constructor(head: Uint8Array) {
    this.head = head;
    this.closed = endOfFirstRevision(head) === null ? Math.max(0, head.length - 4) : 0;
    this.#hash = createHash("sha256").update(head);
  }

  begins(bytes: Uint8Array): boolean {
    return bytes.length > this.head.length && standsAt(bytes, 0, this.head);
  }

  /** SHA-256, fed with the bytes in common. */
  get hash(): Hash {
    return this.#hash.copy();
  }

  /**
   * The rows of the bytes in common stand first in a table, and must be those of the first file.
   *
   * @returns how many they are
   */
  admitRows(bytes: Uint8Array, at: number, count: number): number {
    if (this.#table.length === 0) this.#learn(bytes, at, count);
    if (!standsAt(bytes, at, this.#table)) throw foreign("a table unlike those of its batch");
    return this.#table.length / ROW;
  }

  /** Where an object of the bytes in common begins. */
  offsetOf(number: number): number | undefined {
    return this.#places.get(number);
  }

  #learn(bytes: Uint8Array, at: number, count: number): void {
    const places = new Map<number, number>();
    let rows = 0;
    for (; rows < count; rows += 1) {
      const offset = parseRow(bytes, at + ROW * rows);
      if (offset !== null && offset >= this.head.length) break;
      if (offset !== null) places.set(rows, offset);
    }
    this.#places = places;
    this.#table = Uint8Array.from(bytes.subarray(at, at + ROW * rows));
  }
}

function standsAt(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  return Buffer.compare(bytes.subarray(at, at + expected.length), expected) === 0;
}
