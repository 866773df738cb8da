import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Delimiter } from "../../src/read/records.js";
import { eachRecord } from "../../src/read/records.js";
import { openText } from "../../src/read/text.js";

/** A file handed over in pieces that end at these places, wherever they fall. */
async function recordsOf(bytes: Buffer, cuts: readonly number[]) {
  const ends = [...new Set([...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  const file = {
    path: "a.csv",
    async *open() {
      let from = 0;
      for (const end of ends) {
        yield bytes.subarray(from, end);
        from = end;
      }
    },
  };
  const said: unknown[] = [];
  try {
    const text = await openText(file);
    said.push(text.encoding, text.sha256);
    const visit = ({ cells, line }: { cells: readonly string[]; line: number }) =>
      void said.push([line, ...cells]);
    await eachRecord(
      text,
      "," satisfies Delimiter,
      visit,
      ({ code, place }) => void said.push([code, place]),
    );
  } catch (error) {
    said.push(String(error));
  }
  return said;
}

const written = fc.string({
  unit: fc.constantFrom(
    "a",
    "é",
    "字",
    "😀",
    "\u0301",
    " ",
    ",",
    '"',
    '"',
    "\n",
    "\r",
    "\r\n",
    "\ufeff",
    "\0",
    "ÿ",
  ),
  minLength: 1,
  maxLength: 60,
});
const cuts = fc.array(fc.nat(400), { maxLength: 40 });
const everyByte = Array.from({ length: 400 }, (_, at) => at);

/** The text in each encoding that files come in; cut anywhere, also within a letter, a pair of surrogates, or CR LF. */
const encoded: readonly (readonly [string, (text: string) => Buffer])[] = [
  ["UTF-8", (text) => Buffer.from(text)],
  ["UTF-8 with a mark", (text) => Buffer.from(`\ufeff${text}`)],
  ["UTF-16 little-endian", (text) => Buffer.from(`\ufeff${text}`, "utf16le")],
  ["UTF-16 big-endian", (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ["Windows-1252", (text) => Buffer.from(text, "latin1")],
];

describe("where a file is cut into pieces never matters", () => {
  test.each(encoded)("in %s", async (_, encode) => {
    await fc.assert(
      fc.asyncProperty(written, cuts, async (text, places) => {
        const bytes = encode(text);
        const whole = await recordsOf(bytes, []);
        expect(await recordsOf(bytes, places)).toEqual(whole);
        expect(await recordsOf(bytes, everyByte)).toEqual(whole);
      }),
      { numRuns: 150 },
    );
  });

  test("nor in bytes that are no text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 120 }), cuts, async (bytes, places) => {
        expect(await recordsOf(Buffer.from(bytes), places)).toEqual(await recordsOf(Buffer.from(bytes), []));
      }),
      { numRuns: 300 },
    );
  });
});
