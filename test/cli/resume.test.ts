import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { tamper } from "../register/filled.js";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

const late = '10/24/2024 11:05:00,"ketut@x.example",9 / 10,I Ketut Wirawan\n';

describe("a run that was cut short after numbering", () => {
  let folder = "";
  let whole = new Map<string, string>();
  beforeEach(async () => {
    folder = writeFiles(newFolder(), Object.entries(smallEvent));
    await lulus(["key", "create", folder, "--no-passphrase"]);
    expect((await lulus(["issue", folder])).status).toBe(0);
    whole = contentOf(join(folder, "certificates"));
    // as if the power had gone before anything was written
    tamper(join(folder, "lulus.db"), "DELETE FROM rendering", "DELETE FROM log WHERE kind = 'rendered'");
    writeFileSync(join(folder, "certificates", "0001-coba-1-2024-Budi-Santoso.pdf"), "");
  });

  test("is finished by the same command", async () => {
    const { status, stdout } = await lulus(["issue", folder]);
    expect([status, stdout.startsWith("0 issued, 2 written")]).toEqual([0, true]);
    expect(contentOf(join(folder, "certificates"))).toEqual(whole);
  });

  test("is not mixed with changed inputs: the difference is shown, and the way on", async () => {
    appendFileSync(join(folder, "quiz.csv"), late);
    const path = join(folder, "event.yaml");
    writeFileSync(path, readFileSync(path, "utf8").replace("min_percent: 75", "min_percent: 70"));
    writeFiles(folder, [
      ["decisions.csv", "person,question,evidence,ruling,reason\nketut@x.example,*,,issue,izin pimpinan\n"],
    ]);
    const before = contentOf(folder);
    const { status, stderr } = await lulus(["issue", folder]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/2 certificates of 2 of the award "participant" still to be written/);
    expect(stderr).toMatch(
      /event\.yaml changed \([0-9a-f]{8} → [0-9a-f]{8}\); quiz\.csv changed .*; the rulings changed/,
    );
    expect(stderr).toContain("hint: finish that run as it was decided: `lulus render`");
    expect(contentOf(folder)).toEqual(before);

    expect((await lulus(["render", folder])).status).toBe(0);
    expect(contentOf(join(folder, "certificates"))).toEqual(whole);
    const next = await lulus(["issue", folder]);
    expect([next.status, next.stdout.startsWith("1 issued, 1 written")]).toEqual([0, true]);
    for (const [file, bytes] of whole)
      if (file.endsWith(".pdf")) expect(contentOf(join(folder, "certificates")).get(file)).toBe(bytes);
  });
});

test("a run that was finished is simply followed by the next", async () => {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  await lulus(["issue", folder]);
  const path = join(folder, "event.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace("min_percent: 75", "min_percent: 70"));
  const { status, stdout } = await lulus(["issue", folder]);
  expect([status, stdout.startsWith("1 issued, 1 written")]).toEqual([0, true]);
});
