import { Fault } from "../model/fault.js";
import { type Cbor, compareBytes, concat, formatCbor, parseCbor } from "./cbor.js";
import { type Claims, formatClaims, parseClaims } from "./claims.js";
import { isVerified } from "./ed25519.js";
import { hexOf, parseHex } from "./hex.js";

/**
 * The decimal number in a certificate's QR code: a tagged COSE_Sign1 (RFC 9052) around the claims, read as one
 * big number, most significant byte first. The tag makes the first byte 0xD2, so no leading zero gets lost.
 * Runs in the verification page too: nothing of Node here.
 */
export interface Token {
  readonly claims: Claims;
  /** which key is said to have signed: 16 hex digits */
  readonly kid: string;
  /** the bytes that the signature is about */
  readonly signed: Uint8Array<ArrayBuffer>;
  readonly signature: Uint8Array<ArrayBuffer>;
}

const COSE_SIGN1_TAG = 0xd2;
const MOST_DIGITS = 2500;
const header = { algorithm: 1, kid: 4 } as const;
/** EdDSA, and Ed25519 as RFC 9864 names it since; either means Ed25519, the only kind of key there is here. */
const algorithms = [-8, -19];

/** The token of these claims, signed with `sign`: 64 bytes of Ed25519 over the bytes that it is given. */
export function formatToken(claims: Claims, kid: string, sign: (bytes: Uint8Array) => Uint8Array): string {
  const prot = protectedHeader(kid);
  const payload = formatClaims(claims);
  const body = formatCbor([prot, new Map(), payload, sign(structure(prot, payload))]);
  return BigInt(`0x${hexOf(concat([Uint8Array.of(COSE_SIGN1_TAG), body]))}`).toString();
}

/** What a token says. Nothing is verified yet: whether the signature fits is `isSignedBy`'s to say. */
export function parseToken(decimal: string): Token {
  const bytes = parseNumber(decimal);
  if (bytes[0] !== COSE_SIGN1_TAG) throw malformed("it does not begin as a COSE_Sign1 message");
  const [prot, unprotected, payload, signature, ...rest] = asList(parseCbor(bytes.subarray(1)));
  if (!(prot instanceof Uint8Array && payload instanceof Uint8Array && signature instanceof Uint8Array)) {
    throw malformed("header, claims and signature are not three byte strings");
  }
  if (!(unprotected instanceof Map) || unprotected.size > 0 || rest.length > 0) {
    throw malformed("there is more in it than header, claims and signature");
  }
  if (signature.length !== 64) throw malformed("the signature is not of 64 bytes");
  const claims = parseClaims(payload);
  if (compareBytes(formatClaims(claims), payload) !== 0) throw malformed("the claims have a second spelling");
  return { claims, kid: parseHeader(prot), signed: structure(prot, payload), signature: concat([signature]) };
}

/**
 * Whether the key's holder signed this token.
 * @param publicKey 32 bytes, from a source that the reader trusts; never from the token
 */
export async function isSignedBy(token: Token, publicKey: Uint8Array): Promise<boolean> {
  return isVerified(token.signature, token.signed, publicKey);
}

function structure(prot: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  return concat([formatCbor(["Signature1", prot, new Uint8Array(0), payload])]);
}

function protectedHeader(kid: string): Uint8Array {
  return formatCbor(
    new Map<number, Cbor>([
      [header.algorithm, -8],
      [header.kid, parseHex(kid)],
    ]),
  );
}

function parseHeader(prot: Uint8Array): string {
  const map = parseCbor(prot);
  if (!(map instanceof Map) || map.size !== 2) throw malformed("the header is not an algorithm and a key");
  if (!algorithms.some((one) => one === map.get(header.algorithm)))
    throw malformed("the algorithm is not Ed25519");
  const kid = map.get(header.kid);
  if (!(kid instanceof Uint8Array) || kid.length !== 8)
    throw malformed("the name of the key is not of 8 bytes");
  return hexOf(kid);
}

function parseNumber(decimal: string): Uint8Array {
  if (!/^[1-9][0-9]*$/.test(decimal)) throw malformed("expected decimal digits, the first not 0");
  if (decimal.length > MOST_DIGITS)
    throw malformed(`${decimal.length} digits; expected at most ${MOST_DIGITS}`);
  const hex = BigInt(decimal).toString(16);
  return parseHex(hex.length % 2 === 0 ? hex : `0${hex}`);
}

function asList(value: Cbor): readonly Cbor[] {
  if (!Array.isArray(value)) throw malformed("it is no list of four parts");
  return value;
}

function malformed(flaw: string): Fault {
  return new Fault("token-malformed", `malformed token: ${flaw}`);
}
