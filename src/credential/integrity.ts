import { formatBase58, parseBase58 } from "./base58.js";
import { concat } from "./cbor.js";

/**
 * Proofs of W3C Data Integrity, cryptosuite `eddsa-rdfc-2022`: what is signed are not the bytes of the JSON but the
 * statements that it makes, as sorted N-Quads. The statements of our documents are few and of fixed form, so whoever
 * knows the form needs no JSON-LD processor; the tests hold it against one.
 * Runs in the verification page too: nothing of Node here.
 */
export interface Proof {
  readonly type: "DataIntegrityProof";
  readonly cryptosuite: "eddsa-rdfc-2022";
  /** ISO date and time in UTC, whole seconds */
  readonly created: string;
  /** the issuer's DID, `#`, the name of the key */
  readonly verificationMethod: string;
  readonly proofPurpose: "assertionMethod";
  /** multibase: `z` and base 58 of 64 bytes */
  readonly proofValue: string;
}

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const xsd = "http://www.w3.org/2001/XMLSchema#";

/** One statement; object is an address in `<>`, a blank node, or a literal as {@link literal} makes it. */
export function quad(subject: string, predicate: string, object: string): string {
  return `${subject} <${predicate}> ${object} .\n`;
}

export function typeOf(subject: string, type: string): string {
  return quad(subject, `${rdf}type`, `<${type}>`);
}

/** A text of N-Quads in canonical form: only these letters are escaped. */
export function literal(text: string, type?: string): string {
  const escaped = text.replace(/[\\"\p{Cc}]/gu, escapeLetter);
  return type === undefined ? `"${escaped}"` : `"${escaped}"^^<${type}>`;
}

export function dateTime(text: string): string {
  return literal(text, `${xsd}dateTime`);
}

export function integer(value: number): string {
  return literal(String(value), `${xsd}integer`);
}

const short: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  '"': '\\"',
  "\b": "\\b",
  "\t": "\\t",
  "\n": "\\n",
  "\f": "\\f",
  "\r": "\\r",
};

function escapeLetter(letter: string): string {
  if (letter > "\u007f") return letter;
  return short[letter] ?? `\\u${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Statements as they are hashed: each once, in the order of their code points. */
export function canonicalQuads(quads: readonly string[]): string {
  return [...new Set(quads)].sort(byCodePoint).join("");
}

function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((letter, index) => letter !== right[index]);
  if (at === -1) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/** What a proof says of itself, as statements. */
export function proofQuads(proof: Omit<Proof, "proofValue">): string[] {
  const own = "_:c14n0";
  const security = "https://w3id.org/security#";
  return [
    quad(own, "http://purl.org/dc/terms/created", dateTime(proof.created)),
    typeOf(own, `${security}${proof.type}`),
    quad(own, `${security}cryptosuite`, literal(proof.cryptosuite, `${security}cryptosuiteString`)),
    quad(own, `${security}proofPurpose`, `<${security}${proof.proofPurpose}>`),
    quad(own, `${security}verificationMethod`, `<${proof.verificationMethod}>`),
  ];
}

/** The 64 bytes that a proof signs: the hash of what it says of itself, and that of the document's statements. */
export async function signedBytes(
  proof: Omit<Proof, "proofValue">,
  quads: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  return concat([await sha256(canonicalQuads(proofQuads(proof))), await sha256(canonicalQuads(quads))]);
}

export function formatProofValue(signature: Uint8Array): string {
  return `z${formatBase58(signature)}`;
}

/** 64 bytes. @throws Fault if it is none */
export function parseProofValue(text: string): Uint8Array<ArrayBuffer> {
  return parseBase58(text.replace(/^z/, ""), 64);
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
}
