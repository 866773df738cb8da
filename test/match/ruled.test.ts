import { describe, expect, test } from "vitest";
import type { Ruling } from "../../src/model/ruling.js";
import { came, matchedUnder, scored } from "../rows.js";

const ruling = (person: string, word: Ruling["word"], other: string | null = null, text = ""): Ruling => ({
  person,
  question: "*",
  other,
  word,
  text,
  source: { file: "decisions.csv", line: 2 },
});

const ridwan = [came("Muhamad Ridwan", 0, 180), scored("Muhammad Ridwan <r@x.example>", 8)];
const dewi = [
  came("Dewi Lestari", 0, 180),
  scored("Dewi Lestari <a@x.example>", 8),
  scored("Dewi Lestari <b@x.example>", 9),
];

describe("a ruling settles a doubt once and for all", () => {
  test("the same: the rows are credited, and the better evidence names the person", () => {
    const result = matchedUnder([ruling("name:muhamad ridwan", "same", "email:r@x.example")], ...ridwan);
    expect(result).toMatchObject({
      people: [{ key: "email:r@x.example", attendance: { length: 1 } }],
      doubts: [],
      warnings: [],
    });
  });

  test("it does not matter on which side of the pair it was written", () => {
    const result = matchedUnder([ruling("email:r@x.example", "same", "name:muhamad ridwan")], ...ridwan);
    expect(result).toMatchObject({ people: [{ key: "email:r@x.example" }], doubts: [] });
  });

  test("different: they stay two, and nobody asks again", () => {
    const result = matchedUnder([ruling("name:muhamad ridwan", "different", "email:r@x.example")], ...ridwan);
    expect(result).toMatchObject({ people: { length: 2 }, doubts: [], warnings: [] });
  });

  test("of several namesakes only those who are not ruled out are still in question", () => {
    const result = matchedUnder([ruling("name:dewi lestari", "different", "email:a@x.example")], ...dewi);
    expect(result.doubts).toMatchObject([{ candidates: ["email:b@x.example"] }]);
  });

  test("one of several namesakes is who it was", () => {
    const result = matchedUnder([ruling("name:dewi lestari", "same", "email:b@x.example")], ...dewi);
    expect(result).toMatchObject({
      people: [{ attendance: { length: 0 } }, { attendance: { length: 1 } }],
      doubts: [],
    });
  });

  test("a shared address was one person's", () => {
    const rows = [came("Agus Salim <k@x.example>", 0, 180), came("Ratna Dewi <k@x.example>", 5, 180)];
    expect(matchedUnder([], ...rows).doubts).toHaveLength(1);
    expect(matchedUnder([ruling("email:k@x.example", "same")], ...rows)).toMatchObject({
      doubts: [],
      warnings: [],
    });
  });

  test("a name is printed as ruled", () => {
    const result = matchedUnder([ruling("email:r@x.example", "name", null, "Muh. Ridwan, S.Pd.")], ...ridwan);
    expect(result.people.at(0)).toMatchObject({ name: "Muh. Ridwan, S.Pd.", aliases: ["Muhammad Ridwan"] });
  });

  test("that fits nothing any more is told", () => {
    const result = matchedUnder([ruling("name:nobody", "same", "email:r@x.example")], ...ridwan);
    expect(result.warnings).toMatchObject([{ code: "ruling-stale", file: "decisions.csv", line: 2 }]);
  });
});
