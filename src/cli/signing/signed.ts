import { createHash } from "node:crypto";
import { Signatory } from "../../credential/signature/write.js";
import { Fault } from "../../model/fault.js";
import type { Registered } from "../../register/rows.js";
import type { Stamped } from "../../render/press.js";

type Lend = (one: Registered) => Stamped;

/**
 * Puts behind the file of a certificate the signature that the register has of it.
 *
 * @param chain certificates of who signs, DER in base 64
 */
export function signedLender(lend: Lend, chain: readonly string[]): Lend {
  const signatory = new Signatory(chain.map((der) => new Uint8Array(Buffer.from(der, "base64"))));
  return (one) => {
    const { room, value, stamp } = partsOf(one);
    const stamped = lend(one);
    const bytes = signatory.write(stamped.bytes, one.certificate.date, {
      room,
      value: Buffer.from(value, "base64"),
      stamp: stamp === null ? null : Buffer.from(stamp, "base64"),
    });
    return { ...stamped, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
  };
}

function partsOf({ certificate, signature }: Registered): NonNullable<Registered["signature"]> {
  if (signature !== null) return signature;
  throw new Fault("unsigned", `the PDF of certificate ${certificate.number} is still to be signed`, {
    hints: [
      "`lulus render` in the event's folder signs what is not signed yet, with the key that `signing` names",
      "parts (--shard) and copies (--out, --zip) come after it: they need no key",
    ],
  });
}
