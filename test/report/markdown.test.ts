import { describe, expect, test } from "vitest";
import { markdownReport } from "../../src/report/markdown.js";
import { code, plain } from "../../src/report/markdownText.js";
import { copyOf, newFolder } from "../cli/lulus.js";
import { checked } from "./checked.js";
import { hostile, writeNasty } from "./nasty.js";

/** What is left when everything that Markdown takes for literal is taken away. */
function live(text: string): string {
  return text
    .replace(/\\[!-/:-@[-`{-~]/g, "")
    .replace(/(`+)(?!`).*?(?<!`)\1(?!`)/g, "")
    .replace(/&\w+;/g, "");
}

describe("names in Markdown", () => {
  test.each(Object.entries(hostile))("%s: the name does nothing", (_, name) => {
    const left = live(plain(name));
    expect(left).not.toMatch(/[<>`*_[\]|#~]/);
    expect(left).not.toMatch(/@\w|#\d|:\/\/|www\.\w/i);
  });

  test.each(["a`b", "`", "``x", "x |y| `", "line\nbreak", "\u202Egnp.exe"])(
    "%j as code stays one piece of code",
    (text) => {
      expect(live(code(text)).trim()).toBe("");
      expect(code(text)).not.toMatch(/[\n\u202E]/);
    },
  );

  test("mentions, issues, e-mail autolinks and emoji stay letters", () => {
    expect(plain("@octocat #12 GH-7 :tada: a@b.example")).not.toMatch(/@\w|#\d|GH-\d|:tada:/);
  });
});

describe("the summary for a pull request", () => {
  test("holds totals, reasons, cases for review, what-if, inputs and warnings", async () => {
    const text = await markdownReport(await checked(copyOf("webinar")));
    expect(text).toContain("| **376** | **237** | **129** | **10** |");
    for (const part of ["Alasan", "Bagaimana jika", "Perlu diperiksa", "Nyaris memenuhi", "Berkas masukan"])
      expect(text).toContain(part);
    expect(text).toContain("`quiz/post-test.csv`");
    expect(text).toMatch(/\*\*65 %\*\*, bukan 70 % \| tetap/);
    expect(text.split("<details>").length).toBe(text.split("</details>").length);
  });

  test("every line of a table has as many cells as its heading", async () => {
    const text = await markdownReport(await checked(writeNasty(newFolder())));
    const cells = (line: string) => line.replaceAll("\\|", "").split("|").length;
    for (const table of text.split(/\n(?!\|)/).filter((part) => part.includes("\n|"))) {
      const [, ...lines] = table.split("\n");
      const [heading = ""] = lines;
      expect(lines.map(cells)).toEqual(lines.map(() => cells(heading)));
    }
  });

  test("fits into one comment, and says how many it leaves out", async () => {
    const check = await checked(copyOf("webinar"));
    const many = Array.from({ length: 40 }, () => check.decisions).flat();
    const text = await markdownReport({ ...check, decisions: many, judgeUnder: async () => many });
    expect(text.length).toBeLessThanOrEqual(65_536);
    expect(text).toMatch(/… dan \d+ lagi/);
    expect(text).toContain("**15.040**");
  });
});
