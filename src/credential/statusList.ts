import { Fault, type Place } from "../model/fault.js";
import { isVerified } from "./ed25519.js";
import {
  dateTime,
  integer,
  literal,
  type Proof,
  parseProofValue,
  quad,
  signedBytes,
  typeOf,
} from "./integrity.js";
import type { PublicKey } from "./keyset.js";

/**
 * Which certificates no longer hold, as the W3C's Bitstring Status List: one bit each, most significant first, for
 * 131,072 certificates a list; nothing in it says whose bits they are.
 * Runs in the verification page too: nothing of Node here.
 */
export interface StatusList {
  /** where it is published */
  readonly id: string;
  readonly issuer: string;
  /** ISO dates and times in UTC */
  readonly validFrom: string;
  readonly validUntil: string;
  /** multibase: `u`, then base 64 (for URLs) of the gzipped bits */
  readonly encodedList: string;
}

export const STATUS_LIST_BITS = 131_072;
const BYTES = STATUS_LIST_BITS / 8;
/** A reader may keep a list this long before it asks again, in milliseconds. */
const TTL = 3_600_000;
const w3c = "https://www.w3.org/2018/credentials#";
const status = "https://www.w3.org/ns/credentials/status#";

/** `https://host/v/status/0.json` for the verification address `https://host/v`. */
export function statusListAddress(verifyUrl: string, list: number): string {
  return `${verifyUrl.replace(/\/?$/, "/")}status/${list}.json`;
}

/** The statements that its proof covers. */
export function statusListQuads(list: StatusList): string[] {
  const [id, bits] = [`<${list.id}>`, `<${list.id}#list>`];
  return [
    typeOf(id, `${w3c}VerifiableCredential`),
    typeOf(id, `${status}BitstringStatusListCredential`),
    quad(id, `${w3c}issuer`, `<${list.issuer}>`),
    quad(id, `${w3c}validFrom`, dateTime(list.validFrom)),
    quad(id, `${w3c}validUntil`, dateTime(list.validUntil)),
    quad(id, `${w3c}credentialSubject`, bits),
    typeOf(bits, `${status}BitstringStatusList`),
    quad(bits, `${status}statusPurpose`, literal("revocation")),
    quad(bits, `${status}ttl`, integer(TTL)),
    quad(bits, `${status}encodedList`, literal(list.encodedList, "https://w3id.org/security#multibase")),
  ];
}

export function formatStatusList(list: StatusList, proof: Proof): string {
  const credential = {
    "@context": ["https://www.w3.org/ns/credentials/v2"],
    id: list.id,
    type: ["VerifiableCredential", "BitstringStatusListCredential"],
    issuer: list.issuer,
    validFrom: list.validFrom,
    validUntil: list.validUntil,
    credentialSubject: {
      id: `${list.id}#list`,
      type: "BitstringStatusList",
      statusPurpose: "revocation",
      ttl: TTL,
      encodedList: list.encodedList,
    },
    proof,
  };
  return `${JSON.stringify(credential, null, 2)}\n`;
}

/**
 * A list whose proof fits one of the keys. Only the form that {@link formatStatusList} writes is taken: what has more to say than
 * that is not covered by the statements that were signed.
 *
 * @throws Fault `status-list-malformed` or `status-list-forged`
 */
export async function parseStatusList(
  json: string,
  keys: readonly PublicKey[],
  place: Place,
): Promise<StatusList> {
  const { list, proof } = admit(json, place);
  const { proofValue, ...said } = proof;
  const bytes = await signedBytes(said, statusListQuads(list));
  const signature = parseProofValue(proofValue);
  const kid = proof.verificationMethod.slice(list.issuer.length + 1);
  for (const key of keys) {
    if (key.kid === kid && key.compromisedAt === null && (await isVerified(signature, bytes, key.bytes)))
      return list;
  }
  throw new Fault("status-list-forged", "the status list is not signed by a key of the issuer", { place });
}

function admit(json: string, place: Place): { list: StatusList; proof: Proof } {
  try {
    const { proof, ...credential } = JSON.parse(json);
    const { id, issuer, validFrom, validUntil } = credential;
    const list = { id, issuer, validFrom, validUntil, encodedList: credential.credentialSubject.encodedList };
    const { created, verificationMethod, proofValue } = proof;
    const known: Proof = {
      type: "DataIntegrityProof",
      cryptosuite: "eddsa-rdfc-2022",
      created,
      verificationMethod,
      proofPurpose: "assertionMethod",
      proofValue,
    };
    const texts = [...Object.values(list), created, verificationMethod, proofValue];
    const isOurs =
      texts.every((text) => typeof text === "string") &&
      sorted(JSON.parse(formatStatusList(list, known))) === sorted({ ...credential, proof }) &&
      verificationMethod.startsWith(`${issuer}#`) &&
      [validFrom, validUntil, created].every((date) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(date));
    if (isOurs) return { list, proof: known };
  } catch (cause) {
    throw new Fault("status-list-malformed", "no status list can be read here", { place, cause });
  }
  throw new Fault("status-list-malformed", "a status list of another form than the issuer's", { place });
}

/** JSON with the keys of every object in one order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Whether the certificate at this place was withdrawn. @throws Fault if the list does not unpack to what a list is */
export async function isListed(list: StatusList, bit: number): Promise<boolean> {
  const bits = await unpack(list.encodedList);
  return ((bits[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0;
}

async function unpack(encoded: string): Promise<Uint8Array> {
  try {
    const binary = atob(encoded.replace(/^u/, "").replace(/-/g, "+").replace(/_/g, "/"));
    const packed = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    const bits = new Uint8Array(BYTES);
    let length = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      if (length + part.value.length > BYTES) throw new RangeError("too long");
      bits.set(part.value, length);
      length += part.value.length;
    }
    if (length === BYTES && encoded.startsWith("u")) return bits;
  } catch (cause) {
    throw new Fault("status-list-malformed", "the status list cannot be unpacked", { cause });
  }
  throw new Fault("status-list-malformed", `the status list has not ${STATUS_LIST_BITS} places`);
}
