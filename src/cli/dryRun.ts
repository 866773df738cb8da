import { admitPatterns } from "../issue/plan.js";
import { judge, type Rules } from "../judge/judge.js";
import { type Match, match } from "../match/match.js";
import type { Event } from "../model/eventFile.js";
import { Fault } from "../model/fault.js";
import type { Ruling } from "../model/ruling.js";
import { type Check, type Condition, type Summary, summarise } from "../report/check.js";
import { readRulings } from "./decisions.js";
import type { EventFolder } from "./eventFolder.js";
import { gather } from "./inputs.js";
import { openPrintability, type Printability } from "./printable.js";
import type { Talk } from "./talk.js";
import type { Templates } from "./templates.js";

/**
 * Reads, matches and judges: everything that comes before a number is given. Writes nothing.
 *
 * @param how `talk`: who is told that it takes long; `review`: a further file of rulings, beside the event's own
 * @throws Fault or Faults if an input cannot be read, or if no input holds anybody
 */
export async function dryRun(
  folder: EventFolder,
  templates: Templates,
  { talk, review }: { readonly talk?: Talk; readonly review?: string | undefined } = {},
): Promise<Check> {
  const { config } = folder.event;
  // what would stop `issue` stops the dry run as well
  admitPatterns(folder.event);
  for (const award of config.awards) templates.of(award.id);
  const ruled = await readRulings(folder, review);
  const { personas, inputs, warnings } = await gather(folder, talk);
  const matched = match(personas, ruled);
  const { rulings } = matched;
  if (matched.people.length === 0) {
    throw new Fault("no-people", "no input holds anybody", {
      place: { file: folder.shown },
      hints: ["check that these are the exports of this event, and that they are complete"],
    });
  }
  const rules = rulesOf(folder.event, rulings);
  const printability = await openPrintability(folder, templates);
  const decisions = printability.hold(judge(matched, rules));
  const awards = config.awards.map((award) => award.id);
  const check = {
    event: config.event.id,
    title: config.event.title,
    series: config.event.series ?? null,
    issuer: config.issuer.name,
    language: config.event.language,
    timezone: config.event.timezone,
    sessions: folder.event.sessions,
    inputs,
    decisions,
    warnings: [...warnings, ...matched.warnings, ...printability.warnings()],
    rulings,
    awards,
    conditions: config.awards,
    judgeUnder: async (conditions: readonly Condition[]) =>
      printability.hold(judge(matched, { ...rules, awards: conditions })),
  };
  const { changes } = folder.event;
  if (changes.length === 0) return check;
  return { ...check, whatIf: { changes, written: asWritten(folder, matched, printability) } };
}

/** What judging needs of the event file. */
export function rulesOf({ config, sessions }: Event, rulings: readonly Ruling[]): Rules {
  const quizzes = Object.entries(config.inputs.quizzes ?? {}).map(
    ([quiz, input]) => [quiz, input.attempts] as const,
  );
  return {
    sessions,
    quizzes: Object.fromEntries(quizzes),
    forms: Object.keys(config.inputs.presence ?? {}),
    awards: config.awards,
    all: config.awards_all,
    rulings,
  };
}

/** How it comes out without the what-if, if that touches nothing but the rules: then nothing has to be read again. */
function asWritten(folder: EventFolder, matched: Match, printability: Printability): Summary | null {
  if (!folder.event.changes.every(({ key }) => /^awards(_all$|\.)/.test(key))) return null;
  const { written } = folder;
  const decisions = printability.hold(judge(matched, rulesOf(written, matched.rulings)));
  return summarise({ decisions, awards: written.config.awards.map(({ id }) => id) });
}
