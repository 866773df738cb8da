import { createHash, type Hash } from "node:crypto";

/**
 * A PDF's seal: the second of the two identifiers in its trailer, `/ID [<32 hex> <32 hex>]`, holds the first
 * 16 bytes of SHA-256 over the whole file, taken with those 32 digits as zeros. Any change shows. The seal needs
 * no key, so it proves nothing about who made the file; that is the token's part.
 */

const DIGITS = 32;
/** The trailer is the last thing in the file and short. */
const TRAILER_BYTES = 1024;
const identifiers = /\/ID\s*\[\s*<[0-9a-fA-F]{32}>\s*<([0-9a-fA-F]{32})>\s*\]/g;

/** Where the first digit of the seal stands, in bytes from the start of the file; `null` where there is none. */
export function placeOfSeal(file: Uint8Array): number | null {
  const start = Math.max(0, file.length - TRAILER_BYTES);
  const tail = Buffer.from(file.buffer, file.byteOffset + start, file.length - start).toString("latin1");
  const match = [...tail.matchAll(identifiers)].at(-1);
  return match === undefined ? null : start + match.index + match[0].lastIndexOf("<") + 1;
}

/** SHA-256 that has taken in the first bytes of a file: files of a batch begin alike. It is left as it is. */
export interface Begun {
  readonly hash: Hash;
  readonly bytes: number;
}

const nothing = (): Begun => ({ hash: createHash("sha256"), bytes: 0 });

/** What the seal of this file must be, whatever stands in its place: 32 lower-case hex digits. */
function sealOf(file: Uint8Array, begun = nothing()): string {
  const at = placeOfSeal(file);
  if (at === null || at < begun.bytes) throw new TypeError("a file without a place for its seal");
  const hash = begun.hash.copy();
  hash
    .update(file.subarray(begun.bytes, at))
    .update("0".repeat(DIGITS))
    .update(file.subarray(at + DIGITS));
  return hash.digest("hex").slice(0, DIGITS);
}

/** Writes the seal into its place. */
export function seal(file: Uint8Array): void {
  const at = placeOfSeal(file);
  if (at === null) throw new TypeError("a file without a place for its seal");
  file.set(Buffer.from(sealOf(file), "latin1"), at);
}

/** Whether the file is as it was when it was sealed. */
export function isWhole(file: Uint8Array, begun = nothing()): boolean {
  const at = placeOfSeal(file);
  if (at === null) return false;
  return Buffer.from(file.subarray(at, at + DIGITS)).toString("latin1") === sealOf(file, begun);
}
