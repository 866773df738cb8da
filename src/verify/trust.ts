import type { Claims } from "../credential/claims.js";
import type { PublicKey } from "../credential/keyset.js";
import type { EventRecord } from "../model/certificate.js";
import type { Status } from "./verdict.js";

/** What the reader believes and knows; nothing of it comes from the certificate. */
export interface Trust {
  readonly keys: readonly PublicKey[];
  /** records at hand; each is matched by its hash, so it does not matter where they come from */
  readonly records: readonly EventRecord[];
  /** a record from elsewhere, by its hash as 32 hex digits; what it gives is hashed again */
  readonly findRecord?: ((hash: string) => Promise<EventRecord | null>) | undefined;
  /** `null` where there is no source of status at all */
  readonly status: ((claims: Claims) => Status | Promise<Status>) | null;
  readonly now: Date;
}
