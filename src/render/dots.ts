import { kernel } from "../credential/symbol/kernel.js";
import type { QrSymbol } from "../credential/symbol/symbol.js";

/**
 * A QR symbol as a one-bit picture of eight dots a module, deflated (RFC 1950 and 1951).
 *
 * Why not one dot a module: viewers enlarge that without smoothing, so at 96 to 160 dpi modules come out two or three dots
 * wide by chance and decoders lose them. Eight dots are drawn down with soft edges, and read as well as rectangles of nine
 * kilobytes. And a module of a row is exactly one byte then, and seven rows of eight are
 * repetitions, so that the stream can be written down without searching for any: it costs microseconds and a kilobyte.
 */
export const DOTS = 8;

/** The picture, a set bit is dark. Rows are `size` bytes. */
export function deflateDots({ size, rows }: QrSymbol): Buffer {
  const { opening, repeats, pieces } = planOf(size);
  const desk = kernel();
  desk.rows.set(rows);
  desk.pieces.set(pieces);
  return Buffer.from(desk.stream.subarray(0, desk.deflate(size, opening, repeats)));
}

type Bits = readonly [value: number, bits: number];

/** The same bits in as few pieces as can be. */
function joined(pieces: readonly Bits[]): Bits[] {
  const found: Bits[] = [];
  let [value, width] = [0, 0];
  for (const [more, bits] of pieces) {
    if (width + bits > WIDEST) {
      found.push([value, width]);
      [value, width] = [0, 0];
    }
    value |= more << width;
    width += bits;
  }
  return [...found, [value, width]];
}

/** As much as an integer holds, and the kernel takes at once. */
const WIDEST = 31;

/** What is the same in all symbols of a size. */
interface Plan {
  /** the stream up to the first row, then a row once more, seven times, and the end */
  readonly pieces: Int32Array;
  /** how many of them open the stream, and how many repeat a row */
  readonly opening: number;
  readonly repeats: number;
}

const plans = new Map<number, Plan>();

function planOf(size: number): Plan {
  const plan = plans.get(size) ?? planFor(size);
  plans.set(size, plan);
  return plan;
}

/**
 * Five codes are enough: light, dark, end, and one or two lengths to repeat. Light takes one bit, dark two.
 * The two distance codes take one bit each; only the second is used, but some decoders stumble over a lonely one.
 */
function planFor(size: number): Plan {
  const total = (DOTS - 1) * size;
  const pieces = Math.ceil(total / LONGEST);
  const usual = Math.ceil(total / pieces);
  const lengths = [...new Array<number>(pieces - 1).fill(usual), total - usual * (pieces - 1)].map((length) =>
    split(length, lengthStarts, 257),
  );
  const symbols = [...new Set(lengths.map(({ code }) => code))].sort((x, y) => x - y);
  const [first = 0, second] = symbols;
  const ends = second === undefined ? 3 : 4;
  const widths = new Map([
    [0x00, 1],
    [0xff, 2],
    [256, ends],
    [first, 3],
    ...(second === undefined ? [] : [[second, 4] as const]),
  ]);
  const distance = split(size, distanceStarts, 0);
  const codes = canonical(widths);
  const bitsOf = (code: number): Bits => codes.get(code) ?? [0, 0];
  const opening = joined(openingOf(widths, distance.code));
  const repeats = joined(lengths.flatMap(({ code, extra }) => [bitsOf(code), extra, [1, 1], distance.extra]));
  return {
    pieces: Int32Array.from([...opening, ...repeats, bitsOf(256)].flat()),
    opening: opening.length,
    repeats: repeats.length,
  };
}

const LONGEST = 258;
/** The first length and distance of each code, with the bits that follow it (RFC 1951, 3.2.5). */
const lengthStarts = starts(3, [8, 4, 4, 4, 4, 4]);
const distanceStarts = starts(1, [4, ...new Array<number>(13).fill(2)]);

/** @param groups how many codes have no further bits, one, two, … */
function starts(from: number, groups: readonly number[]): Bits[] {
  const found: Bits[] = [];
  let next = from;
  for (const [extra, count] of groups.entries()) {
    for (let index = 0; index < count; index += 1, next += 1 << extra) found.push([next, extra]);
  }
  return found;
}

function split(value: number, table: readonly Bits[], base: number): { code: number; extra: Bits } {
  const last = value === LONGEST && base > 0 ? table.length : -1;
  if (last > 0) return { code: base + last, extra: [0, 0] };
  const at = table.findLastIndex(([start]) => start <= value);
  const [start, bits] = table[at] ?? [0, 0];
  return { code: base + at, extra: [value - start, bits] };
}

/** Codes by their widths, the first bit lowest, as they are written. */
function canonical(widths: ReadonlyMap<number, number>): Map<number, Bits> {
  const codes = new Map<number, Bits>();
  let [code, before] = [0, 0];
  for (const [symbol, width] of [...widths].sort(([s, x], [t, y]) => x - y || s - t)) {
    code <<= width - before;
    before = width;
    codes.set(symbol, [reversed(code, width), width]);
    code += 1;
  }
  return codes;
}

function reversed(code: number, width: number): number {
  let bits = 0;
  for (let bit = 0; bit < width; bit += 1) if ((code >> bit) & 1) bits |= 1 << (width - 1 - bit);
  return bits;
}

/** zlib's two bytes, and the head of the only block: the widths of all codes, themselves coded (RFC 1951, 3.2.7). */
function openingOf(widths: ReadonlyMap<number, number>, distance: number): Bits[] {
  const literals = Array.from({ length: Math.max(...widths.keys()) + 1 }, (_, at) => widths.get(at) ?? 0);
  const distances = Array.from({ length: distance + 1 }, (_, at) => (at === 0 || at === distance ? 1 : 0));
  const head: Bits[] = [
    [0x78, 8],
    [0xda, 8],
    [1, 1],
    [2, 2],
    [literals.length - 257, 5],
    [distances.length - 1, 5],
    [widthOrder.length - 4, 4],
    ...widthOrder.map((symbol): Bits => [widthCodes.has(symbol) ? 3 : 0, 3]),
  ];
  return [...head, ...runs([...literals, ...distances])];
}

const widthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1];
/** Eight codes of three bits, one of them never used, are complete, which is what decoders insist on. */
const widthCodes = canonical(new Map([0, 1, 2, 3, 4, 5, 17, 18].map((symbol) => [symbol, 3])));

function runs(widths: readonly number[]): Bits[] {
  const found: Bits[] = [];
  const code = (symbol: number) => found.push(widthCodes.get(symbol) ?? [0, 0]);
  for (let at = 0; at < widths.length; ) {
    const end = widths.findIndex((width, index) => index >= at && width !== 0);
    const zeros = Math.min(138, (end === -1 ? widths.length : end) - at);
    if (zeros < 3) {
      code(widths[at] ?? 0);
      at += 1;
      continue;
    }
    code(zeros > 10 ? 18 : 17);
    found.push(zeros > 10 ? [zeros - 11, 7] : [zeros - 3, 3]);
    at += zeros;
  }
  return found;
}
