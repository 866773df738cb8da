import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatPlace } from "../../src/model/fault.js";
import type { QuizRow } from "../../src/model/row.js";
import {
  answersOf,
  attendanceOf,
  faultsOf,
  presenceOf,
  quizOf,
  rosterOf,
  spoken,
  spokenPerson,
  spokenScore,
} from "./reading.js";

const root = new URL("../../fixtures/read/", import.meta.url);

interface Expected {
  /** of the event file: `max`, `sessions`, `dateOrder`, `columns` … */
  readonly options?: Readonly<Record<string, unknown>>;
  readonly rows?: readonly string[];
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly warnings?: readonly string[];
  /** code and place of each, instead of all the rest */
  readonly faults?: readonly string[];
}

interface Read {
  readonly said: readonly string[];
  readonly summary: unknown;
  readonly warnings: readonly { readonly code: string }[];
}

/** What a situation's input is, by the name that this project gives it. */
const readers: Readonly<
  Record<string, (content: Buffer, options: Record<string, unknown>, key: string) => Promise<Read>>
> = {
  async attendance(content, options) {
    const reading = await attendanceOf(content, options);
    return { ...reading, said: reading.rows.map(spoken) };
  },
  async quiz(content, options) {
    const reading = await quizOf(content, options);
    return { ...reading, said: reading.rows.map(spokenScore) };
  },
  async poll(content, options, key) {
    const { rows, readings, warnings } = await answersOf(key, [content], options);
    return { said: rows.map((row: QuizRow) => spokenScore(row)), summary: readings[0]?.summary, warnings };
  },
  async presence(content, options) {
    const reading = await presenceOf(content, options);
    return { ...reading, said: reading.rows.map(spokenPerson) };
  },
  async roster(content) {
    const reading = await rosterOf(content);
    return { ...reading, said: reading.rows.map(spokenPerson) };
  },
};

describe("an event with", () => {
  test.each(readdirSync(root))("%s", async (situation) => {
    const folder = new URL(`${situation}/`, root);
    const files = readdirSync(folder);
    const input = files.find((file) => (file.split(".")[0] ?? "") in readers) ?? "";
    const content = readFileSync(new URL(input, folder));
    const key = files.includes("key.yaml") ? readFileSync(new URL("key.yaml", folder), "utf8") : "";
    const expected: Expected = JSON.parse(readFileSync(new URL("expected.json", folder), "utf8"));
    const reading = readers[input.split(".")[0] ?? ""]?.(content, expected.options ?? {}, key);
    if (reading === undefined) throw new Error(`${situation} has no input`);
    if (expected.faults !== undefined) {
      const faults = await faultsOf(reading);
      const said = faults.map(
        ({ code, place }) => `${code} ${place === undefined ? "" : formatPlace(place)}`,
      );
      expect(said).toEqual(expected.faults);
      return;
    }
    const { said, summary, warnings } = await reading;
    expect(said).toEqual(expected.rows);
    expect(summary).toMatchObject(expected.summary ?? {});
    expect(warnings.map(({ code }) => code)).toEqual(expected.warnings);
  });
});
