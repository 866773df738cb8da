import { parseCertificate, parseTime, type X509 } from "./certificate.js";
import { attributeOf } from "./cms.js";
import {
  childrenOf,
  contextTag,
  encode,
  integer,
  isEqual,
  type Node,
  octets,
  parseFirst,
  parseOnly,
  sequence,
  TAG,
  valueAt,
} from "./der.js";
import { OID } from "./oid.js";
import { type Hash, hashOf, isSignedWith } from "./publicKey.js";

/** Time stamps (RFC 3161) over the value of a signature. Runs in the verification page too. */

/** What a time stamp proves, if its authority is to be trusted: that is not asked here. */
export interface Stamp {
  readonly at: Date;
  readonly authority: X509;
}

/**
 * A request.
 *
 * @param digest SHA-256 of what is to be stamped
 * @param nonce 8 bytes of chance, so that no old answer fits
 */
export function formatRequest(digest: Uint8Array, nonce: Uint8Array): Uint8Array<ArrayBuffer> {
  const imprint = sequence(sequence(OID.sha256, encode(TAG.nothing)), octets(digest));
  return sequence(integer(1), imprint, number(nonce), encode(TAG.boolean, Uint8Array.of(0xff)));
}

/** The token of an answer, or in words why there is none. */
export function parseAnswer(bytes: Uint8Array): Uint8Array | string {
  const answer = parseFirst(bytes);
  const status = valueAt(answer, 0, 0)?.content;
  if (status?.length !== 1) return "the answer is none to a request for a time stamp";
  const said = valueAt(answer, 0, 1, 0);
  if ((status[0] ?? 2) > 1) {
    const why =
      said === null ? "" : new TextDecoder().decode(said.content).replace(/\p{C}/gu, "").slice(0, 200);
    return `it refuses (status ${status[0]}${why === "" ? "" : `: ${why}`})`;
  }
  return valueAt(answer, 1)?.whole ?? "the answer has no time stamp in it";
}

/**
 * Opens a time stamp: its imprint, its authority's signature and the certificate that this names must fit.
 *
 * @param digest SHA-256 of what was stamped
 * @param nonce of the request, where this is the answer to one
 * @returns in words what is wrong with it
 */
export async function openStamp(
  token: Uint8Array,
  digest: Uint8Array,
  nonce: Uint8Array | null = null,
): Promise<Stamp | string> {
  const parts = partsOf(token);
  if (parts === null) return "the time stamp cannot be read";
  const { information, signer, certificates } = parts;
  const fields = childrenOf(information);
  if (!isEqual(valueAt(information, 2, 1)?.content ?? new Uint8Array(), digest))
    return "the time stamp is of something else";
  const at = parseTime(valueAt(information, 4));
  if (fields === null || at === null) return "the time stamp has no time";
  if (nonce !== null && !fields.slice(5).some(({ whole }) => isEqual(whole, number(nonce))))
    return "the time stamp answers another request";
  const authority = await authorityOf(signer, certificates);
  if (authority === null) return "the certificate of the time stamp's authority is not in it";
  if (!authority.isForTimeStamps) return `the certificate "${authority.name}" is not one for time stamps`;
  return (await isSigned(signer, information, authority))
    ? { at, authority }
    : "the time stamp is not genuine";
}

interface Parts {
  /** TSTInfo */
  readonly information: Node;
  /** SignerInfo */
  readonly signer: Node;
  readonly certificates: readonly X509[];
}

function partsOf(token: Uint8Array): Parts | null {
  const outer = parseOnly(token);
  const signed = childrenOf(valueAt(outer, 1, 0) ?? { content: new Uint8Array() });
  if (signed === null || !isEqual(valueAt(outer, 0)?.whole ?? new Uint8Array(), OID.signedData)) return null;
  const [, , encapsulated] = signed;
  if (!isEqual(valueAt(encapsulated, 0)?.whole ?? new Uint8Array(), OID.timeStampInfo)) return null;
  const information = parseOnly(valueAt(encapsulated, 1, 0)?.content ?? new Uint8Array());
  const infos = childrenOf(signed.at(-1) ?? { content: new Uint8Array() });
  const certificates = childrenOf(
    signed.find(({ tag }) => tag === contextTag(0)) ?? { content: new Uint8Array() },
  );
  const [signer] = infos ?? [];
  if (information === null || signer === undefined || infos?.length !== 1) return null;
  const known = (certificates ?? []).map(({ whole }) => parseCertificate(whole));
  return { information, signer, certificates: known.filter((each) => each !== null) };
}

/** The certificate that the signed attributes name by its hash: its own name for it is not signed. */
async function authorityOf(signer: Node, certificates: readonly X509[]): Promise<X509 | null> {
  const attributes = valueAt(signer, 3);
  const named = [
    [valueAt(attributeOf(attributes, OID.signingCertificateV2), 0, 0), "SHA-256"],
    [valueAt(attributeOf(attributes, OID.signingCertificate), 0, 0), "SHA-1"],
  ] as const;
  for (const [identified, usual] of named) {
    const [first, second] = childrenOf(identified ?? { content: new Uint8Array() }) ?? [];
    const isOther = first?.tag === TAG.sequence;
    const hash = isOther ? hashOf(first) : usual;
    const wanted = (isOther ? second : first)?.content;
    if (hash === null || wanted === undefined) continue;
    for (const certificate of certificates)
      if (isEqual(await digestOf(hash, certificate.der), wanted)) return certificate;
  }
  return null;
}

async function isSigned(signer: Node, information: Node, { spki }: X509): Promise<boolean> {
  const [hash, attributes, algorithm, value] = [
    hashOf(valueAt(signer, 2)),
    valueAt(signer, 3),
    valueAt(signer, 4),
    valueAt(signer, 5),
  ];
  if (hash === null || attributes?.tag !== contextTag(0) || value === null) return false;
  const type = attributeOf(attributes, OID.contentType);
  const digest = attributeOf(attributes, OID.messageDigest);
  if (!isEqual(type?.whole ?? new Uint8Array(), OID.timeStampInfo)) return false;
  if (!isEqual(digest?.content ?? new Uint8Array(), await digestOf(hash, information.whole))) return false;
  const signed = Uint8Array.from(attributes.whole);
  signed[0] = TAG.set;
  return await isSignedWith(spki, algorithm, hash, signed, value.content);
}

export async function digestOf(hash: Hash | "SHA-1", bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest(hash, new Uint8Array(bytes)));
}

/** In the shortest form, as DER wants whole numbers. */
function number(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const from = bytes.findIndex((byte) => byte !== 0);
  return from === -1 ? integer(0) : integer(...bytes.subarray(from));
}
