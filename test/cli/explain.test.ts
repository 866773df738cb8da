import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

function folderWith(...files: (readonly [string, string])[]): string {
  return writeFiles(newFolder(), [...Object.entries(smallEvent), ...files]);
}

describe("explain", () => {
  test("tells the figures with file and line, the rule in words, and what is missing", async () => {
    const { status, stdout } = await lulus(["explain", "ketut@x.example"], { cwd: folderWith() });
    expect(status).toBe(0);
    expect(stdout).toContain("I Ketut Wirawan  not eligible");
    expect(stdout).toContain("09:00:00–10:29:59  Ketut Wirawan  zoom.csv:9");
    expect(stdout).toContain("quiz.csv:4");
    expect(stdout).toContain(
      "✗ attendance: at least 75 % of all sessions (1:30:00 of 2:00:00) · 1:29:59: 1 second short",
    );
    expect(stdout).toContain("✓ post-test: at least 70 % · 10 / 10");
  });

  test.each(["SITI@x.example", "Siti Aminah", "aminah", "email:siti@x.example", "siti@"])(
    "finds a person by %s",
    async (written) => {
      const { stdout } = await lulus(["explain", written], { cwd: folderWith() });
      expect(stdout).toContain("Siti Aminah, S.Kep., Ns.  eligible: participant");
      expect(stdout).toContain("✓ award participant");
    },
  );

  test("finds a person by a number, however it is spaced", async () => {
    const roster = "Nama,Email,NIP\nSiti Aminah,siti@x.example,199001012020011009\n";
    const event = (smallEvent["event.yaml"] ?? "").replace("  quizzes:", "  roster: roster.csv\n  quizzes:");
    const folder = folderWith(["roster.csv", roster], ["event.yaml", event]);
    const { stdout } = await lulus(["explain", "19900101 202001 1 009"], { cwd: folder });
    expect(stdout).toContain("siti@x.example, 199001012020011009");
    expect(stdout).toContain("listed in  roster.csv:2");
  });

  test("lists those whom a part of a name may mean", async () => {
    const { status, stdout, stderr } = await lulus(["explain", "x.example"], { cwd: folderWith() });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain('"x.example" is 3 people');
    expect(stderr).toContain('hint: lulus explain "email:ketut@x.example"  (I Ketut Wirawan');
  });

  test("asks whether another name was meant", async () => {
    const { status, stderr } = await lulus(["explain", "ketutt@x.example"], { cwd: folderWith() });
    expect(status).toBe(2);
    expect(stderr).toContain('did you mean "ketut@x.example"?');
  });

  test("shows the doubt, what the answer would change, and the row that gives it", async () => {
    const folder = folderWith();
    const row = 'Muhamad Ridwan,,"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n';
    appendFileSync(join(folder, "zoom.csv"), row);
    appendFileSync(join(folder, "quiz.csv"), "10/24/2024 11:09:00,ridwan@x.example,9 / 10,Muhammad Ridwan\n");
    const { stdout } = await lulus(["explain", "ridwan@x.example"], { cwd: folder });
    expect(stdout).toContain("if they are the same: eligible: participant");
    expect(stdout).toContain("email:ridwan@x.example,name-similar name:muhamad ridwan,,same,");
  });

  test("gives the conditions as JSON", async () => {
    const { stdout } = await lulus(["explain", "ketut@x.example", "--json"], { cwd: folderWith() });
    const found = JSON.parse(stdout);
    expect(found.schema).toBe("lulus.explain/1");
    expect(found.people[0].conditions).toMatchObject([
      {
        award: "participant",
        met: false,
        conditions: [
          { kind: "attendance", met: false, required: 5400, seconds: 5399, seconds_max: 5399 },
          { kind: "quiz", met: true },
        ],
      },
    ]);
  });
});
