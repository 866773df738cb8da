import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { disguisedLetters, skeleton } from "../../src/match/alike.js";
import { came, matched, scored } from "../rows.js";

describe("what no reader can tell apart", () => {
  test.each([
    ["Cyrillic letters", "budі.ѕаntоѕо@х.example"],
    ["Greek letters", "budι.santοsο@χ.example"],
    ["full width", "ｂｕｄｉ.santoso@x.example"],
    ["dotless letters", "budı.santoso@x.example"],
    ["mathematical letters", "𝗯𝘂𝗱𝗶.santoso@x.example"],
  ])("%s look like the plain address", (_, written) => {
    expect(skeleton(written)).toBe("budi.santoso@x.example");
  });

  test("a ligature looks like its letters", () => expect(skeleton("ﬁtri@x.example")).toBe("fitri@x.example"));

  test("plain letters look like themselves only", () => {
    const plain = fc.string({ unit: fc.constantFrom(..."abcdefghijklmnopqrstuvwxyz0123456789.-_@") });
    fc.assert(fc.property(plain, (text) => skeleton(text) === text));
  });

  test("letters with marks are letters of their own", () => {
    expect(skeleton("josé@x.example")).not.toBe(skeleton("jose@x.example"));
  });

  test("the foreign letters are told by their numbers", () => {
    expect(disguisedLetters("budі@x.example")).toEqual(["і U+0456"]);
  });
});

describe("look-alikes are never merged, and never pass silently", () => {
  const plain = "Budi Santoso <budi@x.example>";
  const cyrillic = "Budi Santoso <budі@x.example>";

  test("two addresses that look the same are two people, a question and a warning", () => {
    const result = matched(came(cyrillic, 0, 180), scored(plain, 8));
    expect(result.people).toHaveLength(2);
    expect(result.doubts).toMatchObject([
      {
        code: "name-similar",
        alike: true,
        rows: "email:budі@x.example",
        candidates: ["email:budi@x.example"],
      },
    ]);
    expect(result.warnings).toMatchObject([{ code: "address-look-alike" }]);
  });

  test("a name of look-alike letters is suggested, however short", () => {
    const result = matched(came("Кetut", 0, 180), scored("Ketut <k@x.example>", 8));
    expect(result.people).toHaveLength(2);
    expect(result.doubts).toMatchObject([{ code: "name-similar", candidates: ["email:k@x.example"] }]);
  });

  test("full width is only another form of the same name", () => {
    expect(matched(came("Ｂｕｄｉ Santoso", 0, 180), scored(plain, 8)).people).toHaveLength(1);
  });
});
