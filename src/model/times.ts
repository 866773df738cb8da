import type { AttendanceRow, Interval } from "./row.js";

/*
 * Of ten thousand connections judging needs but the seconds that they cover. So they are told as spans: start, end,
 * start, end and so on, ascending, none touching the next, every second once.
 */

/** Flat pairs of start and end in seconds since 1970, ascending, none overlapping or touching another. */
export type Spans = readonly number[];

/**
 * What the attendance rows of a person say of times, for one tie to a session. A person has one of these for each tie
 * under which they came, none for rows that say `absent`.
 */
export interface Times {
  /** the session that the rows were tied to, or `null` */
  readonly session: string | null;
  /** of the connections with an end */
  readonly closed: Spans;
  /** the earliest join of a connection without an end; `null` where there is none */
  readonly open: number | null;
  /** of rows with a sum only: the largest, and all together, in seconds */
  readonly largest: number;
  readonly sum: number;
  /** whether there is a row that cannot be read: then it may have been all the time */
  readonly isUnread: boolean;
}

/** The seconds that are in one, the other, or both. */
export function union(a: Spans, b: Spans): Spans {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const all: number[] = [];
  let [atA, atB] = [0, 0];
  while (atA < a.length || atB < b.length) {
    const isA = atB >= b.length || (atA < a.length && (a[atA] ?? 0) <= (b[atB] ?? 0));
    const from = isA ? a : b;
    const at = isA ? atA : atB;
    if (isA) atA += 2;
    else atB += 2;
    append(all, from[at] ?? 0, from[at + 1] ?? 0);
  }
  return all;
}

/** The seconds of the spans that lie in the window. */
export function secondsWithin(spans: Spans, { start, end }: Interval): number {
  let seconds = 0;
  for (let at = 0; at < spans.length; at += 2) {
    const inside = Math.min(spans[at + 1] ?? 0, end) - Math.max(spans[at] ?? 0, start);
    if (inside > 0) seconds += inside;
  }
  return seconds;
}

/** `start` must not lie before that of the last span. */
function append(spans: number[], start: number, end: number): void {
  const last = spans.length - 1;
  const reached = spans[last];
  if (reached === undefined || start > reached) spans.push(start, end);
  else if (end > reached) spans[last] = end;
}

/** Takes stretches of time in any order and gives their spans. Those in order cost nothing more. */
export class SpanGatherer {
  /** each ascending */
  readonly #runs: number[][] = [];
  #run: number[] = [];

  add(start: number, end: number): void {
    if (end <= start) return;
    const { length } = this.#run;
    if (length > 0 && start < (this.#run[length - 2] ?? 0)) {
      this.#runs.push(this.#run);
      this.#run = [];
    }
    append(this.#run, start, end);
  }

  spans(): Spans {
    let runs: Spans[] = [...this.#runs, this.#run];
    while (runs.length > 1) {
      const paired: Spans[] = [];
      for (let at = 0; at < runs.length; at += 2) paired.push(union(runs[at] ?? [], runs[at + 1] ?? []));
      runs = paired;
    }
    return runs[0] ?? [];
  }
}

interface Gathered {
  readonly session: string | null;
  readonly closed: SpanGatherer;
  open: number | null;
  largest: number;
  sum: number;
  isUnread: boolean;
}

/** Takes what rows say one by one, in any order. */
export class TimesGatherer {
  readonly #all: Gathered[] = [];

  /** @param leave `null` where the connection has no end */
  connection(session: string | null, join: number, leave: number | null): void {
    const mine = this.#of(session);
    if (leave !== null) mine.closed.add(join, leave);
    else if (mine.open === null || join < mine.open) mine.open = join;
  }

  total(session: string | null, seconds: number): void {
    const mine = this.#of(session);
    mine.largest = Math.max(mine.largest, seconds);
    mine.sum += seconds;
  }

  unreadable(session: string | null): void {
    this.#of(session).isUnread = true;
  }

  times(): Times[] {
    return this.#all.map(({ closed, ...more }) => ({ ...more, closed: closed.spans() }));
  }

  #of(session: string | null): Gathered {
    for (const each of this.#all) if (each.session === session) return each;
    const fresh = { session, closed: new SpanGatherer(), open: null, largest: 0, sum: 0, isUnread: false };
    this.#all.push(fresh);
    return fresh;
  }
}

/** What rows say of times. */
export function timesOf(rows: Iterable<AttendanceRow>): Times[] {
  const gatherer = new TimesGatherer();
  for (const row of rows) {
    if (row.kind === "connection") gatherer.connection(row.session, row.join, row.leave);
    else if (row.kind === "total") gatherer.total(row.session, row.seconds);
    else if (row.kind === "unreadable") gatherer.unreadable(row.session);
  }
  return gatherer.times();
}
