import { Fault } from "../model/fault.js";
import { type Cbor, type CborMap, formatCbor, parseCbor } from "./cbor.js";
import { flawOf } from "./text.js";

/** What a certificate says and its issuer signs; the payload of a token (a CWT claims set, RFC 8392). */
export interface Claims {
  /** seconds since 1970, midnight UTC of the printed date */
  readonly issuedAt: number;
  /** 10 bytes; printed as the certificate's code */
  readonly cti: Uint8Array;
  /** seconds since 1970; absent where the certificate never expires */
  readonly expiresAt?: number | undefined;
  /** exactly as printed */
  readonly name: string;
  readonly number: string;
  /** 16 bytes: the hash of the event record */
  readonly event: Uint8Array;
  /** of all the issuer's certificates: list = index / 131072, bit = index % 131072 */
  readonly statusIndex: number;
  /** index into the awards of the event record */
  readonly award: number;
  /** printed about the person besides: field name → text */
  readonly personal: Readonly<Record<string, string>>;
}

const DAY_SECONDS = 86_400;
const key = { expiresAt: 4, issuedAt: 6, cti: 7, certificate: -65537 } as const;
const part = { name: 1, number: 2, event: 3, statusIndex: 4, award: 5, personal: 10 } as const;

/** The claims as bytes. Throws where they are such that `parseClaims` would refuse them. Empty personal fields are left out. */
export function formatClaims(claims: Claims): Uint8Array {
  const personal = new Map(Object.entries(claims.personal).filter(([, text]) => text !== ""));
  refuseFlaws({ ...claims, personal: Object.fromEntries(personal) });
  const certificate = new Map<number, Cbor>([
    [part.name, claims.name],
    [part.number, claims.number],
    [part.event, claims.event],
    [part.statusIndex, claims.statusIndex],
    [part.award, claims.award],
  ]);
  if (personal.size > 0) certificate.set(part.personal, personal);
  const all = new Map<number, Cbor>([
    [key.issuedAt, claims.issuedAt],
    [key.cti, claims.cti],
    [key.certificate, certificate],
  ]);
  if (claims.expiresAt !== undefined) all.set(key.expiresAt, claims.expiresAt);
  return formatCbor(all);
}

/** The claims that the payload of a token spells; throws on any that is missing, unknown or out of bounds. */
export function parseClaims(payload: Uint8Array): Claims {
  const all = asMap(parseCbor(payload), "the claims", Object.values(key));
  const certificate = asMap(all.get(key.certificate), "claim -65537", Object.values(part));
  const expiresAt = all.get(key.expiresAt);
  const claims: Claims = {
    issuedAt: asNumber(all.get(key.issuedAt), "the date of issue"),
    cti: asBytes(all.get(key.cti), "the code"),
    ...(expiresAt === undefined ? {} : { expiresAt: asNumber(expiresAt, "the date of expiry") }),
    name: asText(certificate.get(part.name), "the name"),
    number: asText(certificate.get(part.number), "the number"),
    event: asBytes(certificate.get(part.event), "the hash of the event"),
    statusIndex: asNumber(certificate.get(part.statusIndex), "the status index"),
    award: asNumber(certificate.get(part.award), "the award"),
    personal: asFields(certificate.get(part.personal)),
  };
  refuseFlaws(claims);
  return claims;
}

function refuseFlaws(claims: Claims): void {
  refuseUnless(
    isSeconds(claims.issuedAt) && claims.issuedAt % DAY_SECONDS === 0,
    "the date of issue is not a midnight UTC",
  );
  refuseUnless(claims.cti.length === 10, "the code is not of 10 bytes");
  if (claims.expiresAt !== undefined) {
    refuseUnless(
      isSeconds(claims.expiresAt) && claims.expiresAt > claims.issuedAt,
      "it expires before it is issued",
    );
  }
  refuseUnless(claims.event.length === 16, "the hash of the event is not of 16 bytes");
  refuseUnless(isCount(claims.statusIndex), "the status index is no count from 0");
  refuseUnless(isCount(claims.award), "the award is no count from 0");
  refuseText(claims.name, "the name");
  refuseText(claims.number, "the number");
  for (const [field, text] of Object.entries(claims.personal)) {
    refuseText(field, "the name of a field");
    refuseText(text, `the field "${field}"`);
  }
}

function refuseText(text: string, what: string): void {
  const flaw = flawOf(text);
  if (flaw !== null) throw malformed(`${what} ${flaw}`);
}

function refuseUnless(holds: boolean, flaw: string): void {
  if (!holds) throw malformed(flaw);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** Up to the last second of the year 9999, the last that a date can name. */
function isSeconds(value: number): boolean {
  return isCount(value) && value < 253_402_300_800;
}

function asMap(value: Cbor | undefined, what: string, known: readonly number[]): CborMap {
  if (!(value instanceof Map)) throw malformed(`${what} are no map`);
  for (const each of value.keys()) {
    if (!known.some((one) => one === each)) throw malformed(`${what} hold the unknown key ${each}`);
  }
  return value;
}

function asNumber(value: Cbor | undefined, what: string): number {
  if (typeof value !== "number") throw malformed(`${what} is missing or no number`);
  return value;
}

function asText(value: Cbor | undefined, what: string): string {
  if (typeof value !== "string") throw malformed(`${what} is missing or no text`);
  return value;
}

function asBytes(value: Cbor | undefined, what: string): Uint8Array {
  if (!(value instanceof Uint8Array)) throw malformed(`${what} is missing or no bytes`);
  return value;
}

/** `fromEntries` makes own properties of any name, `__proto__` too. */
function asFields(value: Cbor | undefined): Readonly<Record<string, string>> {
  if (value === undefined) return {};
  if (!(value instanceof Map) || value.size === 0) throw malformed("claim 10 is no map or empty");
  return Object.fromEntries(
    [...value].map(([field, text]) => [asText(field, "a field"), asText(text, "a field")]),
  );
}

function malformed(flaw: string): Fault {
  return new Fault("token-malformed", `malformed token: ${flaw}`);
}
