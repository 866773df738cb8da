import { createHash } from "node:crypto";
import { parseCertificate, type X509 } from "./certificate.js";
import { formatCms, SEAL_BYTES, signedAttributes } from "./cms.js";
import { longestSignature } from "./publicKey.js";
import { blankUpdate, hexDigits, signedParts } from "./update.js";

/** What a signature is made of, besides its signatory and the bytes that it is over. */
export interface SignatureParts {
  /** bytes that the file keeps for it */
  readonly room: number;
  readonly value: Uint8Array;
  readonly stamp: Uint8Array | null;
}

const noSeal = new Uint8Array(SEAL_BYTES);

/** Whose signature the files of a batch bear: its certificates. The key is not needed to write a signature down. */
export class Signatory {
  readonly signer: X509;
  /** SHA-256 of the signer's certificate */
  readonly hash: Uint8Array;
  readonly #chain: readonly X509[];

  /** @param chain DER: the signer's certificate, then those up to its root */
  constructor(chain: readonly Uint8Array[]) {
    const parsed = chain.map((der) => parseCertificate(der)).filter((each) => each !== null);
    const [signer] = parsed;
    if (signer === undefined || parsed.length < chain.length) throw new TypeError("no certificates");
    this.signer = signer;
    this.#chain = parsed;
    this.hash = createHash("sha256").update(signer.der).digest();
  }

  /** Bytes that a signature takes at most. @param stamp of its time stamp */
  roomFor(stamp: number): number {
    const value = new Uint8Array(longestSignature(this.signer.spki));
    // the stamp is part of an attribute: some lengths and names more
    return this.#encode(value, new Uint8Array(32), null, noSeal).der.length + (stamp === 0 ? 0 : stamp + 40);
  }

  /** What is to be signed for a certificate's file. @param date ISO, of the certificate */
  toSign(first: Uint8Array, date: string, room: number): Uint8Array {
    const { bytes, hole } = blankUpdate(first, { room, at: this.#timeOf(date) });
    return signedAttributes(this.hash, digestOf(Buffer.concat([first, bytes]), hole));
  }

  /**
   * The signed file. The same arguments give the same bytes.
   *
   * @throws TypeError where the signature does not fit into its room
   */
  write(first: Uint8Array, date: string, { room, value, stamp }: SignatureParts): Buffer {
    const { bytes, hole } = blankUpdate(first, { room, at: this.#timeOf(date) });
    const file = Buffer.concat([first, bytes]);
    const { der, sealAt } = this.#encode(value, digestOf(file, hole), stamp, noSeal);
    if (der.length > room) throw new TypeError("a signature that is larger than its room");
    file.set(hexDigits(der), hole[0]);
    const seal = createHash("sha256").update(file).digest().subarray(0, SEAL_BYTES);
    file.set(hexDigits(seal), hole[0] + 2 * sealAt);
    return file;
  }

  #encode(value: Uint8Array, digest: Uint8Array, stamp: Uint8Array | null, seal: Uint8Array) {
    return formatCms({ chain: this.#chain, digest, value, stamp, seal }, this.hash);
  }

  /**
   * The moment that a signature states: the day of the certificate, as everything else in the file does, so that the same
   * inputs give the same bytes; but not before the signer's own certificate came to be.
   */
  #timeOf(date: string): Date {
    const day = new Date(`${date}T00:00:00Z`);
    return day < this.signer.notBefore ? this.signer.notBefore : day;
  }
}

function digestOf(file: Uint8Array, hole: readonly [number, number]): Uint8Array {
  const hash = createHash("sha256");
  for (const part of signedParts(file, hole)) hash.update(part);
  return hash.digest();
}
