/** What ISO/IEC 18004 lays down per version (1 to 25) at error correction level M: the only level that we print. */
export interface Version {
  readonly version: number;
  /** modules on a side */
  readonly size: number;
  readonly codewords: number;
  readonly dataCodewords: number;
  readonly blocks: number;
  /** error correction codewords of each block */
  readonly correction: number;
}

/** Version 26 and above have modules too small to be scanned from paper. */
export const largestVersion = 25;

const correctionPerBlock = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28,
];
const blockCounts = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21];

export const versions: readonly Version[] = blockCounts.map((blocks, index) => {
  const version = index + 1;
  const correction = correctionPerBlock[index] ?? 0;
  const codewords = Math.floor(dataModules(version) / 8);
  return {
    version,
    size: 4 * version + 17,
    codewords,
    dataCodewords: codewords - blocks * correction,
    blocks,
    correction,
  };
});

/** Modules left over by finders, timing, alignment, format and version patterns. */
function dataModules(version: number): number {
  const all = (16 * version + 128) * version + 64;
  if (version === 1) return all;
  const alignments = Math.floor(version / 7) + 2;
  return all - ((25 * alignments - 10) * alignments - 55) - (version >= 7 ? 36 : 0);
}

/** Centres of the alignment patterns, along one side. */
export function alignmentCentres(version: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((4 * version + 4) / (2 * count - 2)) * 2;
  const centres = [6];
  for (let centre = 4 * version + 10; centres.length < count; centre -= step) centres.splice(1, 0, centre);
  return centres;
}
