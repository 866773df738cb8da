import { createPrivateKey, generateKeyPairSync, verify } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { hexOf } from "../../src/credential/hex.js";
import { createKey, needsPassphrase, openKey } from "../../src/credential/key.js";
import { formatKeySet, parsePublicKeys } from "../../src/credential/keyset.js";
import { issuerKey } from "./sample.js";

const place = { file: "keys/issuer.pem" };
const open = (text: string, passphrase: string | null = null) => openKey(text, passphrase, place);
const plain = createKey(null);
const sealed = createKey("rahasia besar – ñ");
const privateBlock = (text: string) => text.slice(0, text.indexOf("-----BEGIN PUBLIC KEY-----"));
const publicBlock = (text: string) => text.slice(text.indexOf("-----BEGIN PUBLIC KEY-----"));
const refused = (code: string) => expect.objectContaining({ code, place });

describe("a key file", () => {
  it("holds all that is needed to sign, and to verify without the passphrase", async () => {
    const key = open(sealed, "rahasia besar – ñ");
    const [known] = await parsePublicKeys(sealed, place);
    expect(known).toEqual(key.public);
  });

  it("opens without a passphrase where it has none, and does not mind one", () => {
    expect(needsPassphrase(plain)).toBe(false);
    expect(open(plain, "unasked").kid).toBe(open(plain).kid);
  });

  it("is encrypted with scrypt, and its plain bytes are nowhere in it", () => {
    expect(needsPassphrase(sealed)).toBe(true);
    const body = Buffer.from(privateBlock(sealed).replace(/-----[^-]+-----/g, ""), "base64");
    expect(body.includes(Buffer.from("2b06010401da47040b", "hex"))).toBe(true);
    const seed = createPrivateKey({ key: sealed, passphrase: "rahasia besar – ñ" })
      .export({ type: "pkcs8", format: "der" })
      .subarray(-32);
    expect(body.includes(seed)).toBe(false);
  });

  it("is different each time it is made", () => {
    expect(open(createKey(null)).kid).not.toBe(open(createKey(null)).kid);
  });

  it("opens from one line with the line breaks written out", () => {
    expect(open(plain.replaceAll("\n", "\\n")).kid).toBe(open(plain).kid);
  });

  it("makes the same signatures and the same secret wherever it is copied", () => {
    const [here, there] = [open(plain), open(`copied by hand\r\n${plain.replaceAll("\n", "\r\n")}`)];
    expect(hexOf(here.sign(Uint8Array.of(1)))).toBe(hexOf(there.sign(Uint8Array.of(1))));
    expect(hexOf(here.secret)).toBe(hexOf(there.secret));
    expect(hexOf(here.secret)).not.toBe(hexOf(open(createKey(null)).secret));
  });

  it("signs what the public key in it verifies", () => {
    const signature = open(plain).sign(Buffer.from("fakta"));
    expect(verify(null, Buffer.from("fakta"), publicBlock(plain), signature)).toBe(true);
  });

  it("shows nothing secret when it is printed", () => {
    const shown =
      inspect(issuerKey, { depth: 9, showHidden: true, getters: false }) + JSON.stringify(issuerKey);
    expect(shown).toContain(issuerKey.kid);
    expect(shown).not.toContain(hexOf(issuerKey.secret));
    expect(shown).not.toMatch(/9d61b19d|157, ?97, ?177/);
  });
});

describe("a key file is refused", () => {
  it("without a key", () => {
    expect(() => open("")).toThrow(refused("key-missing"));
    expect(() => open(publicBlock(plain))).toThrow("only a public key");
  });

  it("with a wrong passphrase or none", () => {
    expect(() => open(sealed, "salah")).toThrow(refused("key-passphrase-wrong"));
    expect(() => open(sealed, "")).toThrow(refused("key-passphrase-wrong"));
    expect(() => open(sealed)).toThrow(refused("key-passphrase-missing"));
  });

  it("with a key of another kind", () => {
    const { privateKey } = generateKeyPairSync("x25519");
    expect(() => open(privateKey.export({ type: "pkcs8", format: "pem" }).toString())).toThrow(
      'a key of type "x25519"',
    );
  });

  it("with the public key of another", () => {
    expect(() => open(privateBlock(plain) + publicBlock(sealed))).toThrow(refused("key-mismatch"));
  });

  it("when it is damaged, without quoting it", () => {
    const damaged = plain.replace(/\n(.{8})/, "\nAAAAAAAA");
    expect(() => open(damaged)).toThrow(
      expect.objectContaining({ code: "key-malformed", message: expect.not.stringContaining("AAAA") }),
    );
  });
});

describe("public keys", () => {
  const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(issuerKey.publicKey).toString("base64url") };
  const parse = (value: unknown) =>
    parsePublicKeys(typeof value === "string" ? value : JSON.stringify(value), place);

  it("are read from PEM, several in a file", async () => {
    const keys = await parse(publicBlock(plain) + publicBlock(sealed));
    expect(keys.map(({ kid }) => kid)).toEqual([open(plain).kid, open(sealed, "rahasia besar – ñ").kid]);
  });

  it("are read from a JSON Web Key", async () => {
    expect(await parse(jwk)).toEqual([issuerKey.public]);
  });

  it("are read from the key set that was written, with their windows", async () => {
    const keys = [{ ...issuerKey.public, notBefore: 1, notAfter: 2, compromisedAt: 3 }, open(plain).public];
    expect(await parse(formatKeySet(keys))).toEqual(keys);
  });

  it("are read from a key set that holds keys of other kinds too", async () => {
    expect(await parse({ keys: [{ kty: "RSA", n: "x", e: "y" }, jwk, null] })).toEqual([issuerKey.public]);
  });

  it.each([
    ["a private key alone", privateBlock(plain), "key-missing"],
    ["a private JSON Web Key", { ...jwk, d: "x" }, "key-private"],
    [
      "a key of another kind",
      generateKeyPairSync("x25519").publicKey.export({ type: "spki", format: "pem" }).toString(),
      "key-not-ed25519",
    ],
    ["a set without a key of use", { keys: [{ kty: "RSA" }] }, "key-not-ed25519"],
    ["a short key", { ...jwk, x: "AAAA" }, "key-not-ed25519"],
    ["a key that is not base 64", { ...jwk, x: "ä" }, "key-malformed"],
    ["a key under another's name", { ...jwk, kid8: "0000000000000000" }, "key-malformed"],
    ["a date that is no number", { ...jwk, nbf: "2024-10-25" }, "key-malformed"],
    ["broken JSON", '{"keys":', "key-malformed"],
    ["nothing", "", "key-missing"],
  ])("are not read from %s", async (_, value, code) => {
    await expect(parse(value)).rejects.toThrow(refused(code));
  });
});
