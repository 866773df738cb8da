import type { Claims } from "../credential/claims.js";
import { hexOf } from "../credential/hex.js";
import { parsePublicKeys } from "../credential/keyset.js";
import { hashRecord, parseRecord } from "../credential/record.js";
import { isSignedBy, parseToken } from "../credential/token.js";
import type { EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { type Finding, finding } from "./finding.js";
import { type Registered, registered, selectCertificates } from "./rows.js";
import type { Store } from "./store.js";

interface Signers {
  readonly keys: ReadonlyMap<string, Uint8Array>;
  readonly records: ReadonlyMap<number, { readonly record: EventRecord; readonly hash: string }>;
}

const PAGE = 500;

/**
 * Every token was signed by a key of the register, and says what the row says. Whoever rewrites rows and log together
 * fails here without the private key.
 */
export async function* flawsOfTokens(store: Store): AsyncIterable<Finding> {
  const signers = { keys: await keysOf(store), records: await recordsOf(store) };
  for (let last = 0; ; ) {
    const rows = store.all(`${selectCertificates} WHERE c.id > ? ORDER BY c.id LIMIT ${PAGE}`, last);
    const flaws = await Promise.all(rows.map((row) => flawOfRow(row, signers)));
    for (const flaw of flaws) if (flaw !== null) yield flaw;
    if (rows.length < PAGE) return;
    last = Number(Object(rows.at(-1)).id);
  }
}

async function flawOfRow(row: unknown, signers: Signers): Promise<Finding | null> {
  const { id, number } = Object(row);
  const where = `certificate ${number ?? `with id ${id}`}`;
  try {
    const flaw = await flawOf(registered(row), signers);
    return flaw === null ? null : finding("token", where, flaw);
  } catch (error) {
    const why = error instanceof Fault ? error.message : "the row is not of the known shape";
    return finding("token", where, why);
  }
}

async function flawOf(
  { batch, certificate }: Registered,
  { keys, records }: Signers,
): Promise<string | null> {
  const token = parseToken(certificate.token);
  const key = keys.get(token.kid);
  if (key === undefined) return `its token names the key ${token.kid}, which the register does not have`;
  if (!(await isSignedBy(token, key))) return "its token was not signed by the issuer";
  const shared = records.get(batch);
  if (shared === undefined) return `its batch ${batch} has no event record that can be read`;
  const said = factsOf(token.claims);
  const held: Record<keyof typeof said, unknown> = {
    name: certificate.name,
    number: certificate.number,
    id: certificate.cti,
    date: certificate.date,
    "place in the status list": certificate.statusIndex,
    award: shared.record.awards.findIndex(({ id }) => id === certificate.award),
    event: shared.hash,
  };
  const other = (Object.keys(said) as (keyof typeof said)[]).find((fact) => said[fact] !== held[fact]);
  if (other !== undefined) return `its token says another ${other} than its row`;
  return samePersonal(token.claims.personal, certificate.personal)
    ? null
    : "its token says other personal facts than its row";
}

function factsOf(claims: Claims) {
  return {
    name: claims.name,
    number: claims.number,
    id: hexOf(claims.cti),
    date: new Date(claims.issuedAt * 1000).toISOString().slice(0, 10),
    "place in the status list": claims.statusIndex,
    award: claims.award,
    event: hexOf(claims.event),
  };
}

function samePersonal(
  said: Readonly<Record<string, string>>,
  held: Readonly<Record<string, string>>,
): boolean {
  const lines = (facts: Readonly<Record<string, string>>) =>
    JSON.stringify(
      Object.entries(facts)
        .filter(([, text]) => text !== "")
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return lines(said) === lines(held);
}

async function keysOf(store: Store): Promise<Map<string, Uint8Array>> {
  const keys = new Map<string, Uint8Array>();
  for (const row of store.all("SELECT public FROM issuer_key")) {
    // a key that cannot be read is missed by the certificates that it signed
    const parsed = await parsePublicKeys(String(Object(row).public), { file: store.path }).catch(() => []);
    for (const { kid, bytes } of parsed) keys.set(kid, bytes);
  }
  return keys;
}

async function recordsOf(store: Store): Promise<Signers["records"]> {
  const records = new Map<number, { record: EventRecord; hash: string }>();
  for (const row of store.all("SELECT id, record FROM batch")) {
    const { id, record: text } = Object(row);
    try {
      const record = parseRecord(String(text), { file: store.path });
      records.set(Number(id), { record, hash: hexOf(await hashRecord(record)) });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }
  return records;
}
