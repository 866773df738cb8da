import type { Fault } from "../../model/fault.js";
import type { MailFile } from "../../model/mail.js";
import type { HeldRegister } from "../../register/held.js";
import type { Mailed } from "../../register/mail.js";
import { run } from "../../send/campaign.js";
import { connect } from "../../send/connection.js";
import type { Outcome } from "../../send/outcome.js";
import { patiently, whenInterrupted } from "../interrupt.js";
import { progress } from "../progress.js";
import { note, printable, type Talk } from "../talk.js";
import type { Access } from "./access.js";
import { Ledger } from "./ledger.js";
import type { Mail, Mails } from "./mails.js";
import { isDue, standingOf } from "./standing.js";

export interface Due {
  readonly register: HeldRegister;
  readonly event: string;
  readonly covers: (certificate: { readonly number: string }) => boolean;
  /** how many are due */
  readonly total: number;
  readonly mails: Mails;
  readonly access: Access;
  readonly mail: MailFile;
}

export interface Sent {
  readonly sent: number;
  readonly halted: Fault | null;
  readonly unready: ReadonlyMap<number, string>;
}

/** A mail on its way, by the id of its certificate. */
interface OnItsWay {
  readonly certificate: Mailed;
  readonly mail: Mail;
  /** whether the register says that it goes out */
  isNoted: boolean;
}

/** Sends what is due, and notes each in the register before it goes out and after. */
export async function sendDue(due: Due, talk: Talk): Promise<Sent> {
  const { register, mails, access, mail } = due;
  const ledger = new Ledger(register);
  const underWay = new Map<number, OnItsWay>();
  const unready = new Map<number, string>();
  const [stop, abandon] = [new AbortController(), new AbortController()];
  let sent = 0;
  const bar = await progress("mails", due.total, talk);
  const going = (id: number): OnItsWay => {
    const found = underWay.get(id);
    if (found === undefined) throw new TypeError(`no mail of certificate ${id} is under way`);
    return found;
  };
  const running = run<number>({
    jobs: idsOf(due),
    connect: async () => connect(access.server, access.secret()),
    async write(id) {
      const certificate = register.mailedOne(id);
      const written = await mails.write(certificate, null, new Date());
      if ("unready" in written) {
        unready.set(id, written.unready);
        bar.done();
        return null;
      }
      underWay.set(id, { certificate, mail: written, isNoted: false });
      return written;
    },
    async before(id) {
      const one = going(id);
      const { to, messageId } = one.mail;
      const detail = { to, message: messageId, sha256: one.certificate.sha256 };
      await ledger.note(one.certificate, { kind: "sending", detail });
      one.isNoted = true;
    },
    async after(id, outcome, isLast) {
      const { certificate, mail: of, isNoted } = going(id);
      underWay.delete(id);
      if (outcome.is === "sent") sent += 1;
      if (isLast) bar.done();
      const entry = entryOf(outcome, of.to);
      // what was not even begun is told of once, when it is given up for this run
      if (entry !== null && (isNoted || isLast)) await ledger.note(certificate, entry);
    },
    connections: mail.connections,
    perMinute: mail.per_minute,
    waits: mail.retry_minutes.map((minutes) => minutes * 60_000),
    idle: idleTeller(talk),
    stop: stop.signal,
    abandon: abandon.signal,
  });
  void whenInterrupted().then(() => stop.abort());
  let halted: Fault | null = null;
  try {
    const ended = running.then((fault) => {
      halted = fault;
    });
    // after a signal, the server has some seconds left to answer
    await patiently(ended.catch(() => {}));
    if (stop.signal.aborted) abandon.abort();
    await ended;
  } finally {
    bar.end();
  }
  return { sent, halted, unready };
}

/** Shorter pauses nobody wonders about. */
const LONG_MS = 20_000;

/** Says once for each long pause that the run is not stuck. */
function idleTeller(talk: Talk): (ms: number, why: string) => void {
  let until = 0;
  return (ms, why) => {
    if (ms < LONG_MS || Date.now() + ms < until + LONG_MS) return;
    until = Date.now() + ms;
    const minutes = Math.ceil(ms / 60_000);
    note(
      `${printable(why)}; going on in ${minutes === 1 ? "a minute" : `${minutes} minutes`} (or stop with Ctrl-C, and run the same command again later)`,
      talk,
    );
  };
}

/** Asked for one at a time, while the register is written to. */
function* idsOf({ register, event, covers }: Due): Iterator<number> {
  for (const each of register.mailed(event)) if (covers(each) && isDue(standingOf(each))) yield each.id;
}

/** `null`: nothing is known that the entry `sending` does not say. */
function entryOf(outcome: Exclude<Outcome, { is: "halted" }>, to: string) {
  const { answer } = outcome;
  if (outcome.is === "sent") return { kind: "sent", detail: { to, answer } } as const;
  if (outcome.is === "bounced") return { kind: "bounced", detail: { to, answer } } as const;
  if (outcome.is === "unknown") return null;
  return { kind: "deferred", detail: { to, answer } } as const;
}
