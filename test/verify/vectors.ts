import { type Cbor, type CborMap, concat, formatCbor, parseCbor } from "../../src/credential/cbor.js";
import { formatClaims } from "../../src/credential/claims.js";
import { hexOf, parseHex } from "../../src/credential/hex.js";
import { formatKeySet, type PublicKey } from "../../src/credential/keyset.js";
import { formatLink } from "../../src/credential/link.js";
import { canonicalRecord } from "../../src/credential/record.js";
import { placeOfSeal } from "../../src/credential/seal.js";
import { signToken } from "../../src/credential/sign.js";
import type { EventRecord } from "../../src/model/certificate.js";
import type { Status, VerdictCode } from "../../src/verify/verdict.js";
import { issuerKey, otherKey, record, verifyUrl } from "../credential/sample.js";
import { type Paper, write } from "./paper.js";
import { claims, token } from "./trust.js";

/** One situation with at most one fault, and what a verifier must say; kept as a file for people who build their own. */
export interface Vector {
  readonly title: string;
  readonly now: string;
  readonly keys: unknown;
  readonly records: readonly EventRecord[];
  /** what the source of status answers; `null` where there is no source */
  readonly status: Status | null;
  /** the text of a QR code, or the bytes of a PDF in base 64 */
  readonly text?: string;
  readonly document?: string;
  readonly verdict: { readonly code: VerdictCode; readonly proven: boolean };
}

const kid = parseHex(issuerKey.kid);
const header = new Map<number, Cbor>([
  [1, -8],
  [4, kid],
]);
const payload = formatClaims(claims);
const all = asMap(parseCbor(payload));
const facts = asMap(all.get(-65537));
const raw = parseHex(BigInt(token).toString(16));
const expiring = { ...claims, expiresAt: Date.UTC(2026, 0, 1) / 1000 };
const paper: Paper = {
  url: verifyUrl,
  token,
  texts: [`Nomor: ${claims.number}`, claims.name],
  record: canonicalRecord(record),
};
const altered = { code: "altered", proven: false } as const;
const unreadable = { code: "unreadable", proven: false } as const;
const unknown = { code: "unknown-issuer", proven: false } as const;

/** By file name. */
export const vectors: Readonly<Record<string, Vector>> = {
  genuine: vector("a certificate as issued", token),
  "genuine-number-alone": { ...vector("the number without the address", token), text: token },
  "genuine-line-breaks": {
    ...vector("white space within the text", token),
    text: formatLink(verifyUrl, token).replace(/.{70}/g, "$&\r\n "),
  },
  "genuine-algorithm-ed25519": vector(
    "the algorithm named -19, as RFC 9864 does",
    signRaw(headerWith(1, -19), payload),
  ),
  "genuine-without-status": { ...vector("no source of status", token), status: null },
  "genuine-without-record": { ...vector("no event record at hand", token), records: [] },
  "genuine-not-yet-expired": {
    ...vector("a certificate one second before it expires", signToken(expiring, issuerKey)),
    now: "2025-12-31T23:59:59Z",
  },
  expired: vector("a certificate after its last day", signToken(expiring, issuerKey), {
    code: "expired",
    proven: true,
  }),
  revoked: {
    ...vector("withdrawn by the issuer", token, { code: "revoked", proven: true }),
    status: { state: "revoked", on: "2025-01-01" },
  },
  replaced: {
    ...vector("replaced by a corrected certificate", token, { code: "replaced", proven: true }),
    status: { state: "replaced", by: "0428" },
  },
  "status-unknown": {
    ...vector("the source of status does not answer", token, { code: "status-unknown", proven: true }),
    status: { state: "unknown" },
  },
  "unknown-issuer": vector("signed with a key that is not trusted", signToken(claims, otherKey), unknown),
  "key-not-yet-in-use": withKey("dated before its key was in use", { notBefore: claims.issuedAt + 1 }),
  "key-no-longer-in-use": withKey("dated when its key was no longer in use", { notAfter: claims.issuedAt }),
  "key-compromised": withKey("signed with a key that was stolen later", {
    compromisedAt: claims.issuedAt + 86_400,
  }),
  "altered-name": vector(
    "another name under the same signature",
    body([formatCbor(header), new Map(), formatClaims({ ...claims, name: "Budi Santosa" }), raw.slice(-64)]),
    altered,
  ),
  "altered-signature": vector("one bit of the signature flipped", flipped(raw.length * 8 - 1), altered),
  "altered-key-name": vector(
    "another's signature under the name of a trusted key",
    body([formatCbor(header), new Map(), payload, otherKey.sign(raw)]),
    altered,
  ),
  "altered-scalar": vector(
    "the signature's scalar in its second spelling",
    body([formatCbor(header), new Map(), payload, secondScalar()]),
    altered,
  ),
  "altered-small-order": vector(
    "a signature whose point is of small order",
    body([formatCbor(header), new Map(), payload, Uint8Array.of(1, ...new Uint8Array(63))]),
    altered,
  ),
  "altered-digit": vector(
    "one digit changed",
    `${token.slice(0, 99)}${(Number(token[99]) + 1) % 10}${token.slice(100)}`,
    altered,
  ),
  "altered-cut": vector("the last digit missing", token.slice(0, -1), altered),
  "altered-letter": vector("a letter behind the digits", `${token}x`, altered),
  "altered-leading-zero": vector("a zero before the digits", `0${token}`, altered),
  "altered-too-long": vector("more than 2,500 digits", "2".repeat(2501), altered),
  "altered-address": {
    ...vector("a genuine number behind a stranger's address", token, { code: "altered", proven: true }),
    text: formatLink("https://sertifikat.example.com/v", token),
  },
  "altered-no-tag": vector(
    "no tag for COSE_Sign1",
    decimal(concat([Uint8Array.of(0xd1), raw.subarray(1)])),
    altered,
  ),
  "altered-trailing-byte": vector(
    "a byte after the message",
    decimal(concat([raw, Uint8Array.of(0)])),
    altered,
  ),
  "altered-unprotected-header": vector(
    "an unprotected header",
    body([formatCbor(header), new Map([[4, kid]]), payload, raw.slice(-64)]),
    altered,
  ),
  "altered-algorithm": vector("another algorithm, signed so", signRaw(headerWith(1, -7), payload), altered),
  "altered-header-key": vector(
    "a public key in the header, signed so",
    signRaw(headerWith(-1, issuerKey.publicKey), payload),
    altered,
  ),
  "altered-long-number": vector(
    "a number longer than needed, signed so",
    signRaw(header, longerAward()),
    altered,
  ),
  "altered-indefinite": vector(
    "a map of indefinite length, signed so",
    signRaw(header, concat([Uint8Array.of(0xbf), payload.subarray(1), Uint8Array.of(0xff)])),
    altered,
  ),
  "altered-key-order": vector("claims out of order, signed so", signRaw(header, swapped()), altered),
  "altered-key-twice": vector("a claim twice, signed so", signRaw(header, twice()), altered),
  "altered-unknown-claim": vector("a claim that does not exist, signed so", signClaim(11, "x"), altered),
  "altered-name-missing": vector("no name, signed so", signRaw(header, without(1)), altered),
  "altered-name-not-nfc": vector(
    "a name that is not in NFC, signed so",
    signClaim(1, "Ame\u0301lie"),
    altered,
  ),
  "altered-name-direction": vector(
    "a name that turns the direction around, signed so",
    signClaim(1, "Siti \u202eAminah"),
    altered,
  ),
  "altered-name-invisible": vector(
    "a letter of no width in the name, signed so",
    signClaim(1, "Siti\u200b Aminah"),
    altered,
  ),
  "altered-date": vector(
    "a date of issue that is not a midnight, signed so",
    signRaw(header, formatCbor(new Map(all).set(6, claims.issuedAt + 1))),
    altered,
  ),
  "unreadable-address": { ...vector("an address without a number", token, unreadable), text: verifyUrl },
  "unreadable-short": {
    ...vector("a number of 99 digits", token, unreadable),
    text: `${verifyUrl}#${"1".repeat(99)}`,
  },
  "unreadable-scheme": {
    ...vector("an address that is none of the web", token, unreadable),
    text: `javascript:0#${token}`,
  },
  "pdf-genuine": pdf("a file as issued", write(paper), { code: "genuine", proven: true }),
  "pdf-name": pdf(
    "another name on the page, the seal renewed",
    write({ ...paper, texts: [`Nomor: ${claims.number}`, "Budi Santosa"] }),
  ),
  "pdf-symbol": pdf(
    "another QR code than the link, the seal renewed",
    write({ ...paper, symbol: { url: verifyUrl, token: signToken(claims, otherKey) } }),
  ),
  "pdf-record": pdf(
    "another event record in the file, the seal renewed",
    write({ ...paper, record: canonicalRecord({ ...record, title: "Lain" }) }),
  ),
  "pdf-seal": pdf("one digit of the seal changed", otherSeal(write(paper))),
  "pdf-appended": pdf(
    "a line behind the end of the file",
    concat([write(paper), new TextEncoder().encode("%\n")]),
  ),
};

function vector(
  title: string,
  digits: string,
  verdict: Vector["verdict"] = { code: "genuine", proven: true },
): Vector {
  return {
    title,
    now: "2026-01-02T03:04:05Z",
    keys: keySet(issuerKey.public),
    records: [record],
    status: { state: "current" },
    text: formatLink(verifyUrl, digits),
    verdict,
  };
}

function withKey(title: string, window: Partial<PublicKey>): Vector {
  return { ...vector(title, token, unknown), keys: keySet({ ...issuerKey.public, ...window }) };
}

function pdf(
  title: string,
  bytes: Uint8Array,
  verdict: Vector["verdict"] = { code: "altered", proven: true },
): Vector {
  const { text: _, ...rest } = vector(title, token, verdict);
  return { ...rest, document: Buffer.from(bytes).toString("base64") };
}

function keySet(key: PublicKey): unknown {
  return JSON.parse(formatKeySet([key]));
}

function headerWith(label: number, value: Cbor): CborMap {
  return new Map(header).set(label, value);
}

function signClaim(claim: number, value: Cbor): string {
  return signRaw(header, formatCbor(new Map(all).set(-65537, new Map(facts).set(claim, value))));
}

/** Correctly signed, whatever the bytes are, so that the form alone is at fault. */
function signRaw(protectedHeader: CborMap, content: Uint8Array): string {
  const prot = formatCbor(protectedHeader);
  return body([
    prot,
    new Map(),
    content,
    issuerKey.sign(formatCbor(["Signature1", prot, new Uint8Array(0), content])),
  ]);
}

function body(parts: readonly Cbor[]): string {
  return decimal(concat([Uint8Array.of(0xd2), formatCbor(parts)]));
}

function decimal(bytes: Uint8Array): string {
  return BigInt(`0x${hexOf(bytes)}`).toString();
}

function flipped(bit: number): string {
  const bytes = raw.slice();
  bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return decimal(bytes);
}

/** RFC 8032 asks for a scalar below the order; adding the order gives the same point. */
function secondScalar(): Uint8Array {
  const signature = raw.slice(-64);
  const scalar = signature.subarray(32).reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const second = scalar + 2n ** 252n + 27742317777372353535851937790883648493n;
  for (let at = 0; at < 32; at += 1) signature[32 + at] = Number((second >> BigInt(8 * at)) & 255n);
  return signature;
}

/** The award, claim 5, written in two bytes where one would do. */
function longerAward(): Uint8Array {
  return parseHex(hexOf(payload).replace("05000aa1", "0518000aa1"));
}

function swapped(): Uint8Array {
  const [first, second, third] = [...all].map(([key, value]) => concat([formatCbor(key), formatCbor(value)]));
  return concat([Uint8Array.of(0xa3), ...[second, first, third].map((part) => part ?? new Uint8Array(0))]);
}

function twice(): Uint8Array {
  const date = concat([formatCbor(6), formatCbor(claims.issuedAt)]);
  return concat([Uint8Array.of(0xa4), date, payload.subarray(1)]);
}

function without(claim: number): Uint8Array {
  const fewer = new Map([...facts].filter(([key]) => key !== claim));
  return formatCbor(new Map(all).set(-65537, fewer));
}

function otherSeal(bytes: Uint8Array): Uint8Array {
  const at = placeOfSeal(bytes) ?? 0;
  const changed = bytes.slice();
  changed[at] = changed[at] === 0x30 ? 0x31 : 0x30;
  return changed;
}

function asMap(value: Cbor | undefined): CborMap {
  if (value instanceof Map) return value;
  throw new Error("expected a map");
}
