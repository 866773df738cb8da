import type { EventRecord } from "../model/certificate.js";
import { Fault, type Place } from "../model/fault.js";
import { concat } from "./cbor.js";
import { hexOf } from "./hex.js";
import { canonicalRecord, hashRecord, parseRecord } from "./record.js";

/**
 * Event records as they are published. Who signed the certificates is among the facts of an event, so a record may name
 * people; in the published folder nobody is named. The file is encrypted with a key that follows from the record's hash,
 * which every certificate of the event carries, and is named by another hash of it: whoever is shown a certificate finds
 * and reads its record, and nobody else. Runs in the verification page too: nothing of Node here.
 */

/** `e/<32 hex digits>.json` @param hash 16 bytes: claim 3 of a token */
export async function recordPath(hash: Uint8Array): Promise<string> {
  return `e/${hexOf((await derived("lulus record", hash)).subarray(0, 16))}.json`;
}

/** The file of a record: the same record gives the same bytes. */
export async function formatRecordFile(record: EventRecord): Promise<string> {
  const plain = new TextEncoder().encode(canonicalRecord(record));
  const key = await keyFrom(await hashRecord(record), "encrypt");
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: onlyOnce }, key, plain);
  return `${JSON.stringify({ v: 1, record: base64url(new Uint8Array(sealed)) })}\n`;
}

/** @throws Fault if it is none, or another record's */
export async function parseRecordFile(json: string, hash: Uint8Array, place: Place): Promise<EventRecord> {
  const sealed = sealedIn(json);
  if (sealed === null) throw malformed(place);
  const key = await keyFrom(hash, "decrypt");
  const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: onlyOnce }, key, sealed).catch((cause) => {
    throw malformed(place, cause);
  });
  return parseRecord(new TextDecoder().decode(plain), place);
}

/** A key follows from what it encrypts, so it never encrypts anything else, and no other number is needed. */
const onlyOnce = new Uint8Array(12);

async function keyFrom(hash: Uint8Array, use: "encrypt" | "decrypt") {
  return await crypto.subtle.importKey("raw", await derived("lulus record key", hash), "AES-GCM", false, [
    use,
  ]);
}

async function derived(what: string, hash: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = concat([new TextEncoder().encode(`${what}\n`), hash]);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}

function sealedIn(json: string): Uint8Array<ArrayBuffer> | null {
  try {
    const { v, record } = Object(JSON.parse(json));
    if (v !== 1 || typeof record !== "string" || !/^[A-Za-z0-9_-]+$/.test(record)) return null;
    const letters = atob(record.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

function base64url(bytes: Uint8Array): string {
  const letters = bytes.reduce((text, byte) => text + String.fromCharCode(byte), "");
  return btoa(letters).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function malformed(place: Place, cause?: unknown): Fault {
  return new Fault("record-malformed", "no event record as it is published, or another one's", {
    place,
    cause,
  });
}
