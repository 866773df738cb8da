/*
 * The penalty of ISO/IEC 18004, counted for 32 modules at a time. The weights and the reading of the rules are those
 * of the package qrcode, so that both choose the same mask and a symbol of ours is one of theirs, module for module.
 */

/** Bits of a word that are modules with at least `ahead` more to their right. */
export function edges(size: number, words: number, ahead: number): Int32Array {
  return Int32Array.from({ length: words }, (_, word) => {
    let bits = 0;
    for (let bit = 0; bit < 32; bit++) if (word * 32 + bit <= size - 1 - ahead) bits |= 1 << (31 - bit);
    return bits;
  });
}

export interface Edges {
  readonly all: Int32Array;
  readonly one: Int32Array;
  readonly four: Int32Array;
  readonly ten: Int32Array;
}

export function edgesOf(size: number, words: number): Edges {
  return {
    all: edges(size, words, 0),
    one: edges(size, words, 1),
    four: edges(size, words, 4),
    ten: edges(size, words, 10),
  };
}

/** @param most the penalty that a better mask has: counting stops where it is reached, and what is returned is no less */
export function penalty(grid: Int32Array, size: number, words: number, edge: Edges, most: number): number {
  const unbalanced = balance(grid, size, words, edge);
  const down = unbalanced + penaltyDown(grid, size, words, edge, most - unbalanced);
  return down >= most ? down : down + penaltyAcross(grid, size, words, edge, most - down);
}

function count(word: number): number {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Runs of five and more (3, and 1 for each further), blocks of 2 × 2 (3), patterns like a finder with four light (40). */
function penaltyAcross(grid: Int32Array, size: number, words: number, edge: Edges, most: number): number {
  let runs = 0;
  let blocks = 0;
  let finders = 0;
  for (let row = 0; row < size; row++) {
    if (runs + 3 * blocks + 40 * finders >= most) break;
    let before = 0;
    for (let k = 0; k < words; k++) {
      const at = row * words + k;
      const x = grid[at] ?? 0;
      const next = k + 1 < words ? (grid[at + 1] ?? 0) : 0;
      const x1 = (x << 1) | (next >>> 31);
      const x2 = (x << 2) | (next >>> 30);
      const x3 = (x << 3) | (next >>> 29);
      const x4 = (x << 4) | (next >>> 28);
      const five = ((x & x1 & x2 & x3 & x4) | ~(x | x1 | x2 | x3 | x4)) & (edge.four[k] ?? 0);
      // a run of n holds n − 4 places where five are equal; the first of them counts 3, each further 1
      if (five !== 0) runs += count(five) + 2 * count(five & ~((five >>> 1) | (before << 31)));
      before = five & 1;
      if (row + 1 < size) {
        const y = grid[at + words] ?? 0;
        const y1 = (y << 1) | ((k + 1 < words ? (grid[at + words + 1] ?? 0) : 0) >>> 31);
        blocks += count(((x & x1 & y & y1) | ~(x | x1 | y | y1)) & (edge.one[k] ?? 0));
      }
      const ten = edge.ten[k] ?? 0;
      if (ten !== 0) finders += findersAcross(x, next, x1, x2, x3, x4, ten);
    }
  }
  return runs + 3 * blocks + 40 * finders;
}

/** 10111010000 and 00001011101. */
function findersAcross(
  x: number,
  next: number,
  x1: number,
  x2: number,
  x3: number,
  x4: number,
  valid: number,
): number {
  const x5 = (x << 5) | (next >>> 27);
  const x6 = (x << 6) | (next >>> 26);
  const x7 = (x << 7) | (next >>> 25);
  const x8 = (x << 8) | (next >>> 24);
  const x9 = (x << 9) | (next >>> 23);
  const x10 = (x << 10) | (next >>> 22);
  const light = x & ~x1 & x2 & x3 & x4 & ~x5 & x6 & ~x7 & ~x8 & ~x9 & ~x10;
  const dark = ~x & ~x1 & ~x2 & ~x3 & x4 & ~x5 & x6 & x7 & x8 & ~x9 & x10;
  return count(light & valid) + count(dark & valid);
}

/** The same runs and patterns in the columns: rows are compared as words, through a window of eleven that slides down. */
function penaltyDown(grid: Int32Array, size: number, words: number, edge: Edges, most: number): number {
  let runs = 0;
  let finders = 0;
  for (let k = 0; k < words; k++) {
    if (runs + 40 * finders >= most) break;
    const all = edge.all[k] ?? 0;
    let [a, b, c, d] = [0, 0, 0, 0];
    let at = k;
    for (let row = 0; row < 4; row++, at += words) [a, b, c, d] = [b, c, d, grid[at] ?? 0];
    let before = 0;
    for (let row = 4; row < size; row++, at += words) {
      const e = grid[at] ?? 0;
      const five = ((a & b & c & d & e) | ~(a | b | c | d | e)) & all;
      if (five !== 0) runs += count(five) + 2 * count(five & ~before);
      before = five;
      // what both patterns begin with: they differ in the first four modules, then comes light or dark, then light
      const light = a & ~b & c & d & e & all;
      const dark = ~(a | b | c | d) & e & all;
      if ((light | dark) !== 0 && row + 6 < size) finders += findersDown(grid, at, words, light, dark);
      a = b;
      b = c;
      c = d;
      d = e;
    }
  }
  return runs + 40 * finders;
}

/** The other six modules of both patterns, below the word at `at`. */
function findersDown(grid: Int32Array, at: number, words: number, light: number, dark: number): number {
  const f = grid[at + words] ?? 0;
  const g = grid[at + 2 * words] ?? 0;
  const [openLight, openDark] = [light & ~f & g, dark & ~f & g];
  if ((openLight | openDark) === 0) return 0;
  const h = grid[at + 3 * words] ?? 0;
  const i = grid[at + 4 * words] ?? 0;
  const j = grid[at + 5 * words] ?? 0;
  const l = grid[at + 6 * words] ?? 0;
  return count(openLight & ~(h | i | j | l)) + count(openDark & h & i & ~j & l);
}

/** 10 for each 5 % that dark modules are off one half. */
function balance(grid: Int32Array, size: number, words: number, edge: Edges): number {
  let dark = 0;
  for (let at = 0; at < size * words; at++) dark += count((grid[at] ?? 0) & (edge.all[at % words] ?? 0));
  return Math.abs(Math.ceil((dark * 100) / (size * size) / 5) - 10) * 10;
}
