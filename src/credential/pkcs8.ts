import { createCipheriv, randomBytes, scryptSync } from "node:crypto";

/**
 * A private key encrypted under a passphrase: PKCS#8 with PBES2 (RFC 8018), scrypt (RFC 7914) and AES-256-CBC.
 *
 * Node can read this but not write it: its own export knows PBKDF2 with 2,048 rounds only, which a graphics card
 * tries millions of times a second. The cost is the most that OpenSSL's memory limit lets every reader open.
 */

const scrypt = { N: 16_384, r: 8, p: 5 };
const KEY_BYTES = 32;
const oid = {
  pbes2: "06092a864886f70d01050d",
  scrypt: "06092b06010401da47040b",
  aes256cbc: "060960864801650304012a",
};

/** @param der PKCS#8 PrivateKeyInfo; returns EncryptedPrivateKeyInfo */
export function encryptPkcs8(der: Buffer, passphrase: string): Buffer {
  const salt = randomBytes(16);
  const iv = randomBytes(16);
  const cipher = createCipheriv("aes-256-cbc", scryptSync(passphrase, salt, KEY_BYTES, scrypt), iv);
  const encrypted = Buffer.concat([cipher.update(der), cipher.final()]);
  const cost = [scrypt.N, scrypt.r, scrypt.p, KEY_BYTES].map(integer);
  const derivation = sequence(Buffer.from(oid.scrypt, "hex"), sequence(octets(salt), ...cost));
  const encryption = sequence(Buffer.from(oid.aes256cbc, "hex"), octets(iv));
  const algorithm = sequence(Buffer.from(oid.pbes2, "hex"), sequence(derivation, encryption));
  return sequence(algorithm, octets(encrypted));
}

function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts));
}

function octets(content: Buffer): Buffer {
  return tagged(0x04, content);
}

/** DER integers are signed: a first byte of 128 or more needs a zero before it. */
function integer(value: number): Buffer {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, "hex");
  return tagged(0x02, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}
