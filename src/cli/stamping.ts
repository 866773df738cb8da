import { Fault } from "../model/fault.js";
import type { Registered } from "../register/rows.js";
import { Series } from "../verify/file.js";
import type { Lend } from "./material.js";
import type { OutputFolder } from "./outputFolder.js";
import { readBack } from "./readBack.js";

/** What became of a range of certificates: the hash of each one's file, hex, in their order. */
export type Hashes = readonly string[];

/** Writes the files of a batch, one range of its certificates after the other. */
export type Stamp = (range: readonly Registered[]) => Hashes;

/**
 * A press with the folder that its certificates go to. Each file counts as done when it has been read again.
 *
 * @throws Fault if one cannot be written, does not read back as the register has it, or would not be as it was issued
 */
export function stampInto(output: OutputFolder, lend: Lend): Stamp {
  const seriesOf = seriesByHead();
  return (range) => range.map((one) => stampOne(one, output, lend, seriesOf));
}

/** What files that begin alike have in common is parsed once. Heads that the press forgets are forgotten here too. */
export function seriesByHead(): (head: Uint8Array) => Series {
  const known = new WeakMap<Uint8Array, Series>();
  return (head) => {
    const series = known.get(head) ?? new Series(head);
    known.set(head, series);
    return series;
  };
}

function stampOne(
  one: Registered,
  output: OutputFolder,
  lend: Lend,
  seriesOf: (head: Uint8Array) => Series,
): string {
  const { certificate } = one;
  const { bytes, sha256, head, symbol } = lend(one);
  if (one.sha256 !== null && one.sha256 !== sha256) throw otherBytes(one);
  const there = output.read(certificate.file);
  const written = there?.equals(bytes) ? there : output.write(certificate.file, bytes);
  const expected = { certificate, sha256, symbol, shown: () => output.shown(certificate.file) };
  readBack(written, expected, seriesOf(head));
  return sha256;
}

export function otherBytes({ certificate }: Registered): Fault {
  return new Fault(
    "render-differs",
    `certificate ${certificate.number} would come out with other bytes than it was issued with`,
    {
      hints: ["render it with the version of lulus that issued it; nothing was written"],
    },
  );
}
