import { createHash } from "node:crypto";
import { resolve } from "node:path";
import { setImmediate as pause } from "node:timers/promises";
import { parseRecord } from "../credential/record.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import type { Register } from "../register/register.js";
import type { BatchRow, Registered } from "../register/rows.js";
import { type Press, parseDemand, setPress } from "../render/press.js";
import { parseTemplate } from "../render/template.js";
import { certificateList } from "../report/list.js";
import { Series } from "../verify/file.js";
import type { EventFolder } from "./eventFolder.js";
import { OutputFolder } from "./outputFolder.js";
import { progress } from "./progress.js";
import { readBack } from "./readBack.js";
import type { Talk } from "./talk.js";

/** What the output folder holds after rendering. */
export interface Rendered {
  /** absolute path of the output folder */
  readonly output: string;
  /** certificates of the event in the register, all of them there */
  readonly certificates: number;
  /** files written for the first time */
  readonly written: number;
  /** files that were missing or not as issued, written again to the same bytes */
  readonly healed: number;
}

/**
 * Writes every certificate of the event whose file is missing or not as registered. The register alone says what is in
 * them, so a crash before or in the middle of this loses nothing: the next run goes on.
 *
 * @throws Fault if a file cannot be written, or does not read back as the register has it
 */
export async function renderMissing(folder: EventFolder, register: Register, talk: Talk): Promise<Rendered> {
  const { config } = folder.event;
  const output = new OutputFolder(resolve(folder.dir, config.output));
  const all = register.certificates(config.event.id);
  const due = all.filter((one) => one.sha256 === null || output.hash(one.certificate.file) !== one.sha256);
  const bar = await progress("certificates", due.length, talk);
  const batches = register.batches(config.event.id);
  for (const batch of batches) {
    const mine = due.filter((one) => one.batch === batch.id);
    if (mine.length > 0) await renderBatch(batch, mine, register, output, () => bar.done());
  }
  bar.end();
  const addresses = new Map(batches.map((batch) => [batch.id, recordOf(batch).verify]));
  const withdrawn = register.withdrawals();
  const list = certificateList(
    all
      .filter((one) => !withdrawn.has(one.certificate.cti))
      .map((one) => ({ ...one.certificate, verify: addresses.get(one.batch) ?? "" })),
  );
  output.writeIfChanged("certificates.csv", Buffer.from(list));
  output.makeDurable();
  const healed = due.filter((one) => one.sha256 !== null).length;
  return { output: output.path, certificates: all.length, written: due.length - healed, healed };
}

async function renderBatch(
  batch: BatchRow,
  certificates: readonly Registered[],
  register: Register,
  output: OutputFolder,
  done: () => void,
): Promise<void> {
  const press = await pressOf(batch, register);
  const series = new Series(press.prefix);
  for (const group of inGroups(certificates, 200)) {
    const hashes = group.map((one) => {
      const bytes = Buffer.from(press.stamp(one.certificate));
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      if (one.sha256 !== null && one.sha256 !== sha256) throw otherBytes(one);
      const written = output.write(one.certificate.file, bytes);
      readBack(written, one.certificate, output.shown(one.certificate.file), series);
      done();
      return sha256;
    });
    register.transaction(() => {
      for (const [index, one] of group.entries()) register.noteRendered(one, hashes[index] ?? "");
    });
    // an interrupt is only seen between two turns of the event loop
    await pause();
  }
}

/** The press of a batch from what the register froze: a template that was changed since is not asked. */
async function pressOf(batch: BatchRow, register: Register): Promise<Press> {
  const files = new Map(
    Object.entries(batch.template.files).map(([path, hash]) => [path, register.blob(hash)]),
  );
  const template = parseTemplate(files, batch.template.name, batch.language);
  return await setPress(template, recordOf(batch), parseDemand(batch.demand));
}

function recordOf(batch: BatchRow): EventRecord {
  return parseRecord(batch.record, { file: "event record" });
}

function* inGroups<T>(list: readonly T[], size: number): Iterable<readonly T[]> {
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size);
}

function otherBytes(one: Registered): Fault {
  return new Fault(
    "render-differs",
    `certificate ${one.certificate.number} would come out with other bytes than it was issued with`,
    {
      hints: ["render it with the version of lulus that issued it; nothing was written"],
    },
  );
}
