import { reedSolomon } from "./reedSolomon.js";
import { alignmentCentres, type Version } from "./version.js";

/*
 * Modules are kept as bits, 32 a word, a row after the other: bit 31 − (column & 31) of word column >> 5.
 * So a mask is put over a whole symbol, and its penalty is counted, many modules at a time.
 */

/** Everything of a version that does not depend on what the symbol says. Made once. */
export interface Plan {
  readonly version: Version;
  readonly words: number;
  /** finders, timing, alignment, version information, the dark module */
  readonly base: Int32Array;
  /** eight masks over the data modules, one after the other */
  readonly masks: Int32Array;
  /** the format bits that go with each mask */
  readonly formats: Int32Array;
  /** per data bit, in the order of placing: its word and its bit */
  readonly placeWords: Uint16Array;
  readonly placeBits: Int32Array;
  readonly correct: (data: Uint8Array, out: Uint8Array) => void;
}

const plans = new Map<number, Plan>();

export function planOf(version: Version): Plan {
  let plan = plans.get(version.version);
  if (plan === undefined) {
    plan = makePlan(version);
    plans.set(version.version, plan);
  }
  return plan;
}

const maskRules: readonly ((row: number, column: number) => boolean)[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row * column) % 3) + ((row + column) % 2)) % 2 === 0,
];

function makePlan(version: Version): Plan {
  const { size } = version;
  const words = (size + 31) >> 5;
  const cells = size * words;
  const base = new Int32Array(cells);
  const taken = new Int32Array(cells);
  const formats = new Int32Array(8 * cells);
  const wordOf = (row: number, column: number) => row * words + (column >> 5);
  const bitOf = (column: number) => 1 << (31 - (column & 31));
  const set = (row: number, column: number, dark: boolean): void => {
    const word = wordOf(row, column);
    taken[word] = (taken[word] ?? 0) | bitOf(column);
    if (dark) base[word] = (base[word] ?? 0) | bitOf(column);
    else base[word] = (base[word] ?? 0) & ~bitOf(column);
  };
  drawFunctionPatterns(version, set);
  for (let mask = 0; mask < 8; mask++) {
    drawFormat(size, mask, (row, column, dark) => {
      set(row, column, false);
      const word = mask * cells + wordOf(row, column);
      if (dark) formats[word] = (formats[word] ?? 0) | bitOf(column);
    });
  }
  set(size - 8, 8, true);
  const isData = (row: number, column: number) => ((taken[wordOf(row, column)] ?? 0) & bitOf(column)) === 0;
  const masks = new Int32Array(8 * cells);
  for (const [mask, rule] of maskRules.entries()) {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < size; column++) {
        const word = mask * cells + wordOf(row, column);
        if (isData(row, column) && rule(row, column)) masks[word] = (masks[word] ?? 0) | bitOf(column);
      }
    }
  }
  const places = placing(version, isData);
  return {
    version,
    words,
    base,
    masks,
    formats,
    placeWords: Uint16Array.from(places, ([row, column]) => wordOf(row, column)),
    placeBits: Int32Array.from(places, ([, column]) => bitOf(column)),
    correct: reedSolomon(version.correction),
  };
}

type SetModule = (row: number, column: number, dark: boolean) => void;

function drawFunctionPatterns({ version, size }: Version, set: SetModule): void {
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const) {
    drawSquare(row, column, 4, size, (ring) => ring !== 2 && ring !== 4, set);
  }
  const centres = alignmentCentres(version);
  const last = centres.length - 1;
  for (const [i, row] of centres.entries()) {
    for (const [j, column] of centres.entries()) {
      const onFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!onFinder) drawSquare(row, column, 2, size, (ring) => ring !== 1, set);
    }
  }
  if (version >= 7) drawVersion(version, size, set);
}

/** Rings around a centre, the part that lies on the symbol. */
function drawSquare(
  row: number,
  column: number,
  reach: number,
  size: number,
  isDark: (ring: number) => boolean,
  set: SetModule,
): void {
  for (let y = Math.max(0, row - reach); y <= Math.min(size - 1, row + reach); y++) {
    for (let x = Math.max(0, column - reach); x <= Math.min(size - 1, column + reach); x++) {
      set(y, x, isDark(Math.max(Math.abs(y - row), Math.abs(x - column))));
    }
  }
}

function drawVersion(version: number, size: number, set: SetModule): void {
  const bits = (version << 12) | remainder(version, 12, 0x1f25);
  for (let at = 0; at < 18; at++) {
    const far = size - 11 + (at % 3);
    const near = Math.floor(at / 3);
    set(far, near, ((bits >> at) & 1) === 1);
    set(near, far, ((bits >> at) & 1) === 1);
  }
}

/** Level M is 00, then the mask; both copies around the finders. */
function drawFormat(size: number, mask: number, set: SetModule): void {
  const bits = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412;
  const isDark = (at: number) => ((bits >> at) & 1) === 1;
  for (let at = 0; at < 6; at++) set(at, 8, isDark(at));
  set(7, 8, isDark(6));
  set(8, 8, isDark(7));
  set(8, 7, isDark(8));
  for (let at = 9; at < 15; at++) set(8, 14 - at, isDark(at));
  for (let at = 0; at < 8; at++) set(8, size - 1 - at, isDark(at));
  for (let at = 8; at < 15; at++) set(size - 15 + at, 8, isDark(at));
}

/** Of `value` shifted by the degree, divided by the polynomial, over GF(2). */
function remainder(value: number, degree: number, polynomial: number): number {
  let rest = value;
  for (let step = 0; step < degree; step++) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * polynomial);
  return rest;
}

/** The order in which bits are placed: two columns wide, up and down, from the right, passing over the timing column. */
function placing(
  { size, codewords }: Version,
  isData: (row: number, column: number) => boolean,
): [number, number][] {
  const places: [number, number][] = [];
  for (let right = size - 1, upwards = true; right >= 1; right -= 2, upwards = !upwards) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) if (isData(row, column)) places.push([row, column]);
    }
  }
  return places.slice(0, 8 * codewords);
}
