import { Fault, type Place } from "../model/fault.js";
import { concat } from "./cbor.js";
import { hexOf, parseHex } from "./hex.js";

/**
 * Public keys of issuers: what a verifier trusts. They come from the reader's own configuration or the issuer's
 * site, never from a token. Runs in the verification page too: nothing of Node here.
 */
export interface PublicKey {
  /** first 8 bytes of SHA-256 over the key's SPKI DER, as 16 hex digits */
  readonly kid: string;
  /** 32 bytes */
  readonly bytes: Uint8Array;
  /** seconds since 1970; dates of issue that the key may vouch for, the last exclusive */
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  /** seconds since 1970; from then on somebody else may have signed, with any date */
  readonly compromisedAt: number | null;
}

/** The DER of every Ed25519 public key up to the 32 bytes that differ (RFC 8410). */
const SPKI_PREFIX = parseHex("302a300506032b6570032100");
const publicBlock = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]*)-----END PUBLIC KEY-----/g;

/** The keys in an issuer's key file (its public block), PEM public keys, a JSON Web Key or a set of them. Never empty. */
export async function parsePublicKeys(text: string, place: Place): Promise<PublicKey[]> {
  const keys = text.trimStart().startsWith("{") ? parseJsonKeys(text, place) : parsePem(text, place);
  return Promise.all(keys.map(({ bytes, ...window }) => toPublicKey(bytes, window, place)));
}

/** The keys as a JSON Web Key Set, to be published as `keys.json`. */
export function formatKeySet(keys: readonly PublicKey[]): string {
  return `${JSON.stringify({ keys: keys.map(toJwk) }, null, 2)}\n`;
}

/** The name of a key, from its 32 bytes. */
export async function kidOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", concat([SPKI_PREFIX, bytes]));
  return hexOf(new Uint8Array(digest).subarray(0, 8));
}

/** The key as a PEM public key (SPKI). */
export function formatPublicPem({ bytes }: PublicKey): string {
  const base64 = btoa(String.fromCharCode(...concat([SPKI_PREFIX, bytes])));
  return `-----BEGIN PUBLIC KEY-----\n${base64}\n-----END PUBLIC KEY-----\n`;
}

/** SHA-256 over the SPKI DER in groups of four hex digits, to be printed in a decree or read over the telephone. */
export async function fingerprintOf({ bytes }: PublicKey): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", concat([SPKI_PREFIX, bytes]));
  return hexOf(new Uint8Array(digest)).replace(/.{4}(?=.)/g, "$& ");
}

interface Window {
  readonly kid8: string | null;
  readonly notBefore: number | null;
  readonly notAfter: number | null;
  readonly compromisedAt: number | null;
}

const always: Window = { kid8: null, notBefore: null, notAfter: null, compromisedAt: null };

async function toPublicKey(bytes: Uint8Array, { kid8, ...window }: Window, place: Place): Promise<PublicKey> {
  const kid = await kidOf(bytes);
  if (kid8 !== null && kid8 !== kid) {
    throw new Fault("key-malformed", `the key ${kid} is listed as "${kid8}"; expected its own name`, {
      place,
    });
  }
  return { kid, bytes, ...window };
}

function parsePem(text: string, place: Place): ({ bytes: Uint8Array } & Window)[] {
  const blocks = [...text.matchAll(publicBlock)].map(([, base64 = ""]) =>
    parseBase64(base64.replace(/\s+/g, ""), place),
  );
  if (blocks.length === 0) throw keyMissing(text, place);
  return blocks.map((der) => {
    const isEd25519 = der.length === 44 && SPKI_PREFIX.every((byte, at) => byte === der[at]);
    if (!isEd25519) throw notEd25519(place);
    return { bytes: der.slice(SPKI_PREFIX.length), ...always };
  });
}

function parseJsonKeys(text: string, place: Place): ({ bytes: Uint8Array } & Window)[] {
  const json = parseJson(text, place);
  const listed = json.keys ?? [json];
  const keys = Array.isArray(listed) ? listed.filter(isEd25519Jwk) : [];
  if (keys.length === 0) throw notEd25519(place);
  return keys.map((jwk) => parseJwk(jwk, place));
}

function parseJwk(jwk: Record<string, unknown>, place: Place): { bytes: Uint8Array } & Window {
  if ("d" in jwk) {
    const hints = ["give the public key only, and treat this private key as known to others"];
    throw new Fault("key-private", "a private key where a public one belongs", { place, hints });
  }
  const bytes = parseBase64(String(jwk.x).replace(/-/g, "+").replace(/_/g, "/"), place);
  if (bytes.length !== 32) throw notEd25519(place);
  return {
    bytes,
    kid8: typeof jwk.kid8 === "string" ? jwk.kid8 : null,
    notBefore: parseSeconds(jwk, "nbf", place),
    notAfter: parseSeconds(jwk, "exp", place),
    compromisedAt: parseSeconds(jwk, "compromisedAt", place),
  };
}

function toJwk(key: PublicKey): Record<string, unknown> {
  const x = btoa(String.fromCharCode(...key.bytes))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");
  return {
    kty: "OKP",
    crv: "Ed25519",
    x,
    kid: key.kid,
    kid8: key.kid,
    alg: "EdDSA",
    use: "sig",
    ...(key.notBefore === null ? {} : { nbf: key.notBefore }),
    ...(key.notAfter === null ? {} : { exp: key.notAfter }),
    ...(key.compromisedAt === null ? {} : { compromisedAt: key.compromisedAt }),
  };
}

function parseSeconds(jwk: Record<string, unknown>, name: string, place: Place): number | null {
  const value = jwk[name];
  if (value === undefined) return null;
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value < 253_402_300_800)
    return value;
  throw new Fault("key-malformed", `"${name}" is ${JSON.stringify(value)}; expected seconds since 1970`, {
    place,
  });
}

function parseBase64(base64: string, place: Place): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  } catch (cause) {
    throw new Fault("key-malformed", "a key that is not base 64", { place, cause });
  }
}

function parseJson(text: string, place: Place): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(text);
    if (isObject(json)) return json;
  } catch (cause) {
    throw new Fault("key-malformed", "no JSON; expected a JSON Web Key or a set of them", { place, cause });
  }
  throw new Fault("key-malformed", "expected a JSON Web Key or a set of them", { place });
}

function keyMissing(text: string, place: Place): Fault {
  const isPrivate = text.includes("PRIVATE KEY-----");
  const found = isPrivate ? "a private key without its public key" : "no key";
  const hints = isPrivate ? ["`lulus key show` prints the public key of a key file"] : [];
  return new Fault("key-missing", `${found}; expected "-----BEGIN PUBLIC KEY-----" or a JSON Web Key`, {
    place,
    hints,
  });
}

function notEd25519(place: Place): Fault {
  return new Fault("key-not-ed25519", "no Ed25519 key; other kinds of keys are not used", { place });
}

function isEd25519Jwk(value: unknown): value is Record<string, unknown> {
  return isObject(value) && value.kty === "OKP" && value.crv === "Ed25519" && typeof value.x === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
