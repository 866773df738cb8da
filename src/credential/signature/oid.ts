import { parseHex } from "../hex.js";

/** Object identifiers, encoded whole: tag, length, arcs. */
export const OID = {
  data: oid("2a864886f70d010701"),
  signedData: oid("2a864886f70d010702"),
  contentType: oid("2a864886f70d010903"),
  messageDigest: oid("2a864886f70d010904"),
  signingCertificate: oid("2a864886f70d010910020c"),
  signingCertificateV2: oid("2a864886f70d010910022f"),
  timeStampToken: oid("2a864886f70d010910020e"),
  timeStampInfo: oid("2a864886f70d0109100104"),
  sha1: oid("2b0e03021a"),
  sha256: oid("608648016503040201"),
  sha384: oid("608648016503040202"),
  sha512: oid("608648016503040203"),
  rsa: oid("2a864886f70d010101"),
  rsaSha256: oid("2a864886f70d01010b"),
  rsaSha384: oid("2a864886f70d01010c"),
  rsaSha512: oid("2a864886f70d01010d"),
  ec: oid("2a8648ce3d0201"),
  ecdsaSha256: oid("2a8648ce3d040302"),
  ecdsaSha384: oid("2a8648ce3d040303"),
  ecdsaSha512: oid("2a8648ce3d040304"),
  p256: oid("2a8648ce3d030107"),
  p384: oid("2b81040022"),
  commonName: oid("550403"),
  organisation: oid("55040a"),
  keyUsage: oid("551d0f"),
  extendedKeyUsage: oid("551d25"),
  timeStamping: oid("2b06010505070308"),
  /** 2.25 and a UUID, as anybody may make one (X.667): the seal of a signed file, in its signature */
  seal: oid("6983cfc2fce0fec7d284c7bfed82b088ffebfe08"),
} as const;

function oid(arcs: string): Uint8Array<ArrayBuffer> {
  return parseHex(`06${(arcs.length / 2).toString(16).padStart(2, "0")}${arcs}`);
}
