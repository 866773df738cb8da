import type { Fault } from "../model/fault.js";
import { dayUnder, isAmbiguous, type Stamp } from "./date.js";
import { contradiction, type DateReading } from "./order.js";
import type { Zone } from "./zone.js";

/** Turns the stamps of one file into instants, all in the one order that was settled for it. */
export class Instants {
  readonly #file: string;
  readonly #dates: DateReading;
  readonly #zone: Zone;

  constructor(file: string, dates: DateReading, zone: Zone) {
    this.#file = file;
    this.#dates = dates;
    this.#zone = zone;
  }

  /** Whether the file's order says which day it is. */
  canRead(stamp: Stamp): boolean {
    return this.#dates.order !== null || !isAmbiguous(stamp);
  }

  /**
   * Seconds since 1970 UTC; a date alone is its midnight. Throws if the stamp denies the order of the file:
   * then some dates of the file were turned round, and nobody can tell which.
   */
  epochOf(stamp: Stamp, line: number, text: string, which: "earlier" | "later" = "earlier"): number {
    const day = dayUnder(stamp, this.#dates.order);
    if (day === null) throw this.#contradiction(line, text);
    const seconds = stamp.seconds ?? 0;
    if (stamp.offset === null) return this.#zone.toEpoch(day, seconds, which);
    return Date.UTC(day.year, day.month - 1, day.day) / 1000 + seconds - stamp.offset;
  }

  #contradiction(line: number, text: string): Fault {
    const { order, because } = this.#dates;
    const settled = order === null ? "the other dates of the file" : `\`date_order: ${order}\` (${because})`;
    return contradiction(this.#file, settled, { line, text });
  }
}
