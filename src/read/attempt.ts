import { add, type Fraction, zero } from "../model/fraction.js";
import type { Identity, QuizRow, Source } from "../model/row.js";
import type { AnswerKey } from "./key.js";

/** What one person handed in at once: answers by the number of their question in the key. */
export interface Submission {
  readonly at: number | null;
  readonly source: Source;
  readonly answers: Map<number, string>;
}

/** All that one person handed in, over all files of the quiz. */
export interface Respondent {
  readonly who: Identity;
  /** of the first row that is about them */
  readonly source: Source;
  readonly submissions: Submission[];
}

/**
 * The attempts of one person, in the order of time. Polls are launched one by one, so what is handed in later adds to
 * the attempt; only a question that is answered once more begins the next one, in which the other answers stand.
 */
export function attemptsOf({ who, submissions }: Respondent, quiz: string, key: AnswerKey): QuizRow[] {
  const sorted = [...submissions].sort((a, b) => (a.at === null || b.at === null ? 0 : a.at - b.at));
  const rows: QuizRow[] = [];
  const standing = new Map<number, string>();
  let own = new Set<number>();
  for (const { at, source, answers } of sorted) {
    const isAgain = [...answers.keys()].some((question) => own.has(question));
    if (isAgain) own = new Set();
    for (const [question, answer] of answers) {
      standing.set(question, answer);
      own.add(question);
    }
    const row = { quiz, who, score: { points: pointsOf(standing, key), max: key.max }, at, source };
    if (isAgain || rows.length === 0) rows.push(row);
    else rows[rows.length - 1] = { ...row, source: rows.at(-1)?.source ?? source };
  }
  return rows;
}

function pointsOf(answers: ReadonlyMap<number, string>, key: AnswerKey): Fraction {
  let sum = zero;
  for (const [index, answer] of answers) {
    const question = key.questions[index];
    if (question?.judge(answer) === true) sum = add(sum, question.points);
  }
  return sum;
}
