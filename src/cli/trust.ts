import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { hexOf } from "../credential/hex.js";
import { type PublicKey, parsePublicKeys } from "../credential/keyset.js";
import { parseRecord } from "../credential/record.js";
import { recordOf } from "../issue/record.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { withdrawalReasons } from "../model/withdrawal.js";
import { Register } from "../register/register.js";
import type { DocumentTrust } from "../verify/document.js";
import { keysOnSite, recordsOnSite, statusOnSite } from "../verify/site.js";
import { type EventFolder, openEventFolder } from "./eventFolder.js";
import { issuerKeys } from "./keyring.js";
import { openSite } from "./openSite.js";

/** Whom to believe, and where from: said with every answer. */
export interface Pinned {
  readonly trust: DocumentTrust;
  /** file names, for people */
  readonly sources: readonly string[];
}

/** Where the reader says to look; nothing comes from the certificate. */
export interface Anchors {
  /** folder or file of an event: its key file, and its register as the source of status */
  readonly event?: string | undefined;
  /** file with public keys */
  readonly keys?: string | undefined;
  /** folder or address of a published site: the source of status, and of keys where no others are named */
  readonly site?: string | undefined;
  /** file of a register: what was issued, and the source of status where no site is named */
  readonly register?: string | undefined;
}

/**
 * The issuer's keys, facts and status as the reader names them.
 *
 * @throws Fault if something that is named cannot be read. Where nothing is named, there is nobody to believe
 */
export async function pin(anchors: Anchors, now: Date): Promise<Pinned> {
  const folder = eventFolder(anchors);
  const site = anchors.site === undefined ? null : openSite(anchors.site);
  const register = openRegister(anchors.register, folder);
  try {
    register?.admitText("all");
    const keys = [
      ...(anchors.keys === undefined
        ? []
        : await parsePublicKeys(readKeys(anchors.keys), { file: anchors.keys })),
      ...(folder === null ? [] : await issuerKeys(folder, register)),
      ...(folder === null && register !== null ? await keysOf(register) : []),
    ];
    if (site !== null && keys.length === 0) keys.push(...(await keysOnSite(site)));
    if (folder !== null && keys.length === 0) throw keyless(folder);
    const status =
      site !== null ? statusOnSite(site, keys, now) : register === null ? null : statusIn(register);
    const trust = {
      keys,
      records: [...(folder === null ? [] : [recordOf(folder.event)]), ...recordsIn(register)],
      findRecord: site === null ? undefined : recordsOnSite(site),
      status,
      ...(register === null ? {} : { issued: issuedIn(register) }),
      now,
    };
    const sources = [anchors.keys, folder?.shown, anchors.register, site?.name];
    return { trust, sources: sources.filter((source) => source !== undefined) };
  } finally {
    register?.close();
  }
}

function keyless(folder: EventFolder): Fault {
  return new Fault("key-missing", "the event has neither a key nor a register to check against", {
    place: { file: folder.shown },
    hints: ["name the issuer's public keys with --keys FILE"],
  });
}

function openRegister(path: string | undefined, folder: EventFolder | null): Register | null {
  if (path === undefined) {
    return folder === null ? null : Register.read(resolve(folder.dir, folder.event.config.register));
  }
  const register = Register.read(resolve(path));
  if (register !== null) return register;
  throw new Fault("register-missing", "there is no such register", { place: { file: path } });
}

async function keysOf(register: Register): Promise<PublicKey[]> {
  const sets = register.issuerKeys().map((text) => parsePublicKeys(text, { file: "register" }));
  return (await Promise.all(sets)).flat();
}

function recordsIn(register: Register | null): EventRecord[] {
  return (register?.records() ?? []).map((json) => parseRecord(json, { file: "register" }));
}

function eventFolder({ event, keys, site, register }: Anchors): EventFolder | null {
  if (event !== undefined) return openEventFolder(event);
  if (keys !== undefined || site !== undefined || register !== undefined) return null;
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
