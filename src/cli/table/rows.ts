import { aboutRows } from "./about.js";
import { certificateRows } from "./certificate.js";
import { eventRows } from "./event.js";
import { keyRows } from "./key.js";
import { registerRows } from "./register.js";
import type { Table } from "./row.js";
import { templateRows } from "./template.js";

/** Every command, in the order in which `--help` tells them. A new one is a row here and a file that it imports. */
export const table: Table = {
  rows: [...eventRows, ...certificateRows, ...registerRows, ...templateRows, ...keyRows, ...aboutRows],
  groups: {
    register: "what has been issued",
    template: "a template of one's own, from a PDF, a picture or a form",
    key: "the issuer's signing key",
    export: "certificates in the forms of others",
  },
  options: [["-q, --quiet", "say nothing but the answer"]],
};
