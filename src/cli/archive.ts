import { closeSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname, relative } from "node:path";
import { Fault } from "../model/fault.js";
import type { Register } from "../register/register.js";
import type { Registered } from "../register/rows.js";
import { MergedPdf } from "../render/merge.js";
import { compile, type Press, pressOf } from "../render/press.js";
import { listOf } from "./certificateList.js";
import { draftIn, openDraft, sweepDrafts, writeAll } from "./draft.js";
import { shownPath } from "./eventFolder.js";
import { breathe } from "./interrupt.js";
import { type Frozen, frozenOf, type Lend, lenderOf, materialOf, recordOf, templateOf } from "./material.js";
import { progress } from "./progress.js";
import { sampler } from "./range.js";
import type { Wanted } from "./renderMissing.js";
import { admitBytes, proofOf } from "./stamping.js";
import type { Talk } from "./talk.js";
import { ZipFile } from "./zipFile.js";

export interface Archived {
  /** how many are in it */
  readonly certificates: number;
}

/** One ZIP archive: the files as they would lie in the output folder, with their list. Those withdrawn are left out. */
export async function writeZip(
  path: string,
  register: Register,
  wanted: Wanted,
  talk: Talk,
): Promise<Archived> {
  return await guarded(path, wanted, async () => {
    const zip = new ZipFile(path);
    try {
      const presses = new Map<number, Proven>();
      const certificates = await eachHolding(register, wanted, talk, async (one, frozen) => {
        const known = presses.get(one.batch) ?? provenBy(lenderOf(await materialOf(frozen)));
        presses.set(one.batch, known);
        zip.add(one.certificate.file, await known(one), one.certificate.date);
      });
      if (wanted.list) {
        const list = [...listOf(register, wanted.event)].join("");
        zip.add("certificates.csv", Buffer.from(list), listDay(register, wanted));
      }
      zip.end();
      return { certificates };
    } catch (error) {
      zip.abandon();
      throw error;
    }
  });
}

/** One PDF for the printer. Those withdrawn are left out. */
export async function writeMerged(
  path: string,
  register: Register,
  wanted: Wanted,
  talk: Talk,
): Promise<Archived> {
  return await guarded(path, wanted, async () => {
    const draft = draftIn(dirname(path));
    sweepDrafts(dirname(path));
    const descriptor = openDraft(draft);
    try {
      const sink = buffered((bytes) => writeAll(descriptor, bytes));
      const [batch] = register.batches(wanted.event);
      const merged = new MergedPdf(batch === undefined ? "" : recordOf(batch).title, sink.write);
      const presses = new Map<number, Press>();
      const certificates = await eachHolding(register, wanted, talk, async (one, frozen) => {
        let press = presses.get(one.batch);
        if (press === undefined) {
          press = await pressAbove(frozen, merged.taken);
          merged.begin(press);
          presses.set(one.batch, press);
        }
        merged.add(press, one.certificate);
      });
      merged.end();
      sink.flush();
      closeSync(descriptor);
      renameSync(draft, path);
      return { certificates };
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

async function pressAbove(frozen: Frozen, taken: number): Promise<Press> {
  const [template, record] = [templateOf(frozen), recordOf(frozen)];
  return pressOf(template, record, await compile(template, record, frozen.demand, null, taken));
}

/** The bytes as the register has them, read as strangers read them. */
type Proven = (one: Registered) => Promise<Buffer>;

function provenBy(lend: Lend): Proven {
  const [proof, isSampled] = [proofOf(), sampler()];
  return async (one) => {
    const stamped = lend(one);
    admitBytes(one, stamped);
    await proof(one, stamped, stamped.bytes, () => one.certificate.file, isSampled(one));
    return stamped.bytes;
  };
}

/** Calls `use` for each certificate wanted that holds, in the order of the register. @returns how many there were */
async function eachHolding(
  register: Register,
  { event, covers }: Wanted,
  talk: Talk,
  use: (one: Registered, frozen: Frozen) => Promise<void>,
): Promise<number> {
  register.admitText({ event });
  const withdrawn = register.withdrawals(event);
  const batches = new Map(
    register.batches(event).map((batch) => [batch.id, frozenOf(batch, register)] as const),
  );
  const bar = await progress("certificates", register.countOf(event), talk);
  let [index, count] = [0, 0];
  let ids: number[] = [];
  const take = async () => {
    for (const one of register.certificatesOf(ids)) {
      const frozen = batches.get(one.batch);
      if (frozen === undefined || withdrawn.has(one.certificate.cti)) continue;
      await use(one, frozen);
      count += 1;
    }
    bar.done(ids.length);
    ids = [];
    await breathe();
  };
  for (const filed of register.files(event)) {
    if (covers(filed, index)) ids.push(filed.id);
    index += 1;
    if (ids.length >= 250) await take();
  }
  await take();
  bar.end();
  return count;
}

/** The list is as old as the last certificate in it. */
function listDay(register: Register, { event }: Wanted): string {
  return register.batches(event).reduce((latest, batch) => {
    const { end } = recordOf(batch);
    return end > latest ? end : latest;
  }, "1980-01-01");
}

function buffered(write: (bytes: Uint8Array) => void) {
  const held = Buffer.alloc(1 << 20);
  let holding = 0;
  const flush = () => {
    write(held.subarray(0, holding));
    holding = 0;
  };
  return {
    flush,
    write(bytes: Uint8Array) {
      if (bytes.length > held.length - holding) flush();
      if (bytes.length > held.length) write(bytes);
      else {
        held.set(bytes, holding);
        holding += bytes.length;
      }
    },
  };
}

/** In the output folder lie the certificates themselves and nothing else. */
async function guarded(path: string, { output }: Wanted, write: () => Promise<Archived>): Promise<Archived> {
  const inside = relative(output, path);
  if (!inside.startsWith("..") && inside !== path) {
    throw new Fault("output-mixed", "in the output folder lie certificates and their list alone", {
      place: { file: shownPath(path) },
      hints: ["name a file elsewhere"],
    });
  }
  try {
    mkdirSync(dirname(path), { recursive: true });
    return await write();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && "syscall" in error)) throw error;
    throw new Fault("output-unwritable", `the file cannot be written (${error.message})`, {
      place: { file: shownPath(path) },
      cause: error,
      hints: ["make room, or name another place, and run the same command again"],
    });
  }
}
