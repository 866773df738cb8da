import { createPrivateKey, createPublicKey, type KeyObject, pbkdf2Sync } from "node:crypto";
import type Forge from "node-forge";
import { parseCertificate, type X509 } from "../../credential/signature/certificate.js";
import { isEqual } from "../../credential/signature/der.js";
import { Fault, type Place } from "../../model/fault.js";

/** What a file of PKCS #12 (`.p12`, `.pfx`) holds: a private key with its certificate. */
export interface Pkcs12 {
  readonly key: KeyObject;
  /** DER: the key's own certificate, then those up to the root, as far as the file has them */
  readonly chain: readonly Uint8Array[];
}

/**
 * Opens a file, old ones (RC2 and 3DES with SHA-1) and new ones (AES with SHA-256) alike.
 *
 * @returns `null` where the passphrase does not open it
 * @throws Fault `pkcs12-malformed` for a file that is none, or has no key with its certificate
 */
export async function openPkcs12(
  bytes: Uint8Array,
  passphrase: string,
  place: Place,
): Promise<Pkcs12 | null> {
  const { default: forge } = await import("node-forge");
  forge.pkcs5.pbkdf2 = derive;
  const bags = bagsOf(forge, bytes, passphrase, place);
  if (bags === null) return null;
  const keys = bags.flatMap((bag) => keyOf(forge, bag));
  const certificates = bags.flatMap((bag) => certificateOf(forge, bag));
  const [key] = keys;
  if (key === undefined || keys.length > 1)
    throw malformed(
      key === undefined ? "it holds no private key" : `it holds ${keys.length} private keys`,
      place,
    );
  const spki = createPublicKey(key).export({ type: "spki", format: "der" });
  const signer = certificates.find((certificate) => isEqual(certificate.spki, spki));
  if (signer === undefined) throw malformed("it holds no certificate of its key", place);
  return { key, chain: chainFrom(signer, certificates).map(({ der }) => der) };
}

/**
 * In place of the library's own, which takes each letter of a passphrase for a byte, and long for the hundreds of
 * thousands of rounds that are made now.
 */
const derive = ((
  passphrase: string,
  salt: string,
  rounds: number,
  bytes: number,
  hash?: { algorithm?: string },
) =>
  pbkdf2Sync(
    Buffer.from(passphrase, "utf8"),
    Buffer.from(salt, "latin1"),
    rounds,
    bytes,
    hash?.algorithm ?? "sha1",
  ).toString("latin1")) as typeof Forge.pkcs5.pbkdf2;

function bagsOf(
  forge: typeof Forge,
  bytes: Uint8Array,
  passphrase: string,
  place: Place,
): Forge.pkcs12.Bag[] | null {
  try {
    const outer = forge.asn1.fromDer(Buffer.from(bytes).toString("latin1"));
    const opened = forge.pkcs12.pkcs12FromAsn1(outer, passphrase);
    return opened.safeContents.flatMap(({ safeBags }) => safeBags);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (/wrong password|invalid password/i.test(why)) return null;
    throw malformed(`it cannot be read (${why.split("\n")[0]})`, place, error);
  }
}

/** Keys that the library has no type for, of elliptic curves, it leaves as they stand. */
function keyOf(forge: typeof Forge, { type, key, asn1 }: Forge.pkcs12.Bag): KeyObject[] {
  if (type !== forge.pki.oids.keyBag && type !== forge.pki.oids.pkcs8ShroudedKeyBag) return [];
  const pkcs8 = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
  const der = Buffer.from(forge.asn1.toDer(pkcs8).getBytes(), "latin1");
  return [createPrivateKey({ key: der, format: "der", type: "pkcs8" })];
}

function certificateOf(forge: typeof Forge, { type, cert, asn1 }: Forge.pkcs12.Bag): X509[] {
  if (type !== forge.pki.oids.certBag) return [];
  const written = cert ? wholeOf(forge, cert) : asn1;
  const parsed = parseCertificate(
    new Uint8Array(Buffer.from(forge.asn1.toDer(written).getBytes(), "latin1")),
  );
  return parsed === null ? [] : [parsed];
}

/** What is signed in a certificate names the algorithm once more, as its maker wrote it: the library would write its own. */
function wholeOf({ asn1 }: typeof Forge, cert: Forge.pki.Certificate): Forge.asn1.Asn1 {
  const { tbsCertificate } = cert as unknown as { readonly tbsCertificate: Forge.asn1.Asn1 };
  const parts = tbsCertificate.value as Forge.asn1.Asn1[];
  const algorithm = parts[parts[0]?.tagClass === asn1.Class.CONTEXT_SPECIFIC ? 2 : 1];
  const signature = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.BITSTRING, false, `\0${cert.signature}`);
  if (algorithm === undefined) throw new TypeError("a certificate without an algorithm");
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, [tbsCertificate, algorithm, signature]);
}

function chainFrom(signer: X509, certificates: readonly X509[]): X509[] {
  const chain = [signer];
  for (let last: X509 | undefined = signer; last !== undefined; ) {
    const { issuer }: X509 = last;
    last = certificates.find((each) => isEqual(each.subject, issuer) && !chain.includes(each));
    if (last !== undefined) chain.push(last);
  }
  return chain;
}

function malformed(what: string, place: Place, cause?: unknown): Fault {
  return new Fault("pkcs12-malformed", `no key to sign with: ${what}`, {
    place,
    cause,
    hints: [
      "`signing.pkcs12` names a file in PKCS #12 (.p12, .pfx) with one private key and its certificate, in RC2, 3DES or AES",
      "`openssl pkcs12 -info -in FILE` shows what is in it",
    ],
  });
}
