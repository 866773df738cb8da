import fc from "fast-check";
import {
  Blob,
  Direction,
  Feature,
  Buffer as GlyphBuffer,
  Face as HbFace,
  Font as HbFont,
  shape,
} from "harfbuzzjs";
import { describe, expect, test } from "vitest";
import { Content } from "../../src/render/content.js";
import { Font } from "../../src/render/harfbuzz.js";
import { formatNumber } from "../../src/render/notation.js";
import { plain } from "./folder.js";

const files = plain({ scripts: true });
const fonts = ["body", "name", "arabic", "javanese", "devanagari"].map((name) => {
  const file = files.get(`fonts/${name}.ttf`) ?? new Uint8Array();
  return { ours: new Font(file), theirs: new HbFont(new HbFace(new Blob(file))) };
});
const letters = [..."AVTofi .,-12'éḥʼ", "e\u0301", "مح ّ", "لا", "ꦄꦤ꧀ꦢꦶ", "कृ", "क्ष", "𝒜", "\u200d"];
const text = fc.array(fc.constantFrom(...letters), { maxLength: 40 }).map((parts) => parts.join(""));

describe("what HarfBuzz is asked without its wrapper", () => {
  const theirs = new GlyphBuffer();

  test("is answered as through it, in any script, from either side, joined or apart", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...fonts),
        text,
        fc.boolean(),
        fc.boolean(),
        (font, written, isFromRight, isApart) => {
          theirs.clearContents();
          theirs.addText(written);
          theirs.guessSegmentProperties();
          theirs.setDirection(isFromRight ? Direction.RTL : Direction.LTR);
          const apart = ["liga", "clig", "dlig", "calt"].map((tag) => new Feature(tag, 0));
          shape(font.theirs, theirs, isApart ? apart : []);
          const [infos, places] = [theirs.getGlyphInfos(), theirs.getGlyphPositions()];
          const { ids, clusters, advances, offsets } = font.ours.shape(written, isFromRight, isApart);
          expect(ids).toEqual(infos.map(({ codepoint }) => codepoint));
          expect(clusters).toEqual(infos.map(({ cluster }) => cluster));
          expect(advances).toEqual(places.map(({ xAdvance }) => xAdvance));
          const moved = places.flatMap(({ xOffset, yOffset }) => [xOffset, yOffset]);
          expect(offsets).toEqual(moved.some((offset) => offset !== 0) ? moved : null);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("is as true of a text longer than its room, and of a font that makes its memory grow", () => {
    const [{ ours, theirs: font } = { ours: null, theirs: null }] = fonts;
    const long = "Suharto ".repeat(1000);
    const more = Array.from({ length: 12 }, () => new Font(files.get("fonts/han.ttf") ?? new Uint8Array()));
    expect(more[0]?.nominal(0x5c71)).toBe(more[11]?.nominal(0x5c71));
    theirs.clearContents();
    theirs.addText(long);
    theirs.guessSegmentProperties();
    if (font !== null) shape(font, theirs, []);
    expect(ours?.shape(long, false, false).advances).toEqual(
      theirs.getGlyphPositions().map(({ xAdvance }) => xAdvance),
    );
  });

  test("of a font: its letters, how wide they are, how high it stands", () => {
    for (const { ours, theirs: font } of fonts) {
      expect(ours.unitsPerEm).toBe(font.face.upem);
      const { ascender, descender } = font.hExtents();
      expect([ours.ascender, ours.descender]).toEqual([ascender, descender]);
      for (let codePoint = 0x20; codePoint < 0x700; codePoint += 1) {
        const glyph = font.nominalGlyph(codePoint);
        expect(ours.nominal(codePoint)).toBe(glyph ?? -1);
        if (glyph !== undefined) expect(ours.advance(glyph)).toBe(font.glyphHAdvance(glyph));
      }
    }
  });
});

describe("operators written as bytes", () => {
  test("have numbers as they are formatted elsewhere", () => {
    const content = new Content();
    const number = fc.oneof(fc.double({ min: -2e6, max: 2e6, noNaN: true }), fc.double(), fc.integer());
    fc.assert(
      fc.property(number, (value) => {
        content.number(value);
        expect(content.take()).toBe(formatNumber(value));
      }),
      { numRuns: 2000 },
    );
    for (const value of [0, -0, 0.0004, -0.0004, 0.0005, -0.0005, 9.9999, 999_999.9999, 1e6, 0.01, 100.1]) {
      content.number(value);
      expect(content.take()).toBe(formatNumber(value));
    }
  });

  test("are whole, however many", () => {
    const content = new Content();
    for (let id = 0; id < 0x10000; id += 1) content.glyph(id);
    content.write(" TJ\n");
    const glyphs = Array.from({ length: 0x10000 }, (_, id) => id.toString(16).padStart(4, "0"));
    expect(content.take()).toBe(`${glyphs.join("")} TJ\n`);
  });
});
