import { compareBytes } from "../credential/cbor.js";
import type { Claims } from "../credential/claims.js";
import { hexOf } from "../credential/hex.js";
import type { PublicKey } from "../credential/keyset.js";
import { isSameAddress, type Link, parseLink } from "../credential/link.js";
import { hashRecord } from "../credential/record.js";
import { isSignedBy, parseToken, type Token } from "../credential/token.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import type { Trust } from "./trust.js";
import type { Status, Verdict, VerdictCode } from "./verdict.js";

/** The verdict on the text of a QR code, an address or the number alone. Runs in the verification page too. */
export async function verifyText(text: string, trust: Trust): Promise<Verdict> {
  const link = parseLink(text);
  if (link === null) return unreadable("no certificate: expected an address, `#` and a long number", trust);
  return verifyLink(link, trust);
}

/** The steps in their order; the first that fails is the verdict. */
export async function verifyLink(link: Link, trust: Trust): Promise<Verdict> {
  const nothing = { ...blank(trust), url: link.url };
  const token = parse(link.token);
  if (token instanceof Fault) return { ...nothing, code: "altered", reason: token.message };

  const claimed = { ...nothing, claims: token.claims, kid: token.kid };
  const known = trust.keys.filter(({ kid }) => kid === token.kid);
  if (known.length === 0) {
    return {
      ...claimed,
      code: "unknown-issuer",
      reason: `signed with the key ${token.kid}, which is not among those trusted`,
    };
  }
  const key = await signerOf(token, known);
  if (key === null)
    return { ...claimed, code: "altered", reason: "the signature does not fit: not a word of it is proven" };

  const signed = { ...claimed, proven: true };
  const flaw = flawOfKey(key, token.claims);
  if (flaw !== null) return { ...signed, code: "unknown-issuer", reason: flaw, proven: false };

  const record = await recordOf(token.claims, trust);
  const placed = { ...signed, ...describe(record, token.claims) };
  if (isElsewhere(link, record)) {
    const difference = `the link leads to ${link.url}, the issuer's to ${record?.verify}`;
    return {
      ...placed,
      code: "altered",
      reason: "the link does not lead to the issuer",
      differences: [difference],
    };
  }

  const status =
    trust.status === null ? ({ state: "not-checked" } as const) : await trust.status(token.claims);
  return { ...placed, status, ...judge(token.claims, status, trust.now) };
}

/** A verdict on something that is no certificate of ours. */
export function unreadable(reason: string, trust: Trust): Verdict {
  return { ...blank(trust), reason };
}

function blank(trust: Trust): Verdict {
  return {
    code: "unreadable",
    reason: "",
    status: { state: "not-checked" },
    claims: null,
    proven: false,
    kid: null,
    url: null,
    record: null,
    award: null,
    differences: [],
    signature: null,
    notes: [],
    checkedAt: trust.now.toISOString(),
  };
}

function parse(decimal: string): Token | Fault {
  try {
    return parseToken(decimal);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
}

/** Two keys can share the eight bytes of a name, by chance or by somebody's effort: each is tried. */
async function signerOf(token: Token, known: readonly PublicKey[]): Promise<PublicKey | null> {
  for (const key of known) {
    if (await isSignedBy(token, key.bytes)) return key;
  }
  return null;
}

/** The date of issue is the signer's word: after a key was stolen, the thief's word for any date. */
function flawOfKey(key: PublicKey, claims: Claims): string | null {
  if (key.compromisedAt !== null) {
    return `the key ${key.kid} is known to others since ${formatDay(key.compromisedAt)}: ask the issuer`;
  }
  const isWithin =
    (key.notBefore === null || claims.issuedAt >= key.notBefore) &&
    (key.notAfter === null || claims.issuedAt < key.notAfter);
  return isWithin ? null : `the key ${key.kid} was not in use on ${formatDay(claims.issuedAt)}`;
}

async function recordOf(claims: Claims, { records, findRecord }: Trust): Promise<EventRecord | null> {
  for (const record of records) {
    if (compareBytes(await hashRecord(record), claims.event) === 0) return record;
  }
  const found = (await findRecord?.(hexOf(claims.event))) ?? null;
  return found !== null && compareBytes(await hashRecord(found), claims.event) === 0 ? found : null;
}

function describe(record: EventRecord | null, claims: Claims): Pick<Verdict, "record" | "award" | "notes"> {
  const notes =
    record === null
      ? ["the facts of the event were not at hand: only what is about the person is proven"]
      : [];
  return { record, award: record?.awards[claims.award]?.label ?? null, notes };
}

/** The signature does not cover the address, but the record does: a genuine token may hang on a stranger's page. */
function isElsewhere(link: Link, record: EventRecord | null): boolean {
  return link.url !== null && record !== null && !isSameAddress(link.url, record.verify);
}

function judge(claims: Claims, status: Status, now: Date): { code: VerdictCode; reason: string } {
  if (status.state === "revoked") {
    return { code: "revoked", reason: sentence("withdrawn by the issuer", status.on, status.reason) };
  }
  if (status.state === "replaced") {
    const by = status.by === undefined ? undefined : `number ${status.by}`;
    return { code: "replaced", reason: sentence("replaced by a corrected certificate", status.on, by) };
  }
  if (claims.expiresAt !== undefined && claims.expiresAt * 1000 <= now.getTime()) {
    return { code: "expired", reason: `expired on ${formatDay(claims.expiresAt)}` };
  }
  if (status.state === "unknown") {
    return {
      code: "status-unknown",
      reason: sentence("signed by the issuer, but whether it still holds cannot be said", status.because),
    };
  }
  const checked = status.state === "current" ? "still holds" : "status not checked";
  return { code: "genuine", reason: `signed by the issuer; ${checked}` };
}

function sentence(start: string, ...more: readonly (string | undefined)[]): string {
  return [start, ...more.filter((part) => part !== undefined)].join(", ");
}

function formatDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
