import type { Figures, QuizFigure, SessionFigure } from "../model/decision.js";
import { toNumber } from "../model/fraction.js";
import type { Person } from "../model/person.js";
import { type Overall, type Session, type Stay, stayIn, stayOverall } from "./presence.js";
import { type AttemptPolicy, type Standing, share, standingIn } from "./quiz.js";

/** The exact figures of one person, before any rule is asked. */
export interface Evidence {
  readonly stays: ReadonlyMap<string, Stay>;
  /** of all sessions together */
  readonly overall: Overall;
  /** at the lower end, where a score is left open */
  readonly quizzes: ReadonlyMap<string, Standing>;
  /** with an attempt whose score nobody can read: its upper end is everything */
  readonly open: ReadonlySet<string>;
  readonly forms: ReadonlySet<string>;
  readonly role: string;
}

/** What of the event file judging needs to measure a person. */
export interface Measures {
  readonly sessions: readonly Session[];
  readonly quizzes: Readonly<Record<string, AttemptPolicy>>;
  readonly forms: readonly string[];
}

/** What of a person is measured. */
export type Measured = Pick<Person, "times" | "quizzes" | "presence" | "role">;

/** The evidence of several people taken as one, or of one alone. */
export function evidenceOf(people: readonly [Measured, ...Measured[]], measures: Measures): Evidence {
  const times = people.flatMap((person) => person.times);
  const answers = people.flatMap((person) => person.quizzes);
  const only = measures.sessions.length === 1;
  const quizzes = Object.entries(measures.quizzes).flatMap(([quiz, policy]) => {
    const standing = standingIn(
      answers.filter((row) => row.quiz === quiz),
      policy,
    );
    return standing === null ? [] : [[quiz, standing] as const];
  });
  const stays = new Map(
    measures.sessions.map((session) => [session.id, stayIn(session, times, only)] as const),
  );
  return {
    stays,
    overall: stayOverall(measures.sessions, times, stays.values()),
    quizzes: new Map(quizzes),
    open: new Set(answers.filter(({ isUnreadable }) => isUnreadable).map(({ quiz }) => quiz)),
    forms: new Set(people.flatMap((person) => person.presence.map((row) => row.form))),
    role: people[0].role,
  };
}

/** The figures as they are told: numbers, percent to two places. Decisions never use these. */
export function figuresOf(evidence: Evidence, measures: Measures): Figures {
  return {
    sessions: Object.fromEntries([...evidence.stays].map(([id, stay]) => [id, sessionFigure(stay)])),
    quizzes: Object.fromEntries([...evidence.quizzes].map(([id, standing]) => [id, quizFigure(standing)])),
    presence: Object.fromEntries(measures.forms.map((form) => [form, evidence.forms.has(form)])),
  };
}

function sessionFigure(stay: Stay): SessionFigure {
  const figure = { seconds: stay.lower, percent: percentOf(stay.lower, stay.length), basis: stay.basis };
  return stay.basis === "total" ? { ...figure, secondsMax: stay.upper } : figure;
}

function quizFigure(standing: Standing): QuizFigure {
  return {
    points: toNumber(standing.points),
    max: toNumber(standing.max),
    percent: round(toNumber(share(standing)) * 100),
    attempts: standing.attempts,
  };
}

/** Part of a whole in percent, two places. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : round((part / whole) * 100);
}

/** Two places: enough to tell, too few to decide by. */
export function round(value: number): number {
  return Math.round((value + Number.EPSILON) * 100) / 100;
}
