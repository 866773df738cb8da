import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatCbor } from "../../src/credential/cbor.js";
import { formatClaims } from "../../src/credential/claims.js";
import { formatCode } from "../../src/credential/code.js";
import { hexOf, parseHex } from "../../src/credential/hex.js";
import { kidOf } from "../../src/credential/keyset.js";
import { parseLink } from "../../src/credential/link.js";
import { canonicalRecord, hashRecord, parseRecord } from "../../src/credential/record.js";
import { isForbidden } from "../../src/credential/text.js";
import { isSignedBy, parseToken } from "../../src/credential/token.js";

const page = readFileSync(new URL("../../docs/CREDENTIAL.md", import.meta.url), "utf8");
const example = page.slice(page.indexOf("## A worked example"), page.indexOf("## What a genuine"));
const blocks = (language: string) =>
  [...example.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, "g"))].map(
    ([, content = ""]) => content,
  );
const [text = ""] = blocks("text");
const [raw, header, payload, signed, keyAndSignature = "", hash] = blocks("hex").map((block) =>
  block.replace(/\n/g, ""),
);
const [said = "", record = ""] = blocks("json");
const link = parseLink(text);
const token = parseToken(link?.token ?? "");

describe("the worked example of the page on credentials", () => {
  it("is the vector that it names", () => {
    const vector = JSON.parse(
      readFileSync(new URL("../../fixtures/vectors/genuine.json", import.meta.url), "utf8"),
    );
    expect(text.replace(/\s/g, "")).toBe(vector.text);
    expect(parseRecord(record, { file: "page" })).toEqual(vector.records[0]);
  });

  it("shows the number as bytes, its header, its claims and what is signed", () => {
    expect(BigInt(link?.token ?? 0).toString(16)).toBe(raw);
    expect(example).toContain(`as bytes, ${(raw ?? "").length / 2} of them`);
    expect(
      hexOf(
        formatCbor(
          new Map<number, number | Uint8Array>([
            [1, -8],
            [4, parseHex(token.kid)],
          ]),
        ),
      ),
    ).toBe(header);
    expect(hexOf(formatClaims(token.claims))).toBe(payload);
    expect(hexOf(token.signed)).toBe(signed);
  });

  it("says in words what the claims say", () => {
    const { issuedAt, cti, name, number, event, statusIndex, award, personal } = token.claims;
    const certificate = { 1: name, 2: number, 3: hexOf(event), 4: statusIndex, 5: award, 10: personal };
    expect(JSON.parse(said)).toEqual({ 6: issuedAt, 7: hexOf(cti), "-65537": certificate });
    const day = new Date(issuedAt * 1000).toISOString().slice(0, 10);
    expect(example).toContain(
      `So: ${name}, number ${number}, Peserta, issued on ${day}, code \`${formatCode(cti)}\``,
    );
    expect(example).toContain(
      `in status list ${Math.floor(statusIndex / 131_072)} at bit ${statusIndex % 131_072}.`,
    );
  });

  it("shows the key and the signature that it verifies", async () => {
    const [key, signature] = [parseHex(keyAndSignature.slice(0, 64)), keyAndSignature.slice(64)];
    expect(hexOf(token.signature)).toBe(signature);
    expect(await kidOf(key)).toBe(token.kid);
    expect(await isSignedBy(token, key)).toBe(true);
  });

  it("shows the record in its canonical form, and its hash", async () => {
    const parsed = parseRecord(record, { file: "page" });
    expect(canonicalRecord(parsed)).toBe(record.trim());
    expect(hexOf(await hashRecord(parsed))).toBe(hash);
    expect(hexOf(token.claims.event)).toBe(hash);
  });
});

describe("the page on credentials", () => {
  it("lists the letters that may not be signed, all of them", () => {
    const [list = ""] = /^ {4}0000–001F[^,]*/m.exec(page) ?? [];
    const runs = list
      .trim()
      .split(/\s+/)
      .map((run) => run.split("–").map((digits) => Number.parseInt(digits, 16)));
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint += 1) {
      const isListed = runs.some(([first = 0, last = first]) => codePoint >= first && codePoint <= last);
      const isLast = (codePoint & 0xfffe) === 0xfffe;
      if (isForbidden(codePoint) !== (isListed || isLast)) expect.fail(`U+${codePoint.toString(16)}`);
    }
  });
});
