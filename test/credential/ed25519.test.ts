import { createPrivateKey, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAcceptable, isVerified, isVerifiedByArithmetic } from "../../src/credential/ed25519.js";
import { hexOf, parseHex } from "../../src/credential/hex.js";

/** RFC 8032, section 7.1: public key, message, signature. */
const published = [
  [
    "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    "",
    "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
  ],
  [
    "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
    "72",
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
  ],
  [
    "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
    "af82",
    "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
  ],
] as const;

/** The points of small order, and second spellings of some of them. */
const small = [
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "0000000000000000000000000000000000000000000000000000000000000080",
  "0000000000000000000000000000000000000000000000000000000000000000",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
  "0100000000000000000000000000000000000000000000000000000000000080",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
];

const [key = "", message = "", signature = ""] = published[1];

describe("an Ed25519 signature", () => {
  it.each(published)("of RFC 8032 under %s is verified", async (publicKey, text, signed) => {
    const given = [parseHex(signed), parseHex(text), parseHex(publicKey)] as const;
    expect(await isVerified(...given)).toBe(true);
    expect(await isVerifiedByArithmetic(...given)).toBe(true);
  });

  it("is judged by arithmetic as by Node", async () => {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const raw = new Uint8Array(publicKey.export({ type: "spki", format: "der" }).subarray(-32));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), fc.option(fc.nat(511)), async (text, flip) => {
        const signed = new Uint8Array(sign(null, text, privateKey));
        if (flip !== null) signed[flip >> 3] = (signed[flip >> 3] ?? 0) ^ (1 << (flip & 7));
        const expected = verify(null, text, publicKey, signed);
        expect(await isVerified(signed, new Uint8Array(text), raw)).toBe(expected);
        if (isAcceptable(signed, raw)) expect(await isVerifiedByArithmetic(signed, text, raw)).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });

  // four of the 914 vectors of C2SP/CCTV, which this program was held against as a whole: see docs/CREDENTIAL.md
  it.each([
    [
      "refused, with R beside the group",
      false,
      "10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f",
      "36684ea91032ba5b1dbab2d02f4debc74c3327f2b3802e2e4d371aa42b12b56bc02e2b9e63e385c058bf62b14b3a2b29ccefe8e38ddb536bc3f9865320a3d801",
      "ed25519vectors 10",
    ],
    [
      "taken, with R beside the group",
      true,
      "10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f",
      "36684ea91032ba5b1dbab2d02f4debc74c3327f2b3802e2e4d371aa42b12b56bbbfd00bd9c259d8d222d15e67a3d8228585050dbb9b9585be20d8fadc721da03",
      "ed25519vectors",
    ],
    [
      "taken",
      true,
      "10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f",
      "b62cf890de42c413b11b1411c9f01f1c4d77aa87ef182258d1251f69af2a350608f32d206a7c0b7efa9a59e66546e8f1f599ef843fb502c9cc3c4ae8b7c11e05",
      "ed25519vectors 5",
    ],
    [
      "refused",
      false,
      "10eb7c3acfb2bed3e0d6ab89bf5a3d6afddd1176ce4812e38d9fd485058fdb1f",
      "b62cf890de42c413b11b1411c9f01f1c4d77aa87ef182258d1251f69af2a3506030b03796b78f7afeadfccaedc9d09ce6d487d1ece1f16b1ae2b59b7e5c40603",
      "ed25519vectors 3",
    ],
  ])(
    "under a key with a part of small order is judged alike by platform and arithmetic: %s",
    async (_, verdict, key, signature, message) => {
      const [bytes, publicKey] = [parseHex(signature), parseHex(key)];
      const text = new TextEncoder().encode(message);
      expect(await isVerified(bytes, text, publicKey)).toBe(verdict);
      expect(await isVerifiedByArithmetic(bytes, text, publicKey)).toBe(verdict);
    },
  );

  it("is refused with a second spelling of its scalar", async () => {
    const order = 2n ** 252n + 27742317777372353535851937790883648493n;
    const bytes = parseHex(signature);
    const scalar = bytes.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n) + order;
    for (let at = 0; at < 32; at += 1) bytes[32 + at] = Number((scalar >> BigInt(8 * at)) & 255n);
    expect(isAcceptable(bytes, parseHex(key))).toBe(false);
    expect(await isVerified(bytes, parseHex(message), parseHex(key))).toBe(false);
  });

  it.each(small)("is refused under the key of small order %s, and with it as its point", async (point) => {
    expect(isAcceptable(parseHex(signature), parseHex(point))).toBe(false);
    expect(isAcceptable(parseHex(point + signature.slice(64)), parseHex(key))).toBe(false);
    // the equation 0 = 0 holds for any message, so a platform that only computes it says yes
    const trivial = parseHex(small[0] + "00".repeat(32));
    expect(await isVerified(trivial, parseHex(message), parseHex(point))).toBe(false);
  });

  it.each([63, 65, 0])("of %i bytes is refused", async (length) => {
    expect(await isVerified(new Uint8Array(length), parseHex(message), parseHex(key))).toBe(false);
  });

  it("is refused under a key that is no point", async () => {
    const noPoint = parseHex(`02${"00".repeat(31)}`);
    expect(await isVerified(parseHex(signature), parseHex(message), noPoint)).toBe(false);
    expect(await isVerifiedByArithmetic(parseHex(signature), parseHex(message), noPoint)).toBe(false);
  });

  it("of Node is the one that is verified", async () => {
    const seed = "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb";
    const der = Buffer.from(`302e020100300506032b657004220420${seed}`, "hex");
    const own = sign(null, parseHex(message), createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
    expect(hexOf(own)).toBe(signature);
  });
});
