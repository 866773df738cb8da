import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { formatLink } from "../credential/link.js";
import { Fault } from "../model/fault.js";
import { HeldRegister } from "../register/held.js";
import type { Register } from "../register/register.js";
import type { Filed, Rendering } from "../register/rows.js";
import { listHeader, listRows } from "../report/list.js";
import { type Crew, ThreadCrew } from "./crew.js";
import type { EventFolder } from "./eventFolder.js";
import { breathe, interrupted, patiently } from "./interrupt.js";
import { frozenOf, lenderOf, type Material, materialOf, recordOf } from "./material.js";
import { OutputFolder } from "./outputFolder.js";
import { progress } from "./progress.js";
import { type Stamp, stampInto } from "./stamping.js";
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
  /** files written for the first time */
  readonly written: number;
  /** files that were missing or not as issued, written again to the same bytes */
  readonly healed: number;
}

const MOST_WORKERS = 64;
/** Certificates of a range; a few dozen milliseconds of work. */
const RANGE = 250;
/** Certificates between two breaths of a thread that is alone. */
const BREATH = 25;
/** Below this a thread takes longer to start than it saves. */
const WORTH_THREADS = 1500;
/** The register is written to seldom: each time the disk is waited for. */
const NOTED_AT_ONCE = 5000;

/**
 * Writes every certificate wanted whose file is missing or not as registered. The register alone says what is in them,
 * so a crash before or in the middle of this loses nothing: the next run goes on. Memory does not grow with their number.
 * A register that is held is told which files are whole; one that is only looked at is not.
 *
 * @throws Fault if a file cannot be written, or does not read back as the register has it
 */
export async function renderMissing(register: Register, wanted: Wanted, talk: Talk): Promise<Rendered> {
  const output = new OutputFolder(wanted.output);
  output.sweep();
  const { due, certificates, healed } = await dueOf(register, wanted, output);
  if (due.length > 0) await renderDue(due, register, wanted, output, talk);
  const isListed = wanted.list && output.writeIfChanged("certificates.csv", listOf(register, wanted.event));
  if (due.length > 0 || isListed) output.makeDurable(() => filesOf(due, register));
  return { output: output.path, certificates, written: due.length - healed, healed };
}

/** A certificate to be rendered; all of them are held at once, so nothing more is. */
type Due = Pick<Filed, "id" | "batch">;

async function dueOf(register: Register, { event, covers }: Wanted, output: OutputFolder) {
  const names = output.names();
  const due: Due[] = [];
  let [index, certificates, healed] = [0, 0, 0];
  for (const filed of register.files(event)) {
    index += 1;
    if (!covers(filed, index - 1)) continue;
    certificates += 1;
    if (certificates % RANGE === 0) await breathe();
    const isThere =
      filed.sha256 !== null && names.has(filed.file) && output.hash(filed.file) === filed.sha256;
    if (isThere) continue;
    due.push({ id: filed.id, batch: filed.batch });
    if (filed.sha256 !== null) healed += 1;
  }
  return { due, certificates, healed };
}

async function renderDue(
  due: readonly Due[],
  register: Register,
  wanted: Wanted,
  output: OutputFolder,
  talk: Talk,
): Promise<void> {
  const batches = new Map(register.batches(wanted.event).map((batch) => [batch.id, batch]));
  const made = new Map<number, Promise<Material>>();
  const material = (id: number): Promise<Material> => {
    const batch = batches.get(id);
    if (batch === undefined) throw new TypeError(`no batch ${id}`);
    const known = made.get(id) ?? materialOf(frozenOf(batch, register));
    made.set(id, known);
    return known;
  };
  const workers = wanted.workers ?? (due.length < WORTH_THREADS ? 1 : availableParallelism());
  const crew =
    workers === 1
      ? lone(output, material)
      : new ThreadCrew(workers, output.path, material, (text) => note(text));
  const bar = await progress("certificates", due.length, talk);
  try {
    await stampAll(due, register, crew, (count) => bar.done(count));
  } finally {
    await crew.end();
    // a thread that was ended in the middle of a file has left it there
    output.sweep();
    bar.end();
  }
}

/** This thread, alone. */
function lone(output: OutputFolder, materialOf: (batch: number) => Promise<Material>): Crew {
  const stamps = new Map<number, Stamp>();
  return {
    size: 1,
    async stamp(batch, range) {
      const stamp = stamps.get(batch) ?? stampInto(output, lenderOf(await materialOf(batch)));
      stamps.set(batch, stamp);
      const hashes: string[] = [];
      for (let start = 0; start < range.length; start += BREATH) {
        await breathe();
        hashes.push(...(await stamp(range.slice(start, start + BREATH))));
      }
      return hashes;
    },
    end: () => Promise.resolve(),
  };
}

/** Keeps the crew busy, with one range in reserve for each hand, and no more in memory. */
async function stampAll(
  due: readonly Due[],
  register: Register,
  crew: Crew,
  done: (count: number) => void,
): Promise<void> {
  let finished: (readonly [Rendering, string])[] = [];
  const tell = () => {
    const telling = finished;
    finished = [];
    if (register instanceof HeldRegister && telling.length > 0)
      register.transaction(() => {
        for (const [of, sha256] of telling) register.noteRendered(of, sha256);
      });
  };
  const underWay = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | null = null;
  for (const ids of rangesOf(due)) {
    if (failure !== null) break;
    const range = register.certificatesOf(ids.map(({ id }) => id));
    const work = crew
      .stamp(range[0]?.batch ?? 0, range)
      .then(
        (hashes) => {
          for (const [index, { id, sha256, certificate }] of range.entries())
            finished.push([{ id, sha256, certificate: { cti: certificate.cti } }, hashes[index] ?? ""]);
          done(range.length);
        },
        (error) => {
          failure ??= { error };
        },
      )
      .finally(() => underWay.delete(work));
    underWay.add(work);
    if (underWay.size >= (crew.size === 1 ? 1 : 2 * crew.size)) await patiently(Promise.race(underWay));
    if (finished.length >= NOTED_AT_ONCE) tell();
    const error = interrupted();
    if (error !== null) failure ??= { error };
  }
  // the others finish what they are at, and what is whole is noted, whatever happened
  await patiently(Promise.all(underWay));
  tell();
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
}

/** Of one batch each. */
function* rangesOf(due: readonly Due[]): Iterable<readonly Due[]> {
  for (let start = 0; start < due.length; ) {
    let end = start + 1;
    while (end < due.length && end - start < RANGE && due[end]?.batch === due[start]?.batch) end += 1;
    yield due.slice(start, end);
    start = end;
  }
}

function* filesOf(due: readonly Due[], register: Register): Iterable<string> {
  for (const range of rangesOf(due))
    for (const { certificate } of register.certificatesOf(range.map(({ id }) => id))) yield certificate.file;
}

/** `certificates.csv`: all certificates of the event that hold, whoever rendered them. */
export function* listOf(register: Register, event: string): Iterable<string> {
  const addresses = new Map(
    register.batches(event).map((batch) => [batch.id, recordOf(batch).verify] as const),
  );
  const withdrawn = register.withdrawals();
  yield listHeader;
  let held: (readonly string[])[] = [];
  for (const { batch, number, name, email, award, file, cti, token } of register.listed(event)) {
    if (withdrawn.has(cti)) continue;
    const url = formatLink(addresses.get(batch) ?? "", token);
    held.push([number, name, email ?? "", award, file, url]);
    if (held.length < RANGE) continue;
    yield listRows(held);
    held = [];
  }
  yield listRows(held);
}
