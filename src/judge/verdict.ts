import type { Reason } from "../model/decision.js";
import type { Award } from "../model/event.js";
import type { Ruling } from "../model/ruling.js";
import { type End, missingFor, nearest } from "./rule.js";
import { type Evidence, evidenceOf, type Measured, type Measures, round } from "./standing.js";

/** The rules of an event as judging needs them. */
export interface Rules extends Measures {
  readonly awards: readonly Pick<Award, "id" | "when">[];
  /** give every award that holds, not only the first */
  readonly all: boolean;
  /** what the organiser ruled, whatever the conditions say; persons by their keys */
  readonly rulings?: readonly Ruling[] | undefined;
}

/** What the rules say of somebody, before doubts and rulings. */
export interface Outcome {
  /** that hold at the lower end of what is uncertain */
  readonly awards: readonly string[];
  /** that hold at the upper end */
  readonly possible: readonly string[];
  readonly missing: readonly Reason[];
  /** why the two ends differ; empty where they do not */
  readonly uncertain: readonly Reason[];
}

export interface Verdict extends Outcome {
  readonly evidence: Evidence;
}

/** What the rules say of these people taken as one person. */
export function verdictOn(people: readonly [Measured, ...Measured[]], rules: Rules): Verdict {
  const evidence = evidenceOf(people, rules);
  const isCertain =
    evidence.open.size === 0 && [...evidence.stays.values()].every(({ lower, upper }) => lower === upper);
  const at = (end: End) =>
    rules.awards.map((award) => ({ id: award.id, missing: missingFor(award.when, evidence, end) }));
  const given = (list: { id: string; missing: Reason[] }[]) => {
    const holding = list.filter((award) => award.missing.length === 0).map((award) => award.id);
    return rules.all ? holding : holding.slice(0, 1);
  };
  const lower = at("lower");
  const awards = given(lower);
  const possible = isCertain ? awards : given(at("upper"));
  const missing = awards.length > 0 ? [] : nearestAward(lower.map((award) => award.missing));
  return {
    evidence,
    awards,
    possible,
    missing,
    uncertain: sameAwards(awards, possible) ? [] : uncertainties(evidence, missing),
  };
}

export function sameAwards(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** Of the awards meant for the person's role, the one that lacks least. */
function nearestAward(lists: readonly Reason[][]): Reason[] {
  const forRole = lists.filter((list) => !list.some((reason) => reason.code === "role-not-listed"));
  return nearest(forRole.length > 0 ? forRole : lists);
}

function uncertainties(evidence: Evidence, missing: readonly Reason[]): Reason[] {
  const isRange = [...evidence.stays.values()].some(({ lower, upper }) => lower !== upper);
  const scores = [...evidence.open].map((quiz): Reason => {
    const bar = missing.find(({ code, about }) => code.startsWith("quiz-") && about.includes(quiz));
    return {
      code: "score-unreadable",
      required: bar?.required ?? null,
      actual: null,
      unit: bar?.unit ?? null,
      about: [quiz],
    };
  });
  return [...(isRange ? [uncertainty(evidence, missing)] : []), ...scores];
}

/** A range in minutes, and the bar in it as far as it is one of attendance over all sessions. */
function uncertainty(evidence: Evidence, missing: readonly Reason[]): Reason {
  const stays = [...evidence.stays].filter(([, stay]) => stay.lower !== stay.upper);
  const { lower, upper, length } = evidence.overall;
  const bar = missing.find(({ code }) => code === "attendance-short");
  const minutes = typeof bar?.required === "number" ? bar.required : null;
  const required = bar?.unit === "percent" && minutes !== null ? (minutes / 100) * (length / 60) : minutes;
  return {
    code: stays.some(([, stay]) => stay.stillConnected) ? "still-connected" : "total-uncertain",
    required: required === null || bar?.unit === "sessions" ? null : round(required),
    actual: `${Math.floor(lower / 60)}–${Math.floor(upper / 60)}`,
    unit: "minutes",
    about: stays.map(([id]) => id),
  };
}
