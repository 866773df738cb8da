import { chmodSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

/** The small event with one text replaced by another in one of its files. */
function broken(file: string, what: string | RegExp, by: string): string {
  const files = { ...smallEvent, [file]: (smallEvent[file] ?? "").replace(what, by) };
  return writeFiles(newFolder(), Object.entries(files));
}

const whole = () => writeFiles(newFolder(), Object.entries(smallEvent));

describe("bad input gets a clear error, status 2, and nothing is written", () => {
  test.each([
    {
      name: "an unknown key",
      folder: () => broken("event.yaml", "quizzes:\n    post-test", "quizes:\n    post-test"),
      says: ["event.yaml:12:3", "unknown key `quizes`", "hint: did you mean `quizzes`?"],
    },
    {
      name: "a missing key",
      folder: () => broken("event.yaml", "  title: Menulis Notula yang Dibaca Orang\n", ""),
      says: ["event.yaml:1:1", "`event.title` is missing"],
    },
    {
      name: "a text where a number belongs",
      folder: () => broken("event.yaml", "min_percent: 75", "min_percent: 75%"),
      says: ["event.yaml:17:", "min_percent` is the text `75%`, expected a number"],
    },
    {
      name: "an empty event file",
      folder: () => broken("event.yaml", /[\s\S]*/, ""),
      says: ["event.yaml: the file is empty"],
    },
    {
      name: "a rule that names no quiz of the event",
      folder: () => broken("event.yaml", "quizzes: { post-test:", "quizzes: { posttest:"),
      says: ["event.yaml:18:18", 'the quiz "posttest"', 'did you mean "post-test"?'],
    },
    {
      name: "YAML that is none",
      folder: () => broken("event.yaml", "awards:", "awards: ]"),
      says: ["event.yaml:14:9"],
    },
    {
      name: "an input that is not there",
      folder: () => broken("event.yaml", "attendance: zoom.csv", "attendance: exports/*.csv"),
      says: ["event.yaml:11", '"exports/*.csv" is no file and matches none', "hint:"],
    },
    {
      name: "a file that is no export",
      folder: () => broken("zoom.csv", /[\s\S]*/, "Dear team,\nplease find the list attached.\n"),
      says: ["zoom.csv", "Dear team", "hint:"],
    },
    {
      name: "an export whose dates can be read in two ways",
      folder: () =>
        writeFiles(newFolder(), [
          [
            "event.yaml",
            (smallEvent["event.yaml"] ?? "").replace(
              "    - { id: main, start: 2024-10-24 09:00, end: 2024-10-24 11:00 }",
              "    - { id: a, start: 2024-05-09 09:00, end: 2024-05-09 11:00 }\n    - { id: b, start: 2024-09-05 09:00, end: 2024-09-05 11:00 }",
            ),
          ],
          [
            "zoom.csv",
            "Name (original name),Email,Join time,Leave time,Duration (minutes)\nSiti,siti@x.example,05/09/2024 09:00:00,05/09/2024 11:00:00,120\n",
          ],
          ["quiz.csv", smallEvent["quiz.csv"] ?? ""],
        ]),
      says: ["zoom.csv", "date_order"],
    },
    {
      name: "a quiz without a maximum",
      folder: () => broken("quiz.csv", / \/ 10/g, ""),
      says: ["quiz.csv", "max"],
    },
    {
      name: "a template that there is not",
      folder: () => broken("event.yaml", "- id: participant", "- id: participant\n    template: classik"),
      says: ["event.yaml:16:5", 'no template "classik"', "classic"],
      command: "issue",
    },
    {
      name: "a number pattern that gives everybody the same number",
      folder: () => broken("event.yaml", "{seq:4}/", ""),
      says: ["event.yaml:20:3", "the same number", "{seq}"],
      command: "issue",
    },
  ])("$name", async ({ folder: make, says, command = "check" }) => {
    const folder = make();
    if (command === "issue") await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
    const before = contentOf(folder);
    const { status, stdout, stderr } = await lulus([command], { cwd: folder });
    for (const text of says) expect(stderr).toContain(text);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).not.toMatch(/ at .*\.js:\d+/);
    expect(contentOf(folder)).toEqual(before);
  });

  test("no key: nothing is issued, and the remedy is told", async () => {
    const folder = whole();
    const { status, stderr } = await lulus(["issue", folder]);
    expect(status).toBe(2);
    expect(stderr).toContain("there is no signing key");
    expect(stderr).toContain("hint: make one with `lulus key create`");
    expect(readdirSync(folder).sort()).toEqual(Object.keys(smallEvent).sort());
  });

  test("a key that others can read is not used", async () => {
    const folder = whole();
    await lulus(["key", "create", folder, "--no-passphrase"]);
    chmodSync(join(folder, "keys", "issuer.pem"), 0o644);
    const { status, stderr } = await lulus(["issue", folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/hint: chmod 600 .*issuer\.pem/);
    expect(existsSync(join(folder, "lulus.db"))).toBe(false);
  });

  test("a file that is not there does not keep the others from their answer", async () => {
    const folder = whole();
    await lulus(["key", "create", folder, "--no-passphrase"]);
    await lulus(["issue", "--quiet"], { cwd: folder });
    // called like a file, and first of the folder
    mkdirSync(join(folder, "certificates", "0000.pdf"));
    const given = ["certificates", "nowhere.pdf", "--event", ".", "--json"];
    const { status, stdout, stderr } = await lulus(["verify", ...given], { cwd: folder });
    expect(JSON.parse(stdout).results).toHaveLength(2);
    expect([status, stderr]).toEqual([2, expect.stringContaining("nowhere.pdf: there is no such file")]);
  });

  test("all problems of the event file are told in one run", async () => {
    const folder = broken("event.yaml", /title: .*\n {2}language: en/, "titel: x\n  language: fr");
    const { stderr } = await lulus(["check"], { cwd: folder });
    expect(stderr.match(/^error: /gm)).toHaveLength(3);
  });

  test("nobody in any input", async () => {
    const folder = writeFiles(newFolder(), [
      [
        "event.yaml",
        (smallEvent["event.yaml"] ?? "").replace(/ {2}quizzes:\n.*\n/, "").replace(/\n {6}quizzes: .*/, ""),
      ],
      ["zoom.csv", "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest\n"],
    ]);
    const { status, stderr } = await lulus(["check"], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain("no input holds anybody");
  });
});

describe("wrong usage", () => {
  test.each([["chekc"], ["check", "--jsno"], ["verify"], ["issue", "a", "b"]])(
    "%s %s",
    async (...parameters) => {
      const { status, stdout, stderr } = await lulus(parameters);
      expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
      expect(stderr).not.toBe("");
    },
  );

  test("a folder without an event", async () => {
    const { status, stderr } = await lulus(["check"], { cwd: newFolder() });
    expect(status).toBe(2);
    expect(stderr).toContain('there is no event file "event.yaml"');
  });

  test("help and version are answers", async () => {
    expect(await lulus(["--version"])).toMatchObject({
      status: 0,
      stderr: "",
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const help = await lulus(["issue", "--help"]);
    expect(help).toMatchObject({ status: 0, stderr: "" });
    expect(help.stdout).toContain("Examples:");
  });
});
