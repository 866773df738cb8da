import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { type IssuerKey, needsPassphrase, openKey } from "../credential/key.js";
import { Fault } from "../model/fault.js";
import { type EventFolder, shownPath } from "./eventFolder.js";
import { tryPassphrases } from "./passphrase.js";

/**
 * The key that signs this event's certificates: the PEM in `LULUS_KEY`, else the file that the event names.
 *
 * @throws Fault if there is none, others can read it, git tracks it, or the passphrase does not open it
 */
export async function openSigningKey(folder: EventFolder): Promise<IssuerKey> {
  const fromEnvironment = process.env.LULUS_KEY;
  // so that no child process and no crash report inherits it
  delete process.env.LULUS_KEY;
  if (fromEnvironment) return await opened(fromEnvironment, "LULUS_KEY");
  const path = keyPath(folder);
  const text = readKeyFile(path);
  refuseExposed(path);
  return await opened(text, shownPath(path));
}

export function keyPath(folder: EventFolder): string {
  return resolve(folder.dir, folder.event.config.issuer.key);
}

async function opened(text: string, file: string): Promise<IssuerKey> {
  if (!needsPassphrase(text)) return openKey(text, null, { file });
  return await tryPassphrases(`Passphrase of ${file}`, (passphrase) => openKey(text, passphrase, { file }));
}

/** The text of a key file. @throws Fault if there is none */
export function readKeyFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Fault("key-missing", "there is no signing key", {
      place: { file: shownPath(path) },
      cause: error,
      hints: ["make one with `lulus key create`, once; or give the PEM in the environment as LULUS_KEY"],
    });
  }
}

/** Whoever can read the key can issue certificates in the issuer's name. */
export function refuseExposed(path: string): void {
  const place = { file: shownPath(path) };
  if (process.platform !== "win32" && (statSync(path).mode & 0o077) !== 0) {
    throw new Fault("key-exposed", "other users of this machine can read the signing key", {
      place,
      hints: [`chmod 600 ${shownPath(path)}`],
    });
  }
  if (isTrackedByGit(path)) {
    throw new Fault(
      "key-exposed",
      "the signing key is tracked by git: everybody with the repository has it",
      {
        place,
        hints: [
          `git rm --cached ${shownPath(path)}, add it to .gitignore, and make a new key: this one is known`,
        ],
      },
    );
  }
}

export function isTrackedByGit(path: string): boolean {
  try {
    execFileSync("git", ["-C", dirname(path), "ls-files", "--error-unmatch", "--", basename(path)], {
      stdio: "ignore",
    });
    return true;
  } catch {
    // not tracked, no repository, or no git: in each case nothing to refuse
    return false;
  }
}
