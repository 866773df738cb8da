import { Fault } from "../model/fault.js";
import type { DateOrder, Interval } from "../model/row.js";
import { type CalendarDay, dayNumber, dayUnder, isAmbiguous, type Stamp } from "./date.js";
import type { Zone } from "./zone.js";

/** How the dates of one file are to be read. `null` order: none of its dates can be read in two ways. */
export interface DateReading {
  readonly order: DateOrder | null;
  readonly because: string | null;
}

/** Times that the file states about itself, outside its rows. */
export type BlockTime = "start" | "end" | "generated";

interface Seen {
  readonly line: number;
  readonly text: string;
}

type NumericOrder = "dmy" | "mdy";

const orders: readonly NumericOrder[] = ["dmy", "mdy"];
const spoken: Readonly<Record<DateOrder, string>> = {
  dmy: "day/month/year",
  mdy: "month/day/year",
  ymd: "year/month/day",
};

/** A connection or meeting that lasts longer shows that its dates were read in the wrong order. */
const longestDays = 2;

/**
 * What the dates of a file show about their order, gathered over all its rows.
 * Holds one entry per different day, so a file of millions of rows costs no more than one of a hundred.
 */
export class DateEvidence {
  readonly #over12 = new Map<NumericOrder, Seen>();
  readonly #days = new Map<string, Seen & { stamp: Stamp; counts: boolean }>();
  readonly #block = new Map<BlockTime, Stamp>();
  readonly #impossible = new Map<NumericOrder, Seen>();
  #blocks = 0;
  /** a date of a row that begins with the year, as true dates of a workbook are shown */
  #ymd: Seen | null = null;

  /** `isOfRow: false` for dates that need not lie near the event, such as that of a registration. */
  see(stamp: Stamp | null, line: number, text: string, isOfRow = true): void {
    if (stamp === null) return;
    if (stamp.kind === "fixed") {
      if (stamp.isYmd) this.#ymd ??= { line, text };
      return;
    }
    const [a, b] = stamp.parts;
    if (a > 12 && !this.#over12.has("dmy")) this.#over12.set("dmy", { line, text });
    if (b > 12 && !this.#over12.has("mdy")) this.#over12.set("mdy", { line, text });
    const key = stamp.parts.join("/");
    const known = this.#days.get(key);
    if (known === undefined) this.#days.set(key, { stamp, line, text, counts: isOfRow });
    else if (isOfRow) known.counts = true;
  }

  /** Joining and leaving, or start and end, of the same row. */
  seeSpan(from: Stamp | null, to: Stamp | null, line: number, text: string): void {
    if (from === null || to === null || (from.kind === "fixed" && to.kind === "fixed")) return;
    if (from.kind === "numeric" && to.kind === "numeric" && from.parts.join() === to.parts.join()) return;
    for (const order of orders) {
      if (!this.#impossible.has(order) && !isSpan(dayUnder(from, order), dayUnder(to, order))) {
        this.#impossible.set(order, { line, text });
      }
    }
  }

  seeBlock(which: BlockTime, stamp: Stamp, line: number, text: string): void {
    if (this.#block.has(which)) this.#blocks += 1;
    this.#block.set(which, stamp);
    this.see(stamp, line, text, false);
  }

  /** Whether more rows could only contradict. */
  get isSettled(): boolean {
    return this.#over12.size > 0;
  }

  get hasAmbiguous(): boolean {
    return this.#days.size > 0;
  }

  /**
   * Refuses a workbook in which some dates are dates and others text. A spreadsheet that opens a CSV of another
   * country makes dates of those it can, with day and month turned round, and leaves the others as they are.
   */
  refuseHalfTurned(file: string, asked: DateOrder | null): void {
    const text = [...this.#days.values()].find(({ counts }) => counts);
    if (asked !== null || this.#ymd === null || text === undefined) return;
    throw new Fault(
      "date-order-contradictory",
      `\`${text.text}\` is text, while line ${this.#ymd.line} has a true date, \`${this.#ymd.text}\`: day and month of the latter may be turned round`,
      {
        place: { file, line: text.line },
        hints: [
          "give the export as it was downloaded, not as a spreadsheet saved it",
          "if all dates are right as they stand, say `date_order: dmy` or `date_order: mdy` for those that are text",
        ],
      },
    );
  }

  /** Settles the order, or says which key settles it. */
  decide(file: string, asked: DateOrder | null, sessions: readonly Interval[], zone: Zone): DateReading {
    if (asked !== null) return { order: asked, because: "`date_order` of the event file" };
    const [dmy, mdy] = [this.#over12.get("dmy"), this.#over12.get("mdy")];
    if (dmy !== undefined && mdy !== undefined)
      throw contradiction(file, `\`${dmy.text}\` (line ${dmy.line})`, mdy);
    if (dmy !== undefined) return { order: "dmy", because: `line ${dmy.line} has \`${dmy.text}\`` };
    if (mdy !== undefined) return { order: "mdy", because: `line ${mdy.line} has \`${mdy.text}\`` };
    // 09/09 is one day in either order; when somebody registered or the file was made need not be known
    const first = [...this.#days.values()].find(({ stamp, counts }) => counts && isAmbiguous(stamp));
    if (first === undefined) return this.#unambiguous(sessions, zone);
    return this.#byBlock() ?? this.#bySessions(sessions, zone) ?? refuseAmbiguous(file, first);
  }

  #unambiguous(sessions: readonly Interval[], zone: Zone): DateReading {
    const start = this.#block.get("start");
    if (start !== undefined && isAmbiguous(start) && sessions.length > 0) {
      const spans = spansOf(sessions, zone);
      const fitting = orders.filter((order) => falls(numberUnder(start, order), spans));
      const [only] = fitting;
      if (only === undefined)
        return { order: "dmy", because: "in no order is its meeting on a day of the event" };
      if (fitting.length === 1)
        return { order: only, because: `only as ${spoken[only]} is its meeting on a day of the event` };
    }
    return this.#ymd !== null
      ? { order: "ymd", because: "the dates begin with the year" }
      : { order: null, because: null };
  }

  #byBlock(): DateReading | null {
    const possible = orders.filter((order) => !this.#impossible.has(order));
    const [only] = possible;
    if (possible.length === 1 && only !== undefined) {
      const other = only === "dmy" ? "mdy" : "dmy";
      const seen = this.#impossible.get(other);
      return { order: only, because: `read as ${spoken[other]}, line ${seen?.line} would last for weeks` };
    }
    const agreeing = orders.filter((order) => this.#agreesWithBlock(order));
    const [agreed] = agreeing;
    if (this.#blocks > 0 || agreeing.length !== 1 || agreed === undefined) return null;
    return { order: agreed, because: `the file's own header agrees with its rows only as ${spoken[agreed]}` };
  }

  #agreesWithBlock(order: NumericOrder): boolean {
    const dayOf = (which: BlockTime): number | null => {
      const stamp = this.#block.get(which);
      return stamp === undefined ? null : numberUnder(stamp, order);
    };
    const [start, end, generated] = [dayOf("start"), dayOf("end"), dayOf("generated")];
    if (start !== null && end !== null && (end < start || end - start > longestDays)) return false;
    if (generated !== null && generated < (end ?? start ?? generated)) return false;
    return this.#rowDays(order).every((day) => {
      if (day === null) return false;
      if (start !== null && (day < start - 1 || day > (end ?? start + 1) + 1)) return false;
      return generated === null || day <= generated;
    });
  }

  #bySessions(sessions: readonly Interval[], zone: Zone): DateReading | null {
    const spans = spansOf(sessions, zone);
    const fitting = orders.filter((order) => this.#rowDays(order).some((day) => falls(day, spans)));
    const [only] = fitting;
    if (fitting.length !== 1 || only === undefined) return null;
    return { order: only, because: `only as ${spoken[only]} do rows fall on the event's sessions` };
  }

  #rowDays(order: NumericOrder): (number | null)[] {
    return [...this.#days.values()]
      .filter(({ counts }) => counts)
      .map(({ stamp }) => numberUnder(stamp, order));
  }
}

/** A date that denies the order which other dates of the file have settled. */
export function contradiction(file: string, settled: string, { line, text }: Seen): Fault {
  return new Fault("date-order-contradictory", `\`${text}\` cannot be read in the order of ${settled}`, {
    place: { file, line },
    hints: [
      "export the file again, or give its dates one form: a spreadsheet may have turned some of them round",
    ],
  });
}

function refuseAmbiguous(file: string, { line, text }: Seen): never {
  throw new Fault(
    "date-order-ambiguous",
    `\`${text}\` can be read in two ways, and nothing in the file settles it`,
    {
      place: { file, line },
      hints: ["say `date_order: dmy` or `date_order: mdy` for this file in the event file"],
    },
  );
}

type Span = readonly [first: number, last: number];

/** The days of the sessions, and one more at either end: the export may be in another zone. */
function spansOf(sessions: readonly Interval[], zone: Zone): Span[] {
  return sessions.map(({ start, end }) => [zone.dayOf(start) - 1, zone.dayOf(end) + 1]);
}

function falls(day: number | null, spans: readonly Span[]): boolean {
  return day !== null && spans.some(([first, last]) => day >= first && day <= last);
}

function isSpan(from: CalendarDay | null, to: CalendarDay | null): boolean {
  if (from === null || to === null) return false;
  const days = dayNumber(to) - dayNumber(from);
  return days >= 0 && days <= longestDays;
}

function numberUnder(stamp: Stamp, order: DateOrder): number | null {
  const day = dayUnder(stamp, order);
  return day === null ? null : dayNumber(day);
}
