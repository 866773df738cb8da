import { Temporal } from "temporal-polyfill";

/**
 * Seconds since 1970 UTC of a local date and time such as `2024-10-24 08:30` in an IANA zone.
 * A time that a clock change skips or repeats is taken as the earlier offset reads it.
 *
 * @throws RangeError if there is no such date
 */
export function parseLocal(text: string, timezone: string): number {
  const [date = "", time = "00:00"] = text.split(/[ T]/);
  const plain = Temporal.PlainDateTime.from(`${date}T${time.replaceAll(".", ":")}`, { overflow: "reject" });
  return Math.floor(plain.toZonedDateTime(timezone).epochMilliseconds / 1000);
}

/** The local date, `2024-10-24`, of seconds since 1970 UTC in an IANA zone. */
export function localDate(seconds: number, timezone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
  return instant.toZonedDateTimeISO(timezone).toPlainDate().toString();
}

/** The local time of day, `08:30:05`, of seconds since 1970 UTC in an IANA zone. */
export function localTime(seconds: number, timezone: string): string {
  const instant = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
  return instant.toZonedDateTimeISO(timezone).toPlainTime().toString({ smallestUnit: "second" });
}
