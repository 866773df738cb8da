import { type KeyObject, sign } from "node:crypto";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { promisify } from "node:util";
import { hexOf } from "../../credential/hex.js";
import { kindOf } from "../../credential/signature/publicKey.js";
import { Signatory } from "../../credential/signature/write.js";
import type { EventRecord, SignatureRecord } from "../../model/certificate.js";
import { Fault } from "../../model/fault.js";
import { type EventFolder, shownPath } from "../eventFolder.js";
import { takePassphrase } from "../passphrase.js";
import { refuseExposed } from "../signingKey.js";
import { type Ask, authorityAt } from "./authority.js";
import { openPkcs12, type Pkcs12 } from "./pkcs12.js";

/** Who signs the PDFs of an event. */
export interface Signer {
  /** for people */
  readonly file: string;
  readonly signatory: Signatory;
  /** DER */
  readonly chain: readonly Uint8Array[];
  /** what the facts of the event say of it */
  readonly record: SignatureRecord;
  /** the signature over these bytes, SHA-256 and PKCS #1 v1.5 or ECDSA */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
  /** bytes that a signature takes at most; found out once, by a time stamp that is for nothing else */
  room(): Promise<number>;
  /** asks for a time stamp; `null` where none is wanted */
  readonly stamp: Ask | null;
}

const signAside = promisify<string, Uint8Array, KeyObject, Buffer>(sign);
const LEAST_BITS = 2048;

/** Where the event says that its key for PDFs is; `null` where nothing is to be signed. */
export function pkcs12Path({ dir, event }: EventFolder): string | null {
  const { signing } = event.config;
  return signing === undefined ? null : resolve(dir, signing.pkcs12);
}

/** What can be seen of the file without opening it. @throws Fault if there is none, or others can read it */
export function admitPkcs12(folder: EventFolder): Uint8Array | null {
  const path = pkcs12Path(folder);
  if (path === null) return null;
  try {
    const bytes = readFileSync(path);
    refuseExposed(path);
    return bytes;
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault("pkcs12-missing", "the key that PDFs are signed with cannot be read", {
      place: { file: shownPath(path) },
      cause: error,
      hints: ["`signing.pkcs12` names it, relative to the event file; without `signing` no PDF is signed"],
    });
  }
}

/**
 * The signer that the event names; `null` where it names none.
 *
 * @throws Fault if it cannot be read, is not opened by the passphrase, or its certificate is not one to sign with
 */
export async function openSigner(folder: EventFolder): Promise<Signer | null> {
  const bytes = admitPkcs12(folder);
  const path = pkcs12Path(folder);
  if (bytes === null || path === null) return null;
  const file = shownPath(path);
  const { tsa } = folder.event.config.signing ?? {};
  const opened = await unlock(bytes, file);
  const signatory = new Signatory(opened.chain);
  admitUse(signatory, opened.key, file);
  const stamp = tsa === undefined ? null : authorityAt(tsa);
  let room: Promise<number> | null = null;
  return {
    signatory,
    stamp,
    file,
    room: () => {
      room ??= roomFor(signatory, stamp);
      return room;
    },
    chain: opened.chain,
    record: { certificate: hexOf(signatory.hash), level: tsa === undefined ? "B-B" : "B-T" },
    sign: async (toSign) => new Uint8Array(await signAside("sha256", toSign, opened.key)),
  };
}

async function roomFor(signatory: Signatory, stamp: Ask | null): Promise<number> {
  if (stamp === null) return signatory.roomFor(0);
  const trial = await stamp(signatory.hash);
  return signatory.roomFor(trial.length + STAMP_SLACK);
}

/** Stamps of one authority differ by a few bytes: numbers and fractions of seconds grow. */
export const STAMP_SLACK = 128;

/** The same, opened once, by whoever needs it first. */
export function signersOf(folder: EventFolder): () => Promise<Signer | null> {
  let opened: Promise<Signer | null> | null = null;
  return () => {
    opened ??= openSigner(folder);
    return opened;
  };
}

/** What is going to be done with the PDFs, in words; `null` where nothing is. */
export function signingWords({ event }: EventFolder): string | null {
  const { pkcs12, tsa } = event.config.signing ?? {};
  if (pkcs12 === undefined) return null;
  return tsa === undefined
    ? `each PDF will be signed with ${pkcs12} (PAdES B-B)`
    : `each PDF will be signed with ${pkcs12} and time-stamped by ${tsa} (PAdES B-T)`;
}

/** The facts of an event whose PDFs are signed name the signer, so that the issuer's key vouches for that as well. */
export function signedRecord(record: EventRecord, signer: Signer | null): EventRecord {
  return signer === null ? record : { ...record, signature: signer.record };
}

/** Many files have no passphrase: nobody is asked for what is not needed. */
async function unlock(bytes: Uint8Array, file: string): Promise<Pkcs12> {
  const place = { file };
  const plain = await openPkcs12(bytes, "", place);
  if (plain !== null) return plain;
  const passphrase = await takePassphrase(`Passphrase of ${file}`, "LULUS_SIGNING_PASSPHRASE");
  if (passphrase === null) {
    throw new Fault("passphrase-missing", "the key that PDFs are signed with needs its passphrase", {
      place,
      hints: [
        "give it in LULUS_SIGNING_PASSPHRASE_FILE or LULUS_SIGNING_PASSPHRASE, or run this on a terminal",
      ],
    });
  }
  const opened = await openPkcs12(bytes, passphrase, place);
  if (opened !== null) return opened;
  throw new Fault("passphrase-wrong", "the passphrase does not open the key that PDFs are signed with", {
    place,
    hints: ["`openssl pkcs12 -noout -in FILE` tells whether a passphrase is the right one"],
  });
}

function refusal(code: string, { signer }: Signatory, file: string, what: string, hint: string): Fault {
  return new Fault(code, `the certificate "${signer.name}" ${what}`, { place: { file }, hints: [hint] });
}

function admitUse(signatory: Signatory, key: KeyObject, file: string): void {
  if (signatory.signer.isForSigning === false) {
    const what = "is not one for signatures: its key usage has neither digitalSignature nor nonRepudiation";
    const hint = "take the certificate for signing, not the one for encryption or for a web server";
    throw refusal("certificate-usage", signatory, file, what, hint);
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? LEAST_BITS;
  if (kindOf(signatory.signer.spki) !== null && bits >= LEAST_BITS) return;
  const what = `has a key of ${key.asymmetricKeyType ?? "unknown"} type that PDFs are not signed with here`;
  const hint = `expected RSA of ${LEAST_BITS} bits or more, or one on the curve P-256 or P-384`;
  throw refusal("certificate-key", signatory, file, what, hint);
}

/**
 * Whether a signer may begin something new. What was begun may be finished later, since nobody else can.
 *
 * @param date ISO day that certificates are dated with
 * @throws Fault if the certificate does not hold
 */
export function admitTime({ signatory, file }: Signer, now: Date, date: string): void {
  const { notBefore, notAfter } = signatory.signer;
  const hint = "name one that holds in `signing.pkcs12`; what was signed before keeps its signature";
  const refuse = (code: string, what: string) => refusal(code, signatory, file, what, hint);
  if (now > notAfter)
    throw refuse("certificate-expired", `held until ${day(notAfter)} and is no longer good`);
  if (now < notBefore) throw refuse("certificate-early", `holds only from ${day(notBefore)} on`);
  if (date > day(notAfter))
    throw refuse("certificate-expired", `holds until ${day(notAfter)}, but certificates are dated ${date}`);
}

/** The signer for certificates that are to come: what it lacks is better known before anything is numbered. */
export async function signerForNew(
  folder: EventFolder,
  signers: () => Promise<Signer | null>,
): Promise<Signer | null> {
  const signer = await signers();
  if (signer === null) return null;
  admitTime(signer, new Date(), folder.event.date);
  await signer.room();
  return signer;
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
