import type { Shaped } from "./face.js";
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

/** One line with its left end on the baseline at x, y (points from the lower left corner). Goes inside of BT and ET. */
export function showLine(line: Line, x: number, y: number, ink: Ink): string {
  const start = `1 0 0 1 ${formatNumber(x)} ${formatNumber(y)} Tm\n`;
  const glyphs = line.shaped.map((shaped) => showRun(shaped, line.stretch, ink)).join("");
  if (line.shaped.every((shaped) => shaped.isPlain)) return start + glyphs;
  return `/Span <</ActualText ${formatTextString(line.text)}>> BDC\n${start}${glyphs}EMC\n`;
}

function showRun(shaped: Shaped, stretch: number, { size, letterSpacing, fontName }: Ink): string {
  const scale = PER_EM / shaped.face.unitsPerEm;
  const array = new GlyphArray();
  const { glyphs } = shaped;
  for (const [index, glyph] of glyphs.entries()) {
    const before = Math.round(glyph.xOffset * scale);
    array.rise(formatNumber((glyph.yOffset / shaped.face.unitsPerEm) * size));
    array.move(-before);
    array.glyph(glyph.id);
    const isClusterEnd = glyphs[index + 1]?.cluster !== glyph.cluster;
    const spacing =
      (isClusterEnd && shaped.spaced ? letterSpacing : 0) + (shaped.isBlank(glyph) ? stretch : 0);
    array.move(
      before + Math.round((shaped.face.advance(glyph.id) - glyph.xAdvance) * scale - spacing * PER_EM),
    );
  }
  return `/${fontName(shaped)} ${formatNumber(size)} Tf\n${array.close()}`;
}

/** Collects glyphs into as few strings as their distances allow. */
class GlyphArray {
  #operators = "";
  #array = "";
  #string = "";
  #pending = 0;
  #rise = "0";

  glyph(id: number): void {
    if (this.#pending !== 0) this.#flushMove();
    this.#string += id.toString(16).padStart(4, "0");
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
