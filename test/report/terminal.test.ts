import { describe, expect, test } from "vitest";
import { shown, wrapped } from "../../src/report/shown.js";
import { terminalReport } from "../../src/report/terminal.js";
import { copyOf, newFolder } from "../cli/lulus.js";
import { checked } from "./checked.js";
import { writeNasty } from "./nasty.js";

const plain = (_: string, text: string) => text;

describe("the dry run on a terminal", () => {
  test("tells totals, reasons by frequency, near misses, sides and the files", async () => {
    const text = terminalReport(await checked(copyOf("webinar")), plain);
    expect(text).toMatch(/376 {2}orang\n {2}237 {2}memenuhi syarat {2}participant 237\n {2}129 .*\n {3}10 /);
    const counts = [...text.matchAll(/^ +(\d+) {2}[a-z]+-[a-z]+ {2}/gm)].map(([, count]) => Number(count));
    expect(counts.length).toBeGreaterThan(5);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(text).toContain(
      "Merry Latuheru, S.E. · merry.latuheru181@nusaraya.example\n    hadir 74,99 %, syaratnya 75 %",
    );
    expect(text).toMatch(/ 3 {2}mengerjakan kuis, tetapi tidak ada di daftar hadir/);
    expect(text).toMatch(/ 3 {2}tercantum di daftar, tetapi tidak hadir/);
    expect(text).toContain("  quiz/post-test.csv\n    google-forms · utf-8");
  });

  test("a warning says file and line", async () => {
    const text = terminalReport(await checked(writeNasty(newFolder())), plain);
    expect(text).toMatch(/ {2}roster\.csv:2: .*has lost digits/);
  });

  test("nothing that a stranger wrote moves the cursor, colours the screen or turns the writing round", async () => {
    const check = await checked(copyOf("meeting"));
    const evil = "\u001b[2J\u001b]0;judul\u0007\u009b31m\u202Egnp.exe\u2028\r\nnama";
    const [input] = check.inputs;
    const decisions = check.decisions.map((one) => ({
      ...one,
      // what a person's lines are is made when it is asked for, so they are named one by one
      person: {
        ...one.person,
        attendance: one.person.attendance,
        times: one.person.times,
        quizzes: one.person.quizzes,
        presence: one.person.presence,
        sources: one.person.sources,
        name: evil,
      },
      reasons: one.reasons.map((reason) => ({ ...reason, about: [evil] })),
    }));
    const warnings = [{ code: "x", message: evil, file: evil, line: 3 }];
    const inputs = input === undefined ? [] : [{ ...input, path: evil, sheet: evil }];
    const text = terminalReport({ ...check, title: evil, decisions, warnings, inputs }, plain);
    expect(text.match(/[^\n\P{Cc}]|[\u2028\u202E]/gu)).toBe(null);
    expect(text).toContain("\\u001b[2J");
  });

  test("what is shown is one line, and letters of all scripts stay", () => {
    expect(shown("Nūr ʿAynī 王 👩‍🏫 a\nb")).toBe("Nūr ʿAynī 王 👩‍🏫 a\\u000ab");
  });
});

describe("lines wider than the terminal", () => {
  test("break between words, and what follows stands under the first", () => {
    const text = wrapped("  31  hadir, tetapi tidak mengerjakan kuis", 24, "      ");
    expect(text).toBe("  31  hadir, tetapi\n      tidak mengerjakan\n      kuis");
    expect(wrapped("a b", Number.POSITIVE_INFINITY, "  ")).toBe("a b");
  });

  test("keep an address whole", () => {
    expect(wrapped("oleh alamat-yang-panjang@kampus.example", 12, " ")).toBe(
      "oleh\n alamat-yang-panjang@kampus.example",
    );
  });

  test("are not broken where a program reads", async () => {
    const check = await checked(copyOf("meeting"));
    const wide = terminalReport(check, plain);
    const narrow = terminalReport(check, plain, 60);
    expect(Math.max(...wide.split("\n").map((line) => line.length))).toBeGreaterThan(100);
    expect(narrow.replace(/\s+/g, " ")).toBe(wide.replace(/\s+/g, " "));
  });
});
