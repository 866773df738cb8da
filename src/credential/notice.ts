import { Fault, type Place } from "../model/fault.js";
import { isWithdrawalReason, type Withdrawal } from "../model/withdrawal.js";
import { concat } from "./cbor.js";
import { isVerified } from "./ed25519.js";
import { hexOf, parseHex } from "./hex.js";
import type { PublicKey } from "./keyset.js";

/**
 * What became of one certificate: when, why, and by which number it was replaced. The file is named by a hash of the
 * certificate's id, 80 bits that only its holder has, so that nobody else can find it; no person is named in it.
 * Runs in the verification page too: nothing of Node here.
 */
export type Notice = Pick<Withdrawal, "state" | "on" | "reason" | "by">;

/** `w/<32 hex digits>.json` */
export async function noticePath(cti: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", concat([utf8("lulus notice\n"), cti]));
  return `w/${hexOf(new Uint8Array(digest).subarray(0, 16))}.json`;
}

/** The bytes that are signed: the certificate's id is among them, and not in the file. */
function signedBytes(cti: Uint8Array, { state, on, reason, by }: Notice): Uint8Array<ArrayBuffer> {
  return utf8(`lulus notice\n${JSON.stringify([hexOf(cti), state, on, reason, by])}`);
}

export function formatNotice(
  cti: Uint8Array,
  notice: Notice,
  kid: string,
  sign: (bytes: Uint8Array) => Uint8Array,
): string {
  const { state, on, reason, by } = notice;
  const signature = hexOf(sign(signedBytes(cti, notice)));
  return `${JSON.stringify({ v: 1, state, on, reason, by, kid, signature }, null, 2)}\n`;
}

/** @throws Fault if it is not about this certificate, or not signed by a key of the issuer */
export async function parseNotice(
  json: string,
  cti: Uint8Array,
  keys: readonly PublicKey[],
  place: Place,
): Promise<Notice> {
  const { notice, kid, signature } = admit(json, place);
  const bytes = signedBytes(cti, notice);
  for (const key of keys) {
    if (key.kid === kid && key.compromisedAt === null && (await isVerified(signature, bytes, key.bytes)))
      return notice;
  }
  throw new Fault("notice-forged", "the notice of withdrawal is not signed by a key of the issuer", {
    place,
  });
}

function admit(
  json: string,
  place: Place,
): { notice: Notice; kid: string; signature: Uint8Array<ArrayBuffer> } {
  try {
    const { v, state, on, reason, by, kid, signature } = JSON.parse(json);
    const isNotice =
      v === 1 &&
      (state === "revoked" || state === "replaced") &&
      /^\d{4}-\d\d-\d\d$/.test(on) &&
      isWithdrawalReason(reason) &&
      (by === null || typeof by === "string");
    if (isNotice) return { notice: { state, on, reason, by }, kid, signature: parseHex(signature) };
  } catch (cause) {
    throw new Fault("notice-malformed", "no notice of withdrawal can be read here", { place, cause });
  }
  throw new Fault("notice-malformed", "a notice of withdrawal of another form", { place });
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
