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
 * @param now at which its certificate must hold
 * @throws Fault if it cannot be read, is not opened by the passphrase, or its certificate cannot serve
 */
export async function openSigner(folder: EventFolder, now: Date): Promise<Signer | null> {
  const bytes = admitPkcs12(folder);
  const path = pkcs12Path(folder);
  if (bytes === null || path === null) return null;
  const { tsa } = folder.event.config.signing ?? {};
  const opened = await unlock(bytes, shownPath(path));
  const signatory = new Signatory(opened.chain);
  admitCertificate(signatory, opened.key, { file: shownPath(path), now, date: folder.event.date });
  const stamp = tsa === undefined ? null : authorityAt(tsa);
  let room: Promise<number> | null = null;
  return {
    signatory,
    stamp,
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
    opened ??= openSigner(folder, new Date());
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

interface Circumstances {
  readonly file: string;
  readonly now: Date;
  /** ISO day that certificates are dated with */
  readonly date: string;
}

function admitCertificate({ signer }: Signatory, key: KeyObject, { file, now, date }: Circumstances): void {
  const refuse = (code: string, what: string, hint: string) =>
    new Fault(code, `the certificate "${signer.name}" ${what}`, { place: { file }, hints: [hint] });
  const renew = "name one that holds in `signing.pkcs12`; what was signed before keeps its signature";
  if (now > signer.notAfter)
    throw refuse("certificate-expired", `held until ${day(signer.notAfter)} and is no longer good`, renew);
  if (now < signer.notBefore)
    throw refuse("certificate-early", `holds only from ${day(signer.notBefore)} on`, renew);
  if (date > day(signer.notAfter))
    throw refuse(
      "certificate-expired",
      `holds until ${day(signer.notAfter)}, but certificates are dated ${date}`,
      renew,
    );
  if (signer.isForSigning === false) {
    throw refuse(
      "certificate-usage",
      "is not one for signatures: its key usage has neither digitalSignature nor nonRepudiation",
      "take the certificate for signing, not the one for encryption or for a web server",
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? LEAST_BITS;
  if (kindOf(signer.spki) !== null && bits >= LEAST_BITS) return;
  throw refuse(
    "certificate-key",
    `has a key of ${key.asymmetricKeyType ?? "unknown"} type that PDFs are not signed with here`,
    `expected RSA of ${LEAST_BITS} bits or more, or one on the curve P-256 or P-384`,
  );
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10);
}
