import { Worker } from "node:worker_threads";
import { Fault } from "../model/fault.js";
import { registeredIn } from "../register/rows.js";
import type { Answer, Order, PlainFault } from "./hand.js";
import type { Material } from "./material.js";
import type { Made, Range } from "./range.js";

/** A range for a thread to do, and what it is stamped from. */
interface Job {
  readonly order: Extract<Order, { readonly kind: "range" }>;
  readonly material: Material;
  readonly hadDied: boolean;
  resolve(made: readonly Made[]): void;
  reject(error: unknown): void;
}

interface Hand {
  readonly worker: Worker;
  /** batches that it has the material of */
  readonly knows: Set<number>;
  /** in the order in which it answers: it is at the first of them */
  readonly jobs: Job[];
}

const script = new URL("./hand.js", import.meta.url);
/** Each thread has its next range before it is done with one, since who gives them may be busy. */
const AT_ONCE = 2;

/**
 * Threads that stamp, begun when there is work for them. One that dies (out of memory, killed) is told about
 * and replaced; what it was at is done once more, by another one, and the others go on.
 */
export class ThreadCrew {
  /** how many ranges it can be given so that none has to wait for long */
  readonly takes: number;
  readonly #size: number;
  readonly #output: string;
  readonly #say: (text: string) => void;
  readonly #script: URL;
  readonly #hands = new Set<Hand>();
  readonly #waiting: Job[] = [];
  #ended = false;

  /** @param output the folder of certificates */
  constructor(size: number, output: string, say: (text: string) => void, hand = script) {
    this.takes = AT_ONCE * size;
    this.#size = size;
    this.#output = output;
    this.#say = say;
    this.#script = hand;
  }

  /** Begins one thread before there is anything to do: that takes as long as to look over a register. */
  begin(): void {
    this.#hire();
  }

  /**
   * @param material of the range's batch
   * @param packed the certificates of the range, as the register packs them
   * @throws Fault as `stampInto` does, and where a thread died twice over the same range
   */
  stamp({ batch, samples }: Range, material: Material, packed: Uint8Array): Promise<readonly Made[]> {
    return new Promise((resolve, reject) => {
      const order = { kind: "range", batch, packed, samples } as const;
      this.#waiting.push({ order, material, hadDied: false, resolve, reject });
      this.#assign();
    });
  }

  async end(): Promise<void> {
    this.#ended = true;
    await Promise.all([...this.#hands].map(({ worker }) => worker.terminate()));
  }

  #hire(): Hand {
    const worker = new Worker(this.#script, { workerData: this.#output });
    const hand: Hand = { worker, knows: new Set(), jobs: [] };
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
    for (let job = this.#waiting[0]; job !== undefined; job = this.#waiting[0]) {
      const hand = this.#free();
      if (hand === null) return;
      this.#waiting.shift();
      this.#post(hand, job);
    }
  }

  /** Who has least to do, and not too much; nobody is hired for whom there is nothing to do. */
  #free(): Hand | null {
    const [least] = [...this.#hands].sort((a, b) => a.jobs.length - b.jobs.length);
    if (least !== undefined && least.jobs.length === 0) return least;
    if (this.#hands.size < this.#size) return this.#hire();
    return least !== undefined && least.jobs.length < AT_ONCE ? least : null;
  }

  #post(hand: Hand, job: Job): void {
    const { order, material } = job;
    const send = (each: Order) => hand.worker.postMessage(each);
    if (!hand.knows.has(order.batch)) send({ kind: "material", batch: order.batch, material });
    hand.knows.add(order.batch);
    hand.jobs.push(job);
    send(order);
  }

  #take(hand: Hand, answer: Answer): void {
    const job = hand.jobs.shift();
    if (answer.kind === "fault") job?.reject(revived(answer.fault));
    else job?.resolve(answer.made);
    this.#assign();
  }

  #bury(hand: Hand, why: string): void {
    this.#hands.delete(hand);
    if (this.#ended) return;
    const [job, ...others] = hand.jobs;
    this.#waiting.unshift(...others);
    if (job?.hadDied) job.reject(died(job, why));
    else if (job !== undefined) {
      this.#say(`a thread died (${why}); ${undone(job)} once more`);
      this.#waiting.unshift({ ...job, hadDied: true });
    }
    this.#assign();
  }
}

function revived({ code, message, place, hints }: PlainFault): Fault {
  return new Fault(code, message, { ...(place === undefined ? {} : { place }), hints });
}

function numbersOf({ order }: Job): string[] {
  return registeredIn(order.packed).map(({ certificate }) => certificate.number);
}

function undone(job: Job): string {
  const { length } = numbersOf(job);
  return length === 1 ? "its certificate is rendered" : `its ${length} certificates are rendered`;
}

function died(job: Job, why: string): Fault {
  const numbers = numbersOf(job);
  const over = `the certificates ${[numbers[0], numbers.at(-1)].join(" to ")}`;
  return new Fault("worker-died", `a thread died twice over ${over} (${why})`, {
    hints: ["run the same command again with --workers 1: it goes on where it stopped"],
  });
}
