import { describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

const folder = writeFiles(newFolder(), Object.entries(smallEvent));
const check = (...parameters: string[]) => lulus(["check", ...parameters], { cwd: folder });

describe("check --set", () => {
  test("answers what if, says so, and tells the difference", async () => {
    const { status, stdout } = await check("--set", "awards.participant.when.attendance.min_percent=70");
    expect(status).toBe(0);
    expect(stdout).toContain("What if: nothing of this is issued");
    expect(stdout).toContain("awards.participant.when.attendance.min_percent = 70 (instead of 75)");
    expect(stdout).toContain("eligible 2 → 3 (+1)");
    const json = JSON.parse(
      (await check("--json", "--set", "awards.0.when.attendance.min_percent=70")).stdout,
    );
    expect(json).toMatchObject({
      summary: { eligible: 3 },
      what_if: { summary_as_written: { eligible: 2 } },
    });
  });

  test.each([
    [
      "several at once",
      ["--set", "awards.participant.when.attendance.min_minutes=1", "--set", "awards_all=true"],
    ],
    ["an input that is a path alone", ["--set", "inputs.quizzes.post-test.attempts=latest"]],
    ["a condition taken away", ["--set", "awards.participant.when.quizzes="]],
    ["a session by its id", ["--set", "event.sessions.main.end=2024-10-24 10:30"]],
    ["a set in braces", ["--set", "awards.participant.when={ attendance: { min_minutes: 10 } }"]],
  ])("takes %s", async (_, parameters) => {
    const { status, stderr } = await check(...parameters);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test.each([
    ["awards.particpant.when.attendance.min_percent=70", 'did you mean "participant"?'],
    ["awards.participant.when.attendance.min_percnt=70", "did you mean `min_percent`?"],
    ["awards.participant.when.attendance.min_percent=170", "is 170, expected at most 100"],
    ["event.title.words=3", "`event.title` holds a value, no keys"],
    ["awards.participant.when.quizzes.pre-test.min_percent=3", "known: post-test"],
    ["nonsense", "expected key=value"],
    [
      "awards.participant.when={ attendance: { sessions: { min: 2, of: [main] } } }",
      "asks for 2 of 1 sessions: nobody can meet it",
    ],
    [
      "awards.participant.when={ attendance: { sessions: { min: 2, of: [main, main] } } }",
      '"main" stands twice among the sessions of the rule',
    ],
  ])("refuses %s with its remedy", async (written, remedy) => {
    const { status, stdout, stderr } = await check("--set", written);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(remedy);
  });

  test("is never for issue, nor for the questions of the event", async () => {
    const before = contentOf(folder);
    const issued = await lulus(["issue", "--set", "awards_all=true"], { cwd: folder });
    expect(issued).toMatchObject({ status: 2, stderr: expect.stringContaining("nothing is issued by it") });
    const asked = await check("--review", "d.csv", "--set", "awards_all=true");
    expect(asked.status).toBe(2);
    expect(contentOf(folder)).toEqual(before);
  });
});
