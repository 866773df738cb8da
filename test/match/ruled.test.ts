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

  test.each(["ridwan@x.example", "RIDWAN@X.example", "Muhammad Ridwan, S.Pd.", "email:ridwan@x.example"])(
    "a person may be written as %s",
    (written) => {
      const rows = [scored("Muhammad Ridwan <ridwan@x.example>", 8)];
      const result = matchedUnder([ruling(written, "deny")], ...rows);
      expect(result).toMatchObject({ warnings: [], rulings: [{ person: "email:ridwan@x.example" }] });
    },
  );

  test("nobody of that name is told with whom may be meant, and several with who they are", () => {
    const unknown = matchedUnder([ruling("ridwn@x.example", "deny")], scored("R <ridwan@x.example>", 8));
    expect(unknown.warnings).toMatchObject([
      { code: "ruling-stale", message: expect.stringContaining('did you mean "email:ridwan@x.example"?') },
    ]);
    const several = matchedUnder([ruling("Dewi Lestari", "deny")], ...dewi);
    expect(several.warnings).toMatchObject([
      { code: "ruling-unclear", message: expect.stringContaining("email:a@x.example, email:b@x.example") },
    ]);
  });

  test("different keeps apart even those whose very name would join them", () => {
    const rows = [came("Budi Santoso", 0, 180), scored("Budi Santoso <b@x.example>", 8)];
    expect(matchedUnder([], ...rows).people).toHaveLength(1);
    const result = matchedUnder([ruling("name:budi santoso", "different", "b@x.example")], ...rows);
    expect(result).toMatchObject({ people: { length: 2 }, doubts: [], warnings: [] });
  });

  test("the same is said of a device by naming its owner as the reason", () => {
    const rows = [came("Galaxy A12", 0, 180), scored("Budi Santoso <b@x.example>", 8)];
    const same = { ...ruling("display:galaxy a12", "same", null, "b@x.example"), question: "name-ambiguous" };
    expect(matchedUnder([same], ...rows)).toMatchObject({
      people: [{ key: "email:b@x.example", name: "Budi Santoso", attendance: { length: 1 } }],
      doubts: [],
      warnings: [],
    });
  });

  test("an address that two people used is parted by their names", () => {
    const rows = [
      came("Agus Salim <k@x.example>", 0, 180),
      came("AGUS SALIM <k@x.example>", 100, 180),
      came("Ratna Dewi <k@x.example>", 5, 100),
      scored("Ratna Dewi, S.Pd. <k@x.example>", 9),
      came("OPPO A53 <k@x.example>", 0, 30),
    ];
    const result = matchedUnder(
      [{ ...ruling("k@x.example", "different"), question: "email-shared" }],
      ...rows,
    );
    expect(result.people).toMatchObject([
      { key: "email:k@x.example", name: "", attendance: { length: 1 } },
      { key: "email:k@x.example/agus salim", name: "Agus Salim", attendance: { length: 2 } },
      { key: "email:k@x.example/ratna dewi", name: "Ratna Dewi, S.Pd.", quizzes: { length: 1 } },
    ]);
    expect(new Set(result.people.flatMap(({ keys }) => keys)).size).toBe(3);
    expect(result).toMatchObject({ doubts: [], warnings: [] });
  });

  test("an address with two names on its forms is one person's once that was ruled, and nobody is told again", () => {
    const rows = [scored("Agus Salim <k@x.example>", 8), scored("Ratna Dewi <k@x.example>", 9)];
    expect(matchedUnder([], ...rows).warnings).toHaveLength(1);
    expect(matchedUnder([ruling("k@x.example", "same")], ...rows).warnings).toEqual([]);
    expect(matchedUnder([ruling("k@x.example", "different")], ...rows)).toMatchObject({
      people: { length: 2 },
      warnings: [],
    });
  });

  test("who answers the question about a pair by issuing to one of them is not asked again", () => {
    const issue = {
      ...ruling("name:muhamad ridwan", "issue", "email:r@x.example"),
      question: "name-similar",
    };
    expect(matchedUnder([issue], ...ridwan)).toMatchObject({
      people: { length: 2 },
      doubts: [],
      warnings: [],
    });
  });

  test("that fits nothing any more is told", () => {
    const result = matchedUnder([ruling("name:nobody", "same", "email:r@x.example")], ...ridwan);
    expect(result.warnings).toMatchObject([{ code: "ruling-stale", file: "decisions.csv", line: 2 }]);
  });
});
