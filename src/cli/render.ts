import { existsSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { HeldRegister } from "../register/held.js";
import { Register } from "../register/register.js";
import type { Filed } from "../register/rows.js";
import { ThreadCrew } from "./crew.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { stoppable } from "./interrupt.js";
import { type Rendered, renderMissing, type Wanted, wholeEvent, worthwhile } from "./renderMissing.js";
import { holdsPlace, parseShard } from "./shard.js";
import { signersOf } from "./signing/signer.js";
import { signMissing } from "./signing/signMissing.js";
import { answer, note, talkOf } from "./talk.js";

export interface RenderOptions {
  /** numbers */
  readonly only?: readonly string[];
  /** `i/n`, or `auto` */
  readonly shard?: string;
  /** another folder than the event's own */
  readonly out?: string;
  /** one PDF of all */
  readonly merge?: string;
  /** one archive of all */
  readonly zip?: string;
  readonly workers?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus render`: the certificates once more from the register, to the same bytes. Needs neither key nor inputs. */
export async function render(argument: string | undefined, options: RenderOptions): Promise<number> {
  refuseTogether(options);
  return await stoppable(() => renderFrom(argument, options));
}

async function renderFrom(argument: string | undefined, options: RenderOptions): Promise<number> {
  const folder = openEventFolder(argument);
  const archive = options.merge ?? options.zip;
  // parts and copies only read, so that many of them can run at the same time
  const isOwn = options.out === undefined && options.shard === undefined && archive === undefined;
  const register = openRegister(folder, isOwn);
  const begun = archive === undefined ? threadsAhead(folder, register, options) : null;
  try {
    if (!(register instanceof HeldRegister)) register.admit();
    const wanted = wantedOf(folder, register, options);
    if (register instanceof HeldRegister)
      await signMissing(register, wanted.event, signersOf(folder), talkOf(options));
    if (archive !== undefined) await writeArchive(archive, register, wanted, folder, options);
    else await tell(await renderMissing(register, wanted, talkOf(options), begun), folder, options);
  } finally {
    await begun?.end();
    register.close();
  }
  return 0;
}

/** A thread takes as long to begin as the register to be looked over: where all has to be rendered, both are done at once. */
function threadsAhead(
  folder: EventFolder,
  register: Register,
  { out, only, shard, workers }: RenderOptions,
): ThreadCrew | null {
  if (out === undefined || only !== undefined || shard !== undefined) return null;
  const { event, ...whole } = wholeEvent(folder, { workers });
  const others = worthwhile(register.countOf(event), whole) - 1;
  if (others === 0 || !isEmptyFolder(resolve(out))) return null;
  const crew = new ThreadCrew(others, resolve(out), (text) => note(text));
  crew.begin();
  return crew;
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return !existsSync(path);
  }
}

function refuseTogether({ merge, zip, out }: RenderOptions): void {
  const named = Object.entries({ merge, zip, out }).filter(([, value]) => value !== undefined);
  if (named.length < 2) return;
  const flags = named.map(([name]) => `--${name}`).join(" and ");
  throw new Fault("options-apart", `${flags} name two places for the certificates`, {
    hints: ["run the command once for each: both give the same certificates"],
  });
}

/** A register that is only looked at has still to be admitted. */
function openRegister({ dir, event }: EventFolder, isOwn: boolean): Register {
  const path = resolve(dir, event.config.register);
  const found = Register.read(path);
  if (found === null) {
    throw new Fault("register-missing", "nothing has been issued: there is no register", {
      place: { file: shownPath(path) },
      hints: ["`lulus issue` makes it", "or name where it lies: `register:` in the event file"],
    });
  }
  if (!isOwn) return found;
  found.close();
  return HeldRegister.open(path, () => new Date());
}

function wantedOf(folder: EventFolder, register: Register, options: RenderOptions): Wanted {
  const whole = wholeEvent(folder, options);
  const shard = options.shard === undefined ? null : parseShard(options.shard, process.env);
  const only = options.only === undefined ? null : numbersOf(options.only, register, whole.event);
  const total = shard === null ? 0 : register.countOf(whole.event);
  const covers = (filed: Filed, index: number): boolean =>
    (only === null || only.has(filed.number)) && (shard === null || holdsPlace(shard, index, total));
  return {
    ...whole,
    output: options.out === undefined ? whole.output : resolve(options.out),
    covers,
    // the list is of all certificates, so one part writes it for the others
    list: only === null && (shard === null || shard.index === 0),
  };
}

/** @throws Fault for a number that the register does not have */
export function numbersOf(given: readonly string[], register: Register, event: string): ReadonlySet<string> {
  const missing = new Set(given);
  for (const { number } of register.files(event)) missing.delete(number);
  const [first] = missing;
  if (first === undefined) return new Set(given);
  throw new Fault("number-unknown", `"${first}" is no number of this event's register`, {
    hints: ["numbers stand in certificates.csv, letter for letter"],
  });
}

async function writeArchive(
  path: string,
  register: Register,
  wanted: Wanted,
  folder: EventFolder,
  options: RenderOptions,
): Promise<void> {
  const { writeMerged, writeZip } = await import("./archive.js");
  const isSigned = register.batches(wanted.event).some(({ basis }) => basis.signing !== undefined);
  if (options.merge !== undefined && isSigned)
    note(
      "the merged file is for printing and bears no signature: those of the certificates stay in their own files",
      talkOf(options),
    );
  const write = options.merge === undefined ? writeZip : writeMerged;
  const written = await write(resolve(path), register, wanted, talkOf(options));
  const shown = shownPath(resolve(path));
  if (options.json) {
    const { config } = folder.event;
    await answer(
      `${JSON.stringify({ schema: "lulus.render/1", event: config.event.id, ...written, file: shown })}\n`,
    );
  } else await answer(`${written.certificates} certificates in ${shown}\n`);
}

async function tell(rendered: Rendered, folder: EventFolder, { json }: RenderOptions): Promise<void> {
  const { certificates, written, healed } = rendered;
  const output = shownPath(rendered.output);
  if (json) {
    const event = folder.event.config.event.id;
    await answer(
      `${JSON.stringify({ schema: "lulus.render/1", event, certificates, written, healed, output })}\n`,
    );
    return;
  }
  const heal = healed === 0 ? "" : `, ${healed} healed`;
  await answer(`${written} written${heal}; ${certificates} certificates in ${output}\n`);
}
