import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanEmail, cleanIdNumber, cleanText } from "../../src/read/clean.js";

describe("a name", () => {
  test.each([
    ["  Dr. Ana, M.A. ", "Dr. Ana, M.A."],
    ["An\u0000a", "Ana"],
    ["Ana\u202Egnp.exe", "Anagnp.exe"],
    ["Ana\tBudi", "Ana Budi"],
    ["A\u200Bna\uFEFF", "Ana"],
    ["Ana\ud800", "Ana"],
    ["Jose\u0301", "José"],
    ["می\u200cخواهم", "می\u200cخواهم"],
    ["क्\u200dष", "क्\u200dष"],
    ["A\u200dna", "Ana"],
    ["ﬁona Ａ", "ﬁona Ａ"],
    ["\u00a0Ana\u3000", "Ana"],
    ["ANA  budi", "ANA  budi"],
  ])("%j is kept as %j", (cell, expected) => {
    expect(cleanText(cell).text).toBe(expected);
  });

  test("that is clean stays as it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (cell) => {
        const { text } = cleanText(cell);
        expect(cleanText(text)).toEqual({ text, isSuspect: false });
        expect(text).not.toMatch(/\p{Cs}/u);
        expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  test("says when something was in it that nobody types", () => {
    expect(cleanText("A\u0007").isSuspect).toBe(true);
    expect(cleanText("A\u2066b").isSuspect).toBe(true);
    expect(cleanText("A\u200bb").isSuspect).toBe(false);
  });
});

describe("an address", () => {
  test.each([
    [" Budi@Example.COM ", "budi@example.com"],
    ['="a@x.id"', "a@x.id"],
    ["anonymous", null],
    ["-", null],
    ["b@y.id, victim@z.id", null],
    ["Budi <b@y.id>", null],
    ["a@x.id\r\nBcc: b@y.id", null],
    ["a@localhost", null],
    ["a@@x.id", null],
    ["", null],
  ])("written %j is %j", (cell, expected) => {
    expect(cleanEmail(cell)).toBe(expected);
  });

  test("of look-alike letters stays another address", () => {
    for (const lookAlike of ["аna@x.id", "ａna@x.id", "ana@x.ｉd", "\u212Bna@x.id"]) {
      expect(cleanEmail(lookAlike)).not.toBeNull();
      expect(cleanEmail(lookAlike)).not.toBe("ana@x.id");
    }
    expect(cleanEmail("\u212A@x.id")).toBe("\u212A@x.id");
  });
});

describe("a number of a person", () => {
  test.each([
    ["19900101 202001 1 009", "199001012020011009"],
    ["'199001012020011009", "199001012020011009"],
    ['="199001012020011009"', "199001012020011009"],
    ["24JR1A05q6", "24JR1A05q6"],
    ["3578012345678901", "3578012345678901"],
    ["-", null],
    ["Non ASN", null],
    ["tidak ada", null],
    ["0", null],
    ["12", null],
  ])("written %j is %j", (cell, expected) => {
    expect(cleanIdNumber(cell)).toEqual({ value: expected, isDamaged: false });
  });

  test.each(["1,99001E+17", "1.99001E+17", "199001012020011000"])("written %j is damaged", (cell) => {
    expect(cleanIdNumber(cell)).toEqual({ value: null, isDamaged: true });
  });
});
