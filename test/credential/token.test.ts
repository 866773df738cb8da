import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cbor, concat, formatCbor, parseCbor } from "../../src/credential/cbor.js";
import { formatClaims } from "../../src/credential/claims.js";
import { hexOf, parseHex } from "../../src/credential/hex.js";
import { signToken } from "../../src/credential/sign.js";
import { formatToken, isSignedBy, parseToken } from "../../src/credential/token.js";
import { anyClaims, claims, issuerKey, otherKey } from "./sample.js";

const token = signToken(claims, issuerKey);

describe("a token", () => {
  it("says what was signed", () => {
    fc.assert(
      fc.property(anyClaims, (one) => {
        const read = parseToken(signToken(one, issuerKey));
        expect({ ...read.claims }).toEqual(one);
        expect(read.kid).toBe(issuerKey.kid);
      }),
    );
  });

  it("is verified by the key that signed it and by no other", async () => {
    const read = parseToken(token);
    expect(await isSignedBy(read, issuerKey.publicKey)).toBe(true);
    expect(await isSignedBy(read, otherKey.publicKey)).toBe(false);
  });

  it("has the same spelling each time it is signed", () => {
    expect(signToken(claims, issuerKey)).toBe(token);
  });

  it("stays small enough for a symbol of 61 modules with a long name and number", () => {
    expect(signToken({ ...claims, personal: {} }, issuerKey).length).toBeLessThan(530);
  });

  it("is never verified with any one of its bits flipped", async () => {
    const bytes = parseHex(BigInt(token).toString(16));
    const survivors: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = bytes.slice();
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      if (await isVerified(BigInt(`0x${hexOf(flipped)}`).toString())) survivors.push(bit);
    }
    expect(survivors).toEqual([]);
  });

  it("is never verified with any one of its digits changed, dropped or added", async () => {
    for (let at = 0; at < token.length; at += 1) {
      const [before, digit, after] = [token.slice(0, at), Number(token[at]), token.slice(at + 1)];
      expect(await isVerified(`${before}${(digit + 1) % 10}${after}`)).toBe(false);
      expect(await isVerified(before + after)).toBe(false);
      expect(await isVerified(`${before}0${token.slice(at)}`)).toBe(false);
    }
  });

  it("cannot be hit by chance", async () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const digits = fc.array(digit, { minLength: 1, maxLength: 600 }).map((all) => all.join(""));
    await fc.assert(
      fc.asyncProperty(digits, async (one) => !(await isVerified(one))),
      { numRuns: 10_000 },
    );
  });

  it("may name its algorithm as RFC 9864 does", async () => {
    const header = formatCbor(
      new Map<number, Cbor>([
        [1, -19],
        [4, parseHex(issuerKey.kid)],
      ]),
    );
    const signed = formatCbor(["Signature1", header, new Uint8Array(0), formatClaims(claims)]);
    const spelled = decimalOf([header, new Map(), formatClaims(claims), issuerKey.sign(signed)]);
    expect(await isVerified(spelled)).toBe(true);
  });
});

describe("a token is refused", () => {
  const header = formatCbor(
    new Map<number, Cbor>([
      [1, -8],
      [4, parseHex(issuerKey.kid)],
    ]),
  );
  const payload = formatClaims(claims);
  const { signature } = parseToken(token);
  const withHeader = (map: ReadonlyMap<number, Cbor>) =>
    decimalOf([formatCbor(map), new Map(), payload, signature]);
  const kid = parseHex(issuerKey.kid);

  it.each([
    ["without digits", "", "expected decimal digits"],
    ["with a leading zero", `0${token}`, "expected decimal digits"],
    ["with a sign", `-${token}`, "expected decimal digits"],
    ["with digits of another script", "٣".repeat(300), "expected decimal digits"],
    ["with too many digits", "1".repeat(2501), "2501 digits"],
    ["without the tag", decimalOf([header, new Map(), payload, signature], 0xd1), "COSE_Sign1"],
    ["with unprotected headers", decimalOf([header, new Map([[4, kid]]), payload, signature]), "more in it"],
    ["with a fifth part", decimalOf([header, new Map(), payload, signature, 0]), "more in it"],
    ["with a part missing", decimalOf([header, new Map(), payload]), "three byte strings"],
    ["that is no list", decimalOf(new Map()), "no list"],
    ["with a short signature", decimalOf([header, new Map(), payload, signature.slice(1)]), "64 bytes"],
    [
      "with another algorithm",
      withHeader(
        new Map<number, Cbor>([
          [1, -7],
          [4, kid],
        ]),
      ),
      "algorithm",
    ],
    ["without an algorithm", withHeader(new Map<number, Cbor>([[4, kid]])), "an algorithm and a key"],
    [
      "with a key in its header",
      withHeader(
        new Map<number, Cbor>([
          [1, -8],
          [4, kid],
          [-1, kid],
        ]),
      ),
      "an algorithm and a key",
    ],
    [
      "with a short name of its key",
      withHeader(
        new Map<number, Cbor>([
          [1, -8],
          [4, kid.slice(1)],
        ]),
      ),
      "8 bytes",
    ],
  ])("%s", (_, decimal, message) => {
    expect(() => parseToken(decimal)).toThrow(
      expect.objectContaining({ code: "token-malformed", message: expect.stringContaining(message) }),
    );
  });

  it.each([
    ["whose name is not in NFC", -65537, 1, "Ame\u0301lie", "NFC"],
    ["whose name turns the direction around", -65537, 1, "Siti \u202eAminah", "U+202E"],
    ["whose name holds a letter of no width", -65537, 1, "Siti\u200b Aminah", "U+200B"],
    ["whose name holds a line break", -65537, 1, "Siti\nAminah", "U+000A"],
    ["whose name is empty", -65537, 1, "", "empty"],
    ["whose name is a number", -65537, 1, 7, "no text"],
    ["whose number ends with a space", -65537, 2, "0427 ", "space"],
    ["whose number is longer than any number", -65537, 2, "1".repeat(501), "500"],
    ["whose event is no hash", -65537, 3, new Uint8Array(15), "16 bytes"],
    ["whose status index is negative", -65537, 4, -1, "status index"],
    ["whose award is negative", -65537, 5, -1, "award"],
    ["with an unknown claim about the certificate", -65537, 11, "x", "unknown key 11"],
    ["with an empty map of fields", -65537, 10, new Map(), "claim 10"],
    ["with a field that is no text", -65537, 10, new Map([["hours", 3]]), "no text"],
    ["with a number for the name of a field", -65537, 10, new Map([[1, "x"]]), "no text"],
    ["issued at another time than midnight", 6, null, 1729814401, "midnight"],
    ["that expires before it is issued", 4, null, 1, "expires"],
    ["with a short code", 7, null, new Uint8Array(9), "10 bytes"],
    ["with an unknown claim", 1, null, "issuer", "unknown key 1"],
    ["without the claims about the certificate", -65537, null, 0, "no map"],
  ] as const)("%s", (_, claim, inner, value, message) => {
    const changed = change(claim, inner, value);
    const signed = concat([formatCbor(["Signature1", header, new Uint8Array(0), changed])]);
    const decimal = decimalOf([header, new Map(), changed, issuerKey.sign(signed)]);
    expect(() => parseToken(decimal)).toThrow(
      expect.objectContaining({ code: "token-malformed", message: expect.stringContaining(message) }),
    );
  });

  it("before it is made, where nobody would accept it", () => {
    expect(() => signToken({ ...claims, name: "Siti\u0000" }, issuerKey)).toThrow("U+0000");
    expect(() => signToken({ ...claims, number: "" }, issuerKey)).toThrow("the number is empty");
  });

  it("not for a field named like a part of every object", () => {
    const personal = JSON.parse('{"__proto__":"x","constructor":"y"}');
    const read = parseToken(signToken({ ...claims, personal }, issuerKey));
    expect(Object.entries(read.claims.personal).sort()).toEqual([
      ["__proto__", "x"],
      ["constructor", "y"],
    ]);
  });
});

function change(claim: number, inner: number | null, value: Cbor): Uint8Array {
  const all = new Map(asMap(parseCbor(formatClaims(claims))));
  if (inner === null) return formatCbor(all.set(claim, value));
  return formatCbor(all.set(claim, new Map(asMap(all.get(claim))).set(inner, value)));
}

function asMap(value: Cbor | undefined): ReadonlyMap<number | string, Cbor> {
  if (value instanceof Map) return value;
  throw new Error("expected a map");
}

function decimalOf(body: Cbor, tag = 0xd2): string {
  return BigInt(`0x${hexOf(concat([Uint8Array.of(tag), formatCbor(body)]))}`).toString();
}

async function isVerified(decimal: string): Promise<boolean> {
  try {
    return await isSignedBy(parseToken(decimal), issuerKey.publicKey);
  } catch {
    return false;
  }
}

describe("the parts of a token", () => {
  it("make the token again", () => {
    const read = parseToken(token);
    expect(formatToken(read.claims, read.kid, () => read.signature)).toBe(token);
  });
});
