import { resolve } from "node:path";
import type { IssuerKey } from "../credential/key.js";
import { formatKeySet } from "../credential/keyset.js";
import { hashRecord } from "../credential/record.js";
import { criteriaOf } from "../issue/criteria.js";
import { bringsNew, type Planned, plan } from "../issue/plan.js";
import { recordOf } from "../issue/record.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { HeldRegister } from "../register/held.js";
import { type Check, summarise } from "../report/check.js";
import { terminalReport } from "../report/terminal.js";
import { wordsOf } from "../report/words.js";
import { type BadgeMaterial, badgeMaterial, signBadge } from "./badge.js";
import { freeze } from "./batch.js";
import { type CheckOptions, check, statusUnder } from "./check.js";
import { dryRun } from "./dryRun.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { isExampleAddress } from "./exampleAddress.js";
import { breathe, stoppable } from "./interrupt.js";
import { type Rendered, renderMissing, wholeEvent } from "./renderMissing.js";
import { admitReports, writeReports } from "./reports.js";
import { admitPkcs12, type Signer, signedRecord, signerForNew, signersOf } from "./signing/signer.js";
import { signMissing } from "./signing/signMissing.js";
import { openSigningKey } from "./signingKey.js";
import { answer, note, paintErr, talkOf } from "./talk.js";
import { openTemplates, type Templates } from "./templates.js";
import { admitResume } from "./unfinished.js";

export interface IssueOptions extends CheckOptions {
  readonly dryRun?: boolean;
  /** threads that render */
  readonly workers?: string;
  /** `false` to leave the files to `lulus render` */
  readonly render?: boolean;
}

/** `lulus issue`: check, number, sign, register in one transaction; then render what is missing or damaged. */
export async function issue(argument: string | undefined, options: IssueOptions): Promise<number> {
  if (options.dryRun) return await check(argument, options);
  if ((options.set ?? []).length > 0) {
    throw new Fault("set-refused", "--set is a what-if: nothing is issued by it", {
      hints: ["ask with `lulus check --set …`, or write the value into the event file"],
    });
  }
  const folder = openEventFolder(argument);
  admitReports(options.report, folder);
  admitPkcs12(folder);
  const templates = openTemplates(folder);
  const key = await openSigningKey(folder);
  const found = await dryRun(folder, templates, { talk: talkOf(options) });
  await writeReports(found, options.report, folder, talkOf(options));
  await stoppable(() => issueFound(folder, found, templates, key, options));
  return statusUnder(options, found);
}

async function issueFound(
  folder: EventFolder,
  found: Check,
  templates: Templates,
  key: IssuerKey,
  options: IssueOptions,
): Promise<void> {
  const register = HeldRegister.open(resolve(folder.dir, folder.event.config.register), () => new Date());
  try {
    admitResume(folder, found, templates, register);
    const signers = signersOf(folder);
    const signer = bringsNew(folder.event, found.decisions, register)
      ? await signerForNew(folder, signers)
      : null;
    const planned = await enter(folder, found, templates, key, register, signer);
    const signed = await signMissing(register, found.event, signers, talkOf(options));
    const rendered =
      options.render === false
        ? registeredOnly(register, folder)
        : await renderMissing(register, wholeEvent(folder, options), talkOf(options));
    await tell(found, { issued: planned, signed }, rendered, options);
    if (planned > 0) warnOfExample(folder, options);
  } finally {
    register.close();
  }
}

/** Where nothing is rendered, as if it were. */
function registeredOnly(register: HeldRegister, folder: EventFolder): Rendered {
  const { event, output } = wholeEvent(folder);
  const open = register.unfinished(event).reduce((sum, batch) => sum + batch.open, 0);
  if (open > 0)
    note(`hint: \`lulus render\` writes the ${open} that have no file yet, in parts with --shard`);
  return { output, certificates: register.countOf(event), written: 0, healed: 0 };
}

/** Numbers, signs and registers the newcomers; nothing refers to them before this has been committed. */
async function enter(
  folder: EventFolder,
  found: Check,
  templates: Templates,
  key: IssuerKey,
  register: HeldRegister,
  signer: Signer | null,
): Promise<number> {
  const record = signedRecord(recordOf(folder.event), signer);
  const batch = {
    event: folder.event,
    record,
    recordHash: await hashRecord(record),
    printed: (award: string) => templates.of(award).template,
  };
  const badges = await badgesOf(folder, record);
  return await register.transactionAround(async () => {
    const planned: Planned[] = [];
    for (const one of plan(batch, found.decisions, register, key)) {
      planned.push(one);
      if (planned.length % BREATH === 0) await breathe();
    }
    for (const award of folder.event.config.awards) {
      const mine = planned.filter(({ certificate }) => certificate.award === award.id);
      const material = badges.get(award.id) ?? null;
      if (mine.length > 0)
        await enterAward(folder, found, templates, key, register, record, award.id, mine, material, signer);
    }
    return planned.length;
  });
}

/** Certificates between two breaths, some tens of milliseconds. */
const BREATH = 250;

/** By award, where the event asks for badges. */
export async function badgesOf(
  folder: EventFolder,
  record: EventRecord,
): Promise<Map<string, BadgeMaterial>> {
  const { config } = folder.event;
  if (config.credential !== "openbadges") return new Map();
  const entries = config.awards.map(async ({ id, when }) => {
    return [id, await badgeMaterial(record, criteriaOf(when, record.language))] as const;
  });
  return new Map(await Promise.all(entries));
}

async function enterAward(
  folder: EventFolder,
  found: Check,
  templates: Templates,
  key: IssuerKey,
  register: HeldRegister,
  record: EventRecord,
  award: string,
  planned: readonly Planned[],
  badges: BadgeMaterial | null,
  signer: Signer | null,
): Promise<void> {
  const certificates = planned.map(({ certificate }) => certificate);
  const enter = register.begin(
    await freeze(folder, templates, record, award, certificates, found, signer),
    planned.length,
    { kid: key.kid, publicKey: formatKeySet([key.public]) },
  );
  for (const [index, { certificate, decision, counter, seq }] of planned.entries()) {
    if (index % BREATH === BREATH - 1) await breathe();
    enter({
      certificate,
      counter,
      seq,
      badge: badges === null ? null : signBadge(certificate, badges, key),
      keys: decision.person.keys,
      evidence: {
        figures: decision.figures,
        reasons: decision.reasons,
        rulings: found.rulings
          .filter(
            ({ person, other }) =>
              decision.person.keys.includes(person) || decision.person.keys.includes(other ?? ""),
          )
          .map(({ question, person, other, word, text, source }) => ({
            ...{ question, person, other, word, text },
            source: `${source.file}:${source.line}`,
          })),
        sources: decision.person.sources.map(({ file, line }) => `${file}:${line}`),
      },
    });
  }
}

interface Done {
  readonly issued: number;
  readonly signed: number;
}

/** A newcomer who takes what `init` proposes would find it out from the first who scans. */
function warnOfExample({ event }: EventFolder, options: IssueOptions): void {
  const { event: about, verify } = event.config;
  if (isExampleAddress(verify.url) && !options.json)
    note(wordsOf(about.language).exampleAddress(verify.url), talkOf(options));
}

async function tell(
  found: Check,
  { issued, signed }: Done,
  rendered: Rendered,
  options: IssueOptions,
): Promise<void> {
  const output = shownPath(rendered.output);
  if (options.json) {
    const summary = summarise(found);
    const { certificates, written, healed } = rendered;
    await answer(
      `${JSON.stringify({ schema: "lulus.issue/1", event: found.event, summary, certificates, issued, signed, written, healed, output })}\n`,
    );
    return;
  }
  if (!options.quiet) note(terminalReport(found, paintErr, process.stderr.columns).trimEnd());
  const heal = rendered.healed === 0 ? "" : `, ${rendered.healed} healed`;
  await answer(
    `${issued} issued, ${signed === 0 ? "" : `${signed} signed, `}${rendered.written} written${heal}; ${rendered.certificates} certificates in ${output}\n`,
  );
}
