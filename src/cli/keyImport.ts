import { existsSync, readFileSync } from "node:fs";
import { adoptKey, needsPassphrase } from "../credential/key.js";
import { Fault } from "../model/fault.js";
import { openEventFolder } from "./eventFolder.js";
import { type KeyOptions, keyExists, passphraseFor, tellKey, writeNewKey } from "./key.js";
import { takePassphrase } from "./passphrase.js";
import { keyPath } from "./signingKey.js";

/** `lulus key import`: an Ed25519 key made elsewhere becomes the event's; never over an existing one. */
export async function importKey(
  file: string,
  options: KeyOptions & { readonly event?: string },
): Promise<number> {
  const path = keyPath(openEventFolder(options.event));
  if (existsSync(path))
    throw keyExists(path, "`lulus key rotate` retires it; then name the imported file as `issuer.key`");
  const text = read(file);
  const opening = needsPassphrase(text) ? await takePassphrase(`Passphrase of ${file}`) : null;
  const passphrase = opening ?? (await passphraseFor(options));
  writeNewKey(path, adoptKey(text, opening, options.passphrase ? passphrase : null, { file }));
  return await tellKey(path, true, options);
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new Fault("key-missing", "the file cannot be read", { place: { file }, cause });
  }
}
