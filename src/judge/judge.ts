import type { Decision, Reason } from "../model/decision.js";
import type { Award } from "../model/event.js";
import type { Doubt, Matched, Person } from "../model/person.js";
import type { Ruling } from "../model/ruling.js";
import { missingFor, nearest } from "./rule.js";
import { type Evidence, evidenceOf, figuresOf, type Measures } from "./standing.js";

/** The rules of an event as judging needs them. */
export interface Rules extends Measures {
  readonly awards: readonly Pick<Award, "id" | "when">[];
  /** give every award that holds, not only the first */
  readonly all: boolean;
  /** what the organiser ruled, whatever the conditions say */
  readonly rulings?: readonly Ruling[] | undefined;
}

/** A decision for every person, each with its reasons; in the order of the people. */
export function judge(matched: Matched, rules: Rules): Decision[] {
  const byKey = new Map(matched.people.map((person) => [person.key, person]));
  const verdicts = new Map(matched.people.map((person) => [person.key, verdictOn([person], rules)]));
  const held = heldByDoubt(matched.doubts, byKey, verdicts, rules);
  return matched.people.map((person) => {
    const verdict = verdicts.get(person.key) ?? verdictOn([person], rules);
    const doubts = held.get(person.key) ?? [];
    const figures = figuresOf(verdict.evidence, rules);
    const ruled = ruledOn(person, verdict, rules);
    if (ruled !== null) return { person, figures, ...ruled };
    if (doubts.length > 0) return { person, figures, outcome: "review", reasons: doubts };
    if (verdict.uncertain.length > 0)
      return { person, figures, outcome: "review", reasons: verdict.uncertain };
    const [first, ...more] = verdict.awards;
    if (first === undefined) return { person, figures, outcome: "ineligible", reasons: verdict.missing };
    return { person, figures, outcome: "eligible", awards: [first, ...more], reasons: [] };
  });
}

/** A ruling stands above figures and doubts; the award is the one that holds, else the first of the event. */
function ruledOn(person: Person, verdict: Verdict, rules: Rules) {
  const ruling = (rules.rulings ?? []).findLast(
    ({ word, person: key }) =>
      (word === "issue" || word === "deny") && [person.key, ...person.keys].includes(key),
  );
  if (ruling === undefined) return null;
  const about = ruling.text === "" ? [] : [ruling.text];
  const reason = { required: null, actual: null, unit: null, about };
  if (ruling.word === "deny")
    return { outcome: "ineligible", reasons: [{ ...reason, code: "ruled-deny" }] } as const;
  const award = verdict.awards[0] ?? rules.awards[0]?.id ?? "";
  return { outcome: "eligible", awards: [award], reasons: [{ ...reason, code: "ruled-issue" }] } as const;
}

interface Verdict {
  readonly evidence: Evidence;
  /** that hold at both ends of what is uncertain */
  readonly awards: readonly string[];
  /** that may hold: at the upper end */
  readonly possible: readonly string[];
  readonly missing: readonly Reason[];
  readonly uncertain: readonly Reason[];
}

/** What the rules say of these people taken as one person. */
function verdictOn(people: readonly [Person, ...Person[]], rules: Rules): Verdict {
  const evidence = evidenceOf(people, rules);
  const at = (end: "lower" | "upper") =>
    rules.awards.map((award) => ({ id: award.id, missing: missingFor(award.when, evidence, end) }));
  const given = (list: { id: string; missing: Reason[] }[]) => {
    const holding = list.filter((award) => award.missing.length === 0).map((award) => award.id);
    return rules.all ? holding : holding.slice(0, 1);
  };
  const lower = at("lower");
  const awards = given(lower);
  const possible = given(at("upper"));
  return {
    evidence,
    awards,
    possible,
    missing: awards.length > 0 ? [] : nearestAward(lower.map((award) => award.missing)),
    uncertain: sameAwards(awards, possible) ? [] : uncertainty(evidence),
  };
}

function sameAwards(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}

/** Of the awards meant for the person's role, the one that lacks least. */
function nearestAward(lists: readonly Reason[][]): Reason[] {
  const forRole = lists.filter((list) => !list.some((reason) => reason.code === "role-not-listed"));
  return nearest(forRole.length > 0 ? forRole : lists);
}

function uncertainty(evidence: Evidence): Reason[] {
  const stays = [...evidence.stays].filter(([, stay]) => stay.lower !== stay.upper);
  const connected = stays.some(([, stay]) => stay.stillConnected);
  const lower = stays.reduce((sum, [, stay]) => sum + stay.lower, 0);
  const upper = stays.reduce((sum, [, stay]) => sum + stay.upper, 0);
  return [
    {
      code: connected ? "still-connected" : "total-uncertain",
      required: null,
      actual: `${Math.floor(lower / 60)}–${Math.floor(upper / 60)}`,
      unit: "minutes",
      about: stays.map(([id]) => id),
    },
  ];
}

/**
 * Whom a doubt holds back: those for whom its answer could change the decision, and the rows in question if they do so
 * for anybody or would earn an award under a name that may not be a person's.
 */
function heldByDoubt(
  doubts: readonly Doubt[],
  people: ReadonlyMap<string, Person>,
  verdicts: ReadonlyMap<string, Verdict>,
  rules: Rules,
): Map<string, Reason[]> {
  const held = new Map<string, Reason[]>();
  const hold = (key: string, doubt: Doubt): void => {
    const reasons = held.get(key) ?? [];
    if (reasons.some((reason) => reason.code === doubt.code)) return;
    const others = key === doubt.rows ? doubt.candidates : [doubt.rows];
    reasons.push({ code: doubt.code, required: null, actual: null, unit: null, about: doubt.names, others });
    held.set(key, reasons);
  };
  for (const doubt of doubts) {
    const rows = people.get(doubt.rows);
    const alone = verdicts.get(doubt.rows);
    if (rows === undefined || alone === undefined) continue;
    const changed = doubt.candidates.filter((key) => {
      const candidate = people.get(key);
      const before = verdicts.get(key);
      if (candidate === undefined || before === undefined) return false;
      return !sameAwards(before.awards, verdictOn([candidate, rows], rules).possible);
    });
    for (const key of changed) hold(key, doubt);
    const earns = doubt.code !== "name-similar" && alone.possible.length > 0;
    if (changed.length > 0 || earns) hold(doubt.rows, doubt);
  }
  return held;
}
