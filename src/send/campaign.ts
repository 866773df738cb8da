import { Fault } from "../model/fault.js";
import { Again } from "./again.js";
import type { Connection, Message } from "./connection.js";
import type { Outcome } from "./outcome.js";
import { Pace, wait } from "./pace.js";

/**
 * Mails by the thousand over a few connections. What is being sent is told before it goes out and what came of it after;
 * nothing that may have arrived is ever sent again from here.
 */
export interface Campaign<Job> {
  /** asked for one at a time */
  readonly jobs: Iterator<Job>;
  readonly connect: () => Promise<Connection>;
  /** @returns `null` for what is not to be sent after all */
  readonly write: (job: Job) => Promise<Message | null>;
  /** Tells that the message goes out; durable when it returns. */
  readonly before: (job: Job) => Promise<void>;
  /** Tells what came of it. `isLast`: it is not tried again by this campaign. */
  readonly after: (job: Job, outcome: Exclude<Outcome, { is: "halted" }>, isLast: boolean) => Promise<void>;
  readonly connections: number;
  readonly perMinute: number;
  /** milliseconds before each further try */
  readonly waits: readonly number[];
  /** Tells that nothing can be done before so many milliseconds are over, and why. */
  readonly idle: (ms: number, why: string) => void;
  /** Nothing new is begun once it is aborted. */
  readonly stop: AbortSignal;
  /** What is under way is given up once it is aborted. */
  readonly abandon: AbortSignal;
}

/** Providers close a connection on which too much was sent. */
const MESSAGES_A_CONNECTION = 100;
/** So many messages in a row refused for what is in them: it is not the recipients. */
const REFUSED_ALIKE = 20;

/**
 * Runs until everything is sent, refused or given up, or somebody stops it.
 *
 * @returns why it ended early; `null` where it did not, or was stopped
 * @throws whatever `write`, `before` and `after` throw
 */
export async function run<Job>(campaign: Campaign<Job>): Promise<Fault | null> {
  const state = new State(campaign);
  const lanes = Array.from({ length: campaign.connections }, () => lane(campaign, state));
  await Promise.all(lanes.map((each) => each.catch((error) => state.break(error))));
  if (state.failure !== null) throw state.failure.error;
  return state.halted;
}

async function lane<Job>(campaign: Campaign<Job>, state: State<Job>): Promise<void> {
  let connection: Connection | null = null;
  let count = 0;
  const abandon = () => connection?.abandon();
  campaign.abandon.addEventListener("abort", abandon);
  try {
    for (let job = await state.next(); job !== null; job = await state.next()) {
      const message = await campaign.write(job.of);
      if (message === null) continue;
      if (count >= MESSAGES_A_CONNECTION) connection = closed(connection);
      if (connection === null || !connection.isOpen) {
        connection = await state.connect();
        count = 0;
      }
      await state.pace.turn(state.stop);
      if (connection === null || state.stop.aborted) return;
      count += 1;
      const { of } = job;
      const outcome: Outcome = await connection.send(message, () => campaign.before(of));
      await state.settle(of, outcome);
    }
  } finally {
    campaign.abandon.removeEventListener("abort", abandon);
    connection?.quit();
  }
}

function closed(connection: Connection | null): null {
  connection?.quit();
  return null;
}

/** What the lanes share. */
class State<Job> {
  readonly pace: Pace;
  readonly #campaign: Campaign<Job>;
  readonly #again: Again<Job>;
  readonly #stop = new AbortController();
  readonly stop: AbortSignal;
  halted: Fault | null = null;
  failure: { readonly error: unknown } | null = null;
  /** connections in a row that came to nothing */
  #failures = 0;
  #failedAt = 0;
  #notBefore = 0;
  /** why the last of them did */
  #trouble = "";
  #wasConnected = false;
  #refused = { reply: "", count: 0 };

  constructor(campaign: Campaign<Job>) {
    this.#campaign = campaign;
    this.#again = new Again(campaign.waits);
    this.pace = new Pace(campaign.perMinute);
    this.stop = AbortSignal.any([campaign.stop, this.#stop.signal]);
  }

  /** The next thing to do, what is to be tried again first; `null` where nothing is left or nothing more is to be begun. */
  async next(): Promise<{ readonly of: Job } | null> {
    for (;;) {
      if (this.stop.aborted) return null;
      const due = this.#again.take(Date.now());
      if (due !== null) return { of: due };
      const { done, value } = this.#campaign.jobs.next();
      if (!done) return { of: value };
      const at = this.#again.nextAt;
      if (at === null) return null;
      this.#campaign.idle(at - Date.now(), "the mail server does not take the rest for now");
      await wait(at - Date.now(), this.stop);
    }
  }

  /** A new connection, as often and as long as it is worth waiting; `null` where nothing more is to be begun. */
  async connect(): Promise<Connection | null> {
    for (;;) {
      if (this.#notBefore > Date.now()) this.#campaign.idle(this.#notBefore - Date.now(), this.#trouble);
      await wait(this.#notBefore - Date.now(), this.stop);
      if (this.stop.aborted) return null;
      const begun = Date.now();
      try {
        const connection = await this.#campaign.connect();
        this.#wasConnected = true;
        return connection;
      } catch (error) {
        const mayPass =
          error instanceof Fault &&
          (error.code === "smtp-busy" || (error.code === "smtp-unreachable" && this.#wasConnected));
        if (!mayPass) throw error;
        this.#failed(begun, error);
      }
    }
  }

  async settle(job: Job, outcome: Outcome): Promise<void> {
    if (outcome.is === "halted") {
      // the message was not taken, and nothing is wrong with the recipient
      await this.#campaign.after(job, { is: "deferred", answer: outcome.fault.message }, true);
      this.halt(outcome.fault);
      return;
    }
    if (outcome.is !== "dropped" && outcome.is !== "unknown") this.#failures = 0;
    else
      this.#failed(
        Date.now(),
        new Fault("smtp-busy", `the mail server keeps ending the conversation: ${outcome.answer}`),
      );
    const mayPass = outcome.is === "deferred" || outcome.is === "dropped";
    const isLast = !mayPass || !this.#again.add(job, Date.now());
    if (isLast) this.#again.forget(job);
    await this.#campaign.after(job, outcome, isLast);
    this.#lookForPattern(outcome);
  }

  /** The first time another connection is tried at once, then after waits that grow. All lanes wait, and count once. */
  #failed(begun: number, fault: Fault): void {
    if (begun < this.#failedAt) return;
    this.#failedAt = Date.now();
    this.#trouble = fault.message;
    const wait = this.#failures === 0 ? 0 : this.#campaign.waits[this.#failures - 1];
    this.#failures += 1;
    if (wait === undefined) this.halt(fault);
    else this.#notBefore = Date.now() + wait;
  }

  #lookForPattern(outcome: Outcome): void {
    if (outcome.is !== "bounced" || outcome.step !== "message") {
      if (outcome.is === "sent") this.#refused = { reply: "", count: 0 };
      return;
    }
    const reply = outcome.answer.slice(0, 3);
    this.#refused = { reply, count: this.#refused.reply === reply ? this.#refused.count + 1 : 1 };
    if (this.#refused.count < REFUSED_ALIKE) return;
    this.halt(
      new Fault(
        "smtp-refused",
        `the last ${REFUSED_ALIKE} messages were all refused the same way: ${outcome.answer}`,
        {
          hints: [
            "the mail itself, or the sender's address, does not please the server: try with `lulus send --test-to`",
            "then let the refused ones be sent again: `lulus send --settle bounced again`",
          ],
        },
      ),
    );
  }

  halt(fault: Fault): void {
    this.halted ??= fault;
    this.#stop.abort();
  }

  /** Something that no waiting mends: the other lanes finish what is under way. */
  break(error: unknown): void {
    if (error instanceof Fault && error.code.startsWith("smtp-")) this.halt(error);
    else this.failure ??= { error };
    this.#stop.abort();
  }
}
