import { checkSignature, type PdfSignature } from "../credential/signature/check.js";
import { findUpdate } from "../credential/signature/update.js";
import type { SignatureRecord } from "../model/certificate.js";

export interface Appended {
  /** from the file as it was issued */
  readonly differences: readonly string[];
  readonly signature: PdfSignature | null;
}

/**
 * What stands behind the sealed file: the signature that the facts of the event name, and then nothing else, or nothing
 * at all. A signature of somebody's own, however good, is as much a change as any other. Runs in the verification page too.
 *
 * @param end of the first revision
 * @param named `undefined` where the facts name no signature
 */
export async function readAppended(
  bytes: Uint8Array,
  end: number,
  named: SignatureRecord | undefined,
): Promise<Appended> {
  const appended = bytes.length - end;
  const added = `${appended} bytes were added behind the end of the file`;
  if (named === undefined) return appended === 0 ? { differences: [], signature: null } : failed(added);
  if (appended === 0) return failed("the signature was cut off that the file was issued with");
  const update = findUpdate(bytes, end);
  if (update === null) return failed(`${added}, which are not its signature as it was issued`);
  const found = await checkSignature(bytes, update, named);
  if (typeof found === "string") return failed(`the file is not signed as it was issued: ${found}`);
  return { differences: [], signature: found };
}

function failed(difference: string): Appended {
  return { differences: [difference], signature: null };
}
