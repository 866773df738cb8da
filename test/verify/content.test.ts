import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPdf } from "../../src/verify/pdf.js";
import { Series } from "../../src/verify/series.js";
import { isShown } from "../../src/verify/shown.js";
import { assemble } from "./paper.js";

/** Pieces that show something or change what others show, each with a blank behind; some make sense only together. */
const pieces = [
  "q ",
  "Q ",
  "BT ",
  "/F1 9 Tf ",
  "/F2 ",
  "12 Tf ",
  "(A) Tj ",
  "(B) ",
  "Tj ",
  "<41 ",
  "42> Tj ",
  "[(A) ",
  "-20 (B)] TJ ",
  "/Span <</ActualText (C)>> BDC ",
  "/Span <</ActualText ",
  "(D)>> BDC ",
  "/Span <</ActualText (E)>> ",
  "BDC ",
  "/P BMC ",
  "EMC ",
  "/QR Do ",
  "% note ",
  "BI ",
];

/** What chance cuts too seldom: a value from its operator, and what is opened from what it holds. */
const apart: [string[], number[]][] = [
  [["/Span <</ActualText (E)>> ", "BDC ", "EMC "], [1]],
  [["/Span <</ActualText (E)>> BDC ", "/Span <</ActualText (C)>> BDC ", "EMC ", "EMC "], [1]],
  [["/F1 9 Tf ", "(A) Tj "], [1]],
  [["/F1 9 Tf ", "q ", "(A) Tj ", "Q "], [2]],
];

describe("the contents of a page", () => {
  test("say the same in one stream as cut into several between any two words", () => {
    const content = fc.array(fc.constantFrom(...pieces), { maxLength: 12 });
    const cuts = fc.array(fc.nat(11), { maxLength: 4 });
    const seen = { read: 0, unread: 0 };
    fc.assert(
      fc.property(content, cuts, (chosen, places) => {
        const streams = [...new Set([0, ...places])]
          .sort((a, b) => a - b)
          .map((from, index, all) => chosen.slice(from, all[index + 1]).join(""));
        const whole = readPdf(page([streams.join("\n")]));
        expect(readPdf(page(streams))?.texts).toEqual(whole?.texts);
        seen[whole === null ? "unread" : "read"] += 1;
      }),
      { numRuns: 1000, examples: apart },
    );
    // the law must not hold only because nothing is read
    expect(Math.min(seen.read, seen.unread)).toBeGreaterThan(100);
  });

  test("say what stands in each file, where files of one batch draw the same", () => {
    const streams = ["/Span <</ActualText (A)>> BDC EMC /QR Do", "/Span <</ActualText (B)>> BDC EMC"];
    const first = page(streams);
    const series = new Series(first.subarray(0, Buffer.from(first).indexOf("11 0 obj")));
    expect(readPdf(first, series)?.texts).toEqual(["A", "B"]);
    // a form that can also be read as the picture of a QR code
    const second = page(streams, "/Subtype /Form", "/Span <</ActualText (C)>> BDC EMC");
    for (const file of [second, first, second]) expect(readPdf(file, series)).toEqual(readPdf(file));
    expect(readPdf(second, series)?.texts).toEqual(["A", "C", "B"]);
  });
});

test("a page of very many texts is read, and said not to show what it does not, in a moment", () => {
  const many = 100_000;
  for (const drawn of ["/Span <</ActualText (a)>> BDC EMC ", "/Span <</ActualText ()>> BDC EMC "]) {
    const started = performance.now();
    const texts = readPdf(page(["/Form Do"], "", "", drawn.repeat(many)))?.texts ?? [];
    expect(texts.length).toBe(many);
    expect(isShown("ab", texts)).toBe(false);
    expect(isShown("Budi", [` ${"𝒜Budi xBudi".repeat(many)}`])).toBe(false);
    expect(performance.now() - started).toBeLessThan(5000);
  }
});

/** A page with link and QR code, behind all that its contents need; the QR code's stream may be something else as well. */
function page(streams: readonly string[], entries = "", drawing = "", form = ""): Uint8Array {
  const contents = streams.map((_, index) => `${6 + index} 0 R`).join(" ");
  const empty = Array.from({ length: 5 - streams.length }, () => "null");
  return assemble([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Contents [${contents}] /Annots [11 0 R] /Resources
      << /Font << /F1 4 0 R /F2 4 0 R >> /XObject << /QR 12 0 R /Form 13 0 R >> >> >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>",
    stream("", "2 beginbfchar <41> <0041> <42> <0042> endbfchar"),
    ...streams.map((content) => stream("", content)),
    ...empty,
    "<< /Subtype /Link /A << /S /URI /URI (x) >> >>",
    stream(`${entries} /Width 24 /Height 24 /ImageMask true /Decode [1 0]`, drawing.padEnd(72)),
    stream("/Subtype /Form", form),
  ]);
}

function stream(entries: string, content: string): string {
  return `<< ${entries} /Length ${content.length} >>\nstream\n${content}\nendstream`;
}
