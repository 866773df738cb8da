/*
 * The penalty of ISO/IEC 18004, counted for 64 modules of two symbols at a time: each half of a vector is a word of
 * another symbol. The weights and the reading of the rules are those of the package qrcode, so that both choose the same
 * mask and a symbol of ours is one of theirs, module for module.
 */

/** Two symbols side by side: rows of words of 64 modules, a word of each in turns; and room for a row more. */
export const pair = memory.data(32 * 118, 16);

/** The penalties of the {@link pair}, two integers of 32 bits: that of the first is the lower. */
export function penalties(size: i32, words: i32): u64 {
  const stride = 16 * words;
  // behind the last row stands its opposite: every run ends there, and no block goes on
  const end = pair + stride * size;
  for (let at = end; at < end + stride; at += 16) v128.store(at, v128.not(v128.load(at - stride)));
  let points = i32x4.splat(0);
  for (let word = 0; word < words; word++) {
    points = i32x4.add(points, i32x4.add(across(size, words, word), down(size, words, word)));
  }
  const dark = darkModules(size, words);
  const first = sumOfFirst(points) + unbalance(sumOfFirst(dark), size);
  const second = sumOfSecond(points) + unbalance(sumOfSecond(dark), size);
  return u64(first) | (u64(second) << 32);
}

/** Runs of five and more (3, and 1 for each further), blocks of 2 × 2 (3), patterns like a finder with four light (40). */
function across(size: i32, words: i32, word: i32): v128 {
  const one = edge(size, word, 1);
  const four = edge(size, word, 4);
  const ten = edge(size, word, 10);
  const lastFour = v128.andnot(four, edge(size, word, 5));
  const stride = 16 * words;
  // the last word is followed by itself, since that is cut off
  const next = word + 1 < words ? 16 : 0;
  let points = i16x8.splat(0);
  let finders = i16x8.splat(0);
  for (let row = 0, at = pair + 16 * word; row < size; row++, at += stride) {
    const x = v128.load(at);
    const n = v128.load(at + next);
    const x1 = ahead(x, n, 1);
    const x2 = ahead(x, n, 2);
    const x3 = ahead(x, n, 3);
    const x4 = ahead(x, n, 4);
    const x5 = ahead(x, n, 5);
    const y = v128.load(at + stride);
    const y1 = ahead(y, v128.load(at + stride + next), 1);
    const five = v128.and(alike(x, x1, x2, x3, x4), four);
    const last = v128.and(five, v128.or(v128.xor(x4, x5), lastFour));
    const block = v128.and(alike(x, x1, y, y1, y1), one);
    points = plus(points, i8x16.add(scoreOf(five, last), thrice(i8x16.popcnt(block))));
    const x6 = ahead(x, n, 6);
    const x7 = ahead(x, n, 7);
    const x8 = ahead(x, n, 8);
    const x9 = ahead(x, n, 9);
    const x10 = ahead(x, n, 10);
    finders = plus(finders, i8x16.popcnt(v128.and(finder(x, x1, x2, x3, x4, x5, x6, x7, x8, x9, x10), ten)));
  }
  return total(points, finders);
}

/** The same runs and patterns in the columns: rows are compared with those under them. */
function down(size: i32, words: i32, word: i32): v128 {
  const all = edge(size, word, 0);
  const stride = 16 * words;
  let points = i16x8.splat(0);
  let finders = i16x8.splat(0);
  for (let row = 0, at = pair + 16 * word; row + 4 < size; row++, at += stride) {
    const a = v128.load(at);
    const b = v128.load(at + stride);
    const c = v128.load(at + 2 * stride);
    const d = v128.load(at + 3 * stride);
    const e = v128.load(at + 4 * stride);
    const f = v128.load(at + 5 * stride);
    const five = v128.and(alike(a, b, c, d, e), all);
    points = plus(points, scoreOf(five, v128.and(five, v128.xor(e, f))));
    if (row + 10 >= size) continue;
    const g = v128.load(at + 6 * stride);
    const h = v128.load(at + 7 * stride);
    const i = v128.load(at + 8 * stride);
    const j = v128.load(at + 9 * stride);
    const k = v128.load(at + 10 * stride);
    finders = plus(finders, i8x16.popcnt(v128.and(finder(a, b, c, d, e, f, g, h, i, j, k), all)));
  }
  return total(points, finders);
}

/** Bits of a word that are modules with at least `ahead` more to their right. */
function edge(size: i32, word: i32, ahead: i32): v128 {
  const modules = size - ahead - 64 * word;
  return i64x2.splat(modules >= 64 ? -1 : modules <= 0 ? 0 : -1 << (64 - modules));
}

/** The modules so many places to the right. */
function ahead(x: v128, next: v128, places: i32): v128 {
  return v128.or(i64x2.shl(x, places), i64x2.shr_u(next, 64 - places));
}

function alike(a: v128, b: v128, c: v128, d: v128, e: v128): v128 {
  const dark = v128.and(v128.and(v128.and(a, b), v128.and(c, d)), e);
  return v128.or(dark, v128.not(v128.or(v128.or(v128.or(a, b), v128.or(c, d)), e)));
}

/** 10111010000 and 00001011101. */
function finder(
  a: v128,
  b: v128,
  c: v128,
  d: v128,
  e: v128,
  f: v128,
  g: v128,
  h: v128,
  i: v128,
  j: v128,
  k: v128,
): v128 {
  // from the fifth on both go on with 101
  const both = v128.and(v128.andnot(e, f), g);
  const light = v128.andnot(
    v128.and(v128.andnot(a, b), v128.and(c, d)),
    v128.or(v128.or(h, i), v128.or(j, k)),
  );
  const dark = v128.andnot(
    v128.and(v128.and(h, i), v128.andnot(k, j)),
    v128.or(v128.or(a, b), v128.or(c, d)),
  );
  return v128.and(both, v128.or(light, dark));
}

/** A run of n holds n − 4 places where five are alike; the last of them counts 3, each other 1. */
function scoreOf(five: v128, last: v128): v128 {
  const ends = i8x16.popcnt(last);
  return i8x16.add(i8x16.popcnt(five), i8x16.add(ends, ends));
}

function thrice(bytes: v128): v128 {
  return i8x16.add(bytes, i8x16.add(bytes, bytes));
}

/** Bytes are added to a sum of eight parts: no symbol fills their 16 bits. */
function plus(sum: v128, bytes: v128): v128 {
  return i16x8.add(sum, i16x8.extadd_pairwise_i8x16_u(bytes));
}

/** In four parts, two for each symbol. */
function total(points: v128, finders: v128): v128 {
  const forty = i32x4.mul(i32x4.extadd_pairwise_i16x8_u(finders), i32x4.splat(40));
  return i32x4.add(i32x4.extadd_pairwise_i16x8_u(points), forty);
}

function sumOfFirst(parts: v128): i32 {
  return i32x4.extract_lane(parts, 0) + i32x4.extract_lane(parts, 1);
}

function sumOfSecond(parts: v128): i32 {
  return i32x4.extract_lane(parts, 2) + i32x4.extract_lane(parts, 3);
}

function darkModules(size: i32, words: i32): v128 {
  let sum = i16x8.splat(0);
  for (let at = pair; at < pair + 16 * size * words; at += 16) sum = plus(sum, i8x16.popcnt(v128.load(at)));
  return i32x4.extadd_pairwise_i16x8_u(sum);
}

/** 10 for each 5 % that dark modules are off one half. */
function unbalance(dark: i32, size: i32): i32 {
  return 10 * abs(i32(Math.ceil((f64(dark) * 100) / f64(size * size) / 5)) - 10);
}
