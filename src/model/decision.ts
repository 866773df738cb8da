import type { Person } from "./person.js";

export type ReasonCode =
  | "attendance-short"
  | "attendance-none"
  | "quiz-below"
  | "quiz-missing"
  | "presence-missing"
  | "role-not-listed"
  | "name-ambiguous"
  | "name-similar"
  | "name-unprintable"
  | "email-shared"
  | "total-uncertain"
  | "still-connected"
  | "score-unreadable"
  | "ruled-issue"
  | "ruled-deny";

/** Why a decision is as it is. Figures are in `unit`; the sentence is made from them by the report. */
export interface Reason {
  readonly code: ReasonCode;
  readonly required: number | string | null;
  readonly actual: number | string | null;
  readonly unit: "percent" | "minutes" | "points" | "forms" | "sessions" | "role" | null;
  /** the session, quiz or form it is about; the names in question; the letter that cannot be printed */
  readonly about: readonly string[];
  /** keys of the other people that a doubt is about, the likeliest first */
  readonly others?: readonly string[] | undefined;
  /** with `name-similar`: it is the addresses that look the same and are not */
  readonly alike?: boolean | undefined;
}

/** Attendance of one session. `secondsMax` where only a range is known. Percent is of the scheduled length, 0–100. */
export interface SessionFigure {
  readonly seconds: number;
  readonly secondsMax?: number | undefined;
  readonly percent: number;
  readonly basis: "intervals" | "total" | "none";
}

/** The attempt that counts, by the event's policy, out of so many. */
export interface QuizFigure {
  readonly points: number;
  readonly max: number;
  readonly percent: number;
  readonly attempts: number;
}

export interface Figures {
  readonly sessions: Readonly<Record<string, SessionFigure>>;
  readonly quizzes: Readonly<Record<string, QuizFigure>>;
  readonly presence: Readonly<Record<string, boolean>>;
}

/** The decision on one person. `awards` are ids in the order of the event file; more than one only under `awards_all`. */
export type Decision = {
  readonly person: Person;
  readonly figures: Figures;
  readonly reasons: readonly Reason[];
} & (
  | { readonly outcome: "eligible"; readonly awards: readonly [string, ...string[]] }
  | { readonly outcome: "ineligible" }
  | { readonly outcome: "review" }
);
