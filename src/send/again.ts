/** What is to be tried again, each thing after a wait that grows from try to try, and not for ever. */
export class Again<Job> {
  readonly #waits: readonly number[];
  /** one list for each try: all of it waits for as long, so each is in the order of time */
  readonly #lists: { readonly job: Job; readonly at: number }[][];
  readonly #tries = new Map<Job, number>();

  /** @param waits milliseconds before the second try, the third, … */
  constructor(waits: readonly number[]) {
    this.#waits = waits;
    this.#lists = waits.map(() => []);
  }

  /** @returns whether it will be tried again */
  add(job: Job, now: number): boolean {
    const tries = this.#tries.get(job) ?? 0;
    const wait = this.#waits[tries];
    if (wait === undefined) {
      this.#tries.delete(job);
      return false;
    }
    this.#tries.set(job, tries + 1);
    this.#lists[tries]?.push({ job, at: now + wait });
    return true;
  }

  /** When the next one is due, as milliseconds of the clock; `null` where nothing waits. */
  get nextAt(): number | null {
    const heads = this.#lists.flatMap(([first]) => (first === undefined ? [] : [first.at]));
    return heads.length === 0 ? null : Math.min(...heads);
  }

  /** Takes one that is due; `null` where none is. */
  take(now: number): Job | null {
    const list = this.#lists.find(([first]) => first !== undefined && first.at <= now);
    return list?.shift()?.job ?? null;
  }

  /** It is done with, one way or the other. */
  forget(job: Job): void {
    this.#tries.delete(job);
  }
}
