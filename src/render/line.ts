import { visualOrder } from "./bidi.js";
import type { Face, Shaped, Stretch } from "./face.js";
import { joinRuns, type Run } from "./run.js";

/** One line as it will be drawn. Lengths are in ems, so they hold at any size. */
export interface Line {
  /** from left to right */
  readonly shaped: readonly Shaped[];
  /** without the blank that ends a wrapped line */
  readonly width: number;
  /** whether the text goes on in the next line */
  readonly isOpen: boolean;
  /** in reading order, with the blank that ends a wrapped line */
  readonly text: string;
}

export type Shape = (face: Face, stretch: Stretch) => Shaped;

/** What cannot be broken: the runs up to and with the blanks behind them. */
export type Word = readonly Run[];

/** Words that begin on a line of their own. */
export interface Paragraph {
  readonly words: readonly Word[];
  /** level of embedding: 1 where it is read from the right */
  readonly base: number;
  /** whether another paragraph of the same text comes behind it */
  readonly isFollowed: boolean;
  /** all words in one, where they have not been cut apart yet */
  readonly runs?: readonly Run[];
  /** all of it in one line, once that was asked for; a paragraph is set by one setter only */
  whole?: Line;
}

/** A paragraph that is cut into words only where it has to be broken, which few have. */
export class WholeParagraph implements Paragraph {
  readonly runs: readonly Run[];
  readonly base: number;
  readonly isFollowed: boolean;
  whole?: Line;
  #words: readonly Word[] | null = null;

  constructor(runs: readonly Run[], base: number, isFollowed: boolean) {
    this.runs = runs;
    this.base = base;
    this.isFollowed = isFollowed;
  }

  get words(): readonly Word[] {
    this.#words ??= wordsOf(this.runs);
    return this.#words;
  }
}

/** Scripts that are written without spaces: a line may end behind any of their letters. */
const unspaced = new Set(["Han", "Hiragana", "Katakana"]);
/** Letters of these hang together; there is nothing to put between them. */
const joined = new Set(["Arabic", "Syriac", "Mongolian", "Nko", "Adlam", "Hanifi_Rohingya", "Mandaic"]);
/** Signs that must not begin a line. */
const closing = /^[\p{Pe}\p{Pf}\p{Po}々ー]/u;

/** Breaks at plain spaces only: a non-breaking one belongs to its word, and hyphens in names are no place to break. */
function wordsOf(runs: readonly Run[]): Word[] {
  const words: Run[][] = [];
  let open = false;
  for (const run of runs) {
    for (const text of piecesOf(run)) {
      const piece = { ...run, text };
      const isGlued = isNumberExplained(words.at(-1), text);
      if (open || isGlued) words.at(-1)?.push(piece);
      else words.push([piece]);
      const isBreak = unspaced.has(run.script ?? "") && !text.endsWith(" ");
      open = !text.endsWith(" ") && !isBreak;
    }
  }
  return words;
}

function piecesOf({ text, script }: Run): string[] {
  const words = text.match(/[^ ]* +|[^ ]+$/g) ?? [];
  if (!unspaced.has(script ?? "")) return words;
  return words.flatMap((word) => {
    const letters: string[] = [];
    for (const letter of word) {
      if (letters.length > 0 && (closing.test(letter) || letter === " "))
        letters.push(`${letters.pop() ?? ""}${letter}`);
      else letters.push(letter);
    }
    return letters;
  });
}

/** "3 (tiga)" stays together. */
function isNumberExplained(before: Word | undefined, text: string): boolean {
  return before !== undefined && text.startsWith("(") && /\d +$/.test(textOfWord(before));
}

export function textOfWord(word: Word): string {
  let text = "";
  for (const run of word) text += run.text;
  return text;
}

/** Ems by which words that are measured one by one may be wider than together: no kerning across a blank is as large. */
const SPARE = 0.25;

export class Setter {
  readonly #shape: Shape;
  /** between letters, in ems */
  readonly #spacing: number;

  constructor(shape: Shape, letterSpacing: number) {
    this.#shape = shape;
    this.#spacing = letterSpacing;
  }

  /** @param isLast a line that others follow keeps a blank at its end: without it, readers of the file would join two words */
  line(paragraph: Paragraph, isLast: boolean): Line {
    const { base, isFollowed } = paragraph;
    const whole = paragraph.runs ?? joinRuns(paragraph.words.flat());
    const runs = trimmed(whole);
    const shaped = this.#shapeAll(runs);
    const text = textOfWord(runs);
    const line = {
      shaped: inVisualOrder(shaped, runs),
      width: this.#widthOf(shaped),
      isOpen: !isLast,
      text,
    };
    const last = runs.at(-1);
    const isApart = isLast ? isFollowed : (whole.at(-1)?.text.endsWith(" ") ?? false);
    if (last === undefined || !isApart) return line;
    // what is read from the right says what it means in words, so the blank needs no room on the left
    if (base > 0 || last.level > 0) return { ...line, text: `${text} ` };
    const open = [...runs.slice(0, -1), { ...last, text: `${last.text} ` }];
    return { ...line, shaped: inVisualOrder(this.#shapeAll(open), open), text: `${text} ` };
  }

  /** Greedily; lines are no wider than `width` ems unless a single word is. */
  wrap(paragraph: Paragraph, width: number): Line[] {
    const line = this.#whole(paragraph);
    // there are no more words than letters, so that most need not be cut into any
    if (line.width + SPARE * line.text.length <= width) return [line];
    const { words, base, isFollowed } = paragraph;
    if (words.length < 2 || line.width + SPARE * words.length <= width) return [line];
    return this.#cut(words, width).map((line, index, all) =>
      this.line({ words: line, base, isFollowed }, index === all.length - 1),
    );
  }

  /** As many lines as {@link wrap} would make, but about as long as each other. */
  balance({ words, base, isFollowed }: Paragraph, width: number): Line[] {
    const count = this.#cut(words, width).length;
    let [low, high] = [width / count / 2, width];
    for (let step = 0; step < 14; step += 1) {
      const middle = (low + high) / 2;
      const lines = this.#cut(words, middle);
      const fits = lines.length <= count && lines.every((line) => this.#measure(line) <= middle);
      if (fits) high = middle;
      else low = middle;
    }
    return this.wrap({ words, base, isFollowed }, high);
  }

  /** All of it in one line. Kept with the paragraph: a table by paragraphs would be searched at each clearing of memory. */
  #whole(paragraph: Paragraph): Line {
    paragraph.whole ??= this.line(paragraph, true);
    return paragraph.whole;
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

  readonly #widths = new WeakMap<Word, [number, number]>();

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
    return runs.map(({ face, text, script, level }) =>
      this.#shape(face, {
        text,
        spaced: this.#spacing !== 0 && !joined.has(script ?? ""),
        fromRight: level % 2 === 1,
      }),
    );
  }

  /** Behind the last letter of a line there is no space, wherever it stands. */
  #widthOf(shaped: readonly Shaped[]): number {
    let [letters, widths] = [0, 0];
    for (const run of shaped) {
      if (run.spaced) letters += run.letters;
      widths += run.width;
    }
    return letters === 0 ? widths : widths + (letters - 1) * this.#spacing;
  }
}

function trimmed(runs: readonly Run[]): readonly Run[] {
  const last = runs.at(-1);
  if (last === undefined || !last.text.endsWith(" ")) return runs;
  const text = last.text.replace(/ +$/, "");
  return text === "" ? trimmed(runs.slice(0, -1)) : [...runs.slice(0, -1), { ...last, text }];
}

function inVisualOrder(shaped: readonly Shaped[], runs: readonly Run[]): readonly Shaped[] {
  if (runs.every((run) => run.level === 0)) return shaped;
  return visualOrder(runs.map((run) => run.level)).flatMap((index) => shaped[index] ?? []);
}
