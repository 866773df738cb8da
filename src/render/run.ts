import type { Face } from "./face.js";

/** A stretch of text for one face and one script. */
export interface Run {
  readonly face: Face;
  readonly text: string;
  /** `null` for what belongs to none: digits, signs, spaces */
  readonly script: string | null;
}

/** A character that no font of the chain has, with the text it stands in. */
export interface Lack {
  readonly grapheme: string;
  readonly text: string;
}

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const simple = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** Letters without ink of their own: they take the face of what they stand beside. */
const inkless = /^[\p{Zs}\p{Cf}]+$/u;
const scripts = [
  "Latin",
  "Greek",
  "Cyrillic",
  "Arabic",
  "Hebrew",
  "Devanagari",
  "Tamil",
  "Thai",
  "Javanese",
  "Balinese",
  "Sundanese",
  "Buginese",
  "Hangul",
  "Han",
  "Hiragana",
  "Katakana",
].map((name) => ({ name, letter: new RegExp(`\\p{Script=${name}}`, "u") }));

/**
 * Cuts a text into runs: each grapheme goes to the first face that has it whole, and no run mixes scripts.
 *
 * @param chain not empty
 */
export function runsOf(text: string, chain: readonly Face[]): Run[] | Lack {
  const [first] = chain;
  if (first === undefined) throw new TypeError("a style without a font");
  if (simple.test(text) && first.covers(text))
    return text === "" ? [] : [{ face: first, text, script: "Latin" }];
  const runs: Run[] = [];
  for (const { segment } of segmenter.segment(text)) {
    const last = runs.at(-1);
    const script = scripts.find(({ letter }) => letter.test(segment))?.name ?? null;
    const kept =
      last !== undefined && inkless.test(segment) && last.face.covers(segment) ? last.face : undefined;
    const face = kept ?? chain.find((candidate) => candidate.covers(segment));
    if (face === undefined) return { grapheme: segment, text };
    runs.push({ face, text: segment, script });
  }
  return joinRuns(runs);
}

export function isLack(found: readonly unknown[] | Lack): found is Lack {
  return "grapheme" in found;
}

/** Neighbours of one face and script become one run again, so that letters are kerned across what was cut. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    const isMore =
      last?.face === run.face && (run.script === null || [null, run.script].includes(last.script));
    if (!isMore) joined.push(run);
    else
      joined[joined.length - 1] = { ...last, text: last.text + run.text, script: last.script ?? run.script };
  }
  return joined;
}
