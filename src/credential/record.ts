import type { EventRecord } from "../model/certificate.js";
import { Fault, type Place } from "../model/fault.js";
import { hasLoneSurrogate } from "./text.js";

/**
 * The public facts of an event, named by their hash. The hash is over canonical JSON (RFC 8785), so that the record
 * may be stored, sent and written again by anybody without becoming another.
 * Runs in the verification page too: nothing of Node here.
 */

/** Canonical JSON: no spaces, keys in the order of their UTF-16 units, numbers and texts as JavaScript writes them. */
export function canonicalRecord(record: EventRecord): string {
  return canonical(record);
}

/** The first 16 bytes of SHA-256 over the canonical record: claim 3 of a token, and in hex the record's file name. */
export async function hashRecord(record: EventRecord): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new TextEncoder().encode(canonicalRecord(record));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 16);
}

/** A record from its JSON; members that this version does not know are kept, since the hash is over all. */
export function parseRecord(json: string, place: Place): EventRecord {
  const value = parseJson(json, place);
  if (!isRecord(value)) {
    throw new Fault("record-malformed", 'no event record of version 1 (a JSON object with "v": 1)', {
      place,
    });
  }
  return value;
}

/** The issuer's name in did:web, made from the address under which the keys are published. */
export function didOf(verifyUrl: string): string {
  const url = new URL(verifyUrl);
  const path = url.pathname.split("/").filter((part) => part !== "");
  return ["did", "web", url.host.replace(":", "%3A"), ...path].join(":");
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (isObject(value)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${canonical(name)}:${canonical(member)}`).join(",")}}`;
  }
  return canonicalScalar(value);
}

function canonicalScalar(value: unknown): string {
  if (typeof value === "string" && hasLoneSurrogate(value)) throw unfit("half a surrogate pair");
  if (typeof value === "number" && !Number.isFinite(value)) throw unfit(`the number ${value}`);
  const json =
    ["string", "number", "boolean"].includes(typeof value) || value === null ? JSON.stringify(value) : null;
  if (json === null) throw unfit(`a ${typeof value}`);
  return json;
}

function unfit(what: string): Fault {
  return new Fault("record-malformed", `the event record holds ${what}, which JSON cannot say`);
}

function parseJson(json: string, place: Place): unknown {
  try {
    return JSON.parse(json);
  } catch (cause) {
    throw new Fault("record-malformed", "no JSON; expected an event record", { place, cause });
  }
}

function isRecord(value: unknown): value is EventRecord {
  if (!isObject(value) || value.v !== 1) return false;
  const texts = ["issuer", "name", "event", "title", "language", "start", "end", "verify"];
  return (
    texts.every((name) => typeof value[name] === "string") &&
    isAwards(value.awards) &&
    isObject(value.fields) &&
    isSignature(value.signature)
  );
}

function isSignature(value: unknown): boolean {
  if (value === undefined) return true;
  const { certificate, level } = isObject(value) ? value : {};
  return /^[0-9a-f]{64}$/.test(String(certificate)) && (level === "B-B" || level === "B-T");
}

function isAwards(value: unknown): boolean {
  if (!Array.isArray(value)) return false;
  return value.every(
    (award) => isObject(award) && typeof award.id === "string" && typeof award.label === "string",
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
