import type { Session, Stretch } from "./human.js";
import { at, type Random } from "./random.js";

/** When somebody was connected: for each session, in its order, the stretches that its export shows. */
export type Times = readonly (readonly Stretch[])[];

export interface Timing {
  readonly sessions: readonly Session[];
  readonly scheduled: number;
  /** the whole of every session, joined a little late and left a little early, or past both ends */
  whole(): Times;
  /** exactly so many seconds, filling one session after the other */
  exactly(seconds: number): Times;
  /** long before the start and long after the end */
  beyond(): Times;
  /** joined and gone before anything began */
  onlyBefore(): Times;
  nothing(): Times;
  /** each stretch broken by short gaps, as on a bad line */
  broken(times: Times): Times;
  /** for each stretch a second device at the same time, joined later, left earlier or later */
  doubled(times: Times): Times;
  /** five connections of ten seconds */
  flickers(): Times;
}

export function timingOf(sessions: readonly Session[], random: Random): Timing {
  const each = (stretchesOf: (session: Session) => Stretch[]): Times => sessions.map(stretchesOf);
  const first = at(sessions, 0);
  return {
    sessions,
    scheduled: sessions.reduce((sum, session) => sum + session.end - session.start, 0),
    whole: () =>
      each(({ start, end }) => [
        { join: start + random.integer(-900, 420), leave: end + random.integer(-300, 600) },
      ]),
    exactly: (seconds) => fill(sessions, seconds),
    beyond: () =>
      each(({ start, end }) => [
        { join: start - random.integer(600, 1740), leave: end + random.integer(600, 1500) },
      ]),
    onlyBefore: () =>
      sessions.map((session) =>
        session === first ? [{ join: session.start - random.integer(900, 1700), leave: session.start }] : [],
      ),
    nothing: () => each(() => []),
    broken: (times) => times.map((stretches) => stretches.flatMap((one) => breakUp(one, random))),
    doubled: (times) =>
      times.map((stretches) => stretches.flatMap((one) => [one, secondDevice(one, random)])),
    flickers: () =>
      sessions.map((session) =>
        session === first
          ? [0, 1, 2, 3, 4].map((turn) => {
              const join = session.start + 600 + turn * 300 + random.integer(0, 200);
              return { join, leave: join + 10 };
            })
          : [],
      ),
  };
}

function fill(sessions: readonly Session[], seconds: number): Times {
  let left = seconds;
  return sessions.map(({ start, end }) => {
    const taken = Math.min(left, end - start);
    left -= taken;
    return taken === 0 ? [] : [{ join: start, leave: start + taken }];
  });
}

function breakUp({ join, leave }: Stretch, random: Random): Stretch[] {
  const pieces = random.integer(2, 4);
  const length = Math.floor((leave - join) / pieces);
  return Array.from({ length: pieces }, (_, piece) => ({
    join: join + piece * length + (piece === 0 ? 0 : random.integer(3, 45)),
    leave: piece === pieces - 1 ? leave : join + (piece + 1) * length,
  }));
}

function secondDevice({ join, leave }: Stretch, random: Random): Stretch {
  const third = Math.floor((leave - join) / 3);
  return { join: join + random.integer(1, third), leave: leave - random.integer(-120, third) };
}
