/** Version 26 and above have modules too small to be scanned from paper. */
export const largestVersion: i32 = 25;

/** What ISO/IEC 18004 lays down per version (1 to 25) at error correction level M: the only level that we print. */
export class Version {
  /** modules on a side */
  readonly size: i32;
  readonly codewords: i32;
  readonly dataCodewords: i32;
  readonly blocks: i32;
  /** error correction codewords of each block */
  readonly correction: i32;

  constructor(readonly version: i32) {
    this.size = 4 * version + 17;
    this.codewords = dataModules(version) >> 3;
    this.blocks = blockCounts[version - 1];
    this.correction = correctionPerBlock[version - 1];
    this.dataCodewords = this.codewords - this.blocks * this.correction;
  }

  /** Bits of the two counts, of bytes and of digits. */
  get byteCountBits(): i32 {
    return this.version < 10 ? 8 : 16;
  }

  get digitCountBits(): i32 {
    return this.version < 10 ? 10 : 12;
  }

  holds(bytes: i32, digits: i32): bool {
    const numeric = (digits / 3) * 10 + (digits % 3 === 0 ? 0 : 3 * (digits % 3) + 1);
    const bits = 4 + this.byteCountBits + 8 * bytes + 4 + this.digitCountBits + numeric;
    return bits <= 8 * this.dataCodewords;
  }
}

const correctionPerBlock: StaticArray<u8> = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28,
];
const blockCounts: StaticArray<u8> = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21,
];

/** Modules left over by finders, timing, alignment, format and version patterns. */
function dataModules(version: i32): i32 {
  const all = (16 * version + 128) * version + 64;
  if (version === 1) return all;
  const alignments = version / 7 + 2;
  return all - ((25 * alignments - 10) * alignments - 55) - (version >= 7 ? 36 : 0);
}

/** Centres of the alignment patterns, along one side, in rising order. */
export function alignmentCentres(version: i32): StaticArray<i32> {
  if (version === 1) return new StaticArray<i32>(0);
  const count = version / 7 + 2;
  const step = ((4 * version + 4 + 2 * count - 3) / (2 * count - 2)) * 2;
  const centres = new StaticArray<i32>(count);
  centres[0] = 6;
  for (let at = count - 1, centre = 4 * version + 10; at > 0; at--, centre -= step) centres[at] = centre;
  return centres;
}

export function versionFor(bytes: i32, digits: i32): Version | null {
  for (let each = 0; each < largestVersion; each++)
    if (versions[each].holds(bytes, digits)) return versions[each];
  return null;
}

const versions = new StaticArray<Version>(largestVersion);
for (let at = 0; at < largestVersion; at++) versions[at] = new Version(at + 1);
