import { concat, integer, isEqual, type Node, parseOnly, sequence, TAG, valueAt } from "./der.js";
import { OID } from "./oid.js";

/** Signatures over bytes by the key of a certificate: RSA (PKCS #1 v1.5) and ECDSA. Runs in the verification page too. */

export type Hash = "SHA-256" | "SHA-384" | "SHA-512";

const hashes: readonly (readonly [Uint8Array, Hash])[] = [
  [OID.sha256, "SHA-256"],
  [OID.sha384, "SHA-384"],
  [OID.sha512, "SHA-512"],
];

/** Of an AlgorithmIdentifier; `null` for what is not made any more, or not known. */
export function hashOf(algorithm: Node | null): Hash | null {
  const oid = valueAt(algorithm, 0)?.whole ?? new Uint8Array();
  return hashes.find(([known]) => isEqual(known, oid))?.[1] ?? null;
}

/** What a signature's own AlgorithmIdentifier may be: the bare key's, or with the hash in it. */
const algorithms: readonly (readonly [oid: Uint8Array, key: "RSA" | "EC", hash: Hash | null])[] = [
  [OID.rsa, "RSA", null],
  [OID.rsaSha256, "RSA", "SHA-256"],
  [OID.rsaSha384, "RSA", "SHA-384"],
  [OID.rsaSha512, "RSA", "SHA-512"],
  [OID.ecdsaSha256, "EC", "SHA-256"],
  [OID.ecdsaSha384, "EC", "SHA-384"],
  [OID.ecdsaSha512, "EC", "SHA-512"],
];

export type KeyKind = "RSA" | "P-256" | "P-384";

/** `null` for keys that nothing is signed with here. */
export function kindOf(spki: Uint8Array): KeyKind | null {
  const algorithm = valueAt(parseOnly(spki), 0);
  const [oid, curve] = [valueAt(algorithm, 0)?.whole, valueAt(algorithm, 1)?.whole];
  if (oid === undefined) return null;
  if (isEqual(oid, OID.rsa)) return "RSA";
  if (!isEqual(oid, OID.ec) || curve === undefined) return null;
  return isEqual(curve, OID.p256) ? "P-256" : isEqual(curve, OID.p384) ? "P-384" : null;
}

/** Bytes of a signature by this key, at most: two numbers in DER for ECDSA, one as long as the modulus for RSA. */
export function longestSignature(spki: Uint8Array): number {
  const kind = kindOf(spki);
  if (kind === "P-256" || kind === "P-384") return kind === "P-256" ? 72 : 104;
  const bits = valueAt(parseOnly(spki), 1)?.content ?? new Uint8Array();
  const modulus = valueAt(parseOnly(bits.subarray(1)), 0)?.content ?? new Uint8Array();
  return modulus[0] === 0 ? modulus.length - 1 : modulus.length;
}

/** @param algorithm the AlgorithmIdentifier that the signature came with; it must fit the key */
export async function isSignedWith(
  spki: Uint8Array,
  algorithm: Node | null,
  hash: Hash,
  bytes: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const kind = kindOf(spki);
  const oid = valueAt(algorithm, 0)?.whole ?? new Uint8Array();
  const [, key, ownHash] = algorithms.find(([known]) => isEqual(known, oid)) ?? [];
  if (kind === null || key !== (kind === "RSA" ? "RSA" : "EC")) return false;
  if (ownHash !== null && ownHash !== hash) return false;
  const [importing, verifying, raw] =
    kind === "RSA"
      ? [{ name: "RSASSA-PKCS1-v1_5", hash }, { name: "RSASSA-PKCS1-v1_5" }, signature]
      : [
          { name: "ECDSA", namedCurve: kind },
          { name: "ECDSA", hash },
          pairOf(signature, kind === "P-256" ? 32 : 48),
        ];
  if (raw === null) return false;
  try {
    const imported = await crypto.subtle.importKey("spki", own(spki), importing, false, ["verify"]);
    return await crypto.subtle.verify(verifying, imported, own(raw), own(bytes));
  } catch {
    // a key that is none
    return false;
  }
}

/** WebCrypto takes the two numbers of ECDSA side by side, certificates have them in DER: in one spelling. */
function pairOf(signature: Uint8Array, size: number): Uint8Array | null {
  const outer = parseOnly(signature);
  const numbers = [valueAt(outer, 0), valueAt(outer, 1)].map((node) => {
    if (node?.tag !== TAG.integer) return null;
    const from = node.content.findIndex((byte) => byte !== 0);
    return from === -1 ? null : node.content.subarray(from);
  });
  const [r, s] = numbers;
  if (!r || !s || r.length > size || s.length > size) return null;
  if (!isEqual(sequence(integer(...r), integer(...s)), signature)) return null;
  return concat([new Uint8Array(size - r.length), r, new Uint8Array(size - s.length), s]);
}

/** WebCrypto wants bytes in memory of their own kind, which others' bytes may not be in. */
function own(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
