import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { formatKeySet, type PublicKey, parsePublicKeys } from "../credential/keyset.js";
import type { Register } from "../register/register.js";
import { type EventFolder, shownPath } from "./eventFolder.js";
import { keyPath } from "./signingKey.js";

/*
 * The public keys of an issuer: the one that signs now, those that signed before, and what is to be said of them.
 * Retired keys lie in `retired.json` beside the key file: public, for ever, and to be kept in every copy.
 */

function retiredPath(folder: EventFolder): string {
  return join(dirname(keyPath(folder)), "retired.json");
}

/** Keys that were rotated out, with the window or the mark that they got. */
export async function retiredKeys(folder: EventFolder): Promise<PublicKey[]> {
  const path = retiredPath(folder);
  return existsSync(path) ? await parsePublicKeys(readFileSync(path, "utf8"), { file: shownPath(path) }) : [];
}

export function writeRetired(folder: EventFolder, keys: readonly PublicKey[]): void {
  writeFileSync(retiredPath(folder), formatKeySet([...keys].sort((a, b) => (a.kid < b.kid ? -1 : 1))));
}

/**
 * Every key whose certificates may be genuine. Of the key file only its public block is read; the register remembers
 * the keys of the past; what `retired.json` says of a key counts.
 */
export async function issuerKeys(folder: EventFolder, register: Register | null): Promise<PublicKey[]> {
  const path = keyPath(folder);
  const file = existsSync(path)
    ? await parsePublicKeys(readFileSync(path, "utf8"), { file: shownPath(path) })
    : [];
  const past = await Promise.all(
    (register?.issuerKeys() ?? []).map((text) => parsePublicKeys(text, { file: folder.shown })),
  );
  const retired = await retiredKeys(folder);
  return [...new Map([...past.flat(), ...file, ...retired].map((key) => [key.kid, key])).values()];
}
