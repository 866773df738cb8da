import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { eachRecord } from "../../src/read/records.js";
import { openText } from "../../src/read/text.js";
import { fileOf } from "./reading.js";

/** Files that readers of CSV are known to trip over, with what stands in them, collected by others. */
const folder = dirname(createRequire(import.meta.url).resolve("csv-spectrum"));
const names = readdirSync(join(folder, "csvs")).map((file) => file.replace(/\.csv$/, ""));

async function objectsOf(csv: Buffer): Promise<Record<string, string>[]> {
  const records: (readonly string[])[] = [];
  const text = await openText(fileOf(csv));
  await eachRecord(
    text,
    ",",
    ({ cells }) => void records.push(cells),
    (fault) => {
      throw fault;
    },
  );
  const [header = [], ...rows] = records;
  return rows.map((row) => Object.fromEntries(header.map((name, at) => [name, row[at] ?? ""])));
}

/** In one file of the collection the JSON is a single object, and its telephone number is not the one of the CSV. */
const anonymised = "Contact Phone Number";

describe("the record reader and csv-spectrum", () => {
  test.each(names)("agree on %s", async (name) => {
    const csv = readFileSync(join(folder, "csvs", `${name}.csv`));
    // CR LF inside a cell is the same line break to us as LF
    const json = readFileSync(join(folder, "json", `${name}.json`), "utf8").replaceAll("\\r\\n", "\\n");
    const expected: Record<string, string>[] = [JSON.parse(json)].flat();
    const objects = await objectsOf(csv);
    for (const [index, object] of objects.entries())
      if (anonymised in object) object[anonymised] = expected[index]?.[anonymised] ?? "";
    expect(objects).toEqual(expected);
  });

  test("meet in a dozen files", () => {
    expect(names).toHaveLength(12);
  });
});
