import { createHash } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { frozenOf, lenderOf, materialOf } from "../../src/cli/material.js";
import { type Expected, proofRead, readBack } from "../../src/cli/readBack.js";
import { seal } from "../../src/credential/seal.js";
import { Series } from "../../src/verify/series.js";
import { issuedEvent } from "./issued.js";

describe("a certificate that was written", () => {
  const all: Expected[] = [];
  let series = new Series(Buffer.from("%"));
  beforeAll(async () => {
    const { register, batch, certificates } = await issuedEvent();
    const lend = lenderOf(await materialOf(frozenOf(batch, register)));
    for (const one of certificates) {
      const { bytes, ...stamped } = lend(one);
      const { certificate } = one;
      series = new Series(stamped.head);
      all.push({ ...stamped, bytes: Buffer.from(bytes), certificate, shown: () => certificate.file });
    }
    register.close();
  });
  const [first, second] = [() => one(0), () => one(1)];
  function one(index: number): Expected {
    const found = all[index];
    if (found === undefined) throw new Error("too few certificates");
    return found;
  }

  test("reads back, one after the other of a batch", async () => {
    for (const expected of [first(), second(), first()]) readBack(expected.bytes, expected, series);
    await proofRead(first().bytes, first());
  });

  test("is told when a single byte of it is another", () => {
    const { bytes } = first();
    for (const at of [0, 1000, Math.floor(bytes.length / 2), bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => readBack(changed, first(), series)).toThrow("its bytes are others");
    }
  });

  test("is told when it is another's, though all its bytes are as they were stamped", () => {
    readBack(first().bytes, first(), series);
    const mixed = { ...second(), bytes: first().bytes };
    expect(() => readBack(first().bytes, mixed, series)).toThrow("its link is another's");
    const misnamed = { ...first(), certificate: { ...first().certificate, name: "Orang Lain" } };
    expect(() => readBack(first().bytes, misnamed, series)).toThrow('"Orang Lain" is not on the page');
  });

  test("is told when its page does not show the QR code that is in the file", async () => {
    const hidden = Buffer.from(first().bytes);
    hidden.write("/Qr Do", hidden.indexOf("/QR Do"), "latin1");
    seal(hidden);
    const sha256 = createHash("sha256").update(hidden).digest("hex");
    const expected = { ...first(), bytes: hidden, sha256 };
    expect(() => readBack(hidden, expected, series)).not.toThrow();
    await expect(proofRead(hidden, expected)).rejects.toThrow("cannot be read from the page as it is drawn");
    await expect(proofRead(hidden, { ...expected, sha256: first().sha256 })).rejects.toThrow(
      "its bytes are others",
    );
  });
});
