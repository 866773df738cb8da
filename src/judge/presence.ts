import type { Interval } from "../model/row.js";
import { SpanGatherer, type Spans, secondsWithin, type Times, union } from "../model/times.js";

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
  const gatherer = new SpanGatherer();
  for (const { start, end } of intervals) gatherer.add(start, end);
  return secondsWithin(gatherer.spans(), window);
}

export interface Session extends Interval {
  readonly id: string;
}

/**
 * The stay of one person in one session.
 *
 * Sums without times give a range: at least the largest row, at most all of them together, never more than the session.
 * A connection without an end was there at most until the session's end; a row that cannot be read, at most all the
 * time. A sum that no session is named for may belong to any of several: then it proves nothing, but may be all.
 */
export function stayIn(session: Session, times: readonly Times[], only: boolean): Stay {
  const length = session.end - session.start;
  let closed: Spans = [];
  let open: number | null = null;
  let largest = 0;
  let sum = 0;
  let isUnread = false;
  for (const each of times) {
    if (each.session !== null && each.session !== session.id) continue;
    closed = union(closed, each.closed);
    if (each.open !== null && each.open < session.end) open = Math.min(open ?? each.open, each.open);
    if (only || each.session !== null) largest = Math.max(largest, each.largest);
    sum += each.sum;
    isUnread ||= each.isUnread;
  }
  const measured = secondsWithin(closed, session);
  const possible = open === null ? measured : secondsWithin(union(closed, [open, session.end]), session);
  return {
    lower: Math.min(length, Math.max(measured, largest)),
    upper: isUnread ? length : Math.min(length, possible + sum),
    length,
    basis: basisOf(measured, sum, open !== null || isUnread),
    stillConnected: open !== null,
  };
}

/** How long a person was present in all sessions together; `lower` and `upper` as in {@link Stay}. */
export type Overall = Pick<Stay, "lower" | "upper" | "length">;

/** A sum that no session is named for counts once, however many sessions it may belong to. */
export function stayOverall(
  sessions: readonly Session[],
  times: readonly Times[],
  stays: Iterable<Stay>,
): Overall {
  const all = [...stays];
  const length = sumOf(all, ({ length }) => length);
  const lower = sumOf(all, ({ lower }) => lower);
  const upper = sumOf(all, ({ upper }) => upper);
  const untied = times.filter(({ session, sum }) => session === null && sum > 0);
  if (sessions.length === 1 || untied.length === 0) return { lower, upper, length };
  const tied = times.map((each) => (each.session === null ? { ...each, largest: 0, sum: 0 } : each));
  const known = sessions.map((session) => stayIn(session, tied, false));
  return {
    lower: Math.min(length, Math.max(lower, ...untied.map(({ largest }) => largest))),
    upper: Math.min(length, sumOf(known, ({ upper }) => upper) + sumOf(untied, ({ sum }) => sum)),
    length,
  };
}

function sumOf<T>(list: readonly T[], part: (one: T) => number): number {
  return list.reduce((sum, one) => sum + part(one), 0);
}

function basisOf(measured: number, sum: number, isOpen: boolean): Stay["basis"] {
  if (sum > 0 || isOpen) return "total";
  return measured > 0 ? "intervals" : "none";
}
