import { Fault } from "../model/fault.js";
import type { Registered } from "../register/rows.js";
import type { Stamped } from "../render/press.js";
import { Series } from "../verify/series.js";
import type { Lend } from "./material.js";
import type { OutputFolder } from "./outputFolder.js";
import type { Made } from "./range.js";
import { type Expected, proofRead, readBack } from "./readBack.js";

/**
 * Writes the files of a batch, one range of its certificates after the other.
 *
 * @param samples ids of those that are drawn and looked at
 * @returns those of which the register has not been told this hash
 */
export type Stamp = (range: readonly Registered[], samples: ReadonlySet<number>) => Promise<Made[]>;

/**
 * A press with the folder that its certificates go to. Each file counts as done when it has been read again.
 *
 * @throws Fault if one cannot be written, does not read back as the register has it, or would not be as it was issued
 */
export function stampInto(output: OutputFolder, lend: Lend): Stamp {
  const proof = proofOf();
  return async (range, samples) => {
    const made: Made[] = [];
    for (const one of range) {
      const { id, sha256, certificate } = one;
      const stamped = lend(one);
      admitBytes(one, stamped);
      const there = output.wasEmpty ? null : output.read(certificate.file);
      const written = there?.equals(stamped.bytes) ? there : output.write(certificate.file, stamped.bytes);
      const shown = () => output.shown(certificate.file);
      const looking = proof(one, stamped, written, shown, samples.has(id));
      if (looking !== null) await looking;
      if (sha256 !== stamped.sha256)
        made.push({ of: { id, sha256, certificate: { cti: certificate.cti } }, sha256: stamped.sha256 });
    }
    return made;
  };
}

/** Reads what was written of one certificate after the other; a promise for those that are looked at more closely. */
export type Proof = (
  one: Registered,
  stamped: Stamped,
  written: Uint8Array,
  shown: () => string,
  isSampled: boolean,
) => Promise<void> | null;

export function proofOf(): Proof {
  const seriesOf = seriesByHead();
  return ({ certificate }, stamped, written, shown, isSampled) => {
    const expected: Expected = { ...stamped, certificate, shown };
    readBack(written, expected, seriesOf(stamped.head));
    return isSampled ? proofRead(written, expected) : null;
  };
}

/** What files that begin alike have in common is parsed once. Heads that the press forgets are forgotten here too. */
function seriesByHead(): (head: Uint8Array) => Series {
  const known = new WeakMap<Uint8Array, Series>();
  return (head) => {
    const series = known.get(head) ?? new Series(head);
    known.set(head, series);
    return series;
  };
}

/** @throws Fault where the register has other bytes of this certificate */
export function admitBytes({ certificate, sha256 }: Registered, stamped: Stamped): void {
  if (sha256 === null || sha256 === stamped.sha256) return;
  throw new Fault(
    "render-differs",
    `certificate ${certificate.number} would come out with other bytes than it was issued with`,
    {
      hints: ["render it with the version of lulus that issued it; nothing was written"],
    },
  );
}
