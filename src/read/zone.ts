import { Temporal } from "temporal-polyfill";
import { type CalendarDay, dayNumber } from "./date.js";

/** Clocks change by whole quarters of an hour, so one look-up serves all stamps of the same quarter. */
const quarter = 900;
const cacheLimit = 100_000;

/** Whether a text is the name of a zone, as in Asia/Jakarta. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)*$/.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The wall clock of one IANA time zone. */
export class Zone {
  readonly #name: string;
  readonly #offsets = { earlier: new Map<number, number>(), later: new Map<number, number>() };

  constructor(name: string) {
    this.#name = name;
  }

  /**
   * Seconds since 1970 UTC of what the wall clock showed. In the hour that autumn repeats, the earlier reading
   * unless told; a time that spring skips counts as if the clock had not been put forward yet.
   */
  toEpoch(day: CalendarDay, seconds: number, which: "earlier" | "later" = "earlier"): number {
    const wall = dayNumber(day) * 86_400 + seconds;
    return wall - this.#offset(Math.floor(wall / quarter), which);
  }

  /** The day that the wall clock shows, as days since 1970-01-01. */
  dayOf(epoch: number): number {
    const { year, month, day } = Temporal.Instant.fromEpochMilliseconds(epoch * 1000).toZonedDateTimeISO(
      this.#name,
    );
    return dayNumber({ year, month, day });
  }

  #offset(key: number, which: "earlier" | "later"): number {
    const cache = this.#offsets[which];
    const known = cache.get(key);
    if (known !== undefined) return known;
    const wall = Temporal.Instant.fromEpochMilliseconds(key * quarter * 1000).toZonedDateTimeISO("UTC");
    const zoned = wall.toPlainDateTime().toZonedDateTime(this.#name, {
      disambiguation: which === "earlier" ? "compatible" : "later",
    });
    const offset = key * quarter - Math.floor(zoned.epochMilliseconds / 1000);
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(key, offset);
    return offset;
  }
}
