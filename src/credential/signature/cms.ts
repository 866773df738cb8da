import { parseCertificate, type X509 } from "./certificate.js";
import {
  childrenOf,
  concat,
  contextTag,
  encode,
  integer,
  isEqual,
  type Node,
  octets,
  parseFirst,
  sequence,
  setOf,
  TAG,
  valueAt,
} from "./der.js";
import { OID } from "./oid.js";
import { kindOf } from "./publicKey.js";

/**
 * The signature in a PDF: SignedData (RFC 5652) as PAdES B-B and B-T want it (ETSI EN 319 142-1), always of one form, so
 * that one signature has one spelling. Runs in the verification page too.
 */
export interface Cms {
  /** the signer's certificate, then those up to its root */
  readonly chain: readonly X509[];
  /** SHA-256 over the parts of the file that are signed */
  readonly digest: Uint8Array;
  readonly value: Uint8Array;
  /** a time stamp over `value`, as its authority gave it */
  readonly stamp: Uint8Array | null;
  /** 16 bytes */
  readonly seal: Uint8Array;
}

export const SEAL_BYTES = 16;

const SHA256 = sequence(OID.sha256);
const NULL = encode(TAG.nothing);

/**
 * What the signer's key signs: content type, digest, and which certificate. A set, in DER.
 *
 * @param hashOfSigner SHA-256 of the signer's certificate
 */
export function signedAttributes(hashOfSigner: Uint8Array, digest: Uint8Array): Uint8Array<ArrayBuffer> {
  return setOf(attributes(hashOfSigner, digest));
}

function attributes(hashOfSigner: Uint8Array, digest: Uint8Array): Uint8Array[] {
  // ESSCertIDv2 with its default hash, SHA-256
  const identified = sequence(sequence(sequence(octets(hashOfSigner))));
  return [
    attribute(OID.contentType, OID.data),
    attribute(OID.messageDigest, octets(digest)),
    attribute(OID.signingCertificateV2, identified),
  ];
}

function attribute(kind: Uint8Array, value: Uint8Array): Uint8Array {
  return sequence(kind, setOf([value]));
}

export interface EncodedCms {
  readonly der: Uint8Array<ArrayBuffer>;
  /** where the seal stands in it */
  readonly sealAt: number;
}

/** @param hashOfSigner SHA-256 of the signer's certificate */
export function formatCms(cms: Cms, hashOfSigner: Uint8Array): EncodedCms {
  const [signer] = cms.chain;
  if (signer === undefined) throw new TypeError("a signature without its signer");
  const stamp = cms.stamp === null ? [] : [attribute(OID.timeStampToken, cms.stamp)];
  const seal = attribute(OID.seal, octets(cms.seal));
  const unsigned = setOf([seal, ...stamp], contextTag(1));
  const information = sequence(
    integer(1),
    sequence(signer.issuer, signer.serial),
    SHA256,
    setOf(attributes(hashOfSigner, cms.digest), contextTag(0)),
    kindOf(signer.spki) === "RSA" ? sequence(OID.rsa, NULL) : sequence(OID.ecdsaSha256),
    octets(cms.value),
    unsigned,
  );
  const der = sequence(
    OID.signedData,
    encode(
      contextTag(0),
      sequence(
        integer(1),
        setOf([SHA256]),
        sequence(OID.data),
        setOf(
          cms.chain.map(({ der }) => der),
          contextTag(0),
        ),
        setOf([information]),
      ),
    ),
  );
  // the attributes that are not signed stand at the very end, the seal first: a time stamp is longer, so it sorts behind
  const others = stamp.reduce((sum, { length }) => sum + length, 0);
  return { der, sealAt: der.length - others - cms.seal.length };
}

/**
 * The parts of a signature, or `null` where it is not of our form.
 *
 * @param bytes DER, with the zeros behind it that fill its room
 * @returns the signer's certificate first; whether they are its chain is not asked. `length` is that of the DER
 */
export function parseCms(bytes: Uint8Array): (Cms & { readonly length: number }) | null {
  const outer = parseFirst(bytes);
  const signed = valueAt(outer, 1, 0);
  const certificates = childrenOf(valueAt(signed, 3) ?? { content: new Uint8Array() })?.map(({ whole }) =>
    parseCertificate(whole),
  );
  const information = valueAt(signed, 4, 0);
  const [digest, seal, stamp] = [
    attributeOf(valueAt(information, 3), OID.messageDigest),
    attributeOf(valueAt(information, 6), OID.seal),
    attributeOf(valueAt(information, 6), OID.timeStampToken),
  ];
  const value = valueAt(information, 5);
  if (outer === null || certificates === undefined || !digest || !seal || !value) return null;
  const identity = valueAt(information, 1);
  const known = certificates.filter((each) => each !== null);
  const signer = known.find((each) =>
    isEqual(concat([each.issuer, each.serial]), identity?.content ?? new Uint8Array()),
  );
  if (signer === undefined || known.length < certificates.length) return null;
  return {
    chain: [signer, ...known.filter((each) => each !== signer)],
    digest: digest.content,
    value: value.content,
    stamp: stamp?.whole ?? null,
    seal: seal.content,
    length: outer.whole.length,
  };
}

/** The one value of an attribute. */
export function attributeOf(set: Node | null, kind: Uint8Array): Node | null {
  for (const each of (set === null ? null : childrenOf(set)) ?? []) {
    if (!isEqual(valueAt(each, 0)?.whole ?? new Uint8Array(), kind)) continue;
    const values = valueAt(each, 1);
    return values === null || childrenOf(values)?.length !== 1 ? null : valueAt(values, 0);
  }
  return null;
}
