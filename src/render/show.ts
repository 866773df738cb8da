import type { Content } from "./content.js";
import type { Shaped } from "./face.js";
import type { Line } from "./line.js";
import { formatTextString } from "./notation.js";

/** Operators of a page's content that show text (ISO 32000-1, 9.4). */

export interface Ink {
  readonly size: number;
  /** in ems */
  readonly letterSpacing: number;
  /** a face's name in the page's resources, by its path */
  readonly fontName: (path: string) => string;
}

const PER_EM = 1000;

/** What the glyphs of a line say, for readers of ours: standard ones work it out for themselves where this stands. */
const OWN_TEXT = "LulusText";

/**
 * One line with its left end on the baseline at x, y (points from the lower left corner). Goes inside of BT and ET.
 *
 * @param stretch in ems, more at each blank
 */
export function showLine(
  content: Content,
  { shaped, text }: Line,
  stretch: number,
  x: number,
  y: number,
  ink: Ink,
): void {
  const isMixed = shaped.some((run) => run.fromRight);
  const isSpoken = !isMixed && !shaped.every((run) => run.isPlain);
  if (isSpoken) speak(content, "ActualText", text);
  content.write("1 0 0 1 ");
  content.number(x);
  content.write(" ");
  content.number(y);
  content.write(" Tm\n");
  // Readers turn around what is drawn from the right, and would turn around words given instead of the whole line, which
  // are in order already. So letters speak for themselves, and only what they cannot say is given in words.
  if (isMixed) speak(content, OWN_TEXT, text);
  for (const run of shaped) {
    const isSilent = isMixed && !run.isPlain && !run.fromRight;
    if (isSilent) speak(content, "ActualText", run.text);
    showRun(content, run, stretch, ink);
    if (isSilent) content.write("EMC\n");
  }
  if (isMixed || isSpoken) content.write("EMC\n");
}

/** Words for what comes up to `EMC`. */
function speak(content: Content, key: string, text: string): void {
  content.write(`/Span <</${key} ${formatTextString(text)}>> BDC\n`);
}

function showRun(
  content: Content,
  shaped: Shaped,
  stretch: number,
  { size, letterSpacing, fontName }: Ink,
): void {
  const { face, text, glyphs } = shaped;
  const { ids, clusters, advances, offsets } = glyphs;
  const scale = PER_EM / face.unitsPerEm;
  const silent = shaped.fromRight ? silentClusters(shaped) : null;
  content.write(`/${fontName(face.path)} `);
  content.number(size);
  content.write(" Tf\n");
  const array = new GlyphArray(content);
  for (let index = 0; index < ids.length; index += 1) {
    const [id, cluster] = [ids[index] ?? 0, clusters[index] ?? 0];
    const isClusterEnd = clusters[index + 1] !== cluster;
    const words = silent?.get(cluster);
    if (words !== undefined && clusters[index - 1] !== cluster) {
      array.close();
      speak(content, "ActualText", words);
    }
    let before = 0;
    if (offsets !== null) {
      before = Math.round((offsets[2 * index] ?? 0) * scale);
      array.rise(((offsets[2 * index + 1] ?? 0) / face.unitsPerEm) * size);
      array.move(-before);
    }
    array.glyph(id);
    let spacing = isClusterEnd && shaped.spaced ? letterSpacing : 0;
    if (stretch !== 0 && text[cluster] === " ") spacing += stretch;
    array.move(before + Math.round((face.advance(id) - (advances[index] ?? 0)) * scale - spacing * PER_EM));
    if (words === undefined || !isClusterEnd) continue;
    array.close();
    content.write("EMC\n");
  }
  array.close();
}

/** What the glyphs of these clusters do not say by themselves. */
function silentClusters(shaped: Shaped): Map<number, string> {
  const silent = [...shaped.letterGroups()].filter((group) => !shaped.isExplained(group));
  return new Map(silent.map(({ start, text }) => [start, text]));
}

/** Writes glyphs into as few strings as their distances allow. */
class GlyphArray {
  readonly #content: Content;
  #isOpen = false;
  #isInString = false;
  #pending = 0;
  /** thousandths of a point */
  #rise = 0;

  constructor(content: Content) {
    this.#content = content;
  }

  glyph(id: number): void {
    if (this.#pending !== 0) this.#flushMove();
    if (!this.#isInString) {
      this.#open();
      this.#content.write("<");
      this.#isInString = true;
    }
    this.#content.glyph(id);
  }

  /** Thousandths of the size to the left. */
  move(distance: number): void {
    this.#pending += distance;
  }

  /** Points above the line, for the glyphs that follow. */
  rise(height: number): void {
    const thousandths = Math.round(height * 1000);
    if (thousandths === this.#rise) return;
    this.#flush();
    this.#content.number(height);
    this.#content.write(" Ts\n");
    this.#rise = thousandths;
  }

  /** The next glyph begins anew, on the line. */
  close(): void {
    this.#flush();
    if (this.#rise !== 0) this.#content.write("0 Ts\n");
    this.#rise = 0;
  }

  #open(): void {
    if (!this.#isOpen) this.#content.write("[");
    this.#isOpen = true;
  }

  #endString(): void {
    if (this.#isInString) this.#content.write(">");
    this.#isInString = false;
  }

  #flushMove(): void {
    this.#endString();
    this.#open();
    this.#content.number(this.#pending);
    this.#pending = 0;
  }

  #flush(): void {
    if (this.#pending !== 0) this.#flushMove();
    this.#endString();
    if (this.#isOpen) this.#content.write("] TJ\n");
    this.#isOpen = false;
  }
}
