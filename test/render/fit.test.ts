import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { directionsOf, visualOrder } from "../../src/render/bidi.js";
import { Face } from "../../src/render/face.js";
import { type FitRule, fitText } from "../../src/render/fit.js";
import { type Paragraph, Setter, WholeParagraph } from "../../src/render/line.js";
import { formatDecimal, formatNumeral, formatRoman } from "../../src/render/numeral.js";
import { isLack, runsOf } from "../../src/render/run.js";

const face = new Face(
  "body",
  new Uint8Array(
    readFileSync(new URL("../../templates/classic/fonts/CormorantGaramond_700Bold.ttf", import.meta.url)),
  ),
);
const setter = () => new Setter((one, stretch) => one.shape(stretch), 0);

function paragraph(text: string): Paragraph {
  const found = runsOf([{ text, isValue: true, chain: [face] }]);
  if (isLack(found)) throw new Error(text);
  return new WholeParagraph(found.runs, found.base, false);
}

const rule: FitRule = {
  size: 32,
  min: 18,
  minSingleLine: 24,
  lines: 2,
  breakAt: "degrees",
  balance: false,
  lineHeight: 1.15,
};
const box = { width: 604, height: 56.7 };
const linesOf = (text: string, more: Partial<FitRule> = {}, room = box) =>
  fitText([paragraph(text)], { ...rule, ...more }, room, setter());
const shown = (text: string, more: Partial<FitRule> = {}) =>
  linesOf(text, more)?.lines.map((line) => line.text.trimEnd());

describe("a name", () => {
  test("stands in one line at its full size where there is room", () => {
    expect(linesOf("Suharto")).toMatchObject({ size: 32 });
    expect(shown("Suharto")).toEqual(["Suharto"]);
  });

  test("shrinks before it is broken, and not below the size for one line", () => {
    const long = "Dr. H. Muhammad Ma’ruf Effendi Wicaksono Adi, S.E., M.Si.";
    const fitted = linesOf(long);
    expect(fitted?.lines.length).toBe(1);
    expect(fitted?.size).toBeLessThan(32);
    expect(fitted?.size).toBeGreaterThanOrEqual(24);
  });

  test("breaks before its degrees rather than elsewhere", () => {
    expect(
      shown("Dr. Ir. Hj. Raden Ayu Kusumaningtyas Djojoadhiningrat Prawiranegara, S.H., S.E., M.Si., M.M."),
    ).toEqual([
      "Dr. Ir. Hj. Raden Ayu Kusumaningtyas Djojoadhiningrat Prawiranegara,",
      "S.H., S.E., M.Si., M.M.",
    ]);
  });

  test("is not broken behind a title or an initial where another break is nearly as good", () => {
    const lines = shown("Kusumaningtyas Djojoadhiningrat H. Wirasaputra Prawiranegara Adiwangsa", {
      minSingleLine: 32,
    });
    expect(lines?.[0]).not.toMatch(/H\.$/);
  });

  test("that fits at no size is told", () => {
    expect(linesOf("Wijayakusumaningratsastranegara ".repeat(6).trim())).toBeNull();
  });
});

const letters = fc.constantFrom(..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJ’.-áñḥ");
const word = fc.array(letters, { minLength: 1, maxLength: 18 }).map((all) => all.join(""));
const text = fc.array(word, { minLength: 1, maxLength: 14 }).map((words) => words.join(" "));

describe("whatever is set", () => {
  test("never leaves its box, and loses no letter", () => {
    fc.assert(
      fc.property(
        text,
        fc.constantFrom("space", "degrees" as const),
        fc.integer({ min: 1, max: 5 }),
        fc.boolean(),
        fc.integer({ min: 60, max: 700 }),
        (words, breakAt, lines, balance, width) => {
          const room = { width, height: 80 };
          const fitted = linesOf(words, { breakAt, lines, balance, min: 6 } as Partial<FitRule>, room);
          if (fitted === null) return;
          expect(fitted.size).toBeGreaterThanOrEqual(5.99);
          expect(fitted.size).toBeLessThanOrEqual(32);
          expect(fitted.lines.length).toBeLessThanOrEqual(
            Math.max(lines, breakAt === "degrees" && lines > 1 ? 2 : 1),
          );
          for (const line of fitted.lines) expect(line.width * fitted.size).toBeLessThanOrEqual(width + 0.01);
          expect(fitted.lines.length * 1.15 * fitted.size).toBeLessThanOrEqual(80.01);
          expect(fitted.lines.map((line) => line.text).join("")).toBe(words);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("keeps a number and its words on one line", () => {
    const words = paragraph("setara 3 (tiga) jam").words.map((one) => one.map((run) => run.text).join(""));
    expect(words).toEqual(["setara ", "3 (tiga) ", "jam"]);
  });
});

describe("directions", () => {
  test("are none where all is read from the left", () => {
    expect(directionsOf([{ text: "Budi (12)", isValue: true }])).toBeNull();
  });

  test("a line with Latin letters is read from the left, one without from the right", () => {
    const base = (line: string) => directionsOf([{ text: line, isValue: true }])?.base;
    expect(base("محمد علي, S.E.")).toBe(0);
    expect(base("محمد (علي) 7")).toBe(1);
  });

  test("digits behind an Arabic name stay behind it", () => {
    const found = directionsOf([
      { text: "Kepada ", isValue: false },
      { text: "محمد", isValue: true },
      { text: " 12 JP", isValue: false },
    ]);
    expect([...(found?.levels ?? [])].slice(-6)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test("runs from the right change places, those inside of them from the left do not", () => {
    expect(visualOrder([0, 1, 0])).toEqual([0, 1, 2]);
    expect(visualOrder([1, 2, 1])).toEqual([2, 1, 0]);
    expect(visualOrder([0, 1, 1, 0])).toEqual([0, 2, 1, 3]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 12 }), (levels) => {
        expect([...visualOrder(levels)].sort((a, b) => a - b)).toEqual(levels.map((_, index) => index));
      }),
    );
  });
});

describe("numbers", () => {
  test.each([
    [0, "nol", "zero"],
    [11, "sebelas", "eleven"],
    [24, "dua puluh empat", "twenty-four"],
    [100, "seratus", "one hundred"],
    [1111, "seribu seratus sebelas", "one thousand one hundred eleven"],
    [7.5, "tujuh koma lima", "seven point five"],
    [1.25, "satu koma dua lima", "one point two five"],
  ])("%d in words", (value, id, en) => {
    expect([formatNumeral(value, "id"), formatNumeral(value, "en")]).toEqual([id, en]);
  });

  test("that cannot be said are refused", () => {
    for (const value of [-1, 1e6, 0.125, Number.NaN, Number.POSITIVE_INFINITY])
      expect(formatNumeral(value, "id")).toBeNull();
  });

  test("no two whole numbers sound alike", () => {
    const all = new Set(Array.from({ length: 3000 }, (_, value) => formatNumeral(value, "id")));
    expect(all.size).toBe(3000);
  });

  test("with the signs of the language, and as Roman ones", () => {
    expect([
      formatDecimal("1234567.5", undefined, "id"),
      formatDecimal("1234.5", "2", "en"),
      formatDecimal("x", undefined, "id"),
    ]).toEqual(["1.234.567,5", "1,234.50", null]);
    expect([1, 4, 9, 1994, 2024, 3999].map(formatRoman)).toEqual([
      "I",
      "IV",
      "IX",
      "MCMXCIV",
      "MMXXIV",
      "MMMCMXCIX",
    ]);
    expect([0, 4000, 1.5].map(formatRoman)).toEqual([null, null, null]);
  });
});
