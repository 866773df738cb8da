import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatPlace } from "../../src/model/fault.js";
import { attendanceOf, faultsOf, spoken } from "./reading.js";

const root = new URL("../../fixtures/read/", import.meta.url);

interface Expected {
  readonly rows?: readonly string[];
  readonly summary?: Readonly<Record<string, unknown>>;
  readonly warnings?: readonly string[];
  /** code and place of each, instead of all the rest */
  readonly faults?: readonly string[];
}

describe("an event with", () => {
  test.each(readdirSync(root))("%s", async (situation) => {
    const content = readFileSync(new URL(`${situation}/attendance.csv`, root));
    const expected: Expected = JSON.parse(readFileSync(new URL(`${situation}/expected.json`, root), "utf8"));
    if (expected.faults !== undefined) {
      const faults = await faultsOf(attendanceOf(content));
      const said = faults.map(
        ({ code, place }) => `${code} ${place === undefined ? "" : formatPlace(place)}`,
      );
      expect(said).toEqual(expected.faults);
      return;
    }
    const { rows, summary, warnings } = await attendanceOf(content);
    expect(rows.map(spoken)).toEqual(expected.rows);
    expect(summary).toMatchObject(expected.summary ?? {});
    expect(warnings.map(({ code }) => code)).toEqual(expected.warnings);
  });
});
