import { createHash } from "node:crypto";
import fc from "fast-check";
import { PNG } from "pngjs";
import QRCode from "qrcode";
import { describe, expect, it } from "vitest";
import { formatLink } from "../../src/credential/link.js";
import { canonicalRecord } from "../../src/credential/record.js";
import { placeOfSeal, seal } from "../../src/credential/seal.js";
import { signToken } from "../../src/credential/sign.js";
import { verifyDocument } from "../../src/verify/document.js";
import { readPdf } from "../../src/verify/pdf.js";
import { otherKey, record, verifyUrl } from "../credential/sample.js";
import { type Paper, write, writeForeign } from "./paper.js";
import { claims, token, trust } from "./trust.js";

const sound: Paper = {
  url: verifyUrl,
  token,
  texts: [
    "SERTIFIKAT",
    `Nomor: ${claims.number}`,
    "dr. Bambang Sutrisno",
    "Wibowo, Sp.PD., M.Kes.",
    "Peserta",
  ],
  record: canonicalRecord(record),
};
const file = write(sound);
const link = formatLink(verifyUrl, token);
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const verify = (paper: Partial<Paper>) => verifyDocument(write({ ...sound, ...paper }), trust);

describe("a PDF of ours", () => {
  it("is genuine as it was issued, with the record that it carries", async () => {
    const verdict = await verifyDocument(file, { ...trust, records: [] });
    expect(verdict).toMatchObject({
      code: "genuine",
      claims,
      record,
      award: "Peserta",
      url: verifyUrl,
      differences: [],
    });
    expect(verdict.notes.join()).toContain("register");
  });

  it("is genuine when the register has the same file, and nothing is left to say", async () => {
    const issued = (number: string) => (number === claims.number ? sha256(file) : null);
    expect(await verifyDocument(file, { ...trust, issued })).toMatchObject({ code: "genuine", notes: [] });
  });

  it("is altered when the register has another file of that number", async () => {
    const verdict = await verifyDocument(file, { ...trust, issued: () => "00" });
    expect(verdict).toMatchObject({
      code: "altered",
      claims,
      differences: [expect.stringContaining("register")],
    });
  });

  it("is revoked though the file is whole", async () => {
    expect(await verifyDocument(file, { ...trust, status: () => ({ state: "revoked" }) })).toMatchObject({
      code: "revoked",
    });
  });

  it("is read where the texts are stated beside the glyphs, or drawn by a form", async () => {
    expect(await verify({ texts: [`No. ${claims.number}`], stated: [claims.name] })).toMatchObject({
      code: "genuine",
    });
    expect(await verify({ texts: ["x"], form: [claims.name, claims.number] })).toMatchObject({
      code: "genuine",
    });
  });

  it("is altered with any one of its bytes changed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
        const changed = file.slice();
        changed[at] = ((changed[at] ?? 0) + by) % 256;
        const verdict = await verifyDocument(changed, trust);
        expect(verdict.code).not.toBe("genuine");
      }),
      { numRuns: 400 },
    );
  });

  it("is altered with something behind its end, be it one space or a revision that paints over the name", async () => {
    for (const more of [" ", "\n12 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n"]) {
      const longer = Uint8Array.from(Buffer.concat([file, Buffer.from(more)]));
      const verdict = await verifyDocument(longer, trust);
      expect(verdict).toMatchObject({ code: "altered", claims, proven: true });
      expect(verdict.differences.join()).toContain(`${more.length} bytes were added`);
    }
  });

  it.each<[string, Partial<Paper>, string]>([
    ["another name is on the page", { texts: [`No. ${claims.number}`, "Budi Santosa"] }, "the name signed"],
    [
      "the name goes on",
      { texts: [`No. ${claims.number}`, claims.name.replace("M.Kes.", "M.Kesos")] },
      "the name signed",
    ],
    [
      "another number is on the page",
      { texts: [claims.name, "Nomor: 10427/contoh-2024-41/X/2024"] },
      "the number signed",
    ],
    [
      "the QR code is another's",
      { symbol: { url: verifyUrl, token: signToken(claims, otherKey) } },
      "the QR code says something else",
    ],
    [
      "the QR code leads elsewhere",
      { symbol: { url: "https://example.com/v", token } },
      "the QR code says something else",
    ],
    [
      "the record is another's",
      { record: canonicalRecord({ ...record, title: "Lain" }) },
      "the facts of the event",
    ],
  ])("is altered though its seal was renewed when %s", async (_, change, difference) => {
    const verdict = await verify(change);
    expect(verdict).toMatchObject({ code: "altered", claims, proven: true });
    expect(verdict.differences.join()).toContain(difference);
  });

  it("is of an unknown issuer when its link and QR code are signed by another", async () => {
    expect(await verify({ token: signToken(claims, otherKey) })).toMatchObject({ code: "unknown-issuer" });
  });

  it("is altered when the link is not the token of anybody", async () => {
    expect(
      await verify({ token: `${token.slice(0, -1)}x`, symbol: { url: verifyUrl, token } }),
    ).toMatchObject({ code: "altered" });
  });

  it("is not ours with a second link, and then not the file as issued", async () => {
    const two = write({ ...sound, annotations: 2 });
    expect(readPdf(two)).toBeNull();
    expect(await verifyDocument(two, trust)).toMatchObject({
      code: "altered",
      differences: [expect.stringContaining("not the file as issued")],
    });
  });

  it("has one seal, which is that of these bytes", () => {
    const again = file.slice();
    seal(again);
    expect(sha256(again)).toBe(sha256(file));
    const zeroed = file.slice();
    const at = placeOfSeal(file) ?? 0;
    zeroed.fill(0x30, at, at + 32);
    expect(Buffer.from(file.subarray(at, at + 32)).toString()).toBe(sha256(zeroed).slice(0, 32));
  });
});

describe("a PDF of another program", () => {
  it("is altered when it has text around our QR code", async () => {
    const verdict = await verifyDocument(writeForeign(link, "Budi Santosa"), trust);
    expect(verdict).toMatchObject({ code: "altered", claims, proven: true });
  });

  it("is judged like a picture when it is a scan", async () => {
    const verdict = await verifyDocument(writeForeign(link, null), trust);
    expect(verdict).toMatchObject({ code: "genuine", claims });
    expect(verdict.notes.join()).toContain("compare the name and the number");
  });

  it("is unreadable with another QR code, with none and when it is broken", async () => {
    expect(await verifyDocument(writeForeign("https://example.com", "x"), trust)).toMatchObject({
      code: "unreadable",
    });
    expect(await verifyDocument(Buffer.from("%PDF-1.7\n%%EOF\n"), trust)).toMatchObject({
      code: "unreadable",
    });
    expect(await verifyDocument(file.slice(0, 300), trust)).toMatchObject({ code: "unreadable" });
  });
});

describe("a picture", () => {
  const png = QRCode.toBuffer(link, { errorCorrectionLevel: "M", scale: 4 });

  it("is judged by its QR code, and the reader is told to compare the rest", async () => {
    const verdict = await verifyDocument(await png, trust);
    expect(verdict).toMatchObject({ code: "genuine", claims });
    expect(verdict.notes.join()).toContain("compare the name and the number");
  });

  it("may be turned and may hold other QR codes", async () => {
    const other = PNG.sync.read(await QRCode.toBuffer("https://example.com", { scale: 4 }));
    const own = PNG.sync.read(await png);
    const both = new PNG({ width: other.width + own.width, height: own.height, fill: true });
    both.data.fill(255);
    PNG.bitblt(other, both, 0, 0, other.width, other.height, 0, 0);
    PNG.bitblt(own, both, 0, 0, own.width, own.height, other.width, 0);
    both.data = Buffer.from(new Uint32Array(Uint8Array.from(both.data).buffer).reverse().buffer);
    expect(await verifyDocument(PNG.sync.write(both), trust)).toMatchObject({ code: "genuine", claims });
  });

  it("is unreadable without a QR code, with another's, damaged, and when it claims to be a wall", async () => {
    const empty = PNG.sync.write(new PNG({ width: 50, height: 50 }));
    const huge = Uint8Array.from(empty);
    new DataView(huge.buffer).setUint32(16, 900_000);
    for (const picture of [
      empty,
      huge,
      await QRCode.toBuffer("https://example.com"),
      (await png).subarray(0, 200),
    ]) {
      expect(await verifyDocument(picture, trust)).toMatchObject({ code: "unreadable", claims: null });
    }
  });
});

describe("a file with text", () => {
  it("is judged by the text", async () => {
    expect(await verifyDocument(Buffer.from(`${link}\n`), trust)).toMatchObject({ code: "genuine", claims });
    expect(await verifyDocument(Buffer.from("nama;nilai\n"), trust)).toMatchObject({ code: "unreadable" });
    expect(await verifyDocument(new Uint8Array(0), trust)).toMatchObject({ code: "unreadable" });
  });
});
