import { add, compare, divide, type Fraction, multiply, zero } from "../model/fraction.js";
import type { QuizRow, Score } from "../model/row.js";

export type AttemptPolicy = "best" | "first" | "latest" | "average";

/** What counts of a person's attempts at one quiz; exact. */
export interface Standing extends Score {
  readonly attempts: number;
}

/**
 * `null` where there was no attempt: an empty or unfinished answer is none, a zero is one. An attempt that cannot be read
 * may be the first, the latest, or weigh in the average: then nothing is certain of the others, except with `best`.
 */
export function standingIn(rows: readonly QuizRow[], policy: AttemptPolicy): Standing | null {
  if (policy !== "best" && rows.some(({ isUnreadable }) => isUnreadable)) return null;
  const scored = rows.flatMap((row) => (row.score === null ? [] : [{ score: row.score, at: row.at }]));
  const [first, ...later] = scored;
  if (first === undefined) return null;
  const attempts = scored.length;
  if (policy === "average") return { ...average(scored.map((attempt) => attempt.score)), attempts };
  let chosen = first;
  for (const attempt of later) if (supersedes(attempt, chosen, policy)) chosen = attempt;
  return { ...chosen.score, attempts };
}

interface Attempt {
  readonly score: Score;
  readonly at: number | null;
}

/** Without times the order of rows is the order of attempts, as forms write them. */
function supersedes(attempt: Attempt, chosen: Attempt, policy: "best" | "first" | "latest"): boolean {
  if (policy === "best") return compare(share(attempt.score), share(chosen.score)) > 0;
  if (attempt.at === null || chosen.at === null) return policy === "latest";
  return policy === "first" ? attempt.at < chosen.at : attempt.at >= chosen.at;
}

/** Points as a share of the maximum; a maximum of zero gives nothing. */
export function share(score: Score): Fraction {
  return score.max.num === 0n ? zero : divide(score.points, score.max);
}

/** The mean of the shares, told in points of the last attempt's maximum. */
function average(scores: readonly Score[]): Score {
  const max = scores.at(-1)?.max ?? zero;
  const sum = scores.map(share).reduce(add, zero);
  return { points: multiply(divide(sum, { num: BigInt(scores.length), den: 1n }), max), max };
}
