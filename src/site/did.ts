import { formatBase58 } from "../credential/base58.js";
import { concat } from "../credential/cbor.js";
import type { PublicKey } from "../credential/keyset.js";

/** Multicodec of an Ed25519 public key. */
const ED25519 = Uint8Array.of(0xed, 0x01);

/**
 * The issuer's DID document (did:web), by which wallets find the keys. Retired keys stay in it, or older credentials would stop
 * verifying; those that others know do not.
 */
export function didDocument(did: string, keys: readonly PublicKey[]): string {
  const sound = keys.filter(({ compromisedAt }) => compromisedAt === null);
  const methods = sound.map(({ kid, bytes }) => ({
    id: `${did}#${kid}`,
    type: "Multikey",
    controller: did,
    publicKeyMultibase: `z${formatBase58(concat([ED25519, bytes]))}`,
  }));
  const document = {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: methods,
    assertionMethod: methods.map(({ id }) => id),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
