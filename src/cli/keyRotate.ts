import { existsSync, linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createKey } from "../credential/key.js";
import { type PublicKey, parsePublicKeys } from "../credential/keyset.js";
import { Fault } from "../model/fault.js";
import { Register } from "../register/register.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { type KeyOptions, passphraseFor, writeNewKey } from "./key.js";
import { retiredKeys, writeRetired } from "./keyring.js";
import { keyPath, readKeyFile } from "./signingKey.js";
import { answer, note } from "./talk.js";

export interface RotateOptions extends KeyOptions {
  readonly compromisedSince?: string;
}

const DAY = 86_400;

/**
 * `lulus key rotate`: a new key takes the place of the old, whose public half stays known, so that its certificates
 * still verify. At no moment is there no key: the old file gets a second name before the new one takes its first.
 */
export async function rotateKey(argument: string | undefined, options: RotateOptions): Promise<number> {
  const folder = openEventFolder(argument);
  const path = keyPath(folder);
  if (process.env.LULUS_KEY) {
    throw new Fault("key-elsewhere", "the key comes from the environment (LULUS_KEY), not from a file", {
      hints: ["change it where it is kept, and name its public key in keys/retired.json"],
    });
  }
  const [old] = await parsePublicKeys(readKeyFile(path), { file: shownPath(path) });
  if (old === undefined) throw new TypeError("a key file without a key");
  const compromisedAt = options.compromisedSince === undefined ? null : parseDay(options.compromisedSince);
  const passphrase = await passphraseFor(options);
  const draft = join(dirname(path), `.new-${process.pid}.pem`);
  const kept = join(dirname(path), `retired-${old.kid}.pem`);
  try {
    writeNewKey(draft, createKey(passphrase));
    const retired = (await retiredKeys(folder)).filter(({ kid }) => kid !== old.kid);
    writeRetired(folder, [...retired, { ...old, notAfter: endOf(folder), compromisedAt }]);
    if (!existsSync(kept)) linkSync(path, kept);
    renameSync(draft, path);
  } finally {
    rmSync(draft, { force: true });
  }
  await tell(path, old, kept, options);
  return 0;
}

/** The day after the last date that the old key has signed: what it signs from then on is not the issuer's. */
function endOf(folder: EventFolder): number {
  const register = Register.read(resolve(folder.dir, folder.event.config.register));
  const latest = register?.latestDate() ?? null;
  register?.close();
  const today = Math.floor(Date.now() / 1000 / DAY) * DAY;
  const issued = latest === null ? 0 : Date.parse(`${latest}T00:00:00Z`) / 1000;
  return Math.max(today, issued) + DAY;
}

/** Midnight UTC of an ISO date, in seconds since 1970. */
export function parseDay(text: string): number {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(at) && new Date(at).toISOString().startsWith(text)) return at / 1000;
  throw new Fault("usage", `"${text}" is no date; expected one as in 2026-11-24`);
}

async function tell(path: string, old: PublicKey, kept: string, options: RotateOptions): Promise<void> {
  const [made] = await parsePublicKeys(readFileSync(path, "utf8"), { file: shownPath(path) });
  const file = shownPath(path);
  if (options.json) {
    const entry = {
      schema: "lulus.key/1",
      file,
      kid: made?.kid ?? null,
      retired: old.kid,
      kept: shownPath(kept),
    };
    await answer(`${JSON.stringify(entry)}\n`);
    return;
  }
  await answer(`${file}  ${made?.kid}\n${shownPath(kept)}  ${old.kid}  (retired)\n`);
  note(
    "keep keys/retired.json with the event, for ever; publish the site again; destroy the retired private key once nothing needs it",
    { quiet: options.quiet ?? false },
  );
}
