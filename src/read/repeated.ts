import { toNumber } from "../model/fraction.js";
import type { QuizRow } from "../model/row.js";

/**
 * Tells answers that were read before from another file. Results are downloaded again and again while people still
 * answer, and all the downloads end up in one folder: an answer in two of them is one attempt, not two.
 */
export class RepeatedAnswers {
  readonly #seen = new Map<string, string>();

  /** Whether the same person handed in the same at the same second in another file. Without a time nobody can tell. */
  has({ quiz, who, score, at, source }: QuizRow): boolean {
    if (at === null) return false;
    const points = score === null ? "-" : `${toNumber(score.points)}/${toNumber(score.max)}`;
    const key = JSON.stringify([quiz, who.email, who.nip, who.name, at, points]);
    const file = this.#seen.get(key);
    if (file === undefined) this.#seen.set(key, source.file);
    return file !== undefined && file !== source.file;
  }
}
