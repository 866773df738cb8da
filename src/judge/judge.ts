import type { Decision, Figures, Reason } from "../model/decision.js";
import type { Matched, Person } from "../model/person.js";
import type { Ruling } from "../model/ruling.js";
import { heldByDoubt } from "./doubt.js";
import { missingFor } from "./rule.js";
import { evidenceOf, figuresOf } from "./standing.js";
import { type Outcome, type Rules, type Verdict, verdictOn } from "./verdict.js";

export type { Rules } from "./verdict.js";

/** A decision for every person, each with its reasons; in the order of the people. */
export function judge(matched: Matched, rules: Rules): Decision[] {
  const byKey = new Map<string, Person>();
  const judged = new Map<string, Judged>();
  for (const person of matched.people) {
    byKey.set(person.key, person);
    judged.set(person.key, judgedBy(verdictOn([person], rules), rules));
  }
  const held = heldByDoubt(matched.doubts, byKey, judged, rules);
  const rulings = ruledOn(rules.rulings ?? []);
  return matched.people.map((person) => {
    const verdict = judged.get(person.key) ?? judgedBy(verdictOn([person], rules), rules);
    const { figures } = verdict;
    const ruling = rulings.get(person.key);
    if (ruling !== undefined) return { person, figures, ...asRuled(ruling, person, verdict, rules) };
    const doubts = [...(held.get(person.key) ?? []), ...verdict.uncertain];
    if (doubts.length > 0) return { person, figures, outcome: "review", reasons: doubts };
    const [first, ...more] = verdict.awards;
    if (first === undefined) return { person, figures, outcome: "ineligible", reasons: verdict.missing };
    return { person, figures, outcome: "eligible", awards: [first, ...more], reasons: [] };
  });
}

/** A verdict with its figures told: the evidence itself would take the most memory and is of no more use. */
interface Judged extends Outcome {
  readonly figures: Figures;
}

function judgedBy({ evidence, awards, possible, missing, uncertain }: Verdict, rules: Rules): Judged {
  return { awards, possible, missing, uncertain, figures: figuresOf(evidence, rules) };
}

interface PersonRuling {
  readonly outcome?: Ruling;
  readonly name?: Ruling;
}

/** The last word on each person: whether to issue, and under which name. */
function ruledOn(rulings: readonly Ruling[]): Map<string, PersonRuling & { readonly outcome: Ruling }> {
  const found = new Map<string, PersonRuling>();
  for (const ruling of rulings) {
    const before = found.get(ruling.person);
    if (ruling.word === "issue" || ruling.word === "deny")
      found.set(ruling.person, { ...before, outcome: ruling });
    else if (ruling.word === "name") found.set(ruling.person, { ...before, name: ruling });
  }
  const decided = new Map<string, PersonRuling & { readonly outcome: Ruling }>();
  for (const [key, { outcome, ...more }] of found)
    if (outcome !== undefined) decided.set(key, { ...more, outcome });
  return decided;
}

/** A ruling stands above figures and doubts. The awards are those that hold, else the first that is meant for the role. */
function asRuled(
  { outcome: ruling, name }: PersonRuling & { readonly outcome: Ruling },
  person: Person,
  verdict: Outcome,
  rules: Rules,
) {
  const reason = { required: null, actual: null, unit: null, about: ruling.text === "" ? [] : [ruling.text] };
  if (ruling.word === "deny")
    return { outcome: "ineligible", reasons: [{ ...reason, code: "ruled-deny" }] } as const;
  if (isDevice(person) && name === undefined) {
    const reasons: Reason[] = [{ ...reason, code: "name-ambiguous", about: [person.name || person.key] }];
    return { outcome: "review", reasons } as const;
  }
  const [first = "", ...more] =
    verdict.awards.length > 0 ? verdict.awards : [meantFor(person, verdict, rules)];
  return {
    outcome: "eligible",
    awards: [first, ...more],
    reasons: [{ ...reason, code: "ruled-issue" }],
  } as const;
}

/** A telephone gets no certificate, whatever was ruled: somebody has to say whose it is. */
function isDevice({ key }: Person): boolean {
  return key.startsWith("display:");
}

function meantFor(person: Person, { possible }: Outcome, rules: Rules): string {
  const { awards } = rules;
  const evidence = evidenceOf([person], rules);
  const meant = awards.find(
    ({ when }) => !missingFor(when, evidence, "upper").some(({ code }) => code === "role-not-listed"),
  );
  return possible[0] ?? meant?.id ?? awards[0]?.id ?? "";
}
