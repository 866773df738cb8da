import type { Reason, ReasonCode } from "../model/decision.js";
import type { Conditions } from "../model/event.js";
import { compare, fromNumber, multiply, toNumber } from "../model/fraction.js";
import { canonicalRole, gaveTheEvent } from "../model/role.js";
import { share } from "./quiz.js";
import { type Evidence, percentOf, round } from "./standing.js";

/*
 * Every bar is inclusive and compared exactly: 75 % of three hours is 2:15:00, and 2:14:59 is short.
 * A rule answers with what is missing; nothing missing means that it holds.
 */

/** At which end of an uncertain stay, and of a score that cannot be read, a rule is asked. */
export type End = "lower" | "upper";

/** What is missing for one award: its conditions, and that it falls to participants unless it names roles. */
export function missingFor(when: Conditions, evidence: Evidence, end: End): Reason[] {
  return missing(when, evidence, end, false);
}

/** @param named whether the conditions around these name roles */
function missing(when: Conditions, evidence: Evidence, end: End, named: boolean): Reason[] {
  const roles = named || when.role !== undefined;
  const notMeant = when.any === undefined && !roles ? participantMissing(evidence) : [];
  if (notMeant.length > 0) return notMeant;
  return [
    ...roleMissing(when.role, evidence),
    ...attendanceMissing(when.attendance, evidence, end),
    ...Object.entries(when.quizzes ?? {}).flatMap(([quiz, rule]) => quizMissing(quiz, rule, evidence, end)),
    ...presenceMissing(when.presence, evidence),
    ...anyMissing(when.any, evidence, end, roles),
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

/** Where no role is named, hosts and panelists are not meant. Of several sets, each says for itself. */
function participantMissing({ role }: Evidence): Reason[] {
  return gaveTheEvent(role) ? [reason("role-not-listed", "participant", role, "role", [])] : [];
}

function roleMissing(roles: Conditions["role"], evidence: Evidence): Reason[] {
  if (roles === undefined) return [];
  if (roles.map(canonicalRole).includes(canonicalRole(evidence.role))) return [];
  return [reason("role-not-listed", roles.join(", "), evidence.role, "role", [])];
}

function attendanceMissing(rule: Conditions["attendance"], evidence: Evidence, end: End): Reason[] {
  if (rule === undefined) return [];
  const { [end]: seconds, upper, length } = evidence.overall;
  // who may have been there was not absent
  const code = upper === 0 ? "attendance-none" : "attendance-short";
  const reasons: Reason[] = [];
  const { min_percent: percent, min_minutes: minutes } = rule;
  if (percent !== undefined && !reachesPercent(seconds, length, percent))
    reasons.push(reason(code, percent, below(percentOf(seconds, length), percent), "percent", []));
  if (minutes !== undefined && !reachesMinutes(seconds, minutes))
    reasons.push(reason(code, minutes, below(round(seconds / 60), minutes), "minutes", []));
  return [...reasons, ...sessionsMissing(rule.sessions, evidence, end, code)];
}

type SessionsRule = NonNullable<Conditions["attendance"]>["sessions"];

function sessionsMissing(rule: SessionsRule, evidence: Evidence, end: End, code: ReasonCode): Reason[] {
  if (rule === undefined) return [];
  const reached = rule.of.filter((id) => attended(id, rule, evidence, end));
  if (reached.length >= rule.min) return [];
  return [reason(code, rule.min, reached.length, "sessions", rule.of)];
}

/** Whether a session counts as attended: over its bar, and there at all. */
export function attended(
  session: string,
  rule: NonNullable<SessionsRule>,
  evidence: Evidence,
  end: End,
): boolean {
  const stay = evidence.stays.get(session);
  if (stay === undefined) return false;
  if (rule.min_percent !== undefined && !reachesPercent(stay[end], stay.length, rule.min_percent))
    return false;
  if (rule.min_minutes !== undefined && !reachesMinutes(stay[end], rule.min_minutes)) return false;
  return stay[end] > 0;
}

export function reachesPercent(seconds: number, length: number, percent: number): boolean {
  const bar = fromNumber(percent);
  return BigInt(seconds) * 100n * bar.den >= bar.num * BigInt(length);
}

export function reachesMinutes(seconds: number, minutes: number): boolean {
  const bar = fromNumber(minutes);
  return BigInt(seconds) * bar.den >= bar.num * 60n;
}

function quizMissing(
  quiz: string,
  rule: { min_percent?: number | undefined; min_points?: number | undefined },
  evidence: Evidence,
  end: End,
): Reason[] {
  if (end === "upper" && evidence.open.has(quiz)) return [];
  const { min_percent: percent, min_points: points } = rule;
  const standing = evidence.quizzes.get(quiz);
  if (standing === undefined) {
    const unit = percent === undefined && points !== undefined ? "points" : "percent";
    return [reason("quiz-missing", percent ?? points ?? null, null, unit, [quiz])];
  }
  const reasons: Reason[] = [];
  const reached = multiply(share(standing), { num: 100n, den: 1n });
  if (percent !== undefined && compare(reached, fromNumber(percent)) < 0)
    reasons.push(reason("quiz-below", percent, below(round(toNumber(reached)), percent), "percent", [quiz]));
  if (points !== undefined && compare(standing.points, fromNumber(points)) < 0)
    reasons.push(
      reason("quiz-below", points, below(round(toNumber(standing.points)), points), "points", [quiz]),
    );
  return reasons;
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
function anyMissing(sets: Conditions["any"], evidence: Evidence, end: End, named: boolean): Reason[] {
  if (sets === undefined) return [];
  return nearest(sets.map((set) => missing(set, evidence, end, named)));
}

/** The shortest list; the later of equals, since events list their conditions from strict to easy. */
export function nearest(lists: readonly Reason[][]): Reason[] {
  return lists.reduce((best, list) => (list.length <= best.length ? list : best), lists[0] ?? []);
}
