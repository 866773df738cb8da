import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { HeldRegister } from "../register/held.js";
import type { Register } from "../register/register.js";
import type { Filed } from "../register/rows.js";
import { CertificateList } from "./certificateList.js";
import { ThreadCrew } from "./crew.js";
import type { EventFolder } from "./eventFolder.js";
import { breathe } from "./interrupt.js";
import { OutputFolder } from "./outputFolder.js";
import { progress } from "./progress.js";
import { Ranges } from "./range.js";
import { stampAll } from "./stampAll.js";
import { note, type Talk } from "./talk.js";

/** What is to be in a folder afterwards. */
export interface Wanted {
  readonly event: string;
  /** absolute path */
  readonly output: string;
  /** which certificates, of all those of the event, in their order */
  readonly covers: (filed: Filed, index: number) => boolean;
  /** whether `certificates.csv` is written: by one of several runs only */
  readonly list: boolean;
  /** threads; `null` for as many as are worth it */
  readonly workers: number | null;
}

/** All certificates of an event, in its own output folder, with their list. @throws Fault for a count of workers that is none */
export function wholeEvent(
  { dir, event }: EventFolder,
  options: { readonly workers?: string | undefined } = {},
): Wanted {
  const { config } = event;
  return {
    event: config.event.id,
    output: resolve(dir, config.output),
    covers: () => true,
    list: true,
    workers: parseWorkers(options.workers),
  };
}

function parseWorkers(text: string | undefined): number | null {
  if (text === undefined) return null;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= 1 && count <= MOST_WORKERS) return count;
  throw new Fault("workers-count", `"${text}" is no count of threads; expected 1 to ${MOST_WORKERS}`, {
    hints: ["leave it out to have as many as are worth it"],
  });
}

/** What the output folder holds after rendering. */
export interface Rendered {
  /** absolute path of the output folder */
  readonly output: string;
  /** certificates wanted, all of them there */
  readonly certificates: number;
  /** files written that were not there */
  readonly written: number;
  /** files written again to the same bytes: they were not as issued, or are missing in the event's own folder */
  readonly healed: number;
}

const MOST_WORKERS = 64;
/** Certificates whose files are looked at between two breaths. */
const BREATH = 250;
/** Below this a thread takes longer to start than it saves. */
const WORTH_THREADS = 1500;

/** How many threads are worth it, this one among them. */
export function worthwhile(certificates: number, { workers }: Pick<Wanted, "workers">): number {
  return workers ?? (certificates < WORTH_THREADS ? 1 : availableParallelism());
}

/**
 * Writes every certificate wanted whose file is missing or not as registered. The register alone says what is in them,
 * so a crash before or in the middle of this loses nothing: the next run goes on. Memory does not grow with their number.
 * A register that is held is told which files are whole; one that is only looked at is not.
 *
 * @param begun threads that were begun beforehand, if any were
 * @throws Fault if a file cannot be written, or does not read back as the register has it
 */
export async function renderMissing(
  register: Register,
  wanted: Wanted,
  talk: Talk,
  begun: ThreadCrew | null = null,
): Promise<Rendered> {
  register.admitText(wanted);
  const output = new OutputFolder(wanted.output);
  output.sweep();
  const { due, certificates, healed } = await dueOf(register, wanted, output);
  const list = wanted.list ? new CertificateList(register, wanted.event, output) : null;
  let isListed = false;
  try {
    if (due.count > 0) await renderDue(due, register, wanted, output, talk, begun, list);
    isListed = list?.end() ?? false;
  } catch (error) {
    list?.abandon();
    throw error;
  } finally {
    // a thread that was ended in the middle of a file has left it there
    if (due.count > 0) output.sweep();
  }
  if (due.count > 0 || isListed) output.makeDurable(() => filesOf(due, register));
  return { output: output.path, certificates, written: due.count - healed, healed };
}

async function dueOf(register: Register, { event, covers }: Wanted, output: OutputFolder) {
  const names = output.names();
  const isOwn = register instanceof HeldRegister;
  const due = new Ranges();
  let [index, certificates, healed] = [0, 0, 0];
  for (const filed of register.files(event)) {
    index += 1;
    if (!covers(filed, index - 1)) continue;
    certificates += 1;
    if (certificates % BREATH === 0) await breathe();
    const isThere = names.has(filed.file);
    if (isThere && filed.sha256 !== null && output.hash(filed.file) === filed.sha256) continue;
    due.add(filed);
    // of another folder nobody knows what was in it
    if (filed.sha256 !== null && (isOwn || isThere)) healed += 1;
  }
  return { due, certificates, healed };
}

async function renderDue(
  due: Ranges,
  register: Register,
  wanted: Wanted,
  output: OutputFolder,
  talk: Talk,
  begun: ThreadCrew | null,
  list: CertificateList | null,
): Promise<void> {
  const others = worthwhile(due.count, wanted) - 1;
  const crew = begun ?? (others === 0 ? null : new ThreadCrew(others, output.path, (text) => note(text)));
  const bar = await progress("certificates", due.count, talk);
  try {
    const meanwhile = () => list?.writeSome() ?? false;
    await stampAll(due, register, wanted.event, output, crew, {
      done: (count) => bar.done(count),
      meanwhile,
    });
  } finally {
    await crew?.end();
    bar.end();
  }
}

function* filesOf(due: Ranges, register: Register): Iterable<string> {
  for (const { ids } of due)
    for (const { certificate } of register.certificatesOf(ids)) yield certificate.file;
}
