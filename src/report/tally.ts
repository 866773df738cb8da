import type { Decision, Reason, ReasonCode } from "../model/decision.js";
import type { Person } from "../model/person.js";
import type { Check } from "./check.js";

/** How many people each reason was given to, the most frequent first. */
export function reasonTally(check: Check): (readonly [ReasonCode, number])[] {
  const counts = new Map<ReasonCode, number>();
  for (const decision of check.decisions) {
    for (const code of new Set(decision.reasons.map((reason) => reason.code)))
      counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

export interface NearMiss {
  readonly decision: Decision;
  readonly reason: Reason;
  /** what is missing, as a part of what is required */
  readonly gap: number;
}

/** Short by a tenth of the bar at most, in one thing only: whom a committee asks about first. Nearest first. */
export function nearMisses(check: Check): NearMiss[] {
  const near = check.decisions.flatMap((decision) => {
    const [reason, ...more] = decision.reasons;
    if (decision.outcome !== "ineligible" || reason === undefined || more.length > 0) return [];
    const gap = gapOf(reason);
    return gap === null || gap > 0.1 ? [] : [{ decision, reason, gap }];
  });
  return near.sort((a, b) => a.gap - b.gap);
}

function gapOf(reason: Reason): number | null {
  const { required, actual } = reason;
  if (typeof required !== "number" || typeof actual !== "number" || required === 0) return null;
  return reason.unit === "forms" || reason.unit === "sessions" ? null : (required - actual) / required;
}

/** Everybody whose case somebody has to settle, with the first of the doubts. */
export function reviewCases(check: Check): { readonly decision: Decision; readonly reason: Reason }[] {
  return check.decisions.flatMap((decision) => {
    const [reason] = decision.reasons;
    return decision.outcome === "review" && reason !== undefined ? [{ decision, reason }] : [];
  });
}

/** People who stand on one side only; a list is empty where the event has no such side. */
export interface Unmatched {
  /** took a quiz, and are in no attendance export */
  readonly quizOnly: readonly Decision[];
  /** came, and took no quiz */
  readonly attendanceOnly: readonly Decision[];
  /** on a list of the organiser's, and nowhere else */
  readonly listOnly: readonly Decision[];
}

export function unmatched(check: Check): Unmatched {
  const examined = check.decisions.some(({ person }) => person.quizzes.length > 0);
  return {
    quizOnly: check.decisions.filter(({ person }) => person.quizzes.length > 0 && isUnlisted(person)),
    attendanceOnly: examined
      ? check.decisions.filter(({ person }) => person.quizzes.length === 0 && person.times.length > 0)
      : [],
    listOnly: check.decisions.filter(
      ({ person }) => person.quizzes.length === 0 && person.presence.length === 0 && isUnlisted(person),
    ),
  };
}

/** Whether no attendance file speaks of the person, not even to say that they stayed away. */
function isUnlisted(person: Person): boolean {
  return person.times.length === 0 && person.attendance.length === 0;
}
