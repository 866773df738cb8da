import { z } from "zod";
import { certificateRow } from "./rows.js";

/*
 * What became of a certificate's mail stands in the log and nowhere else. `sending` is entered before the first byte of
 * a message goes out, what came of it after the server has answered: an entry `sending` that nothing follows is a mail
 * of which nobody can know whether it has arrived.
 */

const to = z.string();
const entries = {
  /** the server is about to get the message */
  sending: z.object({ to, message: z.string(), sha256: z.string().nullable() }),
  /** the server has taken it */
  sent: z.object({ to, answer: z.string() }),
  /** the server did not take it, and may do so later */
  deferred: z.object({ to, answer: z.string() }),
  /** the server refuses it for ever */
  bounced: z.object({ to, answer: z.string() }),
  /** a human has said how it stands: it has arrived, or is to be sent (again), maybe to another address */
  settled: z.object({ to: to.nullable(), ruling: z.enum(["sent", "again"]) }),
} as const;

export type MailEntries = { [Kind in keyof typeof entries]: z.output<(typeof entries)[Kind]> };
export type MailKind = keyof MailEntries;

/** Something that happened to a certificate's mail. */
export type MailEntry = {
  [Kind in MailKind]: { readonly kind: Kind; readonly detail: MailEntries[Kind] };
}[MailKind];

const kinds = Object.keys(entries)
  .map((kind) => `'${kind}'`)
  .join(", ");

/** To be followed by WHERE; rows for {@link mailed}. */
export const selectMailed = `
  SELECT c.id, c.batch, c.award, c.number, c.name, c.email, c.file, c.cti, c.token, c.date, c.personal, c.sensitive, r.sha256,
         w.state AS withdrawn, f.number AS former, l.kind, l.at, l.detail
  FROM certificate c LEFT JOIN rendering r ON r.certificate = c.id LEFT JOIN withdrawal w ON w.certificate = c.id
  LEFT JOIN withdrawal p ON p.successor = c.id LEFT JOIN certificate f ON f.id = p.certificate
  LEFT JOIN log l ON l.id = (SELECT max(m.id) FROM log m WHERE m.certificate = c.id AND m.kind IN (${kinds}))`;

const mailedRow = certificateRow
  .pick({
    ...{ id: true, batch: true, award: true, number: true, name: true, email: true, file: true },
    ...{ cti: true, token: true, date: true, personal: true, sensitive: true, sha256: true },
  })
  .extend({
    withdrawn: z.enum(["revoked", "replaced"]).nullable(),
    former: z.string().nullable(),
    kind: z.string().nullable(),
    at: z.string().nullable(),
    detail: z.string().nullable(),
  });

/** A certificate, and how it stands with its mail. */
export interface Mailed extends Omit<z.output<typeof mailedRow>, "kind" | "at" | "detail"> {
  /** number of the certificate that it took the place of */
  readonly former: string | null;
  /** where its mail goes: what a human has said last, else the address of the certificate */
  readonly to: string | null;
  /** what happened last; `null` for nothing yet */
  readonly last: (MailEntry & { readonly at: string }) | null;
}

/** How it stands with a mail. */
export type MailState = "open" | "sent" | "bounced" | "deferred" | "unknown";

export function mailed(row: unknown): Mailed {
  const { kind, at, detail, ...of } = mailedRow.parse(row);
  const last = kind === null || at === null ? null : { ...entry(kind, detail), at };
  return { ...of, last, to: last?.detail.to ?? of.email };
}

function entry(kind: string, detail: string | null): MailEntry {
  const known = kind as MailKind;
  return { kind: known, detail: entries[known].parse(JSON.parse(detail ?? "null")) } as MailEntry;
}

export function mailState({ last }: Pick<Mailed, "last">): MailState {
  if (last === null) return "open";
  if (last.kind === "sending") return "unknown";
  if (last.kind === "settled") return last.detail.ruling === "sent" ? "sent" : "open";
  return last.kind;
}
