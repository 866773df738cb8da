import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { importLines } from "../../src/register/import.js";
import { openForWriting } from "../../src/register/open.js";
import { asVersion2, exported, fill, findings, type Step, story } from "./filled.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lulus-register-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
const fresh = () => {
  made += 1;
  return join(folder, `${made}.db`);
};

async function take(path: string, text: string) {
  const store = openForWriting(path, () => new Date());
  try {
    return await store.transactionAround(() => importLines(store, linesOf(text), "r.jsonl"));
  } finally {
    store.close();
  }
}

async function* linesOf(text: string): AsyncIterable<string> {
  yield* text.split("\n");
}

const step: fc.Arbitrary<Step> = fc.tuple(
  fc.constantFrom("issue", "sign", "render", "mail", "revoke", "replace"),
  fc.integer({ min: 0, max: 5 }),
);

describe("a register that was exported", () => {
  test("whatever happened in it: imported it is the same, row for row, and whole", {
    timeout: 120_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
        const [first, second] = [fresh(), fresh()];
        fill(first, steps);
        const text = exported(first);
        await take(second, text);
        expect(exported(second)).toBe(text);
        expect(await findings(second)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });

  test("one that went on gives the same lines and more, and the rest of it can be taken", async () => {
    const [first, second] = [fresh(), fresh()];
    fill(first, story.slice(0, 3));
    const before = exported(first);
    await take(second, before);
    fill(first, story.slice(3));
    const after = exported(first);
    expect(after.startsWith(before.slice(0, before.lastIndexOf("\n", before.length - 2) + 1))).toBe(true);
    const { before: had, added } = await take(second, after);
    expect([had > 0, added > 0]).toEqual([true, true]);
    expect(exported(second)).toBe(after);
    // and an older copy adds nothing to it
    expect(await take(second, before)).toMatchObject({ added: 0 });
    expect(exported(second)).toBe(after);
  });

  test("nothing is taken into a register that went another way", async () => {
    const [first, second] = [fresh(), fresh()];
    fill(first, story.slice(0, 3));
    copyFileSync(first, second);
    fill(first, [["revoke", 1]]);
    fill(second, [["revoke", 2]]);
    const before = exported(second);
    await expect(take(second, exported(first))).rejects.toThrow(/not the beginning of this one/);
    expect(exported(second)).toBe(before);
  });

  test("one of an earlier version, brought up to date, comes back the same", async () => {
    const [first, second] = [fresh(), fresh()];
    fill(first, story);
    asVersion2(first);
    fill(first, [["replace", 1]]);
    await take(second, exported(first));
    expect(exported(second)).toBe(exported(first));
    expect(await findings(second)).toEqual([]);
  });

  const broken: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ["its end is missing", (text) => text.slice(0, text.lastIndexOf('{"size"')), /breaks off/],
    ["a line is missing", (text) => text.split("\n").toSpliced(4, 1).join("\n"), /is missing/],
    [
      "a name was changed",
      (text) => text.replace('"name":"Peserta 2"', '"name":"Peserta B"'),
      /not the one that was entered/,
    ],
    ["a time was changed", (text) => text.replace("08:00:00.250Z", "08:00:01.250Z"), /hash/],
    ["a content was changed", (text) => text.replace(/"base64":"c/, '"base64":"d'), /content/],
    ["a column was added", (text) => text.replace('"row":{', '"row":{"x":1,'), /columns/],
    ["it is something else", () => "number,name\n1,Siti\n", /no JSON/],
    ["it is empty", () => "", /breaks off/],
  ];
  test.each(broken)("is refused as a whole where %s", async (_, change, message) => {
    const [first, second] = [fresh(), fresh()];
    fill(first, story);
    const text = exported(first);
    expect(change(text)).not.toBe(text);
    await expect(take(second, change(text))).rejects.toThrow(message);
    expect(exported(second).split("\n")).toHaveLength(3);
    expect(existsSync(`${second}-journal`)).toBe(false);
  });
});
