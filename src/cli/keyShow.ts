import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  fingerprintOf,
  formatKeySet,
  formatPublicPem,
  type PublicKey,
  parsePublicKeys,
} from "../credential/keyset.js";
import { Fault } from "../model/fault.js";
import { Register } from "../register/register.js";
import { openEventFolder, shownPath } from "./eventFolder.js";
import type { KeyOptions } from "./key.js";
import { parseDay } from "./keyRotate.js";
import { issuerKeys, retiredKeys, writeRetired } from "./keyring.js";
import { keyPath, readKeyFile } from "./signingKey.js";
import { answer, note, talkOf } from "./talk.js";

/** `lulus key show`: the public key, to be given to others; nothing secret is read. */
export async function showKey(argument: string | undefined, options: KeyOptions): Promise<number> {
  const folder = openEventFolder(argument);
  const path = keyPath(folder);
  const register = Register.read(resolve(folder.dir, folder.event.config.register));
  const known = await issuerKeys(folder, register);
  register?.close();
  if (options.json) {
    if (known.length === 0) readKeyFile(path);
    await answer(formatKeySet(known));
    return 0;
  }
  const [current] =
    existsSync(path) || known.length === 0
      ? await parsePublicKeys(readKeyFile(path), { file: shownPath(path) })
      : known;
  if (current === undefined) throw new TypeError("keys without a key");
  const talk = talkOf(options);
  note(`${shownPath(path)}  ${current.kid}`, talk);
  note(`SHA-256 fingerprint: ${await fingerprintOf(current)}`, talk);
  for (const key of known) if (key.kid !== current.kid) note(`earlier: ${key.kid}  ${stateOf(key)}`, talk);
  await answer(formatPublicPem(current));
  return 0;
}

function stateOf({ notAfter, compromisedAt }: PublicKey): string {
  const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
  if (compromisedAt !== null) return `compromised since ${day(compromisedAt)}`;
  return notAfter === null
    ? "signed certificates of this register"
    : `vouches for dates before ${day(notAfter)}`;
}

export interface CompromisedOptions {
  readonly since?: string;
  readonly event?: string;
  readonly quiet?: boolean;
}

/** `lulus key compromised`: what a retired key has signed is no longer proven by it alone. */
export async function markCompromised(kid: string, options: CompromisedOptions): Promise<number> {
  const folder = openEventFolder(options.event);
  const retired = await retiredKeys(folder);
  const marked = retired.find((key) => key.kid === kid.toLowerCase());
  if (marked === undefined) {
    throw new Fault("key-unknown", `there is no retired key "${kid}"`, {
      hints: [
        retired.length === 0
          ? "the key that signs now is retired by `lulus key rotate --compromised-since DATE`"
          : `retired: ${retired.map((key) => key.kid).join(", ")}`,
      ],
    });
  }
  const compromisedAt = parseDay(options.since ?? new Date().toISOString().slice(0, 10));
  writeRetired(folder, [...retired.filter((key) => key !== marked), { ...marked, compromisedAt }]);
  await answer(`${marked.kid}  ${stateOf({ ...marked, compromisedAt })}\n`);
  note("publish the site again (`lulus publish`), and issue what this key has signed anew", talkOf(options));
  return 0;
}
