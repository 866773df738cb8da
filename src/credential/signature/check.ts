import type { SignatureRecord } from "../../model/certificate.js";
import { hexOf } from "../hex.js";
import { type Cms, formatCms, parseCms, SEAL_BYTES, signedAttributes } from "./cms.js";
import { concat, encode, isEqual, parseOnly, sequence, TAG } from "./der.js";
import { OID } from "./oid.js";
import { isSignedWith, kindOf } from "./publicKey.js";
import { digestOf, openStamp } from "./stamp.js";
import { type FoundUpdate, signedParts } from "./update.js";

/** Who signed a PDF, and when. */
export interface PdfSignature {
  /** as the signer's certificate has it */
  readonly signer: string;
  readonly organisation: string | null;
  /** SHA-256 of the certificate, hex */
  readonly certificate: string;
  /** as the signer states it */
  readonly at: Date;
  /** `null` where no authority was asked */
  readonly stamp: { readonly at: Date; readonly authority: string } | null;
}

/**
 * Checks the signature of a PDF against what the facts of its event say of it, which are signed with the issuer's key:
 * so nobody has to be trusted besides the issuer. Whether a reader of PDFs trusts the signer's certificate, and the
 * authority of the time stamp, is another question. Runs in the verification page too.
 *
 * @returns in words what is wrong with it
 */
export async function checkSignature(
  file: Uint8Array,
  update: FoundUpdate,
  named: SignatureRecord,
): Promise<PdfSignature | string> {
  const cms = parseCms(update.signature);
  const signer = cms?.chain[0];
  if (cms === null || signer === undefined) return "its signature cannot be read";
  const certificate = await digestOf("SHA-256", signer.der);
  const encoded = formatCms(cms, certificate);
  if (!isSame(encoded.der, cms, update.signature))
    return "its signature is not of the form that this program gives them";
  if (hexOf(certificate) !== named.certificate)
    return `it is signed by "${signer.name}", not by whom the issuer names`;
  const digest = await digestOf("SHA-256", concat(signedParts(file, update.hole)));
  if (!isEqual(digest, cms.digest)) return "its signature is of other bytes";
  const algorithm = parseOnly(
    kindOf(signer.spki) === "RSA" ? sequence(OID.rsa, encode(TAG.nothing)) : sequence(OID.ecdsaSha256),
  );
  const attributes = signedAttributes(certificate, digest);
  if (!(await isSignedWith(signer.spki, algorithm, "SHA-256", attributes, cms.value)))
    return "its signature does not fit";
  if (!(await isSealed(file, update.hole[0] + 2 * encoded.sealAt, cms.seal)))
    return "its signature was changed: the seal in it is broken";
  const stamp = await stampOf(cms, named);
  if (typeof stamp === "string") return stamp;
  const { name, organisation } = signer;
  return { signer: name, organisation, certificate: named.certificate, at: update.at, stamp };
}

/** One signature, one spelling: made anew from its parts it is the same, and nothing but zeros is behind it. */
function isSame(
  again: Uint8Array,
  { seal, length }: Cms & { readonly length: number },
  found: Uint8Array,
): boolean {
  const filling = found.subarray(length);
  const isForm = seal.length === SEAL_BYTES && isEqual(again, found.subarray(0, length));
  return isForm && filling.every((byte) => byte === 0);
}

async function stampOf(
  { stamp, value }: Cms,
  { level }: SignatureRecord,
): Promise<PdfSignature["stamp"] | string> {
  if ((stamp !== null) !== (level === "B-T"))
    return stamp === null
      ? "its time stamp is missing"
      : "it has a time stamp that the issuer did not ask for";
  if (stamp === null) return null;
  const opened = await openStamp(stamp, await digestOf("SHA-256", value));
  return typeof opened === "string" ? opened : { at: opened.at, authority: opened.authority.name };
}

/**
 * What no signature covers, the certificates beside the signer's and the time stamp, is held by a seal: the first bytes of
 * SHA-256 over the whole file, taken with zeros in their place.
 */
async function isSealed(file: Uint8Array, at: number, seal: Uint8Array): Promise<boolean> {
  const blank = Uint8Array.from(file);
  blank.fill(0x30, at, at + 2 * SEAL_BYTES);
  return isEqual((await digestOf("SHA-256", blank)).subarray(0, SEAL_BYTES), seal);
}
