import { Font, type Glyphs } from "./harfbuzz.js";

/** Not looked up yet; -1 says that there is none. */
const UNKNOWN = -2;
/** Nearly all letters are below it: they are found by their place in a list. */
const LISTED = 0x250;

/** A font file opened for shaping. */
export class Face {
  /** path inside the template's folder: which face this is */
  readonly path: string;
  readonly unitsPerEm: number;
  /** parts of an em above and below the baseline */
  readonly ascent: number;
  readonly descent: number;
  readonly #font: Font;
  readonly #listed = new Int32Array(LISTED).fill(UNKNOWN);
  readonly #others = new Map<number, number>();
  #advances = new Int32Array(0);
  /** by whether letters stand apart, and from which side they are read */
  readonly #shaped = Array.from({ length: 4 }, () => new Map<string, Shaped>());
  #meanings: ReadonlyMap<number, string> | null = null;
  /** of each glyph the letter that it is taken for, where that is one; -1 elsewhere */
  #letters = new Int32Array(0);

  constructor(path: string, file: Uint8Array) {
    this.path = path;
    this.#font = new Font(file);
    this.unitsPerEm = this.#font.unitsPerEm;
    this.ascent = this.#font.ascender / this.unitsPerEm;
    this.descent = -this.#font.descender / this.unitsPerEm;
  }

  /** The glyph that the font's own table gives a character, -1 where it has none. */
  nominal(codePoint: number): number {
    const known = codePoint < LISTED ? (this.#listed[codePoint] ?? UNKNOWN) : this.#others.get(codePoint);
    if (known !== undefined && known !== UNKNOWN) return known;
    const glyph = this.#font.nominal(codePoint);
    if (codePoint < LISTED) this.#listed[codePoint] = glyph;
    else this.#others.set(codePoint, glyph);
    return glyph;
  }

  /** What a reader of the file will take a glyph for: by the embedded table, once there is one. */
  meaning(glyph: number, character: string): string | undefined {
    if (this.#meanings !== null) return this.#meanings.get(glyph);
    return this.nominal(character.codePointAt(0) ?? 0) === glyph ? character : undefined;
  }

  /** Whether a reader of the file will take a glyph for this letter, which is one UTF-16 unit. */
  means(glyph: number, letter: number): boolean {
    return this.#meanings === null ? this.nominal(letter) === glyph : this.#letters[glyph] === letter;
  }

  /** @param meanings the font's ToUnicode table as it is embedded */
  learn(meanings: ReadonlyMap<number, string>): void {
    this.#meanings = meanings;
    this.#letters = new Int32Array(Math.max(0, ...meanings.keys()) + 1).fill(-1);
    for (const [glyph, text] of meanings) if (text.length === 1) this.#letters[glyph] = text.charCodeAt(0);
    for (const known of this.#shaped) known.clear();
  }

  /** Whether a grapheme can be drawn whole, composed or from its parts. */
  covers(grapheme: string): boolean {
    if (this.#hasAll(grapheme) || this.#hasAll(grapheme.normalize("NFD"))) return true;
    // joiners and the like are obeyed, not drawn; one that stands alone would vanish
    const drawn = grapheme.replace(/\p{Default_Ignorable_Code_Point}/gu, "");
    return drawn !== "" && drawn !== grapheme && this.covers(drawn);
  }

  /** In font units, as the PDF's width table will have it. */
  advance(glyph: number): number {
    const known = this.#advances[glyph] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    if (glyph >= this.#advances.length) {
      const longer = new Int32Array(2 * glyph + 256).fill(UNKNOWN);
      longer.set(this.#advances);
      this.#advances = longer;
    }
    const advance = this.#font.advance(glyph);
    this.#advances[glyph] = advance;
    return advance;
  }

  shape(stretch: Stretch): Shaped {
    const known = this.#shaped[(stretch.spaced ? 2 : 0) + (stretch.fromRight ? 1 : 0)];
    const found = known?.get(stretch.text);
    if (found !== undefined) return found;
    const shaped = new Shaped(
      this,
      stretch,
      this.#font.shape(stretch.text, stretch.fromRight, stretch.spaced),
    );
    // words of the template come again in each certificate and are met first; to keep names is only work to clear away
    if (known !== undefined && known.size < MOST_SHAPED) known.set(stretch.text, shaped);
    return shaped;
  }

  #hasAll(text: string): boolean {
    for (let at = 0; at < text.length; at += 1) {
      const codePoint = text.codePointAt(at) ?? 0;
      if (this.nominal(codePoint) < 0) return false;
      if (codePoint > 0xffff) at += 1;
    }
    return true;
  }
}

const MOST_SHAPED = 100;

/** A text of one script and direction. */
export interface Stretch {
  readonly text: string;
  /** letters stand apart, so they must not be joined */
  readonly spaced: boolean;
  readonly fromRight: boolean;
}

/** A text of one face and one direction as glyphs, from left to right. */
export class Shaped {
  readonly face: Face;
  readonly text: string;
  readonly spaced: boolean;
  readonly fromRight: boolean;
  readonly glyphs: Glyphs;
  /** in ems, without letter spacing */
  readonly width: number;
  /** clusters: what letter spacing is put between */
  readonly letters: number;
  /** whether each glyph is the usual one of one character, in order: then it needs no further explanation */
  readonly isPlain: boolean;

  constructor(face: Face, { text, spaced, fromRight }: Stretch, glyphs: Glyphs) {
    this.face = face;
    this.text = text;
    this.spaced = spaced;
    this.fromRight = fromRight;
    this.glyphs = glyphs;
    const { ids, clusters, advances } = glyphs;
    let [width, letters, last] = [0, 0, -1];
    let isOneToOne = ids.length === text.length;
    for (let index = 0; index < ids.length; index += 1) {
      width += advances[index] ?? 0;
      const cluster = clusters[index] ?? 0;
      // glyphs of a cluster stand side by side
      if (cluster !== last) letters += 1;
      last = cluster;
      isOneToOne &&= cluster === index && face.means(ids[index] ?? 0, text.charCodeAt(index));
    }
    this.width = width / face.unitsPerEm;
    this.letters = letters;
    this.isPlain = !spaced && !fromRight && isOneToOne;
  }

  /** The clusters in the order of reading, ids of glyphs in the order of their letters: a base before its marks. */
  *letterGroups(): Iterable<LetterGroup> {
    const { ids, clusters } = this.glyphs;
    const groups = new Map<number, number[]>();
    for (let index = 0; index < ids.length; index += 1) {
      const at = this.fromRight ? ids.length - 1 - index : index;
      const [start, id] = [clusters[at] ?? 0, ids[at] ?? 0];
      const group = groups.get(start);
      if (group === undefined) groups.set(start, [id]);
      else group.push(id);
    }
    const starts = [...groups.keys()].sort((a, b) => a - b);
    for (const [index, start] of starts.entries()) {
      const text = this.text.slice(start, starts[index + 1] ?? this.text.length);
      yield { start, ids: groups.get(start) ?? [], text };
    }
  }

  /** Whether a reader of the file will take the glyphs of a cluster for its text. */
  isExplained({ ids, text }: LetterGroup): boolean {
    const only = [...text].length === 1 ? text : "";
    return ids.map((id) => this.face.meaning(id, only) ?? "").join("") === text;
  }
}

/** A cluster: letters, and the glyphs that are drawn for them. */
export interface LetterGroup {
  /** where it begins in the text */
  readonly start: number;
  readonly ids: readonly number[];
  readonly text: string;
}
