import { gzipSync } from "fflate";
import { hexOf, parseHex } from "../credential/hex.js";
import type { IssuerKey } from "../credential/key.js";
import { formatKeySet, type PublicKey } from "../credential/keyset.js";
import { formatNotice, noticePath } from "../credential/notice.js";
import { prove } from "../credential/prove.js";
import { didOf, hashRecord } from "../credential/record.js";
import { formatRecordFile, recordPath } from "../credential/recordFile.js";
import {
  formatStatusList,
  STATUS_LIST_BITS,
  type StatusList,
  statusListAddress,
  statusListQuads,
} from "../credential/statusList.js";
import type { EventRecord } from "../model/certificate.js";
import type { Withdrawal } from "../model/withdrawal.js";
import { didDocument } from "./did.js";

/** What the register has to say to the public: nothing in it is about a person. */
export interface Publication {
  /** the verification address */
  readonly url: string;
  readonly keys: readonly PublicKey[];
  readonly records: readonly EventRecord[];
  /** by id (hex) of the certificate */
  readonly withdrawals: ReadonlyMap<string, Withdrawal & { readonly statusIndex: number }>;
  /** highest place in a status list that was given; -1 where nothing was issued */
  readonly highestIndex: number;
  /** entries of the register's log, and the hash of the last */
  readonly log: { readonly size: number; readonly head: string };
  /** ISO date of publishing */
  readonly date: string;
}

/** For how long a list is relied on; an issuer who publishes once a year is never called unreachable. */
const VALID_DAYS = 400;

/** The files of the site beside its page, by path; the same publication gives the same bytes. */
export async function siteFiles(publication: Publication, key: IssuerKey): Promise<Map<string, string>> {
  const { url, keys, records, withdrawals } = publication;
  const files = new Map<string, string>([
    ["keys.json", formatKeySet(keys)],
    [didPath(url), didDocument(didOf(url), keys)],
    ["register.json", await checkpoint(publication, key)],
  ]);
  for (const record of records) {
    files.set(await recordPath(await hashRecord(record)), await formatRecordFile(record));
  }
  const lists = Math.floor(Math.max(0, publication.highestIndex) / STATUS_LIST_BITS) + 1;
  for (let list = 0; list < lists; list += 1) {
    files.set(`status/${list}.json`, await statusList(publication, list, key));
  }
  for (const [cti, withdrawal] of withdrawals) {
    const id = parseHex(cti);
    files.set(
      await noticePath(id),
      formatNotice(id, withdrawal, key.kid, (bytes) => key.sign(bytes)),
    );
  }
  return files;
}

/** Where did:web looks: for a bare host in a folder of its own. */
function didPath(url: string): string {
  return new URL(url).pathname === "/" ? ".well-known/did.json" : "did.json";
}

async function statusList(
  { url, date, withdrawals }: Publication,
  number: number,
  key: IssuerKey,
): Promise<string> {
  const bits = new Uint8Array(STATUS_LIST_BITS / 8);
  for (const { statusIndex } of withdrawals.values()) {
    if (Math.floor(statusIndex / STATUS_LIST_BITS) !== number) continue;
    const bit = statusIndex % STATUS_LIST_BITS;
    bits[bit >> 3] = (bits[bit >> 3] ?? 0) | (0x80 >> (bit & 7));
  }
  const issuer = didOf(url);
  const list: StatusList = {
    id: statusListAddress(url, number),
    issuer,
    validFrom: `${date}T00:00:00Z`,
    validUntil: `${daysAfter(date, VALID_DAYS)}T00:00:00Z`,
    encodedList: `u${base64url(gzipSync(bits, { level: 9, mtime: 0 }))}`,
  };
  return formatStatusList(list, prove(statusListQuads(list), issuer, `${date}T00:00:00Z`, key));
}

/** Size and head of the log: whoever keeps one knows later whether something was cut off. Signed by its bytes. */
async function checkpoint({ url, log, date }: Publication, key: IssuerKey): Promise<string> {
  const body = { v: 1, issuer: didOf(url), size: log.size, head: log.head, date, kid: key.kid };
  const signature = hexOf(key.sign(new TextEncoder().encode(`lulus checkpoint\n${JSON.stringify(body)}`)));
  return `${JSON.stringify({ ...body, signature }, null, 2)}\n`;
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
