import type { AttendanceRow } from "../../model/row.js";
import { localDate, localTime } from "../../model/zone.js";

/** A session as the event file writes it. */
export interface DraftSession {
  readonly id: string;
  /** `2024-10-24` */
  readonly date: string;
  /** `08:30` */
  readonly start: string;
  readonly end: string;
}

type Stay = readonly [join: number, leave: number];

const QUARTER = 900;
/** A day with fewer connections than a fifth of the busiest day's was a rehearsal. */
const rehearsal = 0.2;

/**
 * When the sessions seem to have been: of each day, the time in which at least half as many were connected as at its
 * fullest, to the quarter of an hour. Hosts come an hour early and some never hang up, so first and last say little.
 *
 * This is a proposal for a person to correct; no decision rests on it before it stands in the event file.
 */
export function proposedSessions(rows: readonly AttendanceRow[], timezone: string): DraftSession[] {
  const days = new Map<string, Stay[]>();
  for (const row of rows) {
    if (row.kind !== "connection" || row.leave === null || row.leave <= row.join) continue;
    const date = localDate(row.join, timezone);
    const stays = days.get(date);
    if (stays === undefined) days.set(date, [[row.join, row.leave]]);
    else stays.push([row.join, row.leave]);
  }
  const busiest = Math.max(...[...days.values()].map((stays) => stays.length));
  const held = [...days].filter(([, stays]) => stays.length >= busiest * rehearsal);
  return held
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([date, stays], index) => {
      const [start, end] = crowded(stays).map((second) => Math.round(second / QUARTER) * QUARTER);
      // at midnight a session of one date would end before it starts
      if (start === undefined || end === undefined || localDate(end, timezone) !== date) return [];
      const until = Math.max(end, start + QUARTER);
      const time = (seconds: number) => localTime(seconds, timezone).slice(0, 5);
      return [
        { id: held.length === 1 ? "main" : `day${index + 1}`, date, start: time(start), end: time(until) },
      ];
    });
}

/** First and last moment at which half of the greatest number were connected. */
function crowded(stays: readonly Stay[]): [number, number] {
  const steps = stays
    .flatMap(([join, leave]): [number, number][] => [
      [join, 1],
      [leave, -1],
    ])
    .sort(([a, up], [b, down]) => a - b || down - up);
  let present = 0;
  const counts = steps.map(([at, step]) => {
    present += step;
    return { at, present };
  });
  const half = Math.max(...counts.map((each) => each.present)) / 2;
  const first = counts.find((each) => each.present >= half)?.at ?? 0;
  const last = counts.findLastIndex((each) => each.present >= half);
  return [first, counts[last + 1]?.at ?? counts[last]?.at ?? first];
}
