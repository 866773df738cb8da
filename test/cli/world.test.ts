import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, test } from "vitest";
import { xlsxOf } from "../read/xlsx.js";
import { differences } from "../world/compare.js";
import type { Truth } from "../world/truth.js";
import { makeWorld, type WorldOptions } from "../world/world.js";
import { copyOf, lulus, newFolder, writeFiles } from "./lulus.js";

/** `check --json` against events whose truth is known, made by a generator that knows nothing of the program. */

async function report(folder: string) {
  const { status, stdout, stderr } = await lulus(["check", folder, "--json"]);
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

describe("the sample events come out as their truth says, person by person", () => {
  test.each([
    ["webinar", "post-test"],
    ["meeting", "clinic-quiz"],
  ])("%s", async (event, quiz) => {
    const folder = copyOf(event);
    const truth: Truth[] = JSON.parse(readFileSync(join(folder, "truth.json"), "utf8"));
    expect(truth.length).toBeGreaterThan(50);
    expect(differences(truth, await report(folder), quiz)).toEqual([]);
  });
});

const worlds: readonly (readonly [string, WorldOptions])[] = [
  [
    "a webinar report of 2025, padded, with month names",
    { shape: "webinar-padded", quiz: "download", roster: true, language: "en" },
  ],
  ["a webinar report of 2026 and an Indonesian form", { shape: "webinar", quiz: "indonesian" }],
  [
    "a webinar over two days with attendance forms",
    {
      shape: "webinar",
      quiz: "download",
      sessions: 2,
      presence: 1,
      roster: true,
      bytes: "utf-8-bom",
      day: "2026-09-08",
    },
  ],
  ["a meeting report of the old kind", { shape: "meeting-legacy", quiz: "bare" }],
  [
    "a meeting report with its block, exported in Indonesian",
    { shape: "meeting-block", quiz: "sheet", language: "id", roster: true },
  ],
  [
    "a meeting report without a block, as tabs in UTF-16",
    { shape: "meeting-plain", quiz: "sheet", bytes: "utf-16le", presence: 2 },
  ],
  ["a webinar with attendance alone", { shape: "webinar", quiz: "none" }],
  [
    "a meeting with attendance alone, over two sessions",
    { shape: "meeting-plain", quiz: "none", sessions: 2, language: "en" },
  ],
];

describe("events that nobody has seen come out as their truth says, person by person", () => {
  test.each(worlds)("%s", async (name, options) => {
    const world = makeWorld(name.length, { people: 400, ...options });
    const folder = newFolder();
    writeFiles(folder, world.files);
    const quiz = options.quiz === "none" ? null : "post-test";
    expect(differences(world.truth, await report(folder), quiz)).toEqual([]);
  });

  test("five thousand people", async () => {
    const world = makeWorld(5, { people: 5000, shape: "webinar", quiz: "sheet", roster: true });
    const folder = newFolder();
    writeFiles(folder, world.files);
    const found = await report(folder);
    expect(found.people.length).toBeGreaterThan(4900);
    expect(differences(world.truth, found, "post-test")).toEqual([]);
  });
});

test("an event comes out as its truth says also if a spreadsheet saved all of its files as workbooks", async () => {
  const options: WorldOptions = {
    people: 400,
    shape: "webinar-padded",
    quiz: "sheet",
    presence: 1,
    roster: true,
  };
  const world = makeWorld(41, options);
  const files = [...world.files].map(([path, bytes]): [string, Uint8Array] => {
    const text = Buffer.from(bytes).toString("utf8");
    if (!path.endsWith(".csv")) return [path, Buffer.from(text.replaceAll(".csv", ".xlsx"))];
    const rows: string[][] = parse(text, { bom: true, relax_column_count: true, relax_quotes: true });
    return [path.replace(/csv$/, "xlsx"), xlsxOf({ Sheet1: rows })];
  });
  const folder = newFolder();
  writeFiles(folder, files);
  const checked = await report(folder);
  expect(checked.inputs.every(({ encoding }: { encoding: string }) => encoding === "xlsx")).toBe(true);
  expect(differences(world.truth, checked, "post-test")).toEqual([]);
});
