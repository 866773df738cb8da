import { childrenOf, contextTag, isEqual, type Node, parseOnly, TAG, valueAt } from "./der.js";
import { OID } from "./oid.js";

/** What is needed of an X.509 certificate (RFC 5280). Whether it is to be trusted is not asked here. */
export interface X509 {
  readonly der: Uint8Array;
  /** issuer and serial number, encoded: how signatures name the certificate */
  readonly issuer: Uint8Array;
  readonly serial: Uint8Array;
  readonly subject: Uint8Array;
  /** SubjectPublicKeyInfo */
  readonly spki: Uint8Array;
  /** common name, else the organisation, else an empty text; for people */
  readonly name: string;
  readonly organisation: string | null;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `null` where it does not say */
  readonly isForSigning: boolean | null;
  /** whether time stamps are the one thing that it is for */
  readonly isForTimeStamps: boolean;
}

/** `null` for what is no certificate. */
export function parseCertificate(der: Uint8Array): X509 | null {
  const fields = childrenOf(valueAt(parseOnly(der), 0) ?? { content: new Uint8Array() });
  if (fields === null) return null;
  const [serial, , issuer, validity, subject, spki, ...more] =
    fields[0]?.tag === contextTag(0) ? fields.slice(1) : fields;
  const [notBefore, notAfter] = [0, 1].map((at) => parseTime(valueAt(validity, at)));
  if (!serial || !issuer || !subject || !spki || !notBefore || !notAfter) return null;
  const extensions = childrenOf(
    valueAt(
      more.find(({ tag }) => tag === contextTag(3)),
      0,
    ) ?? { content: new Uint8Array() },
  );
  const organisation = partOfName(subject, OID.organisation);
  return {
    ...{ der, issuer: issuer.whole, serial: serial.whole, subject: subject.whole, spki: spki.whole },
    name: partOfName(subject, OID.commonName) ?? organisation ?? "",
    ...{ organisation, notBefore, notAfter },
    isForSigning: usage(extensions ?? []),
    isForTimeStamps: isForTimeStamps(extensions ?? []),
  };
}

/** A moment as certificates and time stamps write it: UTC, seconds, maybe fractions. */
export function parseTime(node: Node | null): Date | null {
  if (node === null) return null;
  const text = new TextDecoder().decode(node.content);
  const full = node.tag === TAG.time ? text : `${Number(text.slice(0, 2)) < 50 ? "20" : "19"}${text}`;
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,9})?Z$/.exec(full);
  if (parts === null || (node.tag !== TAG.time && node.tag !== TAG.utcTime)) return null;
  const [, year, month, day, hour, minute, second, fraction = ""] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}${fraction.slice(0, 4)}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

function partOfName(name: Node, kind: Uint8Array): string | null {
  for (const set of childrenOf(name) ?? [])
    for (const part of childrenOf(set) ?? [])
      if (isEqual(valueAt(part, 0)?.whole ?? new Uint8Array(), kind)) return textOf(valueAt(part, 1));
  return null;
}

const BMP_STRING = 0x1e;

/** Names are typed by whoever made the certificate: what is not seen, or turns letters around, is left out. */
function textOf(node: Node | null): string | null {
  if (node === null) return null;
  const decoder = new TextDecoder(node.tag === BMP_STRING ? "utf-16be" : "utf-8");
  const text = decoder.decode(node.content).replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "");
  return text.trim().slice(0, 200) || null;
}

const NOT_SIGNING = 0;

/** Of digitalSignature and nonRepudiation one is needed. */
function usage(extensions: readonly Node[]): boolean | null {
  const value = extension(extensions, OID.keyUsage);
  if (value === null) return null;
  const bits = parseOnly(value)?.content[1] ?? NOT_SIGNING;
  return (bits & 0xc0) !== NOT_SIGNING;
}

function isForTimeStamps(extensions: readonly Node[]): boolean {
  const value = extension(extensions, OID.extendedKeyUsage);
  const only = value === null ? null : parseOnly(value);
  return only !== null && isEqual(only.content, OID.timeStamping);
}

function extension(extensions: readonly Node[], kind: Uint8Array): Uint8Array | null {
  for (const each of extensions) {
    const parts = childrenOf(each);
    if (parts?.[0] !== undefined && isEqual(parts[0].whole, kind)) return parts.at(-1)?.content ?? null;
  }
  return null;
}
