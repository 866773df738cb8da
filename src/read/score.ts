import { compare, type Fraction, fromNumber, parseDecimal, zero } from "../model/fraction.js";
import type { Score } from "../model/row.js";
import { cleanText } from "./clean.js";

/** Cells that say there is no score: not attempted, excused, not shown. */
const noScore = new Set(["", "-", "--", "—", "–", "n/a", "na", "ex", "#n/a", "null", "none", "excused"]);

/** Handed in, and somebody has yet to give the points. */
const pending = new Set([
  "not graded",
  "not yet graded",
  "requires grading",
  "belum dinilai",
  "perlu dinilai",
  "sin calificar",
  "sin calificar aún",
  "aún sin calificar",
  "ainda não avaliado",
  "não avaliado",
]);

/** What a score cell says: its own maximum, if it has one, beside the points. */
export interface ScoreCell {
  readonly points: Fraction;
  readonly max: Fraction | null;
}

const form = /^([+-]?[\d.,]+)\s*(?:\/\s*([\d.,]+)|(%))?$/;
const hundred: Fraction = { num: 100n, den: 1n };
const thousand: Fraction = { num: 1000n, den: 1n };

/**
 * How one column writes its numbers, learnt from all of its cells: a comma is a decimal comma
 * unless the column also has decimal points. `7,5` and `7.5` side by side cannot both be right.
 */
export class ScoreColumn {
  #hasPoint = false;
  #hasComma = false;
  #isScored = false;
  #isBare = false;
  #isOverOne = false;
  #isShare = false;
  #hasTriples = false;
  #hasOthers = false;
  readonly #maxima = new Map<string, Fraction>();

  see(cell: string): void {
    const text = plain(cell);
    if (/\d\.\d/.test(text)) this.#hasPoint = true;
    if (text.includes(",")) this.#hasComma = true;
    for (const [, part = ""] of text.matchAll(/[.,](\d+)/g)) {
      if (part.length === 3) this.#hasTriples = true;
      else this.#hasOthers = true;
    }
    const match = form.exec(text);
    if (match === null) return;
    if (/[1-9]/.test(match[1] ?? "")) this.#isScored = true;
    if (match[2] === undefined && match[3] === undefined) this.#seeBare(match[1] ?? "");
    else if (match[2] !== undefined && this.#maxima.size < 2) {
      const max = parseDecimal(match[2].replace(",", "."));
      if (max !== null) this.#maxima.set(`${Number(max.num) / Number(max.den)}`, max);
    }
  }

  #seeBare(text: string): void {
    this.#isBare = true;
    const value = Number(text.replace(",", "."));
    if (value > 1) this.#isOverOne = true;
    else if (value > 0 && value < 1) this.#isShare = true;
  }

  /** Out of how many a column of percentages without a sign is; `null`: noughts and ones could be either. */
  get percentMax(): Fraction | null {
    if (this.#isOverOne) return hundred;
    return this.#isShare ? { num: 1n, den: 1n } : null;
  }

  /** Bare numbers that are all nought: such a form was never set up as a quiz. */
  get isAllZero(): boolean {
    return this.#isBare && !this.#isScored;
  }

  /** The one maximum that the cells of this column name, if they name one and the same. */
  get ownMax(): Fraction | null {
    const [only] = this.#maxima.values();
    return this.#maxima.size === 1 && only !== undefined ? only : null;
  }

  /**
   * `null`: no score; `"pending"`: not graded yet; `"unreadable"`: neither a score nor a way to say that there is none.
   *
   * @param max of a thousand or more: then `1,200` is no decimal, if the column has no other
   */
  parse(cell: string, max: Fraction | null = null): ScoreCell | null | "pending" | "unreadable" {
    const shown = plain(cell);
    if (noScore.has(shown.toLowerCase())) return null;
    if (pending.has(shown.toLowerCase())) return "pending";
    const isGrouped = this.#hasTriples && !this.#hasOthers && max !== null && compare(max, thousand) >= 0;
    const text = isGrouped ? shown.replace(/[.,]/g, "") : shown;
    const match = form.exec(text);
    const points = match === null ? null : this.#number(match[1] ?? "");
    if (match === null || points === null) return "unreadable";
    if (match[3] !== undefined) return { points, max: hundred };
    if (match[2] === undefined) return { points, max: null };
    const own = this.#number(match[2]);
    return own === null ? "unreadable" : { points, max: own };
  }

  #number(text: string): Fraction | null {
    if (this.#hasComma && !this.#hasPoint) return parseDecimal(text.replace(",", "."));
    return parseDecimal(/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(text) ? text.replaceAll(",", "") : text);
  }
}

/** A maximum as a header or a row of its own writes it: `10`, `10.00`, `10,00`. */
export function parseMax(text: string): Fraction | null {
  const max = parseDecimal(plain(text).replace(/,(\d{1,5})$/, ".$1"));
  return max !== null && compare(max, zero) > 0 ? max : null;
}

export function maxOf(value: number | null): Fraction | null {
  return value === null ? null : fromNumber(value);
}

/** Whether more points were given than there are. */
export function isOver(score: Score): boolean {
  return compare(score.points, score.max) > 0;
}

function plain(cell: string): string {
  return cleanText(cell).text.normalize("NFKC").replace(/^'/, "").trim();
}
