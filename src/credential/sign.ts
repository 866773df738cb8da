import type { Claims } from "./claims.js";
import type { IssuerKey } from "./key.js";
import { formatToken } from "./token.js";

/** The claims as a signed token: the decimal number for the QR code. Throws on claims that no verifier would accept. */
export function signToken(claims: Claims, key: IssuerKey): string {
  return formatToken(claims, key.kid, (bytes) => key.sign(bytes));
}
