import { type Line, type Paragraph, type Setter, textOfWord, type Word } from "./line.js";

/** How a text may give way when it is long. Sizes in points. */
export interface FitRule {
  readonly size: number;
  /** the smallest size that still looks intended */
  readonly min: number;
  /** below it two lines look better than one */
  readonly minSingleLine: number;
  readonly lines: number;
  /** `degrees`: a name, which is rather broken before the degrees than elsewhere */
  readonly breakAt: "space" | "degrees";
  readonly balance: boolean;
  /** in sizes */
  readonly lineHeight: number;
}

export interface Fitted {
  readonly size: number;
  readonly lines: readonly Line[];
}

const STEP = 0.25;
const SLACK = 1e-6;
/** Breaking before the degrees is worth this much in size; breaking among them costs this much. */
const BEFORE_DEGREES = 1.18;
const AMONG_DEGREES = 0.92;
const BEHIND_TITLE = 0.92;
const title = /^\p{L}{1,5}\. *$/u;
const degree = /^(?:\p{L}{1,6}\.)+(?:\p{L}{1,6}\.?)*,? *$/u;

/**
 * The largest setting that fits into width and height (points), or `null` if even the smallest does not.
 *
 * @param paragraphs texts that must begin on lines of their own
 */
export function fitText(
  paragraphs: readonly Paragraph[],
  rule: FitRule,
  box: { readonly width: number; readonly height: number },
  setter: Setter,
): Fitted | null {
  const [only, ...more] = paragraphs;
  if (rule.breakAt === "degrees" && only !== undefined && more.length === 0)
    return fitName(only, rule, box, setter);
  const whole = only !== undefined && more.length === 0 ? setter.line(only, true) : null;
  if (whole !== null && whole.width * rule.size <= box.width) {
    return rule.lineHeight * rule.size <= box.height + SLACK ? { size: rule.size, lines: [whole] } : null;
  }
  for (let size = rule.size; size >= rule.min - SLACK; size -= STEP) {
    const lines = linesAt(size, paragraphs, rule, box.width, setter);
    const high = lines.length * rule.lineHeight * size;
    const fits = lines.length <= rule.lines && high <= box.height + SLACK;
    if (fits && isWithin(lines, size, box.width)) return { size, lines };
  }
  return null;
}

function linesAt(
  size: number,
  paragraphs: readonly Paragraph[],
  { balance }: FitRule,
  width: number,
  setter: Setter,
): Line[] {
  const all: Line[] = [];
  for (const paragraph of paragraphs) {
    const balanced = balance ? setter.balance(paragraph, width / size) : null;
    const fits = balanced !== null && isWithin(balanced, size, width);
    all.push(...(fits ? balanced : setter.wrap(paragraph, width / size)));
  }
  return all;
}

function isWithin(lines: readonly Line[], size: number, width: number): boolean {
  return lines.every((line) => line.width * size <= width + SLACK);
}

/** One line at full size, else smaller, else two lines at the break that leaves the letters largest. */
function fitName(
  name: Paragraph,
  rule: FitRule,
  box: { readonly width: number; readonly height: number },
  setter: Setter,
): Fitted | null {
  const whole = setter.line(name, true);
  const size = inTenths(Math.min(rule.size, box.width / whole.width, box.height / rule.lineHeight));
  if (size >= (rule.lines > 1 ? rule.minSingleLine : rule.min)) return { size, lines: [whole] };
  const halved = rule.lines > 1 ? bestBreak(name, rule, box, setter) : null;
  if (halved !== null) return halved;
  return size >= rule.min ? { size, lines: [whole] } : null;
}

function bestBreak(
  { words, base, isFollowed }: Paragraph,
  rule: FitRule,
  box: { readonly width: number; readonly height: number },
  setter: Setter,
): Fitted | null {
  const degrees = firstDegree(words);
  const tallest = box.height / (2 * rule.lineHeight);
  let best: (Fitted & { readonly score: number }) | null = null;
  for (let at = 1; at < words.length; at += 1) {
    const lines = [
      setter.line({ words: words.slice(0, at), base, isFollowed: false }, false),
      setter.line({ words: words.slice(at), base, isFollowed }, true),
    ];
    const widest = Math.max(...lines.map((line) => line.width));
    const size = inTenths(Math.min(rule.size, box.width / widest, tallest));
    const worth = worthOf(at, degrees, words);
    if (size >= rule.min && (best === null || size * worth > best.score))
      best = { size, lines, score: size * worth };
  }
  return best;
}

function worthOf(at: number, degrees: number, words: readonly Word[]): number {
  if (at === degrees) return BEFORE_DEGREES;
  if (degrees > 0 && at > degrees) return AMONG_DEGREES;
  // "Dr." and "H." belong to what follows
  return title.test(textOfWord(words[at - 1] ?? [])) ? BEHIND_TITLE : 1;
}

/** Where the degrees behind the name begin: after the first comma, `S.E.,` and the like; -1 without any. */
function firstDegree(words: readonly Word[]): number {
  return words.findIndex((word, index) => {
    const before = words[index - 1];
    return (
      before !== undefined && textOfWord(before).trimEnd().endsWith(",") && degree.test(textOfWord(word))
    );
  });
}

function inTenths(size: number): number {
  return Math.floor(size * 10) / 10;
}
