import { Worker } from "node:worker_threads";
import { Fault } from "../model/fault.js";
import type { Registered } from "../register/rows.js";
import type { Answer, Order, PlainFault } from "./hand.js";
import type { Material } from "./material.js";
import type { Hashes } from "./stamping.js";

/** Stamps ranges of certificates, maybe several at a time. */
export interface Crew {
  /** how many ranges it works on at once */
  readonly size: number;
  /** @throws Fault as {@link stampInto} does, and where a thread died twice over the same range */
  stamp(batch: number, range: readonly Registered[]): Promise<Hashes>;
  end(): Promise<void>;
}

interface Job {
  readonly batch: number;
  readonly range: readonly Registered[];
  readonly hadDied: boolean;
  readonly settle: { resolve(hashes: Hashes): void; reject(error: unknown): void };
}

interface Hand {
  readonly worker: Worker;
  readonly knows: Set<number>;
  job: Job | null;
}

const script = new URL("./hand.js", import.meta.url);

/**
 * Threads that stamp, begun when there is work for them. One that dies (out of memory, killed) is told about and replaced;
 * its range is done once more, by another one, and the others go on.
 *
 * @param output the folder of certificates
 * @param materialOf what a batch is stamped from
 */
export class ThreadCrew implements Crew {
  readonly size: number;
  readonly #output: string;
  readonly #materialOf: (batch: number) => Promise<Material>;
  readonly #say: (text: string) => void;
  readonly #script: URL;
  readonly #hands = new Set<Hand>();
  readonly #waiting: Job[] = [];
  #ended = false;

  constructor(
    size: number,
    output: string,
    materialOf: (batch: number) => Promise<Material>,
    say: (text: string) => void,
    hand = script,
  ) {
    this.size = size;
    this.#output = output;
    this.#materialOf = materialOf;
    this.#say = say;
    this.#script = hand;
  }

  stamp(batch: number, range: readonly Registered[]): Promise<Hashes> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ batch, range, hadDied: false, settle: { resolve, reject } });
      this.#assign();
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([...this.#hands].map(({ worker }) => worker.terminate()));
  }

  #hire(): Hand {
    const worker = new Worker(this.#script, { workerData: this.#output });
    const hand: Hand = { worker, knows: new Set(), job: null };
    let why = "it was ended";
    worker.on("message", (answer: Answer) => this.#take(hand, answer));
    worker.on("error", (error) => {
      why = error instanceof Error ? error.message : String(error);
    });
    worker.on("exit", () => this.#bury(hand, why));
    this.#hands.add(hand);
    return hand;
  }

  #assign(): void {
    for (let hand = this.#idle(); hand !== null; hand = this.#idle()) {
      const job = this.#waiting.shift();
      if (job === undefined) return;
      hand.job = job;
      this.#give(hand, job).catch((error) => job.settle.reject(error));
    }
  }

  /** One that could do something now: nobody is hired for whom there is nothing to do. */
  #idle(): Hand | null {
    if (this.#waiting.length === 0) return null;
    for (const hand of this.#hands) if (hand.job === null) return hand;
    return this.#hands.size < this.size ? this.#hire() : null;
  }

  async #give(hand: Hand, { batch, range }: Job): Promise<void> {
    const send = (order: Order) => hand.worker.postMessage(order);
    if (!hand.knows.has(batch)) {
      send({ kind: "material", batch, material: await this.#materialOf(batch) });
      hand.knows.add(batch);
    }
    send({ kind: "range", batch, range });
  }

  #take(hand: Hand, answer: Answer): void {
    const { job } = hand;
    hand.job = null;
    if (answer.kind === "done") job?.settle.resolve(answer.hashes);
    else job?.settle.reject(revived(answer.fault));
    this.#assign();
  }

  #bury(hand: Hand, why: string): void {
    this.#hands.delete(hand);
    if (this.#ended) return;
    const { job } = hand;
    if (job?.hadDied) job.settle.reject(died(job, why));
    else if (job !== null) {
      this.#say(`a thread died (${why}); its ${job.range.length} certificates are rendered once more`);
      this.#waiting.unshift({ ...job, hadDied: true });
    }
    this.#assign();
  }
}

function revived({ code, message, place, hints }: PlainFault): Fault {
  return new Fault(code, message, { ...(place === undefined ? {} : { place }), hints });
}

function died({ range }: Job, why: string): Fault {
  const numbers = [range[0], range.at(-1)].map((one) => one?.certificate.number ?? "").join(" to ");
  return new Fault("worker-died", `a thread died twice over the certificates ${numbers} (${why})`, {
    hints: ["run the same command again with --workers 1: it goes on where it stopped"],
  });
}
