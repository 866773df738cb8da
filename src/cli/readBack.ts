import { parseLink } from "../credential/link.js";
import { checkSignature } from "../credential/signature/check.js";
import type { Certificate } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { type OwnPdf, readPdf } from "../verify/pdf.js";
import type { Series } from "../verify/series.js";
import { isShown } from "../verify/shown.js";

/** What must be read back. */
export interface Expected {
  readonly certificate: Certificate;
  /** of the whole file, as it was stamped */
  readonly bytes: Uint8Array;
  /** of these, hex */
  readonly sha256: string;
  /** the QR code of the certificate's link: as it is drawn, and a bit a module, rows padded to bytes */
  readonly symbol: { readonly modules: number; readonly dots: Uint8Array; readonly rows: Uint8Array };
  /** the file, for people */
  readonly shown: () => string;
}

/**
 * Reads a certificate from the bytes that were written, with the reader that strangers use, and compares it with the
 * register: every byte, link, QR code, name and number. Only then does it count as done.
 *
 * What others of the batch have in common was read with the first of them. Seal and hash need no second look: the bytes
 * are those of which they were taken.
 *
 * @param series of the certificate's batch
 * @throws Fault if anything differs: the file must not be given to anybody
 */
export function readBack(written: Uint8Array, expected: Expected, series: Series): void {
  if (Buffer.compare(written, expected.bytes) !== 0) throw wrong(expected, "its bytes are others");
  const { dots, modules, rows } = expected.symbol;
  const known = { stream: dots, modules: { size: modules, rows } };
  const flaw = flawIn(readPdf(written, series, known), expected);
  if (flaw !== null) throw wrong(expected, flaw);
}

/**
 * The same for a sample of all, as if nothing were known of it: everything is read anew, seal and hash are taken again,
 * and the page is drawn with a program that is not ours, to see whether the QR code can be read from it.
 */
export async function proofRead(written: Uint8Array, expected: Expected): Promise<void> {
  const read = readPdf(written);
  const flaw = flawIn(read, expected) ?? flawOfSeal(read, expected) ?? (await flawOfSignature(read, written));
  if (flaw !== null) throw wrong(expected, flaw);
  const { readFirstPage } = await import("../verify/scan.js");
  const codes = await readFirstPage(written);
  const isSeen = codes.some((code) => parseLink(code)?.token === expected.certificate.token);
  if (!isSeen) throw wrong(expected, "its QR code cannot be read from the page as it is drawn");
}

function wrong({ certificate: { number }, shown }: Expected, flaw: string): Fault {
  return new Fault("read-back", `the certificate ${number} was written, but reads back wrong: ${flaw}`, {
    place: { file: shown() },
    hints: ["check the disk, and run the same command again"],
  });
}

function flawIn(read: OwnPdf | null, { certificate, symbol }: Expected): string | null {
  const { token, name, number } = certificate;
  if (read === null) return "it cannot be read";
  const link = parseLink(read.link);
  if (link === null || link.token !== token) return "its link is another's";
  const { size, rows } = read.modules;
  if (size !== symbol.modules || Buffer.compare(rows, symbol.rows) !== 0) return "its QR code is another's";
  const lost = [name, number].find((text) => !isShown(text, read.texts));
  return lost === undefined ? null : `"${lost}" is not on the page`;
}

function flawOfSeal(read: OwnPdf | null, { sha256 }: Expected): string | null {
  if (read?.sha256 !== sha256) return "its bytes are others";
  return read.seal === "whole" ? null : "its seal is broken";
}

async function flawOfSignature(read: OwnPdf | null, written: Uint8Array): Promise<string | null> {
  const named = read?.record?.signature;
  if (named === undefined) return read?.appended === 0 ? null : "something stands behind its end";
  if (!read?.update) return "its signature is missing";
  const found = await checkSignature(written, read.update, named);
  return typeof found === "string" ? found : null;
}
