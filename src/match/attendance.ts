import type { AttendanceRow, Identity, Role, Source } from "../model/row.js";
import { type Times, TimesGatherer } from "../model/times.js";
import { type Kind, type Ledger, noRow } from "./ledger.js";
import { bySource } from "./source.js";

/** From so many identities on, those of one chain are found by what they say rather than by looking through them. */
const fewIdentities = 8;

/** The rows of one person in the ledger. */
export class Attendance {
  readonly #ledger: Ledger;
  /** the number of the identity that was met first */
  #person = -1;
  /** the others, by what they say if they are many; `null`: nobody else */
  #people: number[] | Map<string, number> | null = null;
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
    else {
      this.#people ??= [];
      this.#append(other.#first, other.#last);
    }
  }

  /** In the order of files and lines. */
  rows(): AttendanceRow[] {
    const rows: AttendanceRow[] = [];
    this.#ledger.walk(this.#first, (who, line, kind, from, to) => {
      rows.push(rowOf(this.#ledger.person(who), line, kind, from, to));
    });
    return inOrder(rows);
  }

  /** The lines of the rows, in their order. */
  sources(): Source[] {
    const lines: { source: Source }[] = [];
    this.#ledger.walk(this.#first, (_, line, { file }) => void lines.push({ source: { file, line } }));
    return inOrder(lines).map(({ source }) => source);
  }

  times(): Times[] {
    const gatherer = new TimesGatherer();
    this.#ledger.walk(this.#first, (_, __, { kind, session, isOpen }, from, to) => {
      if (kind === "connection") gatherer.connection(session, from, isOpen ? null : to);
      else if (kind === "total") gatherer.total(session, from);
      else if (kind === "unreadable") gatherer.unreadable(session);
    });
    return gatherer.times();
  }

  /** As which roles the person came, or, who never came, is listed. */
  roles(): Set<Role> {
    const [came, stayedAway] = [new Set<Role>(), new Set<Role>()];
    this.#ledger.walk(this.#first, (_, __, { kind, role }) => {
      (kind === "absent" ? stayedAway : came).add(role);
    });
    return came.size > 0 ? came : stayedAway;
  }

  /** Everybody whom the rows speak of, in the order of the first line that does. */
  identities(): Identity[] {
    if (this.#people === null) return this.#person < 0 ? [] : [this.#ledger.person(this.#person)];
    const first = new Map<number, Source>();
    this.#ledger.walk(this.#first, (who, line, { file }) => {
      const known = first.get(who);
      if (known === undefined || isBefore(file, line, known)) first.set(who, { file, line });
    });
    const found = [...first].map(([who, source]) => ({ who, source })).sort(bySource);
    return found.map(({ who }) => this.#ledger.person(who));
  }

  #append(first: number, last: number): void {
    if (this.#last === noRow) this.#first = first;
    else this.#ledger.link(this.#last, first);
    this.#last = last;
  }

  #enter(who: Identity): number {
    if (this.#person < 0) {
      this.#person = this.#ledger.enter(who);
      return this.#person;
    }
    if (isSame(this.#ledger.person(this.#person), who)) return this.#person;
    if (this.#people instanceof Map) return this.#enterSaying(this.#people, who);
    const known = this.#people?.find((number) => isSame(this.#ledger.person(number), who));
    if (known !== undefined) return known;
    const number = this.#ledger.enter(who);
    const people = [...(this.#people ?? []), number];
    this.#people =
      people.length < fewIdentities
        ? people
        : new Map(people.map((each) => [saying(this.#ledger.person(each)), each]));
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

function rowOf(who: Identity, line: number, kind: Kind, from: number, to: number): AttendanceRow {
  const common = { who, role: kind.role, session: kind.session, source: { file: kind.file, line } };
  if (kind.kind === "absent" || kind.kind === "unreadable") return { ...common, kind: kind.kind };
  if (kind.kind === "total") return { ...common, kind: "total", seconds: from };
  return { ...common, kind: "connection", join: from, leave: kind.isOpen ? null : to };
}

/** Mostly rows came in order; then nothing is to be done. */
function inOrder<T extends { readonly source: Source }>(rows: T[]): T[] {
  for (let at = 1; at < rows.length; at += 1) {
    const [before, row] = [rows[at - 1], rows[at]];
    if (before !== undefined && row !== undefined && bySource(before, row) > 0) return rows.sort(bySource);
  }
  return rows;
}

function isBefore(file: string, line: number, other: Source): boolean {
  return file === other.file ? line < other.line : file < other.file;
}

function isSame(a: Identity, b: Identity): boolean {
  return (
    a === b || (a.name === b.name && a.email === b.email && a.nip === b.nip && a.typedEmail === b.typedEmail)
  );
}

function saying({ name, email, nip, typedEmail }: Identity): string {
  return JSON.stringify([name, email, nip, typedEmail]);
}
