import { performance } from "node:perf_hooks";
import { describe, expect, test } from "vitest";
import { comparable } from "../../src/match/name.js";
import { parseDecimal } from "../../src/model/fraction.js";
import { cleanEmail, cleanIdNumber, cleanText } from "../../src/read/clean.js";
import { foldHeader } from "../../src/read/column.js";
import { parseStamp } from "../../src/read/date.js";
import { ScoreColumn } from "../../src/read/score.js";
import { attendanceOf, faultsOf, quizOf, rosterOf } from "./reading.js";

const header = "Name (original name),Email,Join time,Leave time,Duration (minutes)\n";
const row = "Ana,ana@x.id,24/09/2026 09:00:00,24/09/2026 10:00:00,60\n";

describe("a file that means harm or is broken", () => {
  test("with a cell of fifty megabytes is refused with its place", async () => {
    const cell = `"${"x".repeat(50 * 1024 * 1024)}"`;
    const [fault] = await faultsOf(attendanceOf(`${header}${row}${cell},b@x.id,,,\n`));
    expect(fault).toMatchObject({ code: "csv-too-long", place: { file: "a.csv", line: 3, column: 1 } });
  });

  test("with a million columns is refused with its line", async () => {
    const [fault] = await faultsOf(attendanceOf(`${header}${row}${",".repeat(1_000_000)}\n`));
    expect(fault).toMatchObject({ code: "csv-too-wide", place: { file: "a.csv", line: 3 } });
  });

  test("with a quote that is never closed is refused where it opens", async () => {
    const [fault] = await faultsOf(attendanceOf(`${header}"Ana,ana@x.id,x\n${row.repeat(2000)}`));
    expect(fault).toMatchObject({ code: "csv-quote-open", place: { line: 2, column: 1 } });
  });

  test("with lines of a megabyte is read, for all that", async () => {
    const long = row.replace("60", "6".repeat(1_000_000));
    const { rows } = await attendanceOf(header + long.repeat(3) + row);
    expect(rows).toHaveLength(4);
  });

  test.each(["__proto__", "constructor", "toString", "hasOwnProperty"])(
    "with a column, a name and a role called %s is a file like any other",
    async (word) => {
      const { rows } = await rosterOf(`Nama,Email,${word},Peran\n${word},a@x.id,1,${word}\n`);
      expect(rows).toMatchObject([{ who: { name: word, email: "a@x.id" }, role: word }]);
      expect({}).not.toHaveProperty("polluted");
      const quiz = await quizOf(
        `Timestamp,Email Address,Score,${word}\n2026-09-24 10:00,${word}@x.id,1 / 2,x\n`,
      );
      expect(quiz.rows).toHaveLength(1);
    },
  );
});

const length = 100_000;
const fillings = [
  "a",
  "0",
  " ",
  ",",
  ".",
  "-",
  "(",
  ")",
  "'",
  "_",
  "@",
  "a.",
  "1,",
  "1.",
  "A ",
  "/",
  ":",
  "s ",
  "é",
  "(a",
  " - ",
  ", ",
  "x@",
  "S.",
  "1/",
];

/** What hostile cells are put through, by name. */
const readers: Readonly<Record<string, (cell: string) => unknown>> = {
  "the key of a name": comparable,
  "clean text": cleanText,
  "an address": cleanEmail,
  "a number of a person": cleanIdNumber,
  "a header": foldHeader,
  "a date": parseStamp,
  "a decimal": parseDecimal,
  "a score": (cell) => {
    const column = new ScoreColumn();
    column.see(cell);
    return column.parse(cell);
  },
};

describe("a cell of a hundred thousand letters takes no longer than its length", () => {
  test.each(Object.keys(readers))("as %s", (name) => {
    const read = readers[name] ?? (() => null);
    for (const filling of fillings) {
      for (const [start, end] of [
        ["", ""],
        ["a", "b"],
        ["(", "!"],
        ["1", "x"],
      ] as const) {
        const cell = start + filling.repeat(length / filling.length) + end;
        const began = performance.now();
        read(cell);
        const took = performance.now() - began;
        expect({ filling, start, end, slow: took > 2000 }).toEqual({ filling, start, end, slow: false });
      }
    }
  });
});
