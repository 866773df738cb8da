import { hexOf } from "../credential/hex.js";
import type { IssuerKey } from "../credential/key.js";
import { formatOpenBadge, type OpenBadge, openBadgeOf, openBadgeQuads } from "../credential/openBadge.js";
import { prove, reproved } from "../credential/prove.js";
import { hashRecord } from "../credential/record.js";
import type { Certificate, EventRecord } from "../model/certificate.js";
import type { BadgeProof } from "../register/rows.js";
import type { Attachment } from "../render/press.js";

/** What all badges of a batch have in common. */
export interface BadgeMaterial {
  readonly record: EventRecord;
  /** 32 hex digits */
  readonly recordHash: string;
  readonly criteria: string;
}

export async function badgeMaterial(record: EventRecord, criteria: string): Promise<BadgeMaterial> {
  return { record, recordHash: hexOf(await hashRecord(record)), criteria };
}

/** How the badge lies in the PDF. */
export const badgeAttachment: Attachment = {
  name: "credential.json",
  mime: "application/vc",
  description: "Open Badge 3.0 (W3C Verifiable Credential)",
};

function badgeOf(certificate: Certificate, { record, recordHash, criteria }: BadgeMaterial): OpenBadge {
  return openBadgeOf(certificate, record, recordHash, criteria);
}

/** The `proofValue` of a certificate's badge. */
export function signBadge(certificate: Certificate, material: BadgeMaterial, key: IssuerKey): string {
  const badge = badgeOf(certificate, material);
  return prove(openBadgeQuads(badge), badge.issuer, badge.validFrom, key).proofValue;
}

/** The badge as JSON, with the proof that was made when it was issued. */
export function writeBadge(
  certificate: Certificate,
  material: BadgeMaterial,
  { kid, value }: BadgeProof,
): string {
  const badge = badgeOf(certificate, material);
  return formatOpenBadge(badge, reproved(badge.issuer, badge.validFrom, kid, value));
}
