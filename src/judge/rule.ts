import type { Reason, ReasonCode } from "../model/decision.js";
import type { Conditions } from "../model/event.js";
import { compare, fromNumber, multiply, toNumber } from "../model/fraction.js";
import { canonicalRole, gaveTheEvent } from "../model/role.js";
import type { Stay } from "./presence.js";
import { share } from "./quiz.js";
import { type Evidence, percentOf, round } from "./standing.js";

/*
 * Every bar is inclusive and compared exactly: 75 % of three hours is 2:15:00, and 2:14:59 is short.
 * A rule answers with what is missing; nothing missing means that it holds.
 */

/** At which end of an uncertain stay a rule is asked. */
export type End = "lower" | "upper";

/** What is missing for one award: its conditions, and that it falls to participants unless it names roles. */
export function missingFor(when: Conditions, evidence: Evidence, end: End): Reason[] {
  if (when.role === undefined && !namesRoles(when) && gaveTheEvent(evidence.role)) {
    return [reason("role-not-listed", "participant", evidence.role, "role", [])];
  }
  return missing(when, evidence, end);
}

function namesRoles(when: Conditions): boolean {
  return (when.any ?? []).some((each) => each.role !== undefined || namesRoles(each));
}

function missing(when: Conditions, evidence: Evidence, end: End): Reason[] {
  return [
    ...roleMissing(when.role, evidence),
    ...attendanceMissing(when.attendance, evidence, end),
    ...Object.entries(when.quizzes ?? {}).flatMap(([quiz, rule]) => quizMissing(quiz, rule, evidence)),
    ...presenceMissing(when.presence, evidence),
    ...anyMissing(when.any, evidence, end),
  ];
}

function reason(
  code: ReasonCode,
  required: Reason["required"],
  actual: Reason["actual"],
  unit: Reason["unit"],
  about: readonly string[],
): Reason {
  return { code, required, actual, unit, about };
}

function roleMissing(roles: Conditions["role"], evidence: Evidence): Reason[] {
  if (roles === undefined) return [];
  if (roles.map(canonicalRole).includes(canonicalRole(evidence.role))) return [];
  return [reason("role-not-listed", roles.join(", "), evidence.role, "role", [])];
}

function attendanceMissing(rule: Conditions["attendance"], evidence: Evidence, end: End): Reason[] {
  if (rule === undefined) return [];
  const stays = [...evidence.stays.values()];
  const seconds = stays.reduce((sum, stay) => sum + stay[end], 0);
  const length = stays.reduce((sum, stay) => sum + stay.length, 0);
  const code = seconds === 0 ? "attendance-none" : "attendance-short";
  const reasons: Reason[] = [];
  if (rule.min_percent !== undefined && !reachesPercent(seconds, length, rule.min_percent)) {
    reasons.push(
      reason(code, rule.min_percent, below(percentOf(seconds, length), rule.min_percent), "percent", []),
    );
  } else if (rule.min_minutes !== undefined && !reachesMinutes(seconds, rule.min_minutes)) {
    reasons.push(reason(code, rule.min_minutes, below(round(seconds / 60), rule.min_minutes), "minutes", []));
  }
  return [...reasons, ...sessionsMissing(rule.sessions, evidence, end, seconds)];
}

type SessionsRule = NonNullable<Conditions["attendance"]>["sessions"];

function sessionsMissing(rule: SessionsRule, evidence: Evidence, end: End, seconds: number): Reason[] {
  if (rule === undefined) return [];
  const reached = rule.of.filter((id) => {
    const stay = evidence.stays.get(id);
    return stay !== undefined && countsAsAttended(stay, rule, end);
  });
  if (reached.length >= rule.min) return [];
  const code = seconds === 0 ? "attendance-none" : "attendance-short";
  return [reason(code, rule.min, reached.length, "sessions", rule.of)];
}

function countsAsAttended(stay: Stay, rule: NonNullable<SessionsRule>, end: End): boolean {
  if (rule.min_percent !== undefined && !reachesPercent(stay[end], stay.length, rule.min_percent))
    return false;
  if (rule.min_minutes !== undefined && !reachesMinutes(stay[end], rule.min_minutes)) return false;
  return stay[end] > 0;
}

function reachesPercent(seconds: number, length: number, percent: number): boolean {
  const bar = fromNumber(percent);
  return BigInt(seconds) * 100n * bar.den >= bar.num * BigInt(length);
}

function reachesMinutes(seconds: number, minutes: number): boolean {
  const bar = fromNumber(minutes);
  return BigInt(seconds) * bar.den >= bar.num * 60n;
}

function quizMissing(
  quiz: string,
  rule: { min_percent?: number | undefined; min_points?: number | undefined },
  evidence: Evidence,
): Reason[] {
  const standing = evidence.quizzes.get(quiz);
  const unit = rule.min_percent === undefined && rule.min_points !== undefined ? "points" : "percent";
  const required = unit === "points" ? (rule.min_points ?? null) : (rule.min_percent ?? null);
  if (standing === undefined) return [reason("quiz-missing", required, null, unit, [quiz])];
  const percent = multiply(share(standing), { num: 100n, den: 1n });
  if (rule.min_percent !== undefined && compare(percent, fromNumber(rule.min_percent)) < 0) {
    const actual = below(round(toNumber(percent)), rule.min_percent);
    return [reason("quiz-below", rule.min_percent, actual, "percent", [quiz])];
  }
  if (rule.min_points !== undefined && compare(standing.points, fromNumber(rule.min_points)) < 0) {
    const actual = below(round(toNumber(standing.points)), rule.min_points);
    return [reason("quiz-below", rule.min_points, actual, "points", [quiz])];
  }
  return [];
}

/** Rounding must not tell somebody that they reached the bar that they missed. */
function below(rounded: number, bar: number): number {
  return rounded < bar ? rounded : round(bar - 0.01);
}

function presenceMissing(rule: Conditions["presence"], evidence: Evidence): Reason[] {
  if (rule === undefined) return [];
  const [forms, min] = "forms" in rule ? [rule.forms, rule.forms.length] : [rule.of, rule.min];
  const there = forms.filter((form) => evidence.forms.has(form));
  if (there.length >= min) return [];
  const lacking = forms.filter((form) => !evidence.forms.has(form));
  return [reason("presence-missing", min, there.length, "forms", lacking)];
}

/** Of several sets the one that lacks least is told. */
function anyMissing(sets: Conditions["any"], evidence: Evidence, end: End): Reason[] {
  if (sets === undefined) return [];
  return nearest(sets.map((set) => missing(set, evidence, end)));
}

/** The shortest list; the later of equals, since events list their conditions from strict to easy. */
export function nearest(lists: readonly Reason[][]): Reason[] {
  return lists.reduce((best, list) => (list.length <= best.length ? list : best), lists[0] ?? []);
}
