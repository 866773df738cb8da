import type { ReasonCode } from "./decision.js";
import type { Source } from "./row.js";

export const rulingWords = ["same", "different", "issue", "deny", "name"] as const;

export type RulingWord = (typeof rulingWords)[number];

/**
 * What a person decided about a doubtful case, once and for all.
 *
 * - `same` / `different`: `person` and `other` are one human being, or two; for a shared address (`other` is `null`)
 *   whether one person used it
 * - `issue` / `deny`: whatever the rules say
 * - `name`: the name to print is `text`
 */
export interface Ruling {
  /** key of the person in question; as written (an address, a number, a name) until matching has found out whom it means */
  readonly person: string;
  /** what it answers: a reason code, or `*` where the organiser rules unasked */
  readonly question: string;
  /** key of the other person that the question is about */
  readonly other: string | null;
  readonly word: RulingWord;
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

const pair = ["same", "different", "issue", "deny"] as const;

/** What may be answered to each question; one that is not here is never asked. */
const answers: Readonly<Partial<Record<ReasonCode, readonly RulingWord[]>>> = {
  "name-ambiguous": pair,
  "name-similar": pair,
  "email-shared": rulingWords,
  "total-uncertain": ["issue", "deny"],
  "score-unreadable": ["issue", "deny"],
  "still-connected": ["issue", "deny"],
  "name-unprintable": ["name", "deny"],
};

/** The rulings that settle a question. Rows that are nobody's by name are somebody's, or get a name. */
export function answersTo({ question, other }: Pick<Question, "question" | "other">): readonly RulingWord[] {
  if (question === "name-ambiguous" && other === null) return ["same", "name", "deny"];
  return answers[question as ReasonCode] ?? rulingWords;
}

/** `name-similar email:r@x.example`: the case, and whom it is about. */
export function formatQuestion({ question, other }: Pick<Question, "question" | "other">): string {
  return [question === "*" ? "" : question, other ?? ""].filter((part) => part !== "").join(" ");
}

/** The inverse; a cell that names no case but a person is the organiser's own, about that person. */
export function parseQuestion(text: string): Pick<Question, "question" | "other"> {
  const [, first = "", rest = ""] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  const question = first.toLowerCase();
  if (question === "" || question === "*") return { question: "*", other: rest === "" ? null : rest };
  if (!Object.hasOwn(answers, question)) return { question: "*", other: text.trim() };
  return { question, other: rest === "" ? null : rest };
}

/** The file of questions and rulings as it stands: a human being's own work, of which nothing may be lost. */
export interface ReviewSheet {
  readonly delimiter: "," | ";" | "\t";
  /** as written; further columns of the organiser's own may stand among ours */
  readonly header: readonly string[];
  readonly rows: readonly ReviewRow[];
}

export interface ReviewRow {
  readonly cells: readonly string[];
  /** who, and what was asked, as written; nobody (`""`) on a row of notes */
  readonly asked: Pick<Question, "person" | "question" | "other">;
  /** `null`: still open */
  readonly ruling: Ruling | null;
  /** whether somebody wrote anything beside our own columns or under `reason` */
  readonly hasNote: boolean;
}

/** The columns of the file, as `check --review` writes them. */
export const reviewColumns = ["person", "question", "evidence", "ruling", "reason"] as const;

export type ReviewColumn = (typeof reviewColumns)[number];

const translated: Readonly<Record<string, ReviewColumn>> = {
  orang: "person",
  peserta: "person",
  pertanyaan: "question",
  bukti: "evidence",
  keputusan: "ruling",
  alasan: "reason",
  catatan: "reason",
};

/** Which of our columns a header is, in either language. */
export function reviewColumn(title: string): ReviewColumn | undefined {
  const word = title.trim().toLowerCase();
  return reviewColumns.find((column) => column === word) ?? translated[word];
}
