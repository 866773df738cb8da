import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseRecord } from "../credential/record.js";
import { criteriaOf } from "../issue/criteria.js";
import { Fault } from "../model/fault.js";
import { Register } from "../register/register.js";
import type { BatchRow } from "../register/rows.js";
import { type BadgeMaterial, badgeMaterial, signBadge, writeBadge } from "./badge.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { progress } from "./progress.js";
import { openSigningKey } from "./signingKey.js";
import { answer, note, talkOf } from "./talk.js";

export interface ExportOptions {
  readonly out?: string;
  readonly only?: readonly string[];
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus export openbadges`: a file for wallets beside each certificate that still holds. The same run gives the same bytes. */
export async function exportBadges(argument: string | undefined, options: ExportOptions): Promise<number> {
  const folder = openEventFolder(argument);
  const key = await openSigningKey(folder);
  const out = resolve(options.out ?? join(folder.dir, "openbadges"));
  const register = registerOf(folder);
  try {
    const withdrawn = register.withdrawals(folder.event.config.event.id);
    const batches = new Map(
      register.batches(folder.event.config.event.id).map((batch) => [batch.id, about(batch, folder)]),
    );
    const all = register
      .certificates(folder.event.config.event.id)
      .filter(({ certificate }) => !withdrawn.has(certificate.cti))
      .filter(({ certificate }) => options.only === undefined || options.only.includes(certificate.number));
    if (all.length === 0)
      throw new Fault("nothing-to-export", "no certificate of the event is meant, or none holds");
    makeFolder(out);
    const bar = await progress("badges", all.length, talkOf(options));
    for (const { batch, certificate } of all) {
      const of = batches.get(batch);
      if (of === undefined) throw new TypeError("a certificate without its batch");
      const material = await of;
      const proof = { kid: key.kid, value: signBadge(certificate, material, key) };
      write(
        join(out, certificate.file.replace(/\.pdf$/i, ".json")),
        writeBadge(certificate, material, proof),
      );
      bar.done();
    }
    bar.end();
    await tell(out, all.length, options);
  } finally {
    register.close();
  }
  return 0;
}

function registerOf({ dir, event }: EventFolder): Register {
  const path = resolve(dir, event.config.register);
  const register = Register.read(path);
  if (register !== null) return register;
  throw new Fault("register-missing", "nothing has been issued: there is no register", {
    place: { file: shownPath(path) },
    hints: ["`lulus issue` makes it"],
  });
}

/** The facts of the event as they were signed, and the conditions as they were frozen, else as the event file has them. */
async function about(batch: BatchRow, { event }: EventFolder): Promise<BadgeMaterial> {
  const record = parseRecord(batch.record, { file: "event record" });
  const when = event.config.awards.find(({ id }) => id === batch.award)?.when ?? {};
  return await badgeMaterial(record, batch.basis.criteria ?? criteriaOf(when, record.language));
}

function makeFolder(out: string): void {
  guarded(out, () => mkdirSync(out, { recursive: true }));
}

function write(file: string, text: string): void {
  guarded(file, () => writeFileSync(file, text));
}

function guarded(file: string, use: () => void): void {
  try {
    use();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("export-unwritable", `the export cannot be written (${why})`, {
      place: { file: shownPath(file) },
      cause,
    });
  }
}

async function tell(out: string, badges: number, options: ExportOptions): Promise<void> {
  const shown = shownPath(out);
  if (options.json) {
    await answer(`${JSON.stringify({ schema: "lulus.export/1", kind: "openbadges", out: shown, badges })}\n`);
    return;
  }
  await answer(`${badges} badges in ${shown}\n`);
  note("wallets find the keys on the published site: `lulus publish`", talkOf(options));
}
