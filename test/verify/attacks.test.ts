import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PDFDocument, StandardFonts } from "pdf-lib";
import { beforeAll, describe, expect, test } from "vitest";
import { pin } from "../../src/cli/trust.js";
import { parseLink } from "../../src/credential/link.js";
import { verifyText } from "../../src/verify/credential.js";
import { type DocumentTrust, verifyDocument } from "../../src/verify/document.js";
import { readPdf } from "../../src/verify/pdf.js";
import { smallEvent } from "../cli/event.js";
import { lulus, newFolder, writeFiles } from "../cli/lulus.js";
import { needs } from "../tools.js";
import { createRandom } from "../world/random.js";

/** By hand, with LULUS_ATTACKS=full: ten thousand bits of tokens, a thousand edits of files, a million tokens of chance. */
const isFull = process.env.LULUS_ATTACKS === "full";
const [FLIPS, EDITS, GUESSES] = isFull ? [10_000, 1_000, 1_000_000] : [1_500, 24, 4_000];

let pdf: Buffer;
let text = "";
let trust: DocumentTrust;

beforeAll(async () => {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  expect((await lulus(["issue", folder])).status).toBe(0);
  const name = readdirSync(join(folder, "certificates")).find((file) => file.endsWith(".pdf")) ?? "";
  pdf = readFileSync(join(folder, "certificates", name));
  text = readPdf(pdf)?.link ?? "";
  // a stranger has the issuer's key and facts, but not the register, which would settle every file by its hash
  ({ trust } = await pin({ event: folder }, new Date()));
  trust = { ...trust, issued: undefined };
});

const random = createRandom(41);

describe("a certificate that was really issued", () => {
  test("is genuine as it stands", async () => {
    expect((await verifyText(text, trust)).code).toBe("genuine");
    expect((await verifyDocument(pdf, trust)).code).toBe("genuine");
  });

  test("is never taken with one bit of its token changed", async () => {
    const link = parseLink(text);
    const number = BigInt(link?.token ?? 0);
    const bits = number.toString(2).length;
    const taken: number[] = [];
    for (let round = 0; round < FLIPS; round += 1) {
      const bit = round < bits ? round : random.integer(0, bits - 1);
      const other = number ^ (1n << BigInt(bit));
      const verdict = await verifyText(`${link?.url}#${other}`, trust);
      if (verdict.code === "genuine" || verdict.proven) taken.push(bit);
    }
    expect(taken).toEqual([]);
  });

  test("is never taken with a byte of its file changed, cut out, put in or put behind", async () => {
    const taken: string[] = [];
    for (let round = 0; round < EDITS; round += 1) {
      const edit = edits[round % edits.length];
      if (edit === undefined) break;
      const [name, change] = edit;
      const edited = change(Buffer.from(pdf), random.integer(0, pdf.length - 1));
      if (edited.equals(pdf)) continue;
      const verdict = await verifyDocument(edited, trust);
      if (verdict.code === "genuine") taken.push(name);
    }
    expect(taken).toEqual([]);
  });

  test("is never taken once another program has written upon it", async () => {
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    const font = await document.embedFont(StandardFonts.Helvetica);
    document.getPage(0).drawText("Prof. Siapa Saja", { x: 200, y: 300, size: 30, font });
    for (const useObjectStreams of [true, false]) {
      const saved = Buffer.from(await document.save({ useObjectStreams }));
      expect((await verifyDocument(saved, trust)).code).not.toBe("genuine");
    }
  });

  test.runIf(needs("qpdf"))("is never taken once it was rewritten, linearised or locked", async () => {
    const folder = newFolder();
    const [before, after] = [join(folder, "before.pdf"), join(folder, "after.pdf")];
    writeFileSync(before, pdf);
    for (const options of [
      ["--linearize"],
      ["--object-streams=generate"],
      ["--qdf"],
      ["--encrypt", "", "x", "256", "--"],
    ]) {
      execFileSync("qpdf", [...options, before, after]);
      expect((await verifyDocument(readFileSync(after), trust)).code).not.toBe("genuine");
    }
  });
});

test("no token that chance makes is taken, however much it looks like one", async () => {
  const own = Buffer.from(BigInt(parseLink(text)?.token ?? 0).toString(16), "hex");
  let taken = 0;
  for (let round = 0; round < GUESSES; round += 1) {
    // most die of their form, so every other keeps the frame and has another signature or other claims
    const guess = round % 2 === 0 ? randomBytes(own.length) : Buffer.from(own);
    if (round % 2 === 0) guess[0] = 0xd2;
    else randomBytes(64).copy(guess, guess.length - 64);
    const { code } = await verifyText(BigInt(`0x${guess.toString("hex")}`).toString(), trust);
    if (code === "genuine") taken += 1;
  }
  expect(taken).toBe(0);
});

type Edit = (file: Buffer, at: number) => Buffer;

/** What may happen to a file on its way, and what somebody may do to it. */
const edits: readonly (readonly [string, Edit])[] = [
  ["a bit", (file, at) => set(file, at, (file[at] ?? 0) ^ (1 << (at % 8)))],
  ["a byte", (file, at) => set(file, at, (file[at] ?? 0) + 1)],
  ["a byte more", (file, at) => Buffer.concat([file.subarray(0, at), Buffer.from("0"), file.subarray(at)])],
  ["a byte less", (file, at) => Buffer.concat([file.subarray(0, at), file.subarray(at + 1)])],
  ["cut off", (file, at) => file.subarray(0, at)],
  ["something behind the end", (file) => Buffer.concat([file, Buffer.from("\n% a note\n")])],
  ["an incremental update", (file, at) => Buffer.concat([file, update(file, at)])],
  ["a stretch of zeros", (file, at) => file.fill(0, at, at + 16)],
];

function set(file: Buffer, at: number, byte: number): Buffer {
  file[at] = byte;
  return file;
}

/** A revision behind the first, as editors append it: one object anew, and a table that names the old one before it. */
function update(file: Buffer, at: number): Buffer {
  const start = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(file.toString("latin1"))?.[1] ?? "0";
  const body = `${1 + (at % 9)} 0 obj\n<</Type /Annot /Contents (changed)>>\nendobj\n`;
  const table = `xref\n${1 + (at % 9)} 1\n${String(file.length).padStart(10, "0")} 00000 n \n`;
  return Buffer.from(
    `${body}${table}trailer\n<</Size 99 /Prev ${start}>>\nstartxref\n${file.length + body.length}\n%%EOF\n`,
    "latin1",
  );
}
