import type { Glyph, Shaped } from "./face.js";
import type { Line } from "./line.js";
import { formatNumber, formatTextString } from "./notation.js";

/** Operators of a page's content that show text (ISO 32000-1, 9.4). */

export interface Ink {
  readonly size: number;
  /** in ems */
  readonly letterSpacing: number;
  /** name of a run's face in the page's resources */
  readonly fontName: (shaped: Shaped) => string;
}

const PER_EM = 1000;

/** What the glyphs of a line say, for readers of ours: standard ones work it out for themselves where this stands. */
const OWN_TEXT = "LulusText";

/** One line with its left end on the baseline at x, y (points from the lower left corner). Goes inside of BT and ET. */
export function showLine(line: Line, x: number, y: number, ink: Ink): string {
  const start = `1 0 0 1 ${formatNumber(x)} ${formatNumber(y)} Tm\n`;
  if (line.shaped.some((shaped) => shaped.fromRight)) return start + showMixed(line, ink);
  let [glyphs, isPlain] = ["", true];
  for (const shaped of line.shaped) {
    glyphs += showRun(shaped, line.stretch, ink);
    isPlain &&= shaped.isPlain;
  }
  return isPlain ? start + glyphs : spoken(line.text, start + glyphs);
}

/**
 * A line that is read from the right, or from both sides. Readers turn around what is drawn from the right, and would
 * turn around words given instead of the whole line, which are in order already. So letters speak for themselves, and
 * only what they cannot say is given in words.
 */
function showMixed(line: Line, ink: Ink): string {
  const runs = line.shaped.map((shaped) => {
    const run = showRun(shaped, line.stretch, ink);
    return shaped.isPlain || shaped.fromRight ? run : spoken(shaped.text, run);
  });
  return `/Span <</${OWN_TEXT} ${formatTextString(line.text)}>> BDC\n${runs.join("")}EMC\n`;
}

function spoken(text: string, operators: string): string {
  return `/Span <</ActualText ${formatTextString(text)}>> BDC\n${operators}EMC\n`;
}

/** Runs of the template's own words come again on each certificate, at the same size mostly. */
function showRun(shaped: Shaped, stretch: number, ink: Ink): string {
  const font = ink.fontName(shaped);
  const { last } = shaped;
  const isKnown =
    last?.size === ink.size &&
    last.font === font &&
    last.letterSpacing === ink.letterSpacing &&
    last.stretch === stretch;
  if (isKnown) return last.operators;
  const operators = operatorsOf(shaped, stretch, font, ink);
  if (shaped.isKept)
    shaped.last = { size: ink.size, font, letterSpacing: ink.letterSpacing, stretch, operators };
  return operators;
}

function operatorsOf(shaped: Shaped, stretch: number, font: string, { size, letterSpacing }: Ink): string {
  const scale = PER_EM / shaped.face.unitsPerEm;
  const silent = shaped.fromRight ? silentClusters(shaped) : null;
  let operators = `/${font} ${formatNumber(size)} Tf\n`;
  let array = new GlyphArray();
  const { glyphs } = shaped;
  for (let index = 0; index < glyphs.length; index += 1) {
    const glyph = glyphs[index] as Glyph;
    const isClusterEnd = glyphs[index + 1]?.cluster !== glyph.cluster;
    const words = silent?.get(glyph.cluster);
    if (words !== undefined && glyphs[index - 1]?.cluster !== glyph.cluster) {
      operators += array.close();
      array = new GlyphArray();
    }
    const before = Math.round(glyph.xOffset * scale);
    array.rise(glyph.yOffset === 0 ? "0" : formatNumber((glyph.yOffset / shaped.face.unitsPerEm) * size));
    array.move(-before);
    array.glyph(glyph.id);
    const spacing =
      (isClusterEnd && shaped.spaced ? letterSpacing : 0) +
      (stretch !== 0 && shaped.isBlank(glyph) ? stretch : 0);
    array.move(
      before + Math.round((shaped.face.advance(glyph.id) - glyph.xAdvance) * scale - spacing * PER_EM),
    );
    if (words === undefined || !isClusterEnd) continue;
    operators += spoken(words, array.close());
    array = new GlyphArray();
  }
  return operators + array.close();
}

/** What the glyphs of these clusters do not say by themselves. */
function silentClusters(shaped: Shaped): Map<number, string> {
  const silent = [...shaped.letterGroups()].filter(({ glyphs, text }) => !shaped.isExplained(glyphs, text));
  return new Map(silent.map(({ glyphs, text }) => [glyphs[0]?.cluster ?? 0, text]));
}

/** Of a byte, two digits. */
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Collects glyphs into as few strings as their distances allow. */
class GlyphArray {
  #operators = "";
  #array = "";
  #string = "";
  #pending = 0;
  #rise = "0";

  glyph(id: number): void {
    if (this.#pending !== 0) this.#flushMove();
    this.#string += `${hex[id >> 8]}${hex[id & 0xff]}`;
  }

  /** Thousandths of the size to the left. */
  move(distance: number): void {
    this.#pending += distance;
  }

  rise(height: string): void {
    if (height === this.#rise) return;
    this.#flushArray();
    this.#operators += `${height} Ts\n`;
    this.#rise = height;
  }

  close(): string {
    this.#flushArray();
    return this.#rise === "0" ? this.#operators : `${this.#operators}0 Ts\n`;
  }

  #flushMove(): void {
    this.#flushString();
    this.#array += String(this.#pending);
    this.#pending = 0;
  }

  #flushString(): void {
    if (this.#string !== "") this.#array += `<${this.#string}>`;
    this.#string = "";
  }

  #flushArray(): void {
    this.#flushString();
    if (this.#pending !== 0) this.#flushMove();
    if (this.#array !== "") this.#operators += `[${this.#array}] TJ\n`;
    this.#array = "";
  }
}
