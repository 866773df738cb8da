import { type Directions, directionsOf, type Piece } from "./bidi.js";
import type { Face } from "./face.js";

/** A stretch of text for one face, one script and one direction. */
export interface Run {
  readonly face: Face;
  readonly text: string;
  /** `null` for what belongs to none: digits, signs, spaces */
  readonly script: string | null;
  /** of embedding; odd is read from the right */
  readonly level: number;
}

/** A character that no font of the chain has, with the text it stands in. */
export interface Lack {
  readonly grapheme: string;
  readonly text: string;
}

/** A piece of a paragraph with the faces to look for its letters in; the chain is not empty. */
export interface Dressed extends Piece {
  readonly chain: readonly Face[];
}

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const simple = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;
/** Letters without ink of their own: they take the face of what they stand beside. */
const inkless = /^[\p{Zs}\p{Cf}]+$/u;
/** Every script that names are written in today and a few that are on monuments; the rest is shaped like signs. */
const scripts = (
  "Latin Arabic Hebrew Devanagari Tamil Thai Javanese Balinese Sundanese Buginese Batak Rejang Lontara Han Hiragana " +
  "Katakana Hangul Greek Cyrillic Armenian Georgian Bengali Gujarati Gurmukhi Kannada Malayalam Oriya Telugu Sinhala Khmer " +
  "Lao Myanmar Tibetan Mongolian Ethiopic Syriac Thaana Nko Tifinagh Cherokee Canadian_Aboriginal Bopomofo Yi Lisu Vai " +
  "Adlam Cham Kayah_Li Tai_Tham Tai_Viet New_Tai_Lue Tai_Le Limbu Lepcha Meetei_Mayek Ol_Chiki Saurashtra Osage " +
  "Samaritan Mandaic Hanifi_Rohingya Coptic Gothic Runic Ogham Tagalog Hanunoo Buhid Tagbanwa Makasar Kawi"
)
  .split(" ")
  .flatMap((name) => {
    try {
      return [{ name, letter: new RegExp(`\\p{Script=${name}}`, "u") }];
    } catch {
      // a script that this version of Unicode does not know, or an older name of one
      return [];
    }
  });

/**
 * Cuts a paragraph into runs: each grapheme goes to the first face that has it whole, and no run mixes scripts or
 * directions.
 */
export function runsOf(pieces: readonly Dressed[]): { readonly runs: Run[]; readonly base: number } | Lack {
  const directions = pieces.every(({ text }) => isPlainLatin(text)) ? null : directionsOf(pieces);
  const runs: Run[] = [];
  let start = 0;
  for (const { text, chain } of pieces) {
    const found = runsOfPiece(text, chain, directions, start);
    if (!Array.isArray(found)) return found;
    runs.push(...found);
    start += text.length;
  }
  return { runs: joinRuns(runs), base: directions?.base ?? 0 };
}

/** Whether there are only letters in it that come before the marks and before all other scripts. */
function isPlainLatin(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) >= 0x250) return false;
  return true;
}

function runsOfPiece(
  text: string,
  chain: readonly Face[],
  directions: Directions | null,
  start: number,
): Run[] | Lack {
  const [first] = chain;
  if (first === undefined) throw new TypeError("a style without a font");
  if (directions === null && (isPlainLatin(text) || simple.test(text)) && first.covers(text))
    return text === "" ? [] : [{ face: first, text, script: "Latin", level: 0 }];
  const runs: Run[] = [];
  const whole = new Map<string, Face | undefined>();
  for (const { segment, index } of segmenter.segment(text)) {
    const last = runs.at(-1);
    const script = scripts.find(({ letter }) => letter.test(segment))?.name ?? null;
    const kept =
      last !== undefined && inkless.test(segment) && last.face.covers(segment) ? last.face : undefined;
    const face =
      kept ?? wholeFace(script, text, chain, whole) ?? chain.find((candidate) => candidate.covers(segment));
    if (face === undefined) return { grapheme: segment, text };
    runs.push({ face, text: segment, script, level: directions?.levels[start + index] ?? 0 });
  }
  return joinRuns(runs);
}

/**
 * Of the scripts that a font for Latin has a few letters of (Greek for formulas) all letters come from one face, if one
 * has them all.
 */
function wholeFace(
  script: string | null,
  text: string,
  chain: readonly Face[],
  known: Map<string, Face | undefined>,
): Face | undefined {
  if (script === null || script === "Latin") return undefined;
  if (!known.has(script)) {
    const letter = scripts.find(({ name }) => name === script)?.letter;
    const own = [...segmenter.segment(text)]
      .map(({ segment }) => segment)
      .filter((segment) => letter?.test(segment));
    known.set(
      script,
      chain.find((face) => own.every((segment) => face.covers(segment))),
    );
  }
  return known.get(script);
}

export function isLack(found: object | Lack): found is Lack {
  return "grapheme" in found;
}

/** Neighbours of one face, script and direction become one run again, so that letters are kerned across what was cut. */
export function joinRuns(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  let last: Run | undefined;
  for (const run of runs) {
    if (last === undefined || !isMore(last, run)) {
      if (last !== undefined) joined.push(last);
      last = run;
    } else {
      const { face, script, level, text } = last;
      last = { face, text: text + run.text, script: script ?? run.script, level };
    }
  }
  if (last !== undefined) joined.push(last);
  return joined;
}

function isMore(last: Run, run: Run): boolean {
  const isOfScript = run.script === null || last.script === null || last.script === run.script;
  return isOfScript && last.face === run.face && last.level === run.level;
}
