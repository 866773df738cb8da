import type { Claims } from "../credential/claims.js";
import type { PdfSignature } from "../credential/signature/check.js";
import type { EventRecord } from "../model/certificate.js";

/** The stable answers to "genuine and current?". */
export type VerdictCode =
  | "genuine"
  | "revoked"
  | "replaced"
  | "altered"
  | "unknown-issuer"
  | "unreadable"
  | "expired"
  | "status-unknown";

/** Whether the issuer still stands by a certificate. */
export type Status =
  | { readonly state: "current" }
  | { readonly state: "revoked"; readonly on?: string | undefined; readonly reason?: string | undefined }
  | { readonly state: "replaced"; readonly on?: string | undefined; readonly by?: string | undefined }
  /** a source was asked and could not say: unreachable, too old, not the issuer's */
  | { readonly state: "unknown"; readonly because?: string | undefined }
  | { readonly state: "not-checked" };

export interface Verdict {
  readonly code: VerdictCode;
  /** one sentence without a full stop, for people */
  readonly reason: string;
  readonly status: Status;
  /** what the token says; `null` where there is none. Only `proven` claims are the issuer's words */
  readonly claims: Claims | null;
  /** whether the token is signed by a key that the reader trusts, whatever is wrong besides */
  readonly proven: boolean;
  readonly kid: string | null;
  /** the address in the QR code or link */
  readonly url: string | null;
  /** the public facts that the token names by hash; `null` where nobody gave them */
  readonly record: EventRecord | null;
  /** label of the award in the record */
  readonly award: string | null;
  /** between what is signed and what the document shows or is */
  readonly differences: readonly string[];
  /** by whom a PDF is signed besides, where it is and nothing was found to be wrong; else `null` */
  readonly signature: PdfSignature | null;
  /** what this answer does not cover */
  readonly notes: readonly string[];
  /** ISO time */
  readonly checkedAt: string;
}

/** 0 genuine and current; 1 not, or no longer; 2 nobody can tell with what there is. */
export function exitStatus(code: VerdictCode): 0 | 1 | 2 {
  return statuses[code];
}

const statuses: Readonly<Record<VerdictCode, 0 | 1 | 2>> = {
  genuine: 0,
  revoked: 1,
  replaced: 1,
  altered: 1,
  expired: 1,
  "unknown-issuer": 2,
  unreadable: 2,
  "status-unknown": 2,
};
