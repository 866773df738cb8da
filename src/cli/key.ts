import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { createKey } from "../credential/key.js";
import { parsePublicKeys } from "../credential/keyset.js";
import { Fault } from "../model/fault.js";
import { openEventFolder, shownPath } from "./eventFolder.js";
import { newPassphrase } from "./passphrase.js";
import { keyPath, readKeyFile } from "./signingKey.js";
import { answer } from "./talk.js";

export interface KeyOptions {
  /** commander's form of `--no-passphrase` */
  readonly passphrase: boolean;
  readonly ifMissing?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus key create`: makes the signing key where the event expects it, never over an existing one. */
export async function createIssuerKey(argument: string | undefined, options: KeyOptions): Promise<number> {
  const path = keyPath(openEventFolder(argument));
  if (existsSync(path)) {
    if (options.ifMissing) return await tellKey(path, false, options);
    throw keyExists(path, "keep it: certificates are checked against it; `--if-missing` makes this no error");
  }
  const passphrase = await passphraseFor(options);
  writeNewKey(path, createKey(passphrase));
  return await tellKey(path, true, options);
}

export function keyExists(path: string, hint: string): Fault {
  return new Fault("key-exists", "there is a signing key already", {
    place: { file: shownPath(path) },
    hints: [hint],
  });
}

/** `null` only where `--no-passphrase` was given. @throws Fault if there is none and nobody to ask */
export async function passphraseFor(options: Pick<KeyOptions, "passphrase">): Promise<string | null> {
  if (!options.passphrase) return null;
  const passphrase = await newPassphrase("New passphrase for the signing key");
  if (passphrase) return passphrase;
  throw new Fault("passphrase-missing", "there is no passphrase and nobody to ask for one", {
    hints: [
      "give it in LULUS_KEY_PASSPHRASE_FILE or LULUS_KEY_PASSPHRASE",
      "or make an unencrypted key with --no-passphrase (trials and scripts)",
    ],
  });
}

/** Readable by its owner alone from the first moment; refuses to follow or overwrite anything. */
export function writeNewKey(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const file = openSync(path, "wx", 0o600);
    writeSync(file, text);
    fsyncSync(file);
    closeSync(file);
  } catch (error) {
    throw new Fault(
      "key-unwritable",
      `the key cannot be written (${error instanceof Error ? error.message : String(error)})`,
      {
        place: { file: shownPath(path) },
        cause: error,
      },
    );
  }
}

export async function tellKey(path: string, created: boolean, options: KeyOptions): Promise<number> {
  const file = shownPath(path);
  const [key] = await parsePublicKeys(readKeyFile(path), { file });
  const kid = key?.kid ?? null;
  if (options.json) await answer(`${JSON.stringify({ schema: "lulus.key/1", file, kid, created })}\n`);
  else if (!options.quiet)
    await answer(
      created
        ? `${file}  ${kid}\nKeep a copy in a safe place: without it nothing more can be signed.\n`
        : `${file}  ${kid}  (was there)\n`,
    );
  return 0;
}
