import { hashRecord } from "../../src/credential/record.js";
import { signToken } from "../../src/credential/sign.js";
import type { DocumentTrust } from "../../src/verify/document.js";
import { issuerKey, record, claims as sampleClaims } from "../credential/sample.js";

/** The sample claims under the hash of the sample record. */
export const claims = { ...sampleClaims, event: await hashRecord(record) };
export const token = signToken(claims, issuerKey);

export const trust: DocumentTrust = {
  keys: [issuerKey.public],
  records: [record],
  status: () => ({ state: "current" }),
  now: new Date("2026-01-02T03:04:05Z"),
};
