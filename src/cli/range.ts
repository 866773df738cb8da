import type { Filed, Rendering } from "../register/rows.js";

/** Certificates of one batch that are stamped one after the other, by one thread. */
export interface Range {
  readonly batch: number;
  /** in their order, which ascends */
  readonly ids: readonly number[];
  /** those of them that are drawn and looked at */
  readonly samples: readonly number[];
}

/** A certificate whose file is whole now, with a hash (hex) that the register has not been told yet. */
export interface Made {
  readonly of: Rendering;
  readonly sha256: string;
}

/** Some ten milliseconds of work, so that nobody waits long for the last of them. */
const LENGTH = 100;
/** Of so many certificates one is drawn and looked at; so is the first of a batch. */
const SAMPLED = 5000;

/** Whether a certificate is drawn and looked at, asked of one after the other. */
export function sampler(): (one: { readonly id: number; readonly batch: number }) => boolean {
  const begun = new Set<number>();
  return ({ id, batch }) => {
    const isFirst = !begun.has(batch);
    begun.add(batch);
    return isFirst || id % SAMPLED === 0;
  };
}

/** Certificates, put into ranges as they come. All of them are held at once, so nothing more is than what they are called by. */
export class Ranges {
  readonly #ranges: { readonly batch: number; readonly ids: number[]; readonly samples: number[] }[] = [];
  readonly #isSampled = sampler();
  /** how many certificates there are */
  count = 0;

  add(one: Pick<Filed, "id" | "batch">): void {
    let last = this.#ranges.at(-1);
    if (last === undefined || last.batch !== one.batch || last.ids.length === LENGTH) {
      last = { batch: one.batch, ids: [], samples: [] };
      this.#ranges.push(last);
    }
    last.ids.push(one.id);
    if (this.#isSampled(one)) last.samples.push(one.id);
    this.count += 1;
  }

  [Symbol.iterator](): Iterator<Range> {
    return this.#ranges.values();
  }

  /** To be taken from either way: any, or the next of which nothing is drawn. */
  queue(): { next(): Range | undefined; nextPlain(): Range | undefined } {
    const left = [...this.#ranges].reverse();
    return {
      next: () => left.pop(),
      nextPlain: () => {
        const at = left.findLastIndex(({ samples }) => samples.length === 0);
        return at === -1 ? undefined : left.splice(at, 1)[0];
      },
    };
  }
}
