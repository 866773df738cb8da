import { admitPatterns } from "../issue/plan.js";
import { judge } from "../judge/judge.js";
import { match } from "../match/match.js";
import { Fault } from "../model/fault.js";
import type { Check } from "../report/check.js";
import { readRulings } from "./decisions.js";
import type { EventFolder } from "./eventFolder.js";
import { gather } from "./inputs.js";
import { holdUnprintable } from "./printable.js";
import type { Templates } from "./templates.js";

/**
 * Reads, matches and judges: everything that comes before a number is given. Writes nothing.
 *
 * @param review a further file of rulings, beside the event's own
 * @throws Fault or Faults if an input cannot be read, or if no input holds anybody
 */
export async function dryRun(folder: EventFolder, templates: Templates, review?: string): Promise<Check> {
  const { config, sessions } = folder.event;
  // what would stop `issue` stops the dry run as well
  admitPatterns(folder.event);
  for (const award of config.awards) templates.of(award.id);
  const rulings = await readRulings(folder, review);
  const { personas, inputs, warnings } = await gather(folder);
  const matched = match(personas, rulings);
  if (matched.people.length === 0) {
    throw new Fault("no-people", "no input holds anybody", {
      place: { file: folder.shown },
      hints: ["check that these are the exports of this event, and that they are complete"],
    });
  }
  const quizzes = Object.entries(config.inputs.quizzes ?? {}).map(
    ([quiz, input]) => [quiz, input.attempts] as const,
  );
  const decisions = judge(matched, {
    sessions,
    quizzes: Object.fromEntries(quizzes),
    forms: Object.keys(config.inputs.presence ?? {}),
    awards: config.awards,
    all: config.awards_all,
    rulings: matched.rulings,
  });
  const printable = await holdUnprintable(decisions, folder, templates);
  return {
    event: config.event.id,
    title: config.event.title,
    language: config.event.language,
    inputs,
    decisions: printable.decisions,
    warnings: [...warnings, ...matched.warnings, ...printable.warnings],
    rulings: matched.rulings,
    awards: config.awards.map((award) => award.id),
  };
}
