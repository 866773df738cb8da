import { parseLink } from "../credential/link.js";
import type { Certificate } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import type { Series } from "../verify/file.js";
import { type OwnPdf, readPdf } from "../verify/pdf.js";
import { isShown } from "../verify/shown.js";
import { isSymbolOf } from "../verify/symbol.js";

/**
 * Reads a certificate from the bytes that were written, with the reader that strangers use, and compares it with the
 * register: seal, QR code, name and number. Only then does it count as done.
 *
 * @throws Fault if anything differs: the file must not be given to anybody
 */
export function readBack(bytes: Uint8Array, certificate: Certificate, shown: string, series: Series): void {
  const wrong = flawIn(readPdf(bytes, series), certificate);
  if (wrong === null) return;
  throw new Fault(
    "read-back",
    `the certificate ${certificate.number} was written, but reads back wrong: ${wrong}`,
    {
      place: { file: shown },
      hints: ["check the disk, and run the same command again"],
    },
  );
}

function flawIn(read: OwnPdf | null, { token, name, number }: Certificate): string | null {
  if (read === null) return "it cannot be read";
  if (read.seal !== "whole") return "its seal is broken";
  const link = parseLink(read.link);
  if (link === null || link.token !== token) return "its link is another's";
  if (!isSymbolOf(link, read.modules)) return "its QR code is another's";
  const lost = [name, number].find((text) => !isShown(text, read.texts));
  return lost === undefined ? null : `"${lost}" is not on the page`;
}
