import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import type { Register } from "../register/register.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { interrupted, stoppable } from "./interrupt.js";
import { accessOf } from "./send/access.js";
import { letterOf, mailOf } from "./send/letter.js";
import { Mails } from "./send/mails.js";
import { sendSample } from "./send/sample.js";
import { type Covers, coversOf, holder, reader } from "./send/scope.js";
import { parseRuling, settle } from "./send/settle.js";
import { isDue, standingOf } from "./send/standing.js";
import { hint, isAll, type Left, leftOf, summaryJson, summaryLines } from "./send/summary.js";
import { answer, complain, note, talkOf } from "./talk.js";

export interface SendOptions {
  readonly dryRun?: boolean;
  /** where a dry run writes */
  readonly out?: string;
  readonly testTo?: string;
  /** numbers */
  readonly only?: readonly string[];
  readonly settle?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus send`: one mail for each certificate that holds, once. 1 while somebody has not been sent theirs. */
export async function send(argument: string | undefined, options: SendOptions): Promise<number> {
  refuseTogether(options);
  const folder = openEventFolder(argument);
  if (options.settle !== undefined) return await settleMails(folder, options);
  if (options.testTo !== undefined) return await sendSample(folder, options.testTo, options);
  if (options.dryRun) return await stoppable(() => writeAll(folder, options));
  return await stoppable(() => sendAll(folder, options));
}

function refuseTogether({ dryRun, out, testTo, settle: settled, only }: SendOptions): void {
  const named = Object.entries({ "--dry-run": dryRun, "--test-to": testTo, "--settle": settled });
  const given = named.filter(([, value]) => value !== undefined).map(([flag]) => flag);
  if (given.length > 1)
    throw new Fault("options-apart", `${given.join(" and ")} do different things`, {
      hints: ["run the command once for each"],
    });
  if (out !== undefined && !dryRun)
    throw new Fault("options-apart", "--out says where a dry run writes, and this is none", {
      hints: ["add --dry-run"],
    });
  if (settled !== undefined && only !== undefined)
    throw new Fault("options-apart", "--settle names the certificates itself; leave --only out");
}

async function settleMails(folder: EventFolder, options: SendOptions): Promise<number> {
  const ruling = parseRuling(options.settle ?? []);
  const register = holder(folder);
  try {
    const event = folder.event.config.event.id;
    const settled = settle(register, event, ruling);
    if (options.json) {
      await answer(
        `${JSON.stringify({ schema: "lulus.send-settle/1", event, settled, ...ruling.detail })}\n`,
      );
      return 0;
    }
    const { ruling: word, to } = ruling.detail;
    const says =
      word === "sent" ? "counted as sent" : to === null ? "to be sent once more" : `to be sent to ${to}`;
    await answer(`${settled} ${says}\n`);
    if (word === "again" && settled > 0) note("`lulus send` sends them", talkOf(options));
  } finally {
    register.close();
  }
  return 0;
}

async function writeAll(folder: EventFolder, options: SendOptions): Promise<number> {
  const letter = letterOf(folder);
  const register = reader(folder);
  try {
    register.admit();
    const event = folder.event.config.event.id;
    const covers = coversOf(options, register, event);
    const out = options.out === undefined ? resolve(folder.dir, "outbox") : resolve(options.out);
    const { writeMails } = await import("./send/dryRun.js");
    const what = { event, covers, total: dueIn(register, event, covers) };
    const written = await writeMails(
      out,
      register,
      new Mails(folder, letter, register),
      what,
      talkOf(options),
    );
    const left = leftOf(register, event, covers, { sent: 0, halted: null, unready: written.unready });
    if (options.json) await answer(summaryJson(left));
    else await answer(summaryLines(left));
    note(`${written.count} mails in ${shownPath(out)}; nothing was sent`, talkOf(options));
  } finally {
    register.close();
  }
  return 0;
}

function dueIn(register: Register, event: string, covers: Covers): number {
  let count = 0;
  for (const each of register.mailed(event)) if (covers(each) && isDue(standingOf(each))) count += 1;
  return count;
}

async function sendAll(folder: EventFolder, options: SendOptions): Promise<number> {
  const letter = letterOf(folder);
  const register = holder(folder);
  try {
    const event = folder.event.config.event.id;
    const covers = coversOf(options, register, event);
    const total = dueIn(register, event, covers);
    const run = { sent: 0, halted: null, unready: new Map<number, string>() };
    if (total > 0) {
      // the password is asked for before anything else, and only where there is something to send
      const access = await accessOf(folder);
      const { sendDue } = await import("./send/campaign.js");
      const mails = new Mails(folder, letter, register);
      Object.assign(
        run,
        await sendDue(
          { register, event, covers, total, mails, access, mail: mailOf(folder) },
          talkOf(options),
        ),
      );
    }
    return await tell(leftOf(register, event, covers, run), options);
  } finally {
    register.close();
  }
}

async function tell(left: Left, options: SendOptions): Promise<number> {
  await answer(options.json ? summaryJson(left) : summaryLines(left));
  if (left.halted !== null) {
    // nothing at all was done: as with any other command that could not do its job
    if (left.sentNow === 0) throw left.halted;
    complain(left.halted);
  }
  const interruption = interrupted();
  if (interruption !== null) throw interruption;
  hint(left, talkOf(options));
  return isAll(left) ? 0 : 1;
}
