import { Fault, refuse, type Warning } from "../model/fault.js";
import type { Identity } from "../model/row.js";
import type { Grid } from "./grid.js";
import type { Reading } from "./input.js";
import type { DateReading } from "./order.js";

/** Of one kind and file no more is said than a person can mend in one go. */
const limit = 20;

/** Why a row is passed over that says nothing about whom it means. */
export const namesNobody = "names nobody";

function nobody(file: string, rows: number): Fault {
  return new Fault(
    "nobody-named",
    `found ${rows} rows, and none has a name, an address or a number of anybody`,
    {
      place: { file },
      hints: ["name the columns beside the file in the event file: `columns: { name: …, email: …, nip: … }`"],
    },
  );
}

/** Keeps count while one file is read, and makes its summary. */
export class Tally {
  readonly file: string;
  readonly #grid: Grid;
  readonly #faults: Fault[] = [];
  readonly #warnings: Warning[] = [];
  readonly #warned = new Map<string, number>();
  readonly #skipped = new Map<string, number>();
  readonly #people = new Set<string>();
  readonly #unread: { readonly fault: Fault; readonly leaves: string }[] = [];
  #unreadable = 0;
  #unsaid = 0;
  #rows = 0;

  constructor(grid: Grid) {
    this.#grid = grid;
    this.file = grid.path;
  }

  /** A row that cannot be read; the others are read on, so that one run shows all such rows. */
  fault(fault: Fault): void {
    if (this.#faults.length < limit) this.#faults.push(fault);
    else this.#unsaid += 1;
  }

  /** A row that is counted, and whose figures cannot be read: told, and refused where most rows are of that kind. */
  unreadable(fault: Fault, leaves: string): void {
    this.#unreadable += 1;
    if (this.#unreadable <= limit) this.#unread.push({ fault, leaves });
  }

  warn(code: string, message: string, line?: number): void {
    const said = (this.#warned.get(code) ?? 0) + 1;
    this.#warned.set(code, said);
    if (said <= limit) this.#warnings.push({ code, message, file: this.file, line });
  }

  skip(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  row(): void {
    this.#rows += 1;
  }

  /** Somebody whom a row is about; may be told again. */
  person({ email, nip, name }: Identity): void {
    const key = email ?? nip ?? name.toLowerCase();
    if (key !== "") this.#people.add(key);
  }

  get rows(): number {
    return this.#rows;
  }

  /** The reading, or all the faults that were met. */
  finish(format: string, dates: DateReading): Reading {
    this.#judgeUnreadable();
    this.#refuse();
    const nameless = this.#skipped.get(namesNobody) ?? 0;
    if (this.#rows === 0 && nameless > 0) throw nobody(this.file, nameless);
    if (this.#rows === 0)
      this.warn("session-empty", "the header is there, but no row under it says anything about a person");
    const skipped = [...this.#skipped.values()].reduce((sum, count) => sum + count, 0);
    return {
      summary: {
        path: this.file,
        sha256: this.#grid.sha256,
        format,
        encoding: this.#grid.encoding,
        delimiter: this.#grid.delimiter,
        sheet: this.#grid.sheet,
        dateOrder: dates.order,
        dateOrderBecause: dates.because,
        rows: this.#rows,
        skipped,
        skippedBecause: Object.fromEntries(this.#skipped),
        people: this.#people.size,
        duplicateOf: null,
      },
      warnings: [...this.#warnings, ...this.#summedUp()],
    };
  }

  /** One row is a slip in one line; most of them are a file that is not what it was taken for. */
  #judgeUnreadable(): void {
    if (this.#unreadable * 2 > this.#rows) {
      for (const { fault } of this.#unread) this.fault(fault);
      this.#unsaid += this.#unreadable - this.#unread.length;
      return;
    }
    for (const { fault, leaves } of this.#unread)
      this.warn(fault.code, `${fault.message}; ${leaves}`, fault.place?.line);
    const unsaid = this.#unreadable - this.#unread.length;
    const [first] = this.#unread;
    if (unsaid > 0 && first !== undefined) this.#warned.set(first.fault.code, limit + unsaid);
  }

  #summedUp(): Warning[] {
    return [...this.#warned].flatMap(([code, said]) =>
      said > limit ? [{ code, message: `${said - limit} more of the same`, file: this.file }] : [],
    );
  }

  #refuse(): void {
    const last = this.#faults.at(-1);
    if (last === undefined) return;
    if (this.#unsaid === 0) refuse(this.#faults);
    const hints = [...last.hints, `${this.#unsaid} more rows of this file cannot be read`];
    const closing = new Fault(last.code, last.message, { ...(last.place && { place: last.place }), hints });
    refuse([...this.#faults.slice(0, -1), closing]);
  }
}
