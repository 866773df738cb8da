import { certificateRows } from "./certificate.js";
import { eventRows } from "./event.js";
import { keyRows } from "./key.js";
import type { CommandRow } from "./row.js";
import { templateRows } from "./template.js";

/** Every command, in the order in which `--help` tells them. A new one is a row here and a file that it imports. */
export const rows: readonly CommandRow[] = [...eventRows, ...certificateRows, ...templateRows, ...keyRows];

/** What the first word of a command of two words stands for. */
export const groups: Readonly<Record<string, string>> = {
  template: "a template of one's own, from a PDF, a picture or a form",
  key: "the issuer's signing key",
  export: "certificates in the forms of others",
};
