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
export function deflateDots(symbol: QrSymbol): Buffer {
  const { size } = symbol;
  const plan = planOf(size);
  const out = new BitWriter(plan.opening, size);
  const row = new Uint8Array(Math.ceil(size / 8));
  let [a, b] = [1, 0];
  for (let y = 0; y < size; y += 1) {
    const { dark, weight } = readRow(symbol, y, row);
    out.literals(row, size);
    out.sequence(plan.repeats);
    // eight rows alike, each adding to what the one before has made of the sums
    b = (b + size * (DOTS * a + 255 * dark * BEFORE) + DOTS * 255 * weight) % ADLER;
    a = (a + DOTS * 255 * dark) % ADLER;
  }
  out.sequence(plan.end);
  return out.close(((b << 16) | a) >>> 0);
}

/** 0 + 1 + … + 7: how many rows stand before each of eight, together. */
const BEFORE = (DOTS * (DOTS - 1)) / 2;
const ADLER = 65_521;

/** Modules of one row as bits; how many are dark; and the sum of what each counts in the second half of the checksum. */
function readRow(
  { rows, words, size }: QrSymbol,
  y: number,
  row: Uint8Array,
): { dark: number; weight: number } {
  let [dark, weight] = [0, 0];
  for (let at = 0; at < row.length; at += 1) {
    const byte = ((rows[y * words + (at >> 2)] ?? 0) >>> (24 - 8 * (at & 3))) & 0xff;
    row[at] = byte;
    const count = counts[byte] ?? 0;
    dark += count;
    // each dark module counts as often as it stands before the end of the row
    weight += count * (size - 8 * at) - (places[byte] ?? 0);
  }
  return { dark, weight };
}

/** Of a byte: how many of its modules are dark, and the sum of their places in it. */
const counts = Uint8Array.from({ length: 256 }, (_, byte) => bitsOf(byte).length);
const places = Uint8Array.from({ length: 256 }, (_, byte) => bitsOf(byte).reduce((sum, at) => sum + at, 0));

function bitsOf(byte: number): number[] {
  return [0, 1, 2, 3, 4, 5, 6, 7].filter((at) => (byte & (0x80 >> at)) !== 0);
}

type Bits = readonly [value: number, bits: number];

/** Bits to write one after the other: a value and its width in turns, as few as can be. */
type Sequence = Int32Array;

function sequenceOf(pieces: readonly Bits[]): Sequence {
  const merged: number[] = [];
  let [value, width] = [0, 0];
  for (const [more, bits] of pieces) {
    if (width + bits > WIDEST) {
      merged.push(value, width);
      [value, width] = [0, 0];
    }
    value |= more << width;
    width += bits;
  }
  return Int32Array.from([...merged, value, width]);
}

/** With seven bits that wait for a byte this still is a whole number of 31 bits. */
const WIDEST = 24;

/** What is the same in all symbols of a size. */
interface Plan {
  /** the stream up to the first row */
  readonly opening: Sequence;
  /** a row once more, seven times */
  readonly repeats: Sequence;
  readonly end: Sequence;
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
  const repeats = lengths.flatMap(({ code, extra }): Bits[] => [
    codes.get(code) ?? [0, 0],
    extra,
    [1, 1],
    distance.extra,
  ]);
  return {
    opening: sequenceOf(openingOf(widths, distance.code)),
    repeats: sequenceOf(repeats),
    end: sequenceOf([codes.get(256) ?? [0, 0]]),
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

/** Eight modules at once: light is the bit 0, dark the bits 1 and 0. */
const eights = sequenceOfEights();

function sequenceOfEights(): Sequence {
  const sequence = new Int32Array(512);
  for (let byte = 0; byte < 256; byte += 1) {
    let [value, bits] = [0, 0];
    for (let bit = 7; bit >= 0; bit -= 1) {
      const isSet = (byte >> bit) & 1;
      value |= isSet << bits;
      bits += isSet + 1;
    }
    sequence[2 * byte] = value;
    sequence[2 * byte + 1] = bits;
  }
  return sequence;
}

class BitWriter {
  readonly #bytes: Buffer;
  #length = 0;
  #pending = 0;
  #bits = 0;

  constructor(opening: Sequence, size: number) {
    // two bits a module and a hundred bits of repeats a row at most
    this.#bytes = Buffer.allocUnsafe(256 + Math.ceil((size * (2 * size + 100)) / 8));
    this.sequence(opening);
  }

  sequence(pieces: Sequence): void {
    for (let at = 0; at < pieces.length; at += 2) this.#put(pieces[at] ?? 0, pieces[at + 1] ?? 0);
  }

  literals(row: Uint8Array, count: number): void {
    const whole = count >> 3;
    for (let at = 0; at < whole; at += 1) {
      const byte = row[at] ?? 0;
      this.#put(eights[2 * byte] ?? 0, eights[2 * byte + 1] ?? 0);
    }
    for (let at = 8 * whole; at < count; at += 1) {
      const isSet = ((row[whole] ?? 0) >> (7 - (at & 7))) & 1;
      this.#put(isSet, isSet + 1);
    }
  }

  close(checksum: number): Buffer {
    if (this.#bits > 0) this.#put(0, 8 - this.#bits);
    return this.#bytes.subarray(0, this.#bytes.writeUInt32BE(checksum, this.#length));
  }

  /** At most {@link WIDEST} bits, the lowest first. */
  #put(value: number, bits: number): void {
    let pending = this.#pending | (value << this.#bits);
    let waiting = this.#bits + bits;
    for (; waiting >= 8; waiting -= 8) {
      this.#bytes[this.#length] = pending & 0xff;
      this.#length += 1;
      pending >>>= 8;
    }
    this.#pending = pending;
    this.#bits = waiting;
  }
}
