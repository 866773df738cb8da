import { stringify } from "csv-stringify/sync";
import { formatLink } from "../credential/link.js";
import { inertCell } from "../model/cell.js";
import type { Certificate } from "../model/certificate.js";

/** `certificates.csv`: one row a certificate, ready for mail merge; UTF-8 with byte-order mark, formulas inert. */
export function certificateList(
  certificates: readonly (Certificate & { readonly verify: string })[],
): string {
  const rows = certificates.map((certificate) => [
    certificate.number,
    certificate.name,
    certificate.email ?? "",
    certificate.award,
    certificate.file,
    formatLink(certificate.verify, certificate.token),
  ]);
  const header = ["number", "name", "email", "award", "file", "url"];
  return `\uFEFF${stringify([header, ...rows.map((cells) => cells.map(inertCell))], { record_delimiter: "\r\n" })}`;
}
