import { Fault } from "../../model/fault.js";
import { type Edges, edgesOf, penalty } from "./penalty.js";
import { type Plan, planOf } from "./plan.js";
import { largestVersion, type Version, versions } from "./version.js";

/** A QR symbol: `rows` holds `words` words a row, bit 31 − (column & 31) of word column >> 5 is set where it is dark. */
export interface QrSymbol {
  /** modules on a side */
  readonly size: number;
  readonly words: number;
  readonly rows: Int32Array;
}

export function isDark({ rows, words }: QrSymbol, row: number, column: number): boolean {
  return (((rows[row * words + (column >> 5)] ?? 0) >>> (31 - (column & 31))) & 1) === 1;
}

/** The same as rows padded to bytes, a set bit is dark: how an image of one bit a module holds it. */
export function packRows({ rows, words, size }: QrSymbol): Uint8Array {
  const rowBytes = Math.ceil(size / 8);
  const packed = new Uint8Array(rowBytes * size);
  for (let row = 0, at = 0; row < size; row++) {
    for (let byte = 0; byte < rowBytes; byte++, at++) {
      packed[at] = ((rows[row * words + (byte >> 2)] ?? 0) >>> (24 - 8 * (byte & 3))) & 0xff;
    }
  }
  return packed;
}

/**
 * The QR symbol of a link at error correction level M, with the mask that the standard's penalty prefers: the address in byte
 * mode, the number behind it in numeric mode (ISO/IEC 18004).
 *
 * @param address with its `#`
 * @param digits decimal digits only
 * @param mask 0 to 7, to have this one instead
 * @throws Fault if it is too long for a symbol that could be scanned from paper
 */
export function encodeSymbol(address: string, digits: string, mask?: number): QrSymbol {
  const bytes = new TextEncoder().encode(address);
  const version = versions.find(
    (each) => bitsNeeded(each, bytes.length, digits.length) <= 8 * each.dataCodewords,
  );
  if (version === undefined) {
    throw new Fault(
      "symbol-too-long",
      `${address.length + digits.length} characters are too many for a QR code of version ${largestVersion}`,
      {
        hints: ["shorten what the template prints about a person, or the verification address"],
      },
    );
  }
  const plan = planOf(version);
  const grid = place(plan, interleave(plan, codewords(version, bytes, digits)));
  const rows = mask === undefined ? bestMasked(plan, grid) : masked(plan, grid, mask);
  return { size: version.size, words: plan.words, rows };
}

const byteCountBits = (version: number) => (version < 10 ? 8 : 16);
const digitCountBits = (version: number) => (version < 10 ? 10 : 12);

function bitsNeeded({ version }: Version, bytes: number, digits: number): number {
  const numeric = Math.floor(digits / 3) * 10 + (digits % 3 === 0 ? 0 : 3 * (digits % 3) + 1);
  return 4 + byteCountBits(version) + 8 * bytes + 4 + digitCountBits(version) + numeric;
}

/** Both segments, terminator and padding. */
function codewords({ version, dataCodewords }: Version, bytes: Uint8Array, digits: string): Uint8Array {
  const out = new Uint8Array(dataCodewords);
  let [at, held, holding] = [0, 0, 0];
  const put = (value: number, bits: number): void => {
    held = (held << bits) | value;
    for (holding += bits; holding >= 8; at += 1) {
      holding -= 8;
      out[at] = held >>> holding;
      held &= (1 << holding) - 1;
    }
  };
  put(4, 4);
  put(bytes.length, byteCountBits(version));
  for (const byte of bytes) put(byte, 8);
  put(1, 4);
  put(digits.length, digitCountBits(version));
  const digit = (place: number) => digits.charCodeAt(place) - 48;
  const groups = digits.length - (digits.length % 3);
  for (let from = 0; from < groups; from += 3)
    put(100 * digit(from) + 10 * digit(from + 1) + digit(from + 2), 10);
  if (groups < digits.length) put(Number(digits.slice(groups)), 3 * (digits.length % 3) + 1);
  // the terminator is four zeros, or as many as fit; then up to the next whole codeword
  const used = Math.ceil(Math.min(8 * at + holding + 4, 8 * dataCodewords) / 8);
  if (holding > 0) out[at] = held << (8 - holding);
  for (let pad = used, value = 0xec; pad < dataCodewords; pad++, value ^= 0xec ^ 0x11) out[pad] = value;
  return out;
}

/** Blocks in turns, codeword by codeword: first data, then error correction. The later blocks are one longer. */
function interleave(plan: Plan, data: Uint8Array): Uint8Array {
  const { blocks, correction, codewords, dataCodewords } = plan.version;
  const out = new Uint8Array(codewords);
  const short = Math.floor(dataCodewords / blocks);
  const shortBlocks = blocks - (dataCodewords % blocks);
  const check = new Uint8Array(correction);
  let start = 0;
  for (let block = 0; block < blocks; block++) {
    const end = start + short + (block < shortBlocks ? 0 : 1);
    for (let at = 0; at < end - start; at++) {
      const place = at < short ? at * blocks + block : short * blocks + block - shortBlocks;
      out[place] = data[start + at] ?? 0;
    }
    plan.correct(data.subarray(start, end), check);
    for (let at = 0; at < correction; at++) out[dataCodewords + at * blocks + block] = check[at] ?? 0;
    start = end;
  }
  return out;
}

function place({ base, placeWords, placeBits }: Plan, data: Uint8Array): Int32Array {
  const grid = base.slice();
  for (let byte = 0, at = 0; byte < data.length; byte++) {
    const value = data[byte] ?? 0;
    for (let bit = 7; bit >= 0; bit--, at++) {
      const word = placeWords[at] ?? 0;
      // all ones where the bit is set, so that nothing has to be asked
      grid[word] = (grid[word] ?? 0) | (-((value >>> bit) & 1) & (placeBits[at] ?? 0));
    }
  }
  return grid;
}

const edgesBySize = new Map<number, Edges>();

function bestMasked(plan: Plan, grid: Int32Array): Int32Array {
  const { size } = plan.version;
  let edges = edgesBySize.get(size);
  if (edges === undefined) {
    edges = edgesOf(size, plan.words);
    edgesBySize.set(size, edges);
  }
  let best = masked(plan, grid, 0);
  let candidate: Int32Array | undefined;
  let least = penalty(best, size, plan.words, edges, Number.POSITIVE_INFINITY);
  for (let mask = 1; mask < 8; mask++) {
    candidate = masked(plan, grid, mask, candidate);
    const points = penalty(candidate, size, plan.words, edges, least);
    if (points >= least) continue;
    least = points;
    [best, candidate] = [candidate, best];
  }
  return best;
}

/** @param out where to put it, if there is room already */
function masked(
  { masks, formats }: Plan,
  grid: Int32Array,
  mask: number,
  out: Int32Array = new Int32Array(grid.length),
): Int32Array {
  const from = mask * grid.length;
  for (let at = 0; at < grid.length; at++) {
    out[at] = ((grid[at] ?? 0) ^ (masks[from + at] ?? 0)) | (formats[from + at] ?? 0);
  }
  return out;
}
