import type { AttendanceRow, Identity, Role } from "../model/row.js";

/*
 * An export of a large event has millions of connections. As objects each would take 150 bytes; in columns it takes 22,
 * and rows are made when somebody asks for those of one person.
 */

/** What many rows have in common, so that a row holds but its number. */
export interface Kind {
  readonly file: string;
  readonly session: string | null;
  readonly role: Role;
  readonly kind: AttendanceRow["kind"];
  readonly isOpen: boolean;
}

/** Is told a row: by whom, its line, what it shares with others; `from` and `to` as in {@link Block}. */
export type Visit = (who: number, line: number, kind: Kind, from: number, to: number) => void;

interface Block {
  /** seconds since 1970 of joining, or of a total */
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly line: Uint32Array;
  readonly who: Uint32Array;
  readonly kind: Uint16Array;
  /** the next row of the same chain */
  readonly next: Uint32Array;
}

const blockBits = 14;
const blockSize = 1 << blockBits;
export const noRow = 0xffff_ffff;
const mostKinds = 0xffff;

/** All rows of attendance of an event. */
export class Ledger {
  readonly #blocks: Block[] = [];
  readonly #kinds: Kind[] = [];
  readonly #people: Identity[] = [];
  /** rows that do not fit into the columns, such as years after 2106 */
  readonly #odd = new Map<number, AttendanceRow>();
  #last: Kind | null = null;
  #lastNumber = 0;
  #rows = 0;

  /** Writes a row and gives its number. */
  add(row: AttendanceRow, who: number): number {
    const at = this.#rows;
    const block = this.#blockFor(at);
    const place = at & (blockSize - 1);
    const kind = this.#kindOf(row);
    const [from, to] = timesOf(row);
    block.next[place] = noRow;
    block.who[place] = who;
    if (kind >= mostKinds || !fits(from) || !fits(to) || !fits(row.source.line)) this.#odd.set(at, row);
    else {
      block.from[place] = from;
      block.to[place] = to;
      block.line[place] = row.source.line;
      block.kind[place] = kind;
    }
    this.#rows += 1;
    return at;
  }

  enter(who: Identity): number {
    return this.#people.push(who) - 1;
  }

  person(number: number): Identity {
    return this.#people[number] ?? { name: "", email: null, nip: null };
  }

  /** Has one row follow another. */
  link(row: number, next: number): void {
    const block = this.#blocks[row >>> blockBits];
    if (block !== undefined) block.next[row & (blockSize - 1)] = next;
  }

  /** Goes through a chain, from its first row to its end. */
  walk(first: number, visit: Visit): void {
    for (let at = first; at !== noRow; ) {
      const block = this.#blocks[at >>> blockBits];
      if (block === undefined) return;
      const place = at & (blockSize - 1);
      const who = block.who[place] ?? 0;
      const odd = this.#odd.size === 0 ? undefined : this.#odd.get(at);
      if (odd !== undefined) visit(who, odd.source.line, kindOf(odd), ...timesOf(odd));
      else {
        const kind = this.#kinds[block.kind[place] ?? 0];
        if (kind === undefined) throw new RangeError("a row of the ledger has no kind");
        visit(who, block.line[place] ?? 0, kind, block.from[place] ?? 0, block.to[place] ?? 0);
      }
      at = block.next[place] ?? noRow;
    }
  }

  #kindOf(row: AttendanceRow): number {
    if (this.#last !== null && isOfKind(row, this.#last)) return this.#lastNumber;
    let found = this.#kinds.findLastIndex((kind) => isOfKind(row, kind));
    if (found < 0) found = this.#kinds.length < mostKinds ? this.#kinds.push(kindOf(row)) - 1 : mostKinds;
    this.#last = this.#kinds[found] ?? null;
    this.#lastNumber = found;
    return found;
  }

  #blockFor(row: number): Block {
    const known = this.#blocks[row >>> blockBits];
    if (known !== undefined) return known;
    const column = () => new Uint32Array(blockSize);
    const block: Block = {
      from: column(),
      to: column(),
      line: column(),
      who: column(),
      kind: new Uint16Array(blockSize),
      next: column(),
    };
    this.#blocks.push(block);
    return block;
  }
}

function kindOf({ source: { file }, session, role, ...row }: AttendanceRow): Kind {
  return { file, session, role, kind: row.kind, isOpen: row.kind === "connection" && row.leave === null };
}

function isOfKind(row: AttendanceRow, kind: Kind): boolean {
  return (
    kind.kind === row.kind &&
    kind.role === row.role &&
    kind.session === row.session &&
    kind.isOpen === (row.kind === "connection" && row.leave === null) &&
    kind.file === row.source.file
  );
}

function timesOf(row: AttendanceRow): [number, number] {
  if (row.kind === "connection") return [row.join, row.leave ?? 0];
  return [row.kind === "total" ? row.seconds : 0, 0];
}

function fits(value: number): boolean {
  return value >>> 0 === value;
}
