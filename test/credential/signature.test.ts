import { X509Certificate } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseCertificate } from "../../src/credential/signature/certificate.js";
import { parseCms } from "../../src/credential/signature/cms.js";
import {
  childrenOf,
  encode,
  parseFirst,
  parseOnly,
  sequence,
  setOf,
} from "../../src/credential/signature/der.js";
import { openStamp, parseAnswer } from "../../src/credential/signature/stamp.js";
import { findUpdate } from "../../src/credential/signature/update.js";
import { newFolder } from "../cli/lulus.js";
import { certificateOf, keyOf, openssl } from "../cli/signing.js";
import { needs } from "../tools.js";

const bytes = fc.uint8Array({ maxLength: 300 });

describe("values in DER", () => {
  test("are read as they were written, whatever their length", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70_000 }),
        fc.constantFrom(0x02, 0x04, 0x30, 0xa0),
        (content, tag) => {
          const node = parseOnly(encode(tag, content));
          expect([node?.tag, node?.content.length]).toEqual([tag, content.length]);
          expect(Buffer.compare(node?.content ?? Buffer.alloc(1), content)).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("are one after the other within a sequence, and in one order within a set", () => {
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 8 }), (contents) => {
        const parts = contents.map((content) => encode(0x04, content));
        const inside = childrenOf(parseOnly(sequence(...parts)) ?? { content: Buffer.of(0xff) });
        expect(inside?.map(({ whole }) => Buffer.from(whole).toString("hex"))).toEqual(
          parts.map((part) => Buffer.from(part).toString("hex")),
        );
        expect(setOf(parts)).toEqual(setOf([...parts].reverse()));
      }),
    );
  });

  test.each([
    ["a length that is not the shortest", "048101aa"],
    ["a length with a zero in front", "04820081"],
    ["a length that is not told", "308000000000"],
    ["a value that is cut off", "0405aabb"],
    ["a tag of several bytes", "1f8101"],
  ])("are not read from %s", (_, hex) => {
    expect(parseFirst(Buffer.from(hex, "hex"))).toBeNull();
  });
});

describe("what somebody made up", () => {
  test("is no certificate, signature, time stamp or update, and stops nothing", async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.nat(300), async (made, at) => {
        expect(parseCertificate(made)).toBeNull();
        expect(parseCms(made)).toBeNull();
        expect(typeof (await openStamp(made, new Uint8Array(32)))).toBe("string");
        expect(findUpdate(made, at)).toBeNull();
        parseAnswer(made);
      }),
      { numRuns: 300 },
    );
  });

  test.runIf(needs("openssl"))("of a certificate, a byte changed, is read or not, and stops nothing", () => {
    const der = new X509Certificate(readFileSync(certificateOf("ec"))).raw;
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.nat(255), (at, byte) => {
        const changed = Uint8Array.from(der);
        changed[at] = byte;
        parseCertificate(changed);
      }),
    );
  });
});

test.runIf(needs("openssl"))(
  "a name in a certificate turns no letters around and draws nothing on a terminal",
  () => {
    const path = join(newFolder(), "name.crt");
    writeFileSync(path, "");
    const subject = "/CN=Ka\u202ebag\u200b TU\u0007/O=Contoh";
    openssl("req", "-x509", "-utf8", "-key", keyOf("ec"), "-out", path, "-subj", subject);
    const parsed = parseCertificate(new Uint8Array(new X509Certificate(readFileSync(path)).raw));
    expect([parsed?.name, parsed?.organisation, parsed?.isForSigning]).toEqual(["Kabag TU", "Contoh", null]);
  },
);
