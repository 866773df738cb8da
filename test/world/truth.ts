import type { Bars, Doubt, Human, Identity, Score, Session, Stretch } from "./human.js";

/**
 * What must come out, worked out from what is known about each human being and nothing else.
 * This is the oracle: it shares no line with the program, and is written to be plainly right, not fast.
 */

export type Outcome = "eligible" | "ineligible" | "review";

/** One answer that is right. `reasons` must all be given; `others` may be given too; no further code may be. */
export interface Reading {
  readonly decision: Outcome;
  readonly award: string | null;
  readonly reasons: readonly string[];
  readonly others: readonly string[];
}

export interface Truth {
  readonly identity: Identity;
  readonly situation: string;
  /** one, or several where the rules admit more than one answer */
  readonly readings: readonly [Reading, ...Reading[]];
  /** by session id; 0 where there is none */
  readonly seconds: Readonly<Record<string, number>>;
  readonly quiz: { readonly points: number; readonly max: number; readonly attempts: number } | null;
  /** by form id; empty without forms */
  readonly presence: Readonly<Record<string, boolean>>;
}

const failures = ["attendance-none", "attendance-short", "quiz-missing", "quiz-below", "presence-missing"];

export function truthsOf(
  humans: readonly Human[],
  doubts: readonly Doubt[],
  bars: Bars,
  award: string,
): Truth[] {
  const held = heldByDoubts(doubts, bars);
  return humans.map((human) => ({
    identity: human.identity,
    situation: human.situation,
    readings: readingsOf(human, held.get(human), bars, award),
    seconds: Object.fromEntries(bars.sessions.map((session) => [session.id, secondsOf(human, session)])),
    quiz: bars.quizPercent === null ? null : bestAttempt(human),
    presence: Object.fromEntries(
      (bars.presence?.forms ?? []).map((form) => [form, human.forms.some((line) => line.form === form)]),
    ),
  }));
}

/** Seconds of the session covered by at least one stretch. */
export function secondsPresent(stretches: readonly Stretch[], session: Session): number {
  let covered = 0;
  let reached = session.start;
  for (const { join, leave } of [...stretches].sort((a, b) => a.join - b.join)) {
    const from = Math.max(join, reached);
    const to = Math.min(leave, session.end);
    if (to > from) {
      covered += to - from;
      reached = to;
    }
  }
  return covered;
}

type Held = { readonly code: Doubt["code"]; readonly sure: boolean };

function heldByDoubts(doubts: readonly Doubt[], bars: Bars): Map<Human, Held> {
  const held = new Map<Human, Held>();
  for (const { code, group, candidates } of doubts) {
    const changed = candidates.filter((one) => passes([one, group], bars) !== passes([one], bars));
    for (const one of changed) held.set(one, { code, sure: true });
    const wouldBeAwarded = passes([group], bars);
    if (changed.length > 0) held.set(group, { code, sure: true });
    else if (code === "name-ambiguous" || wouldBeAwarded) held.set(group, { code, sure: false });
    // Two certificates for one human, if they are one: holding the candidate as well is no mistake.
    if (changed.length === 0 && wouldBeAwarded) {
      for (const one of candidates) held.set(one, { code, sure: false });
    }
  }
  return held;
}

function readingsOf(
  human: Human,
  held: Held | undefined,
  bars: Bars,
  award: string,
): readonly [Reading, ...Reading[]] {
  const missed = missedBy([human], bars);
  const plain: Reading =
    missed.length === 0
      ? { decision: "eligible", award, reasons: [], others: [] }
      : { decision: "ineligible", award: null, reasons: missed, others: [] };
  if (human.standing === "staff") return [staffReading];
  if (human.standing === "unsure") return [plain, staffReading];
  if (human.shared) return plain.decision === "eligible" ? [reviewFor("email-shared")] : [plain];
  if (human.lookAlike) return plain.decision === "eligible" ? [reviewFor("name-similar")] : [plain];
  if (human.device) return plain.decision === "eligible" ? [reviewFor("name-ambiguous")] : [plain];
  if (held === undefined) return [plain];
  return held.sure ? [reviewFor(held.code)] : [plain, reviewFor(held.code)];
}

const staffReading: Reading = {
  decision: "ineligible",
  award: null,
  reasons: ["role-not-listed"],
  others: failures,
};

function reviewFor(code: string): Reading {
  return { decision: "review", award: null, reasons: [code], others: failures };
}

function passes(parts: readonly Human[], bars: Bars): boolean {
  return missedBy(parts, bars).length === 0;
}

/** The codes of all conditions that the lines of these humans, taken as one person, do not meet. */
function missedBy(parts: readonly Human[], bars: Bars): string[] {
  const missed: string[] = [];
  const seconds = total(bars.sessions.map((session) => secondsOfAll(parts, session)));
  const scheduled = total(bars.sessions.map((session) => session.end - session.start));
  if (seconds === 0) missed.push("attendance-none");
  else if (seconds * 100 < bars.attendancePercent * scheduled) missed.push("attendance-short");
  if (bars.quizPercent !== null) {
    const best = parts.map(bestAttempt).filter((one) => one !== null);
    if (best.length === 0) missed.push("quiz-missing");
    else if (!best.some((one) => reaches(one, bars.quizPercent ?? 0))) missed.push("quiz-below");
  }
  if (bars.presence !== null) {
    const answered = bars.presence.forms.filter((form) =>
      parts.some((part) => part.forms.some((line) => line.form === form)),
    );
    if (answered.length < bars.presence.needed) missed.push("presence-missing");
  }
  return missed;
}

function secondsOf(human: Human, session: Session): number {
  return secondsOfAll([human], session);
}

function secondsOfAll(parts: readonly Human[], session: Session): number {
  const lines = parts.flatMap((part) => part.attendance).filter((line) => !line.waiting);
  const stretches = lines.map((line) => line.stretch).filter((stretch) => stretch !== null);
  return secondsPresent(stretches, session);
}

function bestAttempt(human: Human): { points: number; max: number; attempts: number } | null {
  const scores = human.quiz.map((line) => line.score).filter((score) => score !== null);
  const [first, ...rest] = scores;
  if (first === undefined) return null;
  const best = rest.reduce(
    (high, one) => (one.points * high.max > high.points * one.max ? one : high),
    first,
  );
  return { points: best.points, max: best.max, attempts: scores.length };
}

function reaches(score: Score, percent: number): boolean {
  return score.points * 100 >= percent * score.max;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0);
}
