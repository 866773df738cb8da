import type { AttendanceRow, Interval } from "../model/row.js";

/**
 * How long a person was present in one session, in whole seconds. Where the export does not say enough, the truth
 * lies between `lower` and `upper`; otherwise they are equal.
 */
export interface Stay {
  readonly lower: number;
  readonly upper: number;
  /** of the session as scheduled */
  readonly length: number;
  readonly basis: "intervals" | "total" | "none";
  readonly stillConnected: boolean;
}

/**
 * Seconds covered by the intervals, every second counted once.
 *
 * Zoom writes one row per connection, so laptop and phone make two rows for the same hour, and rounds its minutes up
 * per row: adding them would favour people with bad lines. So the union is measured and that column never read.
 *
 * @param intervals any order, may overlap, may lie outside the window
 * @param window clipped to this
 */
export function secondsPresent(intervals: readonly Interval[], window: Interval): number {
  const inside = intervals
    .map(({ start, end }) => ({ start: Math.max(start, window.start), end: Math.min(end, window.end) }))
    .filter(({ start, end }) => end > start)
    .sort((a, b) => a.start - b.start);
  let seconds = 0;
  let reached = window.start;
  for (const { start, end } of inside) {
    seconds += Math.max(0, end - Math.max(start, reached));
    reached = Math.max(reached, end);
  }
  return seconds;
}

export interface Session extends Interval {
  readonly id: string;
}

/**
 * The stay of one person in one session.
 *
 * Sums without times give a range: at least the largest row, at most all of them together, never more than the session.
 * A connection without an end was there at most until the session's end. A sum that no session is named for may belong
 * to any of several: then it proves nothing, but may be all.
 */
export function stayIn(session: Session, rows: readonly AttendanceRow[], only: boolean): Stay {
  const length = session.end - session.start;
  const mine = rows.filter((row) => row.session === null || row.session === session.id);
  const closed: Interval[] = [];
  const open: Interval[] = [];
  let largest = 0;
  let sum = 0;
  for (const row of mine) {
    if (row.kind === "total") {
      if (only || row.session !== null) largest = Math.max(largest, row.seconds);
      sum += row.seconds;
    } else if (row.kind === "connection" && row.leave !== null) {
      closed.push({ start: row.join, end: row.leave });
    } else if (row.kind === "connection" && row.join < session.end) {
      open.push({ start: row.join, end: session.end });
    }
  }
  const measured = secondsPresent(closed, session);
  const lower = Math.min(length, Math.max(measured, largest));
  const upper = Math.min(length, secondsPresent([...closed, ...open], session) + sum);
  return {
    lower,
    upper,
    length,
    basis: basisOf(measured, sum, open.length),
    stillConnected: open.length > 0,
  };
}

/** How long a person was present in all sessions together; `lower` and `upper` as in {@link Stay}. */
export type Overall = Pick<Stay, "lower" | "upper" | "length">;

/** A sum that no session is named for counts once, however many sessions it may belong to. */
export function stayOverall(
  sessions: readonly Session[],
  rows: readonly AttendanceRow[],
  stays: Iterable<Stay>,
): Overall {
  const all = [...stays];
  const length = sumOf(all, ({ length }) => length);
  const lower = sumOf(all, ({ lower }) => lower);
  const upper = sumOf(all, ({ upper }) => upper);
  const untied = rows.flatMap((row) => (row.kind === "total" && row.session === null ? [row.seconds] : []));
  if (sessions.length === 1 || untied.length === 0) return { lower, upper, length };
  const tied = rows.filter((row) => row.kind !== "total" || row.session !== null);
  const known = sessions.map((session) => stayIn(session, tied, false));
  return {
    lower: Math.min(length, Math.max(lower, ...untied)),
    upper: Math.min(length, sumOf(known, ({ upper }) => upper) + sumOf(untied, (seconds) => seconds)),
    length,
  };
}

function sumOf<T>(list: readonly T[], part: (one: T) => number): number {
  return list.reduce((sum, one) => sum + part(one), 0);
}

function basisOf(measured: number, sum: number, open: number): Stay["basis"] {
  if (sum > 0 || open > 0) return "total";
  return measured > 0 ? "intervals" : "none";
}
