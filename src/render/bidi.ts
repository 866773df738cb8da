import factory from "bidi-js";

/**
 * Directions of a paragraph by the Unicode Bidirectional Algorithm (UAX #9), worked out by bidi-js.
 *
 * Values are isolated from the template's own words: without that, digits behind an Arabic name would jump in front of it.
 */
export interface Directions {
  /** 0 where the paragraph is read from the left, 1 from the right */
  readonly base: number;
  /** of each UTF-16 unit; odd is from the right */
  readonly levels: Uint8Array;
}

export interface Piece {
  readonly text: string;
  readonly isValue: boolean;
}

// the module is the function itself, which its declarations do not say
const bidi = (factory as unknown as typeof factory.default)();
const FIRST_STRONG_ISOLATE = "\u2068";
const FROM_LEFT_ISOLATE = "\u2066";
const POP_ISOLATE = "\u2069";
/** Letters that are read from the right, and the marks that make others be. */
const fromRight =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

export function isFromRight(text: string): boolean {
  return fromRight.test(text);
}

function hasFromLeft(text: string): boolean {
  return [...text].some((letter) => /\p{L}/u.test(letter) && !fromRight.test(letter));
}

/** `null` if all of it runs from left to right, which is nearly always. */
export function directionsOf(pieces: readonly Piece[]): Directions | null {
  if (!pieces.some(({ text }) => fromRight.test(text))) return null;
  const isAlone = pieces.length === 1;
  // certificates are in languages that are read from the left, and so is a line with any of their letters in it
  const base = pieces.some(({ text }) => hasFromLeft(text)) ? "ltr" : "rtl";
  let whole = "";
  const places: number[] = [];
  for (const { text, isValue } of pieces) {
    const isIsolated = isValue && !isAlone;
    if (isIsolated) whole += hasFromLeft(text) ? FROM_LEFT_ISOLATE : FIRST_STRONG_ISOLATE;
    for (let at = 0; at < text.length; at += 1) places.push(whole.length + at);
    whole += isIsolated ? text + POP_ISOLATE : text;
  }
  const { levels, paragraphs } = bidi.getEmbeddingLevels(whole, base);
  return {
    base: (paragraphs[0]?.level ?? 0) & 1,
    levels: Uint8Array.from(places, (place) => levels[place] ?? 0),
  };
}

/** The order in which runs of these levels stand from left to right (rule L2): indices of them. */
export function visualOrder(levels: readonly number[]): number[] {
  const order = levels.map((_, index) => index);
  const odd = levels.filter((level) => level % 2 === 1);
  if (odd.length === 0) return order;
  for (let level = Math.max(...levels); level >= Math.min(...odd); level -= 1) {
    for (let start = 0; start < order.length; start += 1) {
      if ((levels[order[start] ?? 0] ?? 0) < level) continue;
      let end = start;
      while (end < order.length && (levels[order[end] ?? 0] ?? 0) >= level) end += 1;
      order.splice(start, end - start, ...order.slice(start, end).reverse());
      start = end;
    }
  }
  return order;
}

/** The counterpart that stands in for a bracket where it is read from the right. */
export function mirrored(character: string): string | null {
  return bidi.getMirroredCharacter(character);
}
