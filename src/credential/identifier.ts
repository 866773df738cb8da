import { createHmac } from "node:crypto";

/**
 * Identifiers that cannot be guessed but come out the same each time: keyed with a secret that follows from the
 * issuer's key. So a second run gives the same bytes and a lost register can be rebuilt.
 */

/** What makes a certificate that one and no other. */
export interface Identity {
  readonly issuer: string;
  readonly event: string;
  readonly person: string;
  readonly award: string;
  readonly revision: number;
}

export const STATUS_LIST_SIZE = 131_072;

/** The certificate's id: 10 bytes. */
export function certificateId(secret: Uint8Array, identity: Identity): Uint8Array {
  return new Uint8Array(keyed(secret, "lulus certificate id", identity, []).subarray(0, 10));
}

/** Where in a status list to look for a free place first (`attempt` 0), second (1), …: 0 to 131071. */
export function statusIndex(secret: Uint8Array, identity: Identity, attempt: number): number {
  return keyed(secret, "lulus status index", identity, [String(attempt)]).readUInt32BE(0) % STATUS_LIST_SIZE;
}

/** Each part is preceded by its length, so that no two identities make the same input. */
function keyed(secret: Uint8Array, purpose: string, identity: Identity, more: readonly string[]): Buffer {
  const { issuer, event, person, award, revision } = identity;
  const hmac = createHmac("sha256", secret);
  for (const part of [purpose, issuer, event, person, award, String(revision), ...more]) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    hmac.update(length).update(part);
  }
  return hmac.digest();
}
