import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

function doubtful(): string {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  appendFileSync(
    join(folder, "zoom.csv"),
    'Muhamad Ridwan,,"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n',
  );
  appendFileSync(join(folder, "quiz.csv"), "10/24/2024 11:09:00,ridwan@x.example,9 / 10,Muhammad Ridwan\n");
  const event = (smallEvent["event.yaml"] ?? "").replace(
    "    post-test: quiz.csv",
    "    post-test: quiz.csv\n  decisions: decisions.csv",
  );
  return writeFiles(folder, [["event.yaml", event]]);
}

const people = async (folder: string): Promise<Record<string, string>[]> => {
  const { stdout } = await lulus(["check", "--json"], { cwd: folder });
  return JSON.parse(stdout).people;
};

describe("review", () => {
  test("asks each question once, applies what is filled in, and never asks again", async () => {
    const folder = doubtful();
    const file = join(folder, "decisions.csv");
    const asked = await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    expect(asked).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("1 question in decisions.csv"),
    });
    const written = readFileSync(file, "utf8");
    expect(written.trim().split("\r\n")).toHaveLength(2);
    expect(written).toContain("email:ridwan@x.example,name-similar name:muhamad ridwan,");

    writeFileSync(file, written.replace(/,,\r\n$/, ",same,satu orang: lihat surel\r\n"));
    expect(await people(folder)).toContainEqual(
      expect.objectContaining({
        id: "email:ridwan@x.example",
        decision: "eligible",
        name: "Muhammad Ridwan",
      }),
    );
    const again = await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    expect(again.stderr).toContain("0 questions");
    expect(readFileSync(file, "utf8")).toContain(",same,satu orang: lihat surel");
  });

  test("a denial stands above the rules, with its reason", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      ["decisions.csv", "person;question;evidence;ruling;reason\nemail:siti@x.example;;;deny;titip absen\n"],
    ]);
    expect(await people(folder)).toContainEqual(
      expect.objectContaining({
        id: "email:siti@x.example",
        decision: "ineligible",
        reasons: [expect.objectContaining({ code: "ruled-deny", message: "ruled: deny (titip absen)" })],
      }),
    );
  });

  test("a word that is no ruling is refused with its line", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      ["decisions.csv", "person,question,evidence,ruling,reason\nemail:siti@x.example,,,maybe,\n"],
    ]);
    expect(await lulus(["check"], { cwd: folder })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('decisions.csv:2:24: "maybe" is no ruling'),
    });
  });
});
