import { Blob, Direction, Feature, Font, Buffer as GlyphBuffer, Face as HbFace, shape } from "harfbuzzjs";

/** A font file opened for shaping. */
export class Face {
  /** path inside the template's folder: which face this is */
  readonly path: string;
  readonly unitsPerEm: number;
  /** parts of an em above and below the baseline */
  readonly ascent: number;
  readonly descent: number;
  readonly #font: Font;
  readonly #nominal = new Map<string, number | undefined>();
  readonly #advances = new Map<number, number>();
  /** by whether letters stand apart, and from which side they are read */
  readonly #shaped = Array.from({ length: 4 }, () => new Map<string, Shaped>());
  #meanings: ReadonlyMap<number, string> | null = null;

  constructor(path: string, file: Uint8Array) {
    this.path = path;
    this.#font = new Font(new HbFace(new Blob(file)));
    this.unitsPerEm = this.#font.face.upem;
    const { ascender, descender } = this.#font.hExtents();
    this.ascent = ascender / this.unitsPerEm;
    this.descent = -descender / this.unitsPerEm;
  }

  /** The glyph that the font's own table gives a character, `undefined` where it has none. */
  nominal(character: string): number | undefined {
    if (!this.#nominal.has(character)) {
      this.#nominal.set(character, this.#font.nominalGlyph(character.codePointAt(0) ?? 0));
    }
    return this.#nominal.get(character);
  }

  /** What a reader of the file will take a glyph for: by the embedded table, once there is one. */
  meaning(glyph: number, character: string): string | undefined {
    if (this.#meanings !== null) return this.#meanings.get(glyph);
    return this.nominal(character) === glyph ? character : undefined;
  }

  /** @param meanings the font's ToUnicode table as it is embedded */
  learn(meanings: ReadonlyMap<number, string>): void {
    this.#meanings = meanings;
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
    const known = this.#advances.get(glyph);
    if (known !== undefined) return known;
    const advance = this.#font.glyphHAdvance(glyph);
    this.#advances.set(glyph, advance);
    return advance;
  }

  shape(stretch: Stretch): Shaped {
    const known = this.#shaped[(stretch.spaced ? 2 : 0) + (stretch.fromRight ? 1 : 0)];
    const found = known?.get(stretch.text);
    if (found !== undefined) {
      found.isKept = true;
      return found;
    }
    if (known === undefined) return this.#shape(stretch);
    const shaped = this.#shape(stretch);
    // words of the template come again in each certificate and are met first; to keep names is only work to clear away
    if (known.size < MOST_SHAPED) known.set(stretch.text, shaped);
    return shaped;
  }

  #shape(stretch: Stretch): Shaped {
    buffer.clearContents();
    buffer.addText(stretch.text);
    buffer.guessSegmentProperties();
    // brackets and digits alone do not show from which side they are read
    buffer.setDirection(stretch.fromRight ? Direction.RTL : Direction.LTR);
    shape(this.#font, buffer, stretch.spaced ? apart : []);
    return new Shaped(this, stretch, buffer.getGlyphInfos(), buffer.getGlyphPositions());
  }

  #hasAll(text: string): boolean {
    for (const character of text) if (this.nominal(character) === undefined) return false;
    return true;
  }
}

const MOST_SHAPED = 500;
const buffer = new GlyphBuffer();
const apart = ["liga", "clig", "dlig", "calt"].map((tag) => new Feature(tag, 0));

/** A text of one script and direction. */
export interface Stretch {
  readonly text: string;
  /** letters stand apart, so they must not be joined */
  readonly spaced: boolean;
  readonly fromRight: boolean;
}

interface Placed {
  readonly xAdvance: number;
  readonly xOffset: number;
  readonly yOffset: number;
}

export interface Glyph extends Placed {
  readonly id: number;
  /** where its cluster begins in the text */
  readonly cluster: number;
}

/** A run as operators of a page's content, and what they depend on. */
export interface Written {
  readonly size: number;
  readonly font: string;
  readonly letterSpacing: number;
  readonly stretch: number;
  readonly operators: string;
}

/** A text of one face and one direction as glyphs, from left to right. */
export class Shaped {
  readonly face: Face;
  readonly text: string;
  readonly spaced: boolean;
  readonly fromRight: boolean;
  readonly glyphs: readonly Glyph[];
  /** in ems, without letter spacing */
  readonly width: number;
  /** clusters: what letter spacing is put between */
  readonly letters: number;
  /** whether each glyph is the usual one of one character, in order: then it needs no further explanation */
  readonly isPlain: boolean;
  /** whether it was asked for again, so that it is worth keeping how it was written down last */
  isKept = false;
  last: Written | null = null;

  constructor(
    face: Face,
    { text, spaced, fromRight }: Stretch,
    ids: readonly { codepoint: number; cluster: number }[],
    places: readonly Placed[],
  ) {
    this.face = face;
    this.text = text;
    this.spaced = spaced;
    this.fromRight = fromRight;
    const glyphs: Glyph[] = [];
    let [width, letters, last] = [0, 0, -1];
    for (let index = 0; index < ids.length; index += 1) {
      const { codepoint, cluster } = ids[index] as { codepoint: number; cluster: number };
      const { xAdvance, xOffset, yOffset } = places[index] as Placed;
      glyphs.push({ id: codepoint, cluster, xAdvance, xOffset, yOffset });
      width += xAdvance;
      // glyphs of a cluster stand side by side
      if (cluster !== last) letters += 1;
      last = cluster;
    }
    this.glyphs = glyphs;
    this.width = width / face.unitsPerEm;
    this.letters = letters;
    this.isPlain = !spaced && !fromRight && this.#isOneToOne();
  }

  get isLacking(): boolean {
    return this.glyphs.some((glyph) => glyph.id === 0);
  }

  /** Whether a glyph is a plain blank: what a justified line grows at. */
  isBlank(glyph: Glyph): boolean {
    return this.text[glyph.cluster] === " ";
  }

  /** Each glyph with the text of its cluster: on the cluster's first glyph, empty on others. */
  *clusters(): Iterable<{ readonly glyph: Glyph; readonly text: string }> {
    const starts = [...new Set(this.glyphs.map((glyph) => glyph.cluster))].sort((a, b) => a - b);
    let last = -1;
    for (const glyph of this.glyphs) {
      const end = starts[starts.indexOf(glyph.cluster) + 1] ?? this.text.length;
      yield { glyph, text: glyph.cluster === last ? "" : this.text.slice(glyph.cluster, end) };
      last = glyph.cluster;
    }
  }

  /** The clusters in the order of reading, glyphs inside in the order of their letters: a base before its marks. */
  *letterGroups(): Iterable<{ readonly glyphs: readonly Glyph[]; readonly text: string }> {
    const groups = new Map<number, Glyph[]>();
    for (const glyph of this.fromRight ? [...this.glyphs].reverse() : this.glyphs) {
      const group = groups.get(glyph.cluster);
      if (group === undefined) groups.set(glyph.cluster, [glyph]);
      else group.push(glyph);
    }
    const starts = [...groups.keys()].sort((a, b) => a - b);
    for (const [index, start] of starts.entries()) {
      yield {
        glyphs: groups.get(start) ?? [],
        text: this.text.slice(start, starts[index + 1] ?? this.text.length),
      };
    }
  }

  /** Whether a reader of the file will take these glyphs for this text. */
  isExplained(glyphs: readonly Glyph[], text: string): boolean {
    const only = [...text].length === 1 ? text : "";
    return glyphs.map((glyph) => this.face.meaning(glyph.id, only) ?? "").join("") === text;
  }

  #isOneToOne(): boolean {
    const { glyphs, text, face } = this;
    if (glyphs.length !== text.length) return false;
    for (let index = 0; index < glyphs.length; index += 1) {
      const glyph = glyphs[index] as Glyph;
      const character = text.charAt(index);
      if (glyph.cluster !== index || face.meaning(glyph.id, character) !== character) return false;
    }
    return true;
  }
}
