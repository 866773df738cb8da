import { parseLink } from "../credential/link.js";
import type { Certificate } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import type { Series } from "../verify/file.js";
import { type OwnPdf, readPdf } from "../verify/pdf.js";
import { isShown } from "../verify/shown.js";

/** What must be read back. */
export interface Expected {
  readonly certificate: Certificate;
  /** of the whole file, hex */
  readonly sha256: string;
  /** the QR code of the certificate's link: as it is drawn, and a bit a module, rows padded to bytes */
  readonly symbol: { readonly modules: number; readonly dots: Uint8Array; readonly rows: Uint8Array };
  /** the file, for people */
  readonly shown: () => string;
}

/**
 * Reads a certificate from the bytes that were written, with the reader that strangers use, and compares it with the
 * register: every byte, seal, QR code, name and number. Only then does it count as done.
 *
 * @param series of the certificate's batch
 * @throws Fault if anything differs: the file must not be given to anybody
 */
export function readBack(bytes: Uint8Array, expected: Expected, series: Series): void {
  const { dots, modules, rows } = expected.symbol;
  const known = { stream: dots, modules: { size: modules, rows } };
  const wrong = flawIn(readPdf(bytes, series, known), expected);
  if (wrong === null) return;
  const { number } = expected.certificate;
  throw new Fault("read-back", `the certificate ${number} was written, but reads back wrong: ${wrong}`, {
    place: { file: expected.shown() },
    hints: ["check the disk, and run the same command again"],
  });
}

function flawIn(read: OwnPdf | null, { certificate, sha256, symbol }: Expected): string | null {
  const { token, name, number } = certificate;
  if (read === null) return "it cannot be read";
  if (read.sha256 !== sha256) return "its bytes are others";
  if (read.seal !== "whole") return "its seal is broken";
  const link = parseLink(read.link);
  if (link === null || link.token !== token) return "its link is another's";
  const { size, rows } = read.modules;
  if (size !== symbol.modules || Buffer.compare(rows, symbol.rows) !== 0) return "its QR code is another's";
  const lost = [name, number].find((text) => !isShown(text, read.texts));
  return lost === undefined ? null : `"${lost}" is not on the page`;
}
