import type { Source } from "./row.js";

export const rulingWords = ["same", "different", "issue", "deny", "name"] as const;

/**
 * What a person decided about a doubtful case, once and for all.
 *
 * - `same` / `different`: `person` and `other` are one human being, or two; for a shared address (`other` is `null`)
 *   whether one person used it
 * - `issue` / `deny`: whatever the rules say
 * - `name`: the name to print is `text`
 */
export interface Ruling {
  /** key of the person in question */
  readonly person: string;
  /** what it answers: a reason code, or `*` where the organiser rules unasked */
  readonly question: string;
  /** key of the other person that the question is about */
  readonly other: string | null;
  readonly word: (typeof rulingWords)[number];
  /** the organiser's reason; with `name`, the name */
  readonly text: string;
  readonly source: Source;
}

/** A doubtful case as it is put to the organiser. */
export interface Question {
  readonly person: string;
  readonly question: string;
  readonly other: string | null;
  readonly evidence: string;
}

/** `name-similar email:r@x.example`: the case, and whom it is about. */
export function formatQuestion({ question, other }: Pick<Question, "question" | "other">): string {
  return other === null ? question : `${question} ${other}`;
}

export function parseQuestion(text: string): Pick<Question, "question" | "other"> {
  const [, question = "", other = ""] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return { question: question === "" ? "*" : question, other: other === "" ? null : other };
}
