import type { Decision, Reason } from "../model/decision.js";
import type { Matched, Person } from "../model/person.js";
import type { Ruling } from "../model/ruling.js";
import { heldByDoubt } from "./doubt.js";
import { missingFor } from "./rule.js";
import { figuresOf } from "./standing.js";
import { type Rules, type Verdict, verdictOn } from "./verdict.js";

export type { Rules } from "./verdict.js";

/** A decision for every person, each with its reasons; in the order of the people. */
export function judge(matched: Matched, rules: Rules): Decision[] {
  const byKey = new Map(matched.people.map((person) => [person.key, person]));
  const verdicts = new Map(matched.people.map((person) => [person.key, verdictOn([person], rules)]));
  const held = heldByDoubt(matched.doubts, byKey, verdicts, rules);
  const rulings = ruledOn(rules.rulings ?? []);
  return matched.people.map((person) => {
    const verdict = verdicts.get(person.key) ?? verdictOn([person], rules);
    const figures = figuresOf(verdict.evidence, rules);
    const ruling = rulings.get(person.key);
    if (ruling !== undefined) return { person, figures, ...asRuled(ruling, person, verdict, rules) };
    const doubts = [...(held.get(person.key) ?? []), ...verdict.uncertain];
    if (doubts.length > 0) return { person, figures, outcome: "review", reasons: doubts };
    const [first, ...more] = verdict.awards;
    if (first === undefined) return { person, figures, outcome: "ineligible", reasons: verdict.missing };
    return { person, figures, outcome: "eligible", awards: [first, ...more], reasons: [] };
  });
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
  verdict: Verdict,
  rules: Rules,
) {
  const reason = { required: null, actual: null, unit: null, about: ruling.text === "" ? [] : [ruling.text] };
  if (ruling.word === "deny")
    return { outcome: "ineligible", reasons: [{ ...reason, code: "ruled-deny" }] } as const;
  if (isDevice(person) && name === undefined) {
    const reasons: Reason[] = [{ ...reason, code: "name-ambiguous", about: [person.name || person.key] }];
    return { outcome: "review", reasons } as const;
  }
  const [first = "", ...more] = verdict.awards.length > 0 ? verdict.awards : [meantFor(verdict, rules)];
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

function meantFor({ evidence, possible }: Verdict, { awards }: Rules): string {
  const meant = awards.find(
    ({ when }) => !missingFor(when, evidence, "upper").some(({ code }) => code === "role-not-listed"),
  );
  return possible[0] ?? meant?.id ?? awards[0]?.id ?? "";
}
