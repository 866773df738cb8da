import type { Face, Shaped } from "./face.js";
import { joinRuns, type Run } from "./run.js";

/** One line as it will be drawn. Lengths are in ems, so they hold at any size. */
export interface Line {
  /** from left to right */
  readonly shaped: readonly Shaped[];
  /** without the blank that ends a wrapped line */
  readonly width: number;
  /** in reading order, with that blank */
  readonly text: string;
}

export type Shape = (face: Face, text: string, spaced: boolean) => Shaped;

/** What cannot be broken: the runs up to and with the blanks behind them. */
export type Word = readonly Run[];

/** Breaks at plain spaces only: a non-breaking one belongs to its word, and hyphens in names are no place to break. */
export function wordsOf(runs: readonly Run[]): Word[] {
  const words: Run[][] = [];
  let open = false;
  for (const run of runs) {
    for (const text of run.text.match(/[^ ]* +|[^ ]+$/g) ?? []) {
      const piece = { ...run, text };
      if (open) words.at(-1)?.push(piece);
      else words.push([piece]);
      open = !text.endsWith(" ");
    }
  }
  return words;
}

export function textOfWord(word: Word): string {
  return word.map((run) => run.text).join("");
}

export class Setter {
  readonly #shape: Shape;
  /** between letters, in ems */
  readonly #spacing: number;

  constructor(shape: Shape, letterSpacing: number) {
    this.#shape = shape;
    this.#spacing = letterSpacing;
  }

  /** @param isLast a wrapped line keeps a blank at its end: without it, readers of the file would join two words */
  line(words: readonly Word[], isLast: boolean): Line {
    const runs = trimmed(joinRuns(words.flat()));
    const shaped = this.#shapeAll(runs);
    const width = this.#widthOf(shaped);
    const text = runs.map((run) => run.text).join("");
    const last = runs.at(-1);
    if (isLast || last === undefined) return { shaped: inVisualOrder(shaped), width, text };
    const open = [...runs.slice(0, -1), { ...last, text: `${last.text} ` }];
    return { shaped: inVisualOrder(this.#shapeAll(open)), width, text: `${text} ` };
  }

  /** Greedily; lines are no wider than `width` ems unless a single word is. */
  wrap(words: readonly Word[], width: number): Line[] {
    return this.#cut(words, width).map((line, index, all) => this.line(line, index === all.length - 1));
  }

  /** As many lines as {@link wrap} would make, but about as long as each other. */
  balance(words: readonly Word[], width: number): Line[] {
    const count = this.#cut(words, width).length;
    let [low, high] = [width / count / 2, width];
    for (let step = 0; step < 14; step += 1) {
      const middle = (low + high) / 2;
      const lines = this.#cut(words, middle);
      const fits = lines.length <= count && lines.every((line) => this.#measure(line) <= middle);
      if (fits) high = middle;
      else low = middle;
    }
    return this.wrap(words, high);
  }

  #cut(words: readonly Word[], width: number): Word[][] {
    const lines: Word[][] = [];
    let line: Word[] = [];
    let used = 0;
    for (const word of words) {
      const [bare, whole] = [this.#measure([word]), this.#measure([word], false)];
      if (line.length > 0 && used + bare > width) {
        lines.push(line);
        [line, used] = [[], 0];
      }
      line.push(word);
      used += whole + this.#spacing;
    }
    return [...lines, line];
  }

  readonly #widths = new Map<Word, [number, number]>();

  #measure(words: readonly Word[], bare = true): number {
    const [word, ...more] = words;
    if (word === undefined) return 0;
    if (more.length > 0) {
      const before = words
        .slice(0, -1)
        .reduce((sum, one) => sum + this.#measure([one], false) + this.#spacing, 0);
      return before + this.#measure(words.slice(-1), bare);
    }
    let known = this.#widths.get(word);
    if (known === undefined) {
      known = [this.#widthOf(this.#shapeAll(trimmed(word))), this.#widthOf(this.#shapeAll(word))];
      this.#widths.set(word, known);
    }
    return bare ? known[0] : known[1];
  }

  #shapeAll(runs: readonly Run[]): Shaped[] {
    return runs.map((run) => this.#shape(run.face, run.text, this.#spacing !== 0));
  }

  #widthOf(shaped: readonly Shaped[]): number {
    const letters = shaped.reduce((sum, run) => sum + run.letters, 0);
    const widths = shaped.reduce((sum, run) => sum + run.width, 0);
    return letters === 0 ? 0 : widths + (letters - 1) * this.#spacing;
  }
}

function trimmed(runs: readonly Run[]): Run[] {
  const last = runs.at(-1);
  if (last === undefined) return [];
  const text = last.text.replace(/ +$/, "");
  return text === "" ? trimmed(runs.slice(0, -1)) : [...runs.slice(0, -1), { ...last, text }];
}

/** A line that is read from the right begins there. */
function inVisualOrder(shaped: readonly Shaped[]): readonly Shaped[] {
  return shaped.some((run) => run.isRightToLeft) && shaped[0]?.isRightToLeft !== false
    ? [...shaped].reverse()
    : shaped;
}
