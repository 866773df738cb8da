import { stringify } from "csv-stringify/sync";
import { inertCell } from "../model/cell.js";

/*
 * `certificates.csv`: one row a certificate, ready for mail merge; UTF-8 with byte-order mark, formulas inert. Written
 * some rows at a time, since there may be a hundred thousand.
 */

const form = { record_delimiter: "\r\n" } as const;

export const listHeader = `\uFEFF${stringify([["number", "name", "email", "award", "file", "url"]], form)}`;

/** @param rows number, name, e-mail or nothing, award, file relative to the list, address that the QR code leads to */
export function listRows(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((cells) => cells.map(inertCell)),
    form,
  );
}
