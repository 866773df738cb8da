import type { Claims } from "../credential/claims.js";
import { parseHex } from "../credential/hex.js";
import { type PublicKey, parsePublicKeys } from "../credential/keyset.js";
import { noticePath, parseNotice } from "../credential/notice.js";
import { parseRecordFile, recordPath } from "../credential/recordFile.js";
import { isListed, parseStatusList, STATUS_LIST_BITS, type StatusList } from "../credential/statusList.js";
import { Fault } from "../model/fault.js";
import { withdrawalReasons } from "../model/withdrawal.js";
import type { Trust } from "./trust.js";
import type { Status } from "./verdict.js";

/** An issuer's published folder, wherever it lies. Runs in the verification page too. */
export interface Site {
  /** how it is called in messages */
  readonly name: string;
  /** The text of a file; `null` where there is none. Rejects where nobody answers. */
  read(path: string): Promise<string | null>;
}

/** The issuer's keys as the site publishes them. @throws Fault if there are none that can be read */
export async function keysOnSite(site: Site): Promise<PublicKey[]> {
  const place = { file: `${site.name}/keys.json` };
  const json = await site.read("keys.json");
  if (json === null) throw new Fault("keys-missing", "the site has no keys.json", { place });
  return await parsePublicKeys(json, place);
}

/** Event records as the site publishes them; what is missing or broken is as if it were not there. */
export function recordsOnSite(site: Site): NonNullable<Trust["findRecord"]> {
  return async (hash) => {
    const path = await recordPath(parseHex(hash));
    const json = await site.read(path).catch(() => null);
    if (json === null) return null;
    try {
      return await parseRecordFile(json, parseHex(hash), { file: `${site.name}/${path}` });
    } catch (error) {
      if (error instanceof Fault) return null;
      throw error;
    }
  };
}

/**
 * The status of certificates as a site tells it. What cannot be read, is not signed by the issuer or is too old is
 * `unknown`: "could not check" is never taken for "still holds".
 */
export function statusOnSite(
  site: Site,
  keys: readonly PublicKey[],
  now: Date,
): NonNullable<Trust["status"]> {
  const lists = new Map<number, Promise<StatusList | string>>();
  return async (claims: Claims): Promise<Status> => {
    const number = Math.floor(claims.statusIndex / STATUS_LIST_BITS);
    const list = await (lists.get(number) ?? remember(lists, number, listOf(site, number, keys, now)));
    if (typeof list === "string") return { state: "unknown", because: list };
    try {
      if (!(await isListed(list, claims.statusIndex % STATUS_LIST_BITS))) return { state: "current" };
      return await withdrawnAs(site, claims, keys);
    } catch (error) {
      if (error instanceof Fault) return { state: "unknown", because: error.message };
      throw error;
    }
  };
}

function remember<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value);
  return value;
}

/** The list, or why there is none to rely on. */
async function listOf(
  site: Site,
  number: number,
  keys: readonly PublicKey[],
  now: Date,
): Promise<StatusList | string> {
  const path = `status/${number}.json`;
  const place = { file: `${site.name}/${path}` };
  try {
    const json = await site.read(path);
    if (json === null) return `${site.name} has no list of withdrawn certificates (${path})`;
    const list = await parseStatusList(json, keys, place);
    if (!list.id.endsWith(`/${path}`)) return `${place.file} is another list`;
    if (Date.parse(list.validUntil) <= now.getTime())
      return `the list of withdrawn certificates is too old: it was good until ${list.validUntil.slice(0, 10)}`;
    return list;
  } catch (error) {
    if (error instanceof Fault) return error.message;
    return `${site.name} cannot be reached`;
  }
}

/** The bit alone says that it was withdrawn; when, why and by which number replaced stands in the notice. */
async function withdrawnAs(site: Site, claims: Claims, keys: readonly PublicKey[]): Promise<Status> {
  const path = await noticePath(claims.cti);
  const json = await site.read(path).catch(() => null);
  if (json === null) return { state: "revoked" };
  const notice = await parseNotice(json, claims.cti, keys, { file: `${site.name}/${path}` }).catch(
    () => null,
  );
  if (notice === null) return { state: "revoked" };
  const { state, on, reason, by } = notice;
  return state === "replaced"
    ? { state, on, by: by ?? undefined }
    : { state, on, reason: withdrawalReasons[reason].en };
}
