import { setImmediate as turn } from "node:timers/promises";
import { note } from "./talk.js";

/*
 * Ctrl-C, and what schedulers send. Where something is under way that must not be left half done, the first signal asks
 * it to stop at its next breath, and the second ends the process at once. Elsewhere the first does.
 */

const statuses = { SIGINT: 130, SIGTERM: 143 } as const;
/** Schedulers kill what has not ended some seconds after they asked. */
const PATIENCE_MS = 3000;

let underWay = 0;
let asked: number | null = null;
let askedAt = 0;
let hear = () => {};
const heard = new Promise<void>((resolve) => {
  hear = resolve;
});

/** Thrown at the next breath after a signal; what was begun is closed on its way up. */
export class Interrupted extends Error {
  /** 130 or 143 */
  readonly status: number;

  constructor(status: number) {
    super("interrupted");
    this.name = "Interrupted";
    this.status = status;
  }
}

export function heedSignals(): void {
  for (const [signal, status] of Object.entries(statuses)) process.on(signal, () => stop(status));
}

/** For work that only looks and cannot breathe: the system may end it at any time. */
export function heedNothing(): void {
  for (const signal of Object.keys(statuses)) process.removeAllListeners(signal);
}

function stop(status: number): void {
  if (asked !== null || underWay === 0) process.exit(status);
  asked = status;
  askedAt = performance.now();
  hear();
  note("stopping; once more to stop at once");
}

/** Work that is brought to a good end when a signal comes: it breathes now and then, and is told there. */
export async function stoppable<T>(work: () => Promise<T>): Promise<T> {
  underWay += 1;
  try {
    return await work();
  } finally {
    underWay -= 1;
  }
}

/** Signals are only seen between two turns of the event loop. @throws Interrupted if one came */
export async function breathe(): Promise<void> {
  await turn();
  const interruption = interrupted();
  if (interruption !== null) throw interruption;
}

export function interrupted(): Interrupted | null {
  return asked === null ? null : new Interrupted(asked);
}

/** Comes about when a signal asks to stop. */
export function whenInterrupted(): Promise<void> {
  return heard;
}

/** Waits for work that cannot be told to stop; after a signal no longer than somebody has patience for. */
export async function patiently(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = heard.then(
    () =>
      new Promise<void>((resolve) => {
        timer = setTimeout(resolve, PATIENCE_MS - (performance.now() - askedAt));
      }),
  );
  await Promise.race([work, enough]);
  clearTimeout(timer);
}
