import type { AttendanceRow, Identity, Role, Source } from "../model/row.js";
import { bySource } from "./source.js";

/*
 * An export of a large event has millions of connections. As objects each would take 150 bytes; in columns it takes 22,
 * and rows are made when somebody asks for those of one person.
 */

/** What many rows have in common, so that a row holds but its number. */
interface Kind {
  readonly file: string;
  readonly session: string | null;
  readonly role: Role;
  readonly kind: AttendanceRow["kind"];
  readonly isOpen: boolean;
}

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
const noRow = 0xffff_ffff;
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
    if (kind >= mostKinds || !fits(from) || !fits(to) || !fits(row.source.line)) this.#odd.set(at, row);
    else {
      block.from[place] = from;
      block.to[place] = to;
      block.line[place] = row.source.line;
      block.who[place] = who;
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

  /** The rows of a chain, from its first to its end. */
  read(first: number): AttendanceRow[] {
    const rows: AttendanceRow[] = [];
    for (let at = first; at !== noRow; ) {
      const block = this.#blocks[at >>> blockBits];
      if (block === undefined) break;
      rows.push(this.#odd.get(at) ?? this.#rowAt(block, at & (blockSize - 1)));
      at = block.next[at & (blockSize - 1)] ?? noRow;
    }
    return rows;
  }

  #rowAt(block: Block, place: number): AttendanceRow {
    const kind = this.#kinds[block.kind[place] ?? 0];
    if (kind === undefined) throw new RangeError("a row of the ledger has no kind");
    const source: Source = { file: kind.file, line: block.line[place] ?? 0 };
    const common = {
      who: this.person(block.who[place] ?? 0),
      role: kind.role,
      session: kind.session,
      source,
    };
    const from = block.from[place] ?? 0;
    if (kind.kind === "absent") return { ...common, kind: "absent" };
    if (kind.kind === "total") return { ...common, kind: "total", seconds: from };
    return { ...common, kind: "connection", join: from, leave: kind.isOpen ? null : (block.to[place] ?? 0) };
  }

  #kindOf({ source: { file }, session, role, ...row }: AttendanceRow): number {
    const isOpen = row.kind === "connection" && row.leave === null;
    const fitting = (kind: Kind) =>
      kind.file === file &&
      kind.role === role &&
      kind.kind === row.kind &&
      kind.isOpen === isOpen &&
      kind.session === session;
    if (this.#last !== null && fitting(this.#last)) return this.#lastNumber;
    let found = this.#kinds.findLastIndex(fitting);
    if (found < 0) found = this.#kinds.push({ file, session, role, kind: row.kind, isOpen }) - 1;
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

function timesOf(row: AttendanceRow): [number, number] {
  if (row.kind === "connection") return [row.join, row.leave ?? 0];
  return [row.kind === "total" ? row.seconds : 0, 0];
}

function fits(value: number): boolean {
  return value >>> 0 === value;
}

/** From so many identities on, those of one chain are found by what they say rather than by looking through them. */
const fewIdentities = 8;

/** The rows of one person in the ledger. */
export class Attendance {
  readonly #ledger: Ledger;
  readonly #people: number[] = [];
  #bySaying: Map<string, number> | null = null;
  #first = noRow;
  #last = noRow;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** Nobody's rows yet, in the same ledger. */
  beside(): Attendance {
    return new Attendance(this.#ledger);
  }

  get isEmpty(): boolean {
    return this.#first === noRow;
  }

  add(row: AttendanceRow): void {
    const number = this.#ledger.add(row, this.#enter(row.who));
    this.#append(number, number);
  }

  /** Takes over all rows of another, which is not to be used any more. */
  absorb(other: Attendance): void {
    if (other.isEmpty) return;
    if (other.#ledger !== this.#ledger) for (const row of other.rows()) this.add(row);
    else this.#append(other.#first, other.#last);
  }

  /** In the order of files and lines. */
  rows(): AttendanceRow[] {
    const rows = this.#ledger.read(this.#first);
    const isInOrder = rows.every((row, index) => {
      const before = rows[index - 1];
      return before === undefined || bySource(before, row) <= 0;
    });
    return isInOrder ? rows : rows.sort(bySource);
  }

  #append(first: number, last: number): void {
    if (this.#last === noRow) this.#first = first;
    else this.#ledger.link(this.#last, first);
    this.#last = last;
  }

  #enter(who: Identity): number {
    if (this.#bySaying !== null) return this.#enterSaying(this.#bySaying, who);
    const known = this.#people.find((number) => isSame(this.#ledger.person(number), who));
    if (known !== undefined) return known;
    const number = this.#ledger.enter(who);
    this.#people.push(number);
    if (this.#people.length > fewIdentities)
      this.#bySaying = new Map(this.#people.map((each) => [saying(this.#ledger.person(each)), each]));
    return number;
  }

  #enterSaying(bySaying: Map<string, number>, who: Identity): number {
    const key = saying(who);
    let number = bySaying.get(key);
    if (number === undefined) {
      number = this.#ledger.enter(who);
      bySaying.set(key, number);
    }
    return number;
  }
}

function isSame(a: Identity, b: Identity): boolean {
  return (
    a === b || (a.name === b.name && a.email === b.email && a.nip === b.nip && a.typedEmail === b.typedEmail)
  );
}

function saying({ name, email, nip, typedEmail }: Identity): string {
  return JSON.stringify([name, email, nip, typedEmail]);
}
