import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatLink } from "../../src/credential/link.js";
import { canonicalRecord } from "../../src/credential/record.js";
import { verifyDocument } from "../../src/verify/document.js";
import { readPdf } from "../../src/verify/pdf.js";
import { isShown } from "../../src/verify/shown.js";
import { record, verifyUrl } from "../credential/sample.js";
import { assemble, write } from "./paper.js";
import { claims, token, trust } from "./trust.js";

const paper = {
  url: verifyUrl,
  token,
  texts: ["Nama", claims.name, "أحمد", "𝒜 ﬁ (x) \\"],
  record: canonicalRecord(record),
};
const file = write({ ...paper, stated: ["محمد"], form: [claims.number] });

describe("a certificate's file", () => {
  it("is read in its parts", () => {
    expect(readPdf(file)).toMatchObject({
      seal: "whole",
      appended: 0,
      link: formatLink(verifyUrl, token),
      texts: [...paper.texts, "محمد", claims.number],
      record,
    });
  });

  it("is read without an event record", () => {
    expect(readPdf(write({ ...paper, record: null }))).toMatchObject({ seal: "whole", record: null });
  });

  it("cut, doubled or mixed anywhere is never whole, and reading it never fails", () => {
    const place = fc.nat(file.length);
    fc.assert(
      fc.property(place, place, place, (to, from, until) => {
        const mixed = Uint8Array.from([
          ...file.subarray(0, to),
          ...file.subarray(Math.min(from, until), Math.max(from, until)),
          ...file.subarray(from),
        ]);
        if (Buffer.compare(mixed, file) !== 0) expect(readPdf(mixed)?.seal).not.toBe("whole");
      }),
      { numRuns: 2000 },
    );
  });

  it("is not one that inflates without end, nests without end or draws itself", () => {
    const bomb = deflateSync(Buffer.alloc(64 * 1024 * 1024));
    const forms = "/A Do ".repeat(50_000);
    for (const content of [
      stream("/Filter /FlateDecode", bomb),
      stream("", Buffer.from("[".repeat(100_000))),
      stream("", Buffer.from(forms)),
    ]) {
      const started = performance.now();
      expect(readPdf(build(content, stream("/Subtype /Form", Buffer.from(forms))))).toBeNull();
      expect(performance.now() - started).toBeLessThan(5000);
    }
  });

  it.each([
    ["encrypted", file, "/Root 1 0 R", "/Encrypt 1 0 R /Root 1 0 R"],
    ["of several revisions", file, "/Root 1 0 R", "/Prev 9 /Root 1 0 R"],
  ])("is not one that is %s", (_, bytes, from, to) => {
    expect(
      readPdf(Buffer.from(Buffer.from(bytes).toString("latin1").replace(from, to), "latin1")),
    ).toBeNull();
  });
});

// finer than 150 dots an inch: poppler draws image masks without smoothing, and then modules of under 3 dots differ in size
describe.skipIf(!isInstalled("pdftoppm"))("a print of it", () => {
  it.each([
    ["-png", 200],
    ["-jpeg", 200],
    ["-jpeg", 300],
  ])(
    "made by another program as %s with %i dots an inch is read by its QR code",
    async (format, resolution) => {
      const folder = mkdtempSync(join(tmpdir(), "lulus-print-"));
      try {
        writeFileSync(join(folder, "a.pdf"), file);
        execFileSync("pdftoppm", ["-singlefile", "-r", String(resolution), format, "a.pdf", "a"], {
          cwd: folder,
          stdio: "pipe",
        });
        const picture = readFileSync(join(folder, format === "-png" ? "a.png" : "a.jpg"));
        expect(await verifyDocument(picture, trust)).toMatchObject({ code: "genuine", claims });
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

describe("a text on a page", () => {
  it.each([
    ["as one piece", "Siti Aminah", ["x", "Siti Aminah"]],
    ["on two lines", "Siti Aminah", ["Siti", "Aminah"]],
    ["letter by letter", "Siti Aminah", [..."xSiti Aminahx"]],
    ["with other spaces", "Siti  Aminah", ["Siti\u00a0Aminah"]],
    ["in Unicode form NFD", "Am\u00e9lie", ["Ame\u0301lie"]],
    ["behind a word", "0427/X", ["Nomor: 0427/X."]],
  ])("is found %s", (_, wanted, texts) => {
    expect(isShown(wanted, texts)).toBe(true);
  });

  it.each([
    ["as part of a longer word", "Siti Amin", ["Siti Aminah"]],
    ["with a word missing", "Siti Aminah", ["Siti"]],
    ["with a word between", "Siti Aminah", ["Siti", "Nur", "Aminah"]],
    ["with a title before it on the same line of two", "Siti Aminah", ["dr. Siti", "Aminah"]],
    ["as part of a longer number", "427/X", ["0427/X"]],
    ["on an empty page", "Siti", []],
  ])("is not found %s", (_, wanted, texts) => {
    expect(isShown(wanted, texts)).toBe(false);
  });
});

function build(content: Buffer, form: Buffer): Uint8Array {
  return assemble([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Contents 4 0 R /Annots [5 0 R] /Resources << /XObject << /QR 6 0 R /A 7 0 R >> >> >>",
    content,
    "<< /Subtype /Link /A << /S /URI /URI (x) >> >>",
    stream("/Width 1 /Height 1 /ImageMask true /Decode [1 0]", Buffer.of(0)),
    form,
  ]);
}

function stream(entries: string, bytes: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from(`<< ${entries} /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from("\nendstream"),
  ]);
}

function isInstalled(program: string): boolean {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    console.warn(`skipped: prints need ${program}, of the Debian package poppler-utils`);
    return false;
  }
}
