import { createHash } from "node:crypto";
import { canonicalQuads, formatProofValue, type Proof, proofQuads } from "./integrity.js";
import type { IssuerKey } from "./key.js";

/** A Data Integrity proof over statements. @param created ISO date and time in UTC, whole seconds */
export function prove(quads: readonly string[], issuer: string, created: string, key: IssuerKey): Proof {
  return proven(issuer, created, key.kid, (said) => {
    const digests = [proofQuads(said), quads].map((each) => sha256(canonicalQuads(each)));
    return formatProofValue(key.sign(Buffer.concat(digests)));
  });
}

/** The proof with a value that was made before. */
export function reproved(issuer: string, created: string, kid: string, proofValue: string): Proof {
  return proven(issuer, created, kid, () => proofValue);
}

function proven(
  issuer: string,
  created: string,
  kid: string,
  value: (said: Omit<Proof, "proofValue">) => string,
): Proof {
  const said = {
    type: "DataIntegrityProof",
    cryptosuite: "eddsa-rdfc-2022",
    created,
    verificationMethod: `${issuer}#${kid}`,
    proofPurpose: "assertionMethod",
  } as const;
  return { ...said, proofValue: value(said) };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
