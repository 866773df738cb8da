import { setTimeout as sleep } from "node:timers/promises";

/** Waits, but no longer than until somebody wants to stop. */
export async function wait(ms: number, stop: AbortSignal): Promise<void> {
  if (ms <= 0 || stop.aborted) return;
  await sleep(ms, undefined, { signal: stop }).catch((error: Error) => {
    if (error.name !== "AbortError") throw error;
  });
}

/** Turns at even distances, whoever takes them. */
export class Pace {
  readonly #everyMs: number;
  #next = 0;

  constructor(perMinute: number) {
    this.#everyMs = 60_000 / perMinute;
  }

  /** Waits for the next turn. */
  async turn(stop: AbortSignal): Promise<void> {
    const now = Date.now();
    const mine = Math.max(now, this.#next);
    this.#next = mine + this.#everyMs;
    await wait(mine - now, stop);
  }
}
