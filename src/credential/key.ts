import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  sign,
} from "node:crypto";
import { Fault, type Place } from "../model/fault.js";
import type { PublicKey } from "./keyset.js";
import { encryptPkcs8 } from "./pkcs8.js";

/** The issuer's private key, opened. Neither printing it nor turning it into JSON shows anything secret. */
export class IssuerKey {
  /** first 8 bytes of SHA-256 over the SPKI DER of the public key, as 16 hex digits */
  readonly kid: string;
  /** 32 bytes */
  readonly publicKey: Uint8Array;
  readonly #key: KeyObject;
  readonly #secret: Uint8Array;

  constructor(key: KeyObject) {
    const spki = createPublicKey(key).export({ type: "spki", format: "der" });
    this.kid = createHash("sha256").update(spki).digest("hex").slice(0, 16);
    this.publicKey = new Uint8Array(spki.subarray(-32));
    this.#key = key;
    this.#secret = deriveSecret(key);
  }

  /** 64 bytes of Ed25519; the same bytes give the same signature. */
  sign(bytes: Uint8Array): Uint8Array {
    return new Uint8Array(sign(null, bytes, this.#key));
  }

  /** 32 bytes for keyed identifiers; the key cannot be found from them. */
  get secret(): Uint8Array {
    return this.#secret;
  }

  /** What verifiers need of it. */
  get public(): PublicKey {
    return { kid: this.kid, bytes: this.publicKey, notBefore: null, notAfter: null, compromisedAt: null };
  }
}

const privateBlock = /-----BEGIN ((?:ENCRYPTED )?PRIVATE KEY)-----[A-Za-z0-9+/=\s]*-----END \1-----/;
const publicBlock = /-----BEGIN PUBLIC KEY-----[A-Za-z0-9+/=\s]*-----END PUBLIC KEY-----/;

/** A new key as the text of a key file: the private key, encrypted if there is a passphrase, and the public key in clear. */
export function createKey(passphrase: string | null): string {
  return formatKeyFile(generateKeyPairSync("ed25519").privateKey, passphrase);
}

/**
 * The text of a key file for a key made elsewhere: PKCS#8 in PEM, or a private JSON Web Key. It is encrypted anew.
 *
 * @param opening passphrase of what is given, where that is encrypted
 */
export function adoptKey(
  text: string,
  opening: string | null,
  passphrase: string | null,
  place: Place,
): string {
  const key = text.trimStart().startsWith("{") ? openJwk(text, place) : openPrivate(text, opening, place);
  return formatKeyFile(key, passphrase);
}

function formatKeyFile(key: KeyObject, passphrase: string | null): string {
  const der = key.export({ type: "pkcs8", format: "der" });
  const block =
    passphrase === null
      ? pem("PRIVATE KEY", der)
      : pem("ENCRYPTED PRIVATE KEY", encryptPkcs8(der, passphrase));
  return block + pem("PUBLIC KEY", createPublicKey(key).export({ type: "spki", format: "der" }));
}

/** The key of a key file. `passphrase` matters only where the file is encrypted. Faults never quote the file. */
export function openKey(text: string, passphrase: string | null, place: Place): IssuerKey {
  return new IssuerKey(openPrivate(text, passphrase, place));
}

function openPrivate(text: string, passphrase: string | null, place: Place): KeyObject {
  // CI systems keep secrets on one line, with the line breaks written out
  const lines = text.replaceAll("\\n", "\n");
  const [block, label] = privateBlock.exec(lines) ?? [];
  if (block === undefined) throw privateKeyMissing(lines, place);
  const key = label === "PRIVATE KEY" ? openPlain(block, place) : openEncrypted(block, passphrase, place);
  admitType(key, place);
  refuseOtherPublicKey(key, lines, place);
  return key;
}

function openJwk(text: string, place: Place): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: JSON.parse(text), format: "jwk" });
  } catch (cause) {
    throw new Fault("key-malformed", "no private JSON Web Key can be read here", { place, cause });
  }
  admitType(key, place);
  return key;
}

function admitType(key: KeyObject, place: Place): void {
  if (key.asymmetricKeyType === "ed25519") return;
  const message = `a key of type "${key.asymmetricKeyType}"; expected Ed25519`;
  throw new Fault("key-not-ed25519", message, { place, hints: ["`lulus key create` makes one"] });
}

/** Whether the private key in this text can be opened only with a passphrase. */
export function needsPassphrase(text: string): boolean {
  return privateBlock.exec(text.replaceAll("\\n", "\n"))?.[1] === "ENCRYPTED PRIVATE KEY";
}

function openPlain(block: string, place: Place): KeyObject {
  try {
    return createPrivateKey(block);
  } catch (cause) {
    throw new Fault("key-malformed", "the private key cannot be read; the file is damaged", { place, cause });
  }
}

function openEncrypted(block: string, passphrase: string | null, place: Place): KeyObject {
  if (passphrase === null) {
    const hints = [
      "give the passphrase in LULUS_KEY_PASSPHRASE, or a file with it in LULUS_KEY_PASSPHRASE_FILE",
    ];
    throw new Fault("key-passphrase-missing", "the key is encrypted and there is no passphrase", {
      place,
      hints,
    });
  }
  try {
    return createPrivateKey({ key: block, passphrase });
  } catch (cause) {
    const hints = [
      "run the command again, and type it with care",
      "if the passphrase is right, the file is damaged: take the key from your backup",
    ];
    throw new Fault("key-passphrase-wrong", "the passphrase does not open the key", { place, hints, cause });
  }
}

/** A file put together from two would sign with one key and be verified with the other. */
function refuseOtherPublicKey(key: KeyObject, text: string, place: Place): void {
  const [block] = publicBlock.exec(text) ?? [];
  if (block === undefined) return;
  const own = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
  if (own.replace(/\s/g, "") === block.replace(/\s/g, "")) return;
  throw new Fault("key-mismatch", "the public key in the file is not that of the private key", { place });
}

function privateKeyMissing(text: string, place: Place): Fault {
  const found = text.includes("-----BEGIN PUBLIC KEY-----") ? "only a public key" : "no key";
  const hints = ["`lulus key create` makes one"];
  return new Fault("key-missing", `${found}; expected "-----BEGIN PRIVATE KEY-----" or its encrypted form`, {
    place,
    hints,
  });
}

/** From the 32 bytes of the key itself, which end every Ed25519 PKCS#8; so a copied key file makes the same identifiers. */
function deriveSecret(key: KeyObject): Uint8Array {
  const seed = key.export({ type: "pkcs8", format: "der" }).subarray(-32);
  return new Uint8Array(hkdfSync("sha256", seed, "lulus", "keyed identifiers, version 1", 32));
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString("base64").match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
