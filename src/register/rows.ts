import { z } from "zod";
import type { Certificate } from "../model/certificate.js";
import { isWithdrawalReason, type Withdrawal } from "../model/withdrawal.js";
import { unpacked } from "./store.js";

/** What the tables hold, admitted through schemas: a register may have been touched by other hands. */

const json = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text, context) => {
    try {
      return schema.parse(JSON.parse(text));
    } catch {
      context.addIssue("expected JSON of the known shape");
      return z.NEVER;
    }
  });

const facts = z.record(z.string(), z.string());

export const certificateRow = z.object({
  id: z.number(),
  batch: z.number(),
  event: z.string(),
  person: z.string(),
  award: z.string(),
  revision: z.number(),
  number: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  personal: json(facts),
  sensitive: json(facts),
  date: z.string(),
  cti: z.string(),
  status_index: z.number(),
  token: z.string(),
  file: z.string(),
  sha256: z.string().nullable(),
  badge_kid: z.string().nullable(),
  badge_proof: z.string().nullable(),
  signature_room: z.number().nullable(),
  signature_value: z.string().nullable(),
  signature_stamp: z.string().nullable(),
});

/** To be followed by WHERE; rows for {@link registered}. */
export const selectCertificates = `
  SELECT c.id, c.batch, c.event, c.person, c.award, c.revision, c.number, c.name, c.email, c.personal, c.sensitive,
         c.date, c.cti, c.status_index, c.token, c.file, r.sha256,
         b.kid AS badge_kid, b.proof AS badge_proof,
         s.room AS signature_room, s.value AS signature_value, s.stamp AS signature_stamp
  FROM certificate c LEFT JOIN rendering r ON r.certificate = c.id LEFT JOIN badge b ON b.certificate = c.id
  LEFT JOIN signature s ON s.certificate = c.id`;

/** A certificate as registered: its row, and the hash of its file once that was written whole. */
export interface Registered {
  readonly id: number;
  readonly batch: number;
  readonly sha256: string | null;
  readonly certificate: Certificate;
  /** what its Open Badge was signed with; `null` where its file has none */
  readonly badge: BadgeProof | null;
  /** what its PDF was signed with; `null` where it was not, or not yet */
  readonly signature: SignatureParts | null;
}

export interface BadgeProof {
  readonly kid: string;
  readonly value: string;
}

/** What the signature of a PDF is made of, besides the bytes that it is over and the chain of the batch. */
export interface SignatureParts {
  /** bytes that the file keeps for it */
  readonly room: number;
  /** base 64 */
  readonly value: string;
  /** base 64 of a time stamp (RFC 3161) */
  readonly stamp: string | null;
}

/** What is noted when a certificate's file was written whole. */
export interface Rendering {
  readonly id: number;
  readonly sha256: string | null;
  readonly certificate: { readonly cti: string };
}

const filedRow = z.object({
  id: z.number(),
  batch: z.number(),
  number: z.string(),
  file: z.string(),
  sha256: z.string().nullable(),
});

/** Where a certificate lies, and the hash of its file once that was written whole. */
export type Filed = z.output<typeof filedRow>;

export function filed(row: unknown): Filed {
  return filedRow.parse(row);
}

const listedRow = certificateRow.pick({
  id: true,
  batch: true,
  number: true,
  name: true,
  email: true,
  award: true,
  file: true,
  cti: true,
  token: true,
});

/** What lists of certificates say. */
export type Listed = z.output<typeof listedRow>;

export function listed(row: unknown): Listed {
  return listedRow.parse(row);
}

export function registered(row: unknown): Registered {
  const { id, batch, sha256, status_index, badge_kid, badge_proof, ...more } = certificateRow.parse(row);
  const { signature_room: room, signature_value: value, signature_stamp: stamp, ...rest } = more;
  const badge = badge_kid === null || badge_proof === null ? null : { kid: badge_kid, value: badge_proof };
  const signature = room === null || value === null ? null : { room, value, stamp };
  return { id, batch, sha256, badge, signature, certificate: { ...rest, statusIndex: status_index } };
}

/** The certificates in what `Register.packedOf` gave. */
export function registeredIn(packed: Uint8Array): Registered[] {
  return unpacked(packed).map(registered);
}

export const selectOverview = `
  SELECT c.id, c.event, c.award, c.number, c.name, c.email, c.date, c.file, c.cti, r.sha256,
         w.state, w.reason, w.at, s.number AS successor
  FROM certificate c LEFT JOIN rendering r ON r.certificate = c.id
  LEFT JOIN withdrawal w ON w.certificate = c.id LEFT JOIN certificate s ON s.id = w.successor`;

const overviewRow = certificateRow
  .pick({
    ...{ id: true, event: true, award: true, number: true, name: true, email: true, date: true },
    ...{ file: true, cti: true, sha256: true },
  })
  .extend({
    state: z.enum(["revoked", "replaced"]).nullable(),
    reason: z.string().nullable(),
    at: z.string().nullable(),
    successor: z.string().nullable(),
  });

/** A certificate, and what became of it. */
export type Overview = z.output<typeof overviewRow>;

export function overview(row: unknown): Overview {
  return overviewRow.parse(row);
}

/** An entry of the log, as it is shown. */
export const logEntry = z.object({
  id: z.number(),
  at: z.string(),
  kind: z.string(),
  detail: json(z.unknown()),
});

export type LogEntry = z.output<typeof logEntry>;

const templateManifest = z.object({
  name: z.string(),
  files: z.record(z.string(), z.string()),
  /** what the files of the batch share, compiled; registers of earlier days have none */
  shared: z.string().optional(),
});

export const batchRow = z.object({
  id: z.number(),
  event: z.string(),
  award: z.string(),
  language: z.enum(["id", "en"]),
  template: json(templateManifest),
  record: z.string(),
  demand: json(z.unknown()),
  basis: json(
    z.looseObject({
      criteria: z.string().optional(),
      /** where the PDFs are signed: the signer's certificate and those up to its root, DER in base 64 */
      signing: z.object({ chain: z.array(z.string()).min(1) }).optional(),
    }),
  ),
});

export type BatchRow = z.output<typeof batchRow>;

/** What a batch freezes, as it is entered. */
export interface NewBatch {
  readonly event: string;
  readonly award: string;
  readonly language: "id" | "en";
  readonly template: {
    readonly name: string;
    readonly files: ReadonlyMap<string, Uint8Array>;
    /** what its certificates' files share, compiled, as whoever stamps them reads it again */
    readonly shared?: Uint8Array;
  };
  /** canonical JSON */
  readonly record: string;
  readonly demand: unknown;
  readonly basis: unknown;
}

/** To be followed by WHERE; rows for {@link withdrawalRow}. */
export const selectWithdrawals = `
  SELECT c.cti, c.status_index, w.state, w.reason, w.note, w.at, s.number AS successor
  FROM withdrawal w JOIN certificate c ON c.id = w.certificate LEFT JOIN certificate s ON s.id = w.successor`;

/** What became of a certificate, and where the status list says so. */
export type Withdrawn = Withdrawal & { readonly statusIndex: number };

export const withdrawalRow = z
  .object({
    cti: z.string(),
    status_index: z.number(),
    state: z.enum(["revoked", "replaced"]),
    reason: z.string(),
    note: z.string(),
    at: z.string(),
    successor: z.string().nullable(),
  })
  .transform(({ cti, status_index, state, reason, note, at, successor }): [string, Withdrawn] => [
    cti,
    {
      statusIndex: status_index,
      state,
      on: at.slice(0, 10),
      reason: isWithdrawalReason(reason) ? reason : "other",
      note,
      by: successor,
    },
  ]);

export const numberingRow = z.object({ counter: z.string(), seq: z.number(), evidence: json(z.unknown()) });

export type Numbering = z.output<typeof numberingRow>;
