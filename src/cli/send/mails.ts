import { createHash } from "node:crypto";
import { closeSync, constants, openSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { EventRecord } from "../../model/certificate.js";
import type { Mailed } from "../../register/mail.js";
import type { Register } from "../../register/register.js";
import { parseAddress } from "../../send/address.js";
import { compose, type Letter, messageIdOf } from "../../send/letter.js";
import type { EventFolder } from "../eventFolder.js";
import { recordOf } from "../material.js";
import { mailFacts } from "./facts.js";
import { mailOf } from "./letter.js";

/** A mail that is ready to go. */
export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly messageId: string;
  readonly raw: Buffer;
}

export interface Sample {
  /** who gets it instead */
  readonly to: string;
}

/** The PDF that was issued is not there, or other bytes are. */
export interface Unready {
  readonly unready: string;
}

/** Writes the mails of an event, one at a time: whatever it takes from the register is what was issued. */
export class Mails {
  readonly #folder: EventFolder;
  readonly #letter: Letter;
  readonly #output: string;
  readonly #files: string | null;
  readonly #register: Register;
  readonly #records = new Map<number, EventRecord>();

  constructor(folder: EventFolder, letter: Letter, register: Register) {
    this.#folder = folder;
    this.#letter = letter;
    this.#register = register;
    this.#output = resolve(folder.dir, folder.event.config.output);
    this.#files = mailOf(folder).files ?? null;
  }

  /** @param sample a trial, to somebody else, which must not be taken for the mail itself */
  async write(certificate: Mailed, sample: Sample | null, date: Date): Promise<Mail | Unready> {
    const letter = this.#letter;
    const pdf = letter.delivery === "attach" ? readIssued(this.#output, certificate) : null;
    if (pdf !== null && "unready" in pdf) return pdf;
    const address = sample?.to ?? parseAddress(certificate.to ?? "");
    if (typeof address !== "string") throw new TypeError("a mail without an address");
    const domain = letter.from.address.slice(letter.from.address.lastIndexOf("@") + 1);
    const messageId = messageIdOf(
      sample === null ? certificate.cti : `${certificate.cti} ${date.getTime()}`,
      domain,
    );
    const facts = mailFacts(certificate, this.#record(certificate.batch), letter.language, this.#files);
    const raw = await compose(letter, {
      to: { name: certificate.name, address },
      ...{ facts, messageId, date, isTest: sample !== null },
      pdf: pdf === null ? null : { name: certificate.file, bytes: pdf },
    });
    return { from: letter.from.address, to: address, messageId, raw };
  }

  #record(id: number): EventRecord {
    const known = this.#records.get(id);
    if (known !== undefined) return known;
    const batch = this.#register.batch(id);
    if (batch === null) throw new TypeError(`no batch ${id} in ${this.#folder.shown}`);
    const record = recordOf(batch);
    this.#records.set(id, record);
    return record;
  }
}

/** Only what was issued goes out: a link in its place is not followed, and other bytes are not taken. */
function readIssued(output: string, { file, sha256 }: Mailed): Buffer | Unready {
  let bytes: Buffer;
  try {
    const descriptor = openSync(join(output, file), constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      bytes = readFileSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return { unready: "its PDF is missing" };
  }
  const isIssued = createHash("sha256").update(bytes).digest("hex") === sha256;
  return isIssued ? bytes : { unready: "its PDF is not the one that was issued" };
}
