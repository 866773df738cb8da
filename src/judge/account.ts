import type { Account, AwardAccount } from "../model/account.js";
import type { Conditions } from "../model/event.js";
import { compare, divide, type Fraction, fromNumber, multiply, toNumber } from "../model/fraction.js";
import type { Person } from "../model/person.js";
import { canonicalRole, gaveTheEvent } from "../model/role.js";
import { attended, missingFor, reachesMinutes, reachesPercent } from "./rule.js";
import { type Evidence, evidenceOf } from "./standing.js";
import type { Rules } from "./verdict.js";

/** Every award with every condition, met or not: what `explain` tells. Decisions are made elsewhere, by the same bars. */
export function accountFor(person: Person, rules: Rules): AwardAccount[] {
  const evidence = evidenceOf([person], rules);
  return rules.awards.map(({ id, when }) => ({
    award: id,
    met: met((end) => missingFor(when, evidence, end).length === 0),
    conditions: conditionsOf(when, evidence, false),
  }));
}

function met(holds: (end: "lower" | "upper") => boolean): boolean | null {
  if (holds("lower")) return true;
  return holds("upper") ? null : false;
}

function conditionsOf(when: Conditions, evidence: Evidence, named: boolean): Account[] {
  const isNamed = named || when.role !== undefined;
  const meant =
    when.any === undefined && !isNamed && gaveTheEvent(evidence.role) ? ["participant"] : when.role;
  return [
    ...(meant === undefined ? [] : [role(meant, evidence)]),
    ...attendance(when.attendance, evidence),
    ...Object.entries(when.quizzes ?? {}).flatMap(([id, rule]) => quiz(id, rule, evidence)),
    ...(when.presence === undefined ? [] : [presence(when.presence, evidence)]),
    ...(when.any === undefined ? [] : [any(when.any, evidence, isNamed)]),
  ];
}

function role(roles: readonly string[], { role: actual }: Evidence): Account {
  return {
    kind: "role",
    met: roles.map(canonicalRole).includes(canonicalRole(actual)),
    roles,
    actual,
  };
}

function attendance(rule: Conditions["attendance"], evidence: Evidence): Account[] {
  if (rule === undefined) return [];
  const { overall } = evidence;
  const { lower: seconds, upper: secondsMax, length } = overall;
  const common = { kind: "attendance", seconds, secondsMax, length } as const;
  const accounts: Account[] = [];
  const { min_percent: percent, min_minutes: minutes, sessions } = rule;
  if (percent !== undefined) {
    const required = ceil(divide(multiply(fromNumber(percent), whole(length)), whole(100)));
    const holds = met((end) => reachesPercent(overall[end], length, percent));
    accounts.push({ ...common, met: holds, bar: percent, unit: "percent", required });
  }
  if (minutes !== undefined) {
    const required = ceil(multiply(fromNumber(minutes), whole(60)));
    const holds = met((end) => reachesMinutes(overall[end], minutes));
    accounts.push({ ...common, met: holds, bar: minutes, unit: "minutes", required });
  }
  if (sessions !== undefined) accounts.push(soMany(sessions, evidence));
  return accounts;
}

function soMany(
  rule: NonNullable<NonNullable<Conditions["attendance"]>["sessions"]>,
  evidence: Evidence,
): Account {
  const count = (end: "lower" | "upper") => rule.of.filter((id) => attended(id, rule, evidence, end)).length;
  return {
    kind: "sessions",
    met: met((end) => count(end) >= rule.min),
    min: rule.min,
    of: rule.of.map((session) => ({
      session,
      attended: met((end) => attended(session, rule, evidence, end)),
    })),
    percent: rule.min_percent ?? null,
    minutes: rule.min_minutes ?? null,
  };
}

function quiz(id: string, rule: NonNullable<Conditions["quizzes"]>[string], evidence: Evidence): Account[] {
  const bars = [
    ["percent", rule.min_percent],
    ["points", rule.min_points],
  ] as const;
  const standing = evidence.quizzes.get(id);
  return bars.flatMap(([unit, bar]): Account[] => {
    if (bar === undefined) return [];
    const common = { kind: "quiz", quiz: id, bar, unit } as const;
    if (standing === undefined) return [{ ...common, met: false, points: null, max: null, short: null }];
    const { points, max } = standing;
    const needed = unit === "points" ? fromNumber(bar) : divide(multiply(fromNumber(bar), max), whole(100));
    const gap = difference(needed, points);
    const isMet = compare(gap, whole(0)) <= 0;
    const short = isMet ? 0 : ceil(multiply(gap, whole(100))) / 100;
    return [{ ...common, met: isMet, points: toNumber(points), max: toNumber(max), short }];
  });
}

function presence(rule: NonNullable<Conditions["presence"]>, { forms }: Evidence): Account {
  const [names, min] = "forms" in rule ? [rule.forms, rule.forms.length] : [rule.of, rule.min];
  const of = names.map((form) => ({ form, there: forms.has(form) }));
  return { kind: "presence", met: of.filter(({ there }) => there).length >= min, min, of };
}

function any(sets: readonly Conditions[], evidence: Evidence, named: boolean): Account {
  const accounts = sets.map((set) => conditionsOf(set, evidence, named));
  const standing = accounts.map((set) =>
    set.every((one) => one.met === true) ? true : set.some((one) => one.met === false) ? false : null,
  );
  const isMet = standing.includes(true) ? true : standing.includes(null) ? null : false;
  return { kind: "any", met: isMet, sets: accounts };
}

function whole(value: number): Fraction {
  return { num: BigInt(value), den: 1n };
}

function difference(a: Fraction, b: Fraction): Fraction {
  return { num: a.num * b.den - b.num * a.den, den: a.den * b.den };
}

/** The least whole number that is not below; `value` must not be negative. */
function ceil({ num, den }: Fraction): number {
  return Number((num + den - 1n) / den);
}
