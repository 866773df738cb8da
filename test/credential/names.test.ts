import canonicalize from "canonicalize";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatCode, parseCode } from "../../src/credential/code.js";
import { hexOf } from "../../src/credential/hex.js";
import { certificateId, type Identity, statusIndex } from "../../src/credential/identifier.js";
import { formatLink, isSameAddress, parseLink } from "../../src/credential/link.js";
import { canonicalRecord, didOf, hashRecord, parseRecord } from "../../src/credential/record.js";
import { record, verifyUrl } from "./sample.js";

describe("the code of a certificate", () => {
  it("is read back as the bytes that it was made of", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 10, maxLength: 10 }), (cti) => {
        expect(formatCode(cti)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
        expect(hexOf(parseCode(formatCode(cti)))).toBe(hexOf(cti));
      }),
    );
  });

  it("keeps every bit in its place", () => {
    expect(formatCode(new Uint8Array(10))).toBe("0000-0000-0000-0000");
    expect(formatCode(new Uint8Array(10).fill(255))).toBe("ZZZZ-ZZZZ-ZZZZ-ZZZZ");
    expect(formatCode(Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 33))).toBe("0000-0000-0000-0011");
  });

  it("is read as people type it", () => {
    expect(hexOf(parseCode("oooo oooo-00iL llii"))).toBe(hexOf(parseCode("0000-0000-0011-1111")));
  });

  it.each(["", "0000-0000-0000-000", "0000-0000-0000-00000", "U000-0000-0000-0000", "0000-0000-0000-000!"])(
    'is not "%s"',
    (text) => {
      expect(() => parseCode(text)).toThrow(expect.objectContaining({ code: "code-malformed" }));
    },
  );
});

describe("keyed identifiers", () => {
  const secret = new Uint8Array(32).fill(1);
  const identity: Identity = {
    issuer: "did:web:a",
    event: "b",
    person: "email:c@d",
    award: "participant",
    revision: 0,
  };

  it("are the same for the same certificate and others for any other", () => {
    const others: Identity[] = [
      { ...identity, issuer: "did:web:", event: "ab" },
      { ...identity, person: "email:c@e" },
      { ...identity, award: "speaker" },
      { ...identity, revision: 1 },
    ];
    const ids = [identity, ...others].map((one) => hexOf(certificateId(secret, one)));
    expect(hexOf(certificateId(secret, { ...identity }))).toBe(ids[0]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(hexOf(certificateId(new Uint8Array(32), identity))).not.toBe(ids[0]);
  });

  it("stay as they are: what is issued is named by them", () => {
    expect(hexOf(certificateId(secret, identity))).toBe("1c434575cc0206083fea");
    expect(statusIndex(secret, identity, 0)).toBe(93530);
  });

  it("give a place inside the list, another at each attempt", () => {
    const places = Array.from({ length: 500 }, (_, attempt) => statusIndex(secret, identity, attempt));
    expect(places.every((place) => place >= 0 && place < 131_072)).toBe(true);
    expect(new Set(places).size).toBeGreaterThan(490);
  });
});

describe("the link in the QR code", () => {
  const token = "4".repeat(400);

  it("is the address letter for letter, #, and the token", () => {
    expect(formatLink("https://Example.go.id/V/", "12")).toBe("https://Example.go.id/V/#12");
    expect(parseLink(formatLink(verifyUrl, token))).toEqual({ url: verifyUrl, token });
  });

  it("is found though a mail program broke the line, and in the number alone", () => {
    expect(parseLink(` ${verifyUrl}#${token.slice(0, 200)}\r\n ${token.slice(200)}\n`)).toEqual({
      url: verifyUrl,
      token,
    });
    expect(parseLink(token)).toEqual({ url: null, token });
  });

  it("is seen in a damaged one too, so that it can be called altered", () => {
    expect(parseLink(`${verifyUrl}#${token}x`)).toEqual({ url: verifyUrl, token: `${token}x` });
  });

  it.each([
    "",
    "halo",
    verifyUrl,
    `${verifyUrl}#12`,
    `ftp://a/#${token}`,
    `javascript:alert(1)//#${token}`,
    "9".repeat(9000),
  ])("is nowhere in %j", (text) => {
    expect(parseLink(text)).toBeNull();
  });

  it("leads to the same page with the slash that browsers add", () => {
    expect(isSameAddress("https://Example.go.id", "https://example.go.id/")).toBe(true);
    expect(isSameAddress(verifyUrl, "https://sertifikat.example.go.id.evil.example/v")).toBe(false);
    expect(isSameAddress("x", "x")).toBe(false);
  });
});

describe("the event record", () => {
  it("is canonical as another implementation writes it", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const one = { ...record, fields: { value } };
        expect(canonicalRecord(one)).toBe(canonicalize(one));
      }),
    );
    const odd = {
      ...record,
      fields: { "\u20ac": 1e21, "\r": 1e-7, "\ud83d\ude00": -0, "1": '\u007f\u2028"\\' },
    };
    expect(canonicalRecord(odd)).toBe(canonicalize(odd));
  });

  it("has the same hash however its members are ordered and spaced", async () => {
    const turned = Object.fromEntries(Object.entries(record).reverse());
    const read = parseRecord(JSON.stringify(turned, null, 4), { file: "x" });
    expect(hexOf(await hashRecord(read))).toBe(hexOf(await hashRecord(record)));
    expect(hexOf(await hashRecord({ ...record, title: "Lain" }))).not.toBe(hexOf(await hashRecord(record)));
  });

  it("keeps members of a later version, since the hash is over them too", async () => {
    const later = { ...record, accredited: true };
    const read = parseRecord(JSON.stringify(later), { file: "x" });
    expect(canonicalRecord(read)).toContain('"accredited":true');
  });

  it.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["another version", JSON.stringify({ ...record, v: 2 })],
    ["a record without title", JSON.stringify({ ...record, title: undefined })],
    ["an award without label", JSON.stringify({ ...record, awards: [{ id: "x" }] })],
    ["fields that are none", JSON.stringify({ ...record, fields: null })],
  ])("is not %s", (_, json) => {
    expect(() => parseRecord(json, { file: "e/1.json" })).toThrow(
      expect.objectContaining({ code: "record-malformed", place: { file: "e/1.json" } }),
    );
  });

  it("holds only what JSON can say", () => {
    expect(() => canonicalRecord({ ...record, title: "\ud800" })).toThrow("half a surrogate pair");
    expect(() => canonicalRecord({ ...record, fields: { n: Number.NaN } })).toThrow("the number NaN");
    expect(() => canonicalRecord({ ...record, fields: { n: 1n } })).toThrow("a bigint");
  });

  it("names the issuer by the address of its keys", () => {
    expect(didOf("https://Example.go.id")).toBe("did:web:example.go.id");
    expect(didOf("https://example.go.id:8443/a/b/")).toBe("did:web:example.go.id%3A8443:a:b");
  });
});
