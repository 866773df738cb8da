import { createPrivateKey } from "node:crypto";
import fc from "fast-check";
import type { Claims } from "../../src/credential/claims.js";
import { IssuerKey } from "../../src/credential/key.js";
import { isForbidden } from "../../src/credential/text.js";
import type { EventRecord } from "../../src/model/certificate.js";

/** The key of RFC 8032, section 7.1, test 1: known to everybody, so good for nothing but tests. */
export const issuerKey = keyOf("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
/** The key of test 2 there. */
export const otherKey = keyOf("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");

export const verifyUrl = "https://sertifikat.example.go.id/v";

export const record: EventRecord = {
  v: 1,
  issuer: "did:web:sertifikat.example.go.id:v",
  name: "BPSDM Provinsi Contoh",
  event: "contoh-2024-41",
  title: "Menuju Indonesia Tanpa Kemiskinan",
  series: "Webinar ASN Belajar Seri 41",
  language: "id",
  start: "2024-10-24",
  end: "2024-10-24",
  awards: [
    { id: "participant", label: "Peserta" },
    { id: "speaker", label: "Narasumber" },
  ],
  fields: { hours: "3 JP", place: "Surabaya" },
  verify: verifyUrl,
};

export const claims: Claims = {
  issuedAt: Date.UTC(2024, 9, 25) / 1000,
  cti: Uint8Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9),
  name: "dr. Bambang Sutrisno Wibowo, Sp.PD., M.Kes.",
  number: "0427/contoh-2024-41/X/2024",
  event: new Uint8Array(16).fill(7),
  statusIndex: 83_042,
  award: 0,
  personal: { institution: "RSUD Dr. Soetomo" },
};

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 60 })
  .map((raw) =>
    [...raw.normalize("NFC")]
      .filter((letter) => !isForbidden(letter.codePointAt(0) ?? 0))
      .join("")
      .trim(),
  )
  .filter((clean) => clean !== "" && clean.normalize("NFC") === clean);

/** Claims as an issuer may make them. */
export const anyClaims: fc.Arbitrary<Claims> = fc.record(
  {
    issuedAt: fc.integer({ min: 0, max: 60_000 }).map((days) => days * 86_400),
    cti: fc.uint8Array({ minLength: 10, maxLength: 10 }),
    expiresAt: fc.integer({ min: 60_000 * 86_400 + 1, max: 253_402_300_799 }),
    name: text,
    number: text,
    event: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    statusIndex: fc.nat(2 ** 40),
    award: fc.nat(300),
    personal: fc.dictionary(text, text, { maxKeys: 4 }),
  },
  { requiredKeys: ["issuedAt", "cti", "name", "number", "event", "statusIndex", "award", "personal"] },
);

function keyOf(seed: string): IssuerKey {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, "hex");
  return new IssuerKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
}
