import { at, createRandom } from "../world/random.js";
import { corpus, type Seed } from "./corpus.js";
import { mutate } from "./mutate.js";
import { type Verdict, verdictOn } from "./verdict.js";

/** One damaged file and what became of it. */
export interface Trial {
  readonly seed: string;
  readonly done: readonly string[];
  readonly bytes: Buffer;
  readonly verdict: Verdict;
  readonly seconds: number;
}

/** Of the processor, not of the clock: other things may run besides. Longer than any file of the corpus takes. */
const longestSeconds = 10;

/** Damages files and reads them. The file of a number is the same on every machine, whichever others are tried. */
export class Campaign {
  readonly #seed: number;
  readonly #corpus: readonly Seed[];
  readonly #others: readonly Buffer[];

  constructor(seed: number, fixtures: string) {
    this.#seed = seed;
    this.#corpus = corpus(fixtures);
    this.#others = this.#corpus.map(({ bytes }) => bytes);
  }

  async trial(number: number): Promise<Trial> {
    const random = createRandom(Math.imul(this.#seed, 0x9e3779b1) ^ Math.imul(number + 1, 0x85ebca6b));
    const seed = at(this.#corpus, number % this.#corpus.length);
    const { bytes, done } = mutate(seed.bytes, random, this.#others);
    const began = process.cpuUsage();
    const verdict = await verdictOn(seed, bytes);
    const { user, system } = process.cpuUsage(began);
    const seconds = (user + system) / 1e6;
    const slow = { outcome: "violation", what: `took ${seconds.toFixed(1)} s of the processor` } as const;
    return { seed: seed.name, done, bytes, seconds, verdict: seconds > longestSeconds ? slow : verdict };
  }

  /** The sound files themselves must be read, or nothing is learnt from damaging them. */
  async unsound(): Promise<string[]> {
    const found: string[] = [];
    for (const seed of this.#corpus) {
      const { outcome, what } = await verdictOn(seed, seed.bytes);
      if (outcome === "violation" || (outcome === "fault") !== seed.isRefused)
        found.push(`${seed.name}: ${what}`);
    }
    return found;
  }
}
