import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { hexOf } from "../credential/hex.js";
import { parsePublicKeys } from "../credential/keyset.js";
import { parseRecord } from "../credential/record.js";
import { recordOf } from "../issue/record.js";
import { Fault } from "../model/fault.js";
import { withdrawalReasons } from "../model/withdrawal.js";
import { Register } from "../register/register.js";
import type { DocumentTrust } from "../verify/document.js";
import { type EventFolder, openEventFolder } from "./eventFolder.js";
import { issuerKeys } from "./keyring.js";

/** Whom to believe, and where from: said with every answer. */
export interface Pinned {
  readonly trust: DocumentTrust;
  /** file names, for people */
  readonly sources: readonly string[];
}

/**
 * The issuer's keys, facts and register as the reader names them; nothing comes from the certificate.
 *
 * @param event folder or file of an event; its key file, and its register as the source of status
 * @param keys file with public keys
 * @throws Fault if neither is given and there is no event here: then nobody could be believed
 */
export async function pin(event: string | undefined, keys: string | undefined, now: Date): Promise<Pinned> {
  const folder = eventFolder(event, keys);
  const pinned = keys === undefined ? [] : await parsePublicKeys(readKeys(keys), { file: keys });
  if (folder === null) {
    return {
      trust: { keys: pinned, records: [], status: null, now },
      sources: keys === undefined ? [] : [keys],
    };
  }
  const register = Register.read(resolve(folder.dir, folder.event.config.register));
  const sources = [...(keys === undefined ? [] : [keys]), folder.shown];
  try {
    const trust = {
      keys: [...pinned, ...(await issuerKeys(folder, register))],
      records: [
        recordOf(folder.event),
        ...(register?.records() ?? []).map((json) => parseRecord(json, { file: folder.shown })),
      ],
      status: register === null ? null : statusIn(register),
      ...(register === null ? {} : { issued: issuedIn(register) }),
      now,
    };
    if (trust.keys.length > 0) return { trust, sources };
  } finally {
    register?.close();
  }
  throw new Fault("key-missing", "the event has neither a key nor a register to check against", {
    place: { file: folder.shown },
    hints: ["name the issuer's public keys with --keys FILE"],
  });
}

function eventFolder(event: string | undefined, keys: string | undefined): EventFolder | null {
  if (event !== undefined) return openEventFolder(event);
  if (keys !== undefined) return null;
  return existsSync("event.yaml") ? openEventFolder(".") : null;
}

function readKeys(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Fault("key-missing", "the file of public keys cannot be read", {
      place: { file: path },
      cause: error,
    });
  }
}

/** The whole list at once: the register is closed before the first certificate is judged. */
function statusIn(register: Register): NonNullable<DocumentTrust["status"]> {
  const known = new Set(register.allCtis());
  const withdrawals = register.withdrawals();
  return (claims) => {
    const cti = hexOf(claims.cti);
    const withdrawal = withdrawals.get(cti);
    if (withdrawal !== undefined) {
      const { state, on, reason, by } = withdrawal;
      return state === "revoked"
        ? { state, on, reason: withdrawalReasons[reason].en }
        : { state, on, by: by ?? undefined };
    }
    return known.has(cti)
      ? { state: "current" }
      : { state: "unknown", because: "the register of this event does not know the certificate" };
  };
}

function issuedIn(register: Register): NonNullable<DocumentTrust["issued"]> {
  const hashes = register.allHashes();
  return (number) => hashes.get(number) ?? null;
}
