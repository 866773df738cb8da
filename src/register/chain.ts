import { createHash } from "node:crypto";

/**
 * The log is a chain: each entry's hash covers the entry and the hash before it, so that a changed or removed entry
 * shows. A cut tail shows only against a head that was published elsewhere.
 */
export interface Entry {
  readonly id: number;
  readonly at: string;
  readonly kind: string;
  /** cti of the certificate that it is about */
  readonly certificate: string | null;
  readonly detail: string;
}

/** The hash before the first entry. */
export const genesis = "0".repeat(64);

/** Hex SHA-256 over the parts, each preceded by its length, and the hash before. */
export function chainHash(before: string, entry: Entry): string {
  const hash = createHash("sha256").update(before, "hex");
  for (const part of [String(entry.id), entry.at, entry.kind, entry.certificate ?? "", entry.detail]) {
    hash.update(`${Buffer.byteLength(part)}:`).update(part);
  }
  return hash.digest("hex");
}
