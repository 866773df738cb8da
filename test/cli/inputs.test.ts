import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { date, xlsxOf } from "../read/xlsx.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

/** The small event with other inputs; `inputs` stands in for the lines of its quiz. */
function eventWith(quiz: string, files: Readonly<Record<string, string | Uint8Array>>): string {
  const event = (smallEvent["event.yaml"] ?? "").replace("    post-test: quiz.csv", `    post-test: ${quiz}`);
  const folder = writeFiles(newFolder(), Object.entries({ ...smallEvent, "event.yaml": event }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

interface Checked {
  readonly inputs: readonly Record<string, unknown>[];
  readonly people: readonly { emails: string[]; decision: string; quizzes: Record<string, unknown> }[];
  readonly warnings: readonly { code: string }[];
}

async function check(folder: string): Promise<Checked> {
  const { status, stdout, stderr } = await lulus(["check", folder, "--json"]);
  expect(stderr).not.toContain("error");
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

const quizOf = ({ people }: Checked, email: string) =>
  people.find(({ emails }) => emails.includes(email))?.quizzes;

describe("check", () => {
  test("needs no attendance where only a list decides, and says so where a rule asks for it", async () => {
    const folder = eventWith("quiz.csv", {});
    const written = readFileSync(join(folder, "event.yaml"), "utf8").replace("zoom.csv", "[]");
    writeFileSync(join(folder, "event.yaml"), written);
    const refused = await lulus(["check", folder]);
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining("event.yaml:17:7") });
    expect(refused.stderr).toContain("hint: name the export, or take the rule away");
    writeFileSync(join(folder, "event.yaml"), written.replace(/ +attendance: \{.*\n/, ""));
    const { people } = await check(folder);
    expect(people.map(({ decision }) => decision)).toEqual(["eligible", "eligible", "eligible"]);
  });

  test.each([
    { attempts: "best", scores: ["delapan", "3 / 10"], decision: "review" },
    { attempts: "best", scores: ["delapan", "9 / 10"], decision: "eligible" },
    { attempts: "latest", scores: ["9 / 10", "delapan"], decision: "review" },
  ])("with the scores $scores, of which the $attempts counts, she is $decision", async (situation) => {
    const { attempts, scores, decision } = situation;
    const rows = [
      ...scores.map((score) => `siti@x.example,${score}`),
      "budi@x.example,7 / 10",
      "ketut@x.example,1 / 10",
    ];
    const quiz = ["Timestamp,Email Address,Score", ...rows.map((row) => `10/24/2024 11:02:11,${row}`)].join(
      "\n",
    );
    const checked = await check(
      eventWith(`{ files: quiz.csv, attempts: ${attempts} }`, { "quiz.csv": quiz }),
    );
    const reasons = [
      { code: "score-unreadable", required: 70, message: "what was scored in post-test cannot be read" },
    ];
    expect(checked.people.find(({ emails }) => emails.includes("siti@x.example"))).toMatchObject({
      decision,
      reasons: decision === "review" ? reasons : [],
    });
    expect(checked.warnings).toMatchObject([{ code: "score-unreadable" }]);
    expect(checked.people.find(({ emails }) => emails.includes("ketut@x.example"))?.decision).toBe(
      "ineligible",
    );
  });

  test("scores a poll by its answer key, over all files of the quiz", async () => {
    const poll = (question: string, answer: string) =>
      `#,User Name,User Email,Submitted Date/Time,${question}\n1,Siti,siti@x.example,"Oct 24, 2024 10:00:00",${answer}\n2,Ketut,ketut@x.example,"Oct 24, 2024 10:00:00",x\n`;
    const checked = await check(
      eventWith("{ files: poll-*.csv, answers: key.yaml }", {
        "poll-1.csv": poll("Ibu kota Jawa Timur?", "Surabaya"),
        "poll-2.csv": poll("Berapa 4 x 5?", "20"),
        "key.yaml": "Ibu kota Jawa Timur?: Surabaya\nBerapa 4 x 5?: { answer: 20, points: 3 }\n",
      }),
    );
    expect(quizOf(checked, "siti@x.example")).toEqual({
      "post-test": { points: 4, max: 4, percent: 100, attempts: 1 },
    });
    expect(quizOf(checked, "ketut@x.example")).toEqual({
      "post-test": { points: 0, max: 4, percent: 0, attempts: 1 },
    });
    expect(checked.inputs.map(({ path, format }) => [path, format])).toEqual([
      ["key.yaml", "answer-key"],
      ["zoom.csv", "zoom-meeting-participants"],
      ["poll-1.csv", "zoom-poll"],
      ["poll-2.csv", "zoom-poll"],
    ]);
  });

  test("counts an answer once that stands in two downloads of the same form", async () => {
    const early = smallEvent["quiz.csv"] ?? "";
    const late = `${early}10/24/2024 11:30:00,siti@x.example,10 / 10,"Siti Aminah, S.Kep., Ns."\n`;
    const checked = await check(
      eventWith("{ files: quiz*.csv, attempts: average }", { "quiz (1).csv": late }),
    );
    expect(quizOf(checked, "siti@x.example")).toEqual({
      "post-test": { points: 9, max: 10, percent: 90, attempts: 2 },
    });
  });

  test("reads a workbook and says so, also on the terminal", async () => {
    const book = xlsxOf({
      Petunjuk: [["Isi dengan benar"]],
      Nilai: [
        ["Timestamp", "Email Address", "Score"],
        [date("2024-10-24 11:02:11"), "siti@x.example", { number: 8, format: '0 "/ 10"' }],
      ],
    });
    const folder = eventWith("quiz.xlsx", { "quiz.xlsx": book });
    const checked = await check(folder);
    expect(quizOf(checked, "siti@x.example")).toEqual({
      "post-test": { points: 8, max: 10, percent: 80, attempts: 1 },
    });
    expect(checked.inputs[1]).toMatchObject({ encoding: "xlsx", delimiter: null, sheet: "Nilai", rows: 1 });
    const { stdout } = await lulus(["check", folder]);
    expect(stdout).toContain('google-forms · xlsx · "Nilai" · ymd');
  });

  test("reads the sheets that are named, each once", async () => {
    const day = (name: string) => [
      ["Timestamp", "Email Address", "Score"],
      [date("2024-10-24 11:02:11"), name, "8 / 10"],
    ];
    const book = xlsxOf({ A: day("siti@x.example"), B: day("ketut@x.example") });
    const { status, stderr } = await lulus(["check", eventWith("quiz.xlsx", { "quiz.xlsx": book })]);
    expect(status).toBe(2);
    expect(stderr).toContain("quiz.xlsx: the sheets `A` and `B` could each be the one that is meant");
    const checked = await check(eventWith("{ files: quiz.xlsx, sheet: [A, B] }", { "quiz.xlsx": book }));
    expect(quizOf(checked, "siti@x.example")).toBeDefined();
    expect(quizOf(checked, "ketut@x.example")).toBeDefined();
  });

  test.each([
    ["is not there", {}, "event.yaml:13:35", '"key.yaml" is no file'],
    ["is wrong", { "key.yaml": "Q: { jawab: A }\n" }, "key.yaml:1:6", "unknown key `jawab`"],
  ])("stops at an answer key that %s", async (_, files, place, says) => {
    const { status, stderr } = await lulus([
      "check",
      eventWith("{ files: quiz.csv, answers: key.yaml }", files),
    ]);
    expect(status).toBe(2);
    expect(stderr).toContain(place);
    expect(stderr).toContain(says);
  });
});

test("the pages name every format that is read", () => {
  const page = readFileSync(new URL("../../docs/inputs.md", import.meta.url), "utf8");
  const tables = ["zoom.ts", "quiztool.ts", "form.ts", "answers.ts"].map((file) =>
    readFileSync(new URL(`../../src/read/${file}`, import.meta.url), "utf8"),
  );
  const formats = new Set(
    tables.flatMap((text) => [...text.matchAll(/format: "([a-z-]+)"/g)].map(([, name]) => name)),
  );
  expect(formats.size).toBeGreaterThan(10);
  expect([...formats].filter((format) => !page.includes(`\`${format}\``))).toEqual([]);
});
