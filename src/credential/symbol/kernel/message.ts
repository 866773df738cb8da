import { correct, multiplesOf } from "./reedSolomon";
import { Version } from "./version";

const data = memory.data(1024);
/** Error correction of one block. */
const check = memory.data(32, 16);
/** Data and error correction in the order in which they are placed. */
export const message = memory.data(2048);

let end: usize = 0;
let held: u32 = 0;
let holding: u32 = 0;

/** Writes the lowest bits of a number behind what is there, the highest first. */
function put(value: u32, bits: u32): void {
  held = (held << bits) | value;
  for (holding += bits; holding >= 8; end++) {
    holding -= 8;
    store<u8>(end, held >>> holding);
  }
}

/** Writes {@link message}: the text's first bytes in byte mode, the digits behind them in numeric mode. */
export function compose(version: Version, text: usize, bytes: i32, digits: i32): void {
  writeSegments(version, text, bytes, digits);
  writePadding(data + version.dataCodewords);
  interleave(version);
}

function writeSegments(version: Version, text: usize, bytes: i32, digits: i32): void {
  end = data;
  holding = 0;
  put(4, 4);
  put(bytes, version.byteCountBits);
  for (let at = 0; at < bytes; at++) put(load<u8>(text + at), 8);
  put(1, 4);
  put(digits, version.digitCountBits);
  let left = digits;
  for (let at = text + bytes; left > 0; left -= 3, at += 3) {
    const count = min(left, 3);
    let value: u32 = 0;
    for (let place = 0; place < count; place++) value = 10 * value + load<u8>(at + place) - 48;
    put(value, 3 * count + 1);
  }
}

/** The terminator is four zeros, or as many as fit; then up to the next whole codeword. */
function writePadding(full: usize): void {
  const room = 8 * u32(full - end) - holding;
  put(0, min(room, 4));
  if (holding > 0) put(0, 8 - holding);
  for (let value: u8 = 0xec; end < full; end++, value ^= 0xec ^ 0x11) store<u8>(end, value);
}

/** Blocks in turns, codeword by codeword: first data, then error correction. The later blocks are one longer. */
function interleave(version: Version): void {
  const blocks = version.blocks;
  const correction = version.correction;
  const dataCodewords = version.dataCodewords;
  const short = dataCodewords / blocks;
  const shortBlocks = blocks - (dataCodewords % blocks);
  const multiples = multiplesOf(correction);
  let start = data;
  for (let block = 0; block < blocks; block++) {
    const length = short + i32(block >= shortBlocks);
    for (let at = 0; at < short; at++) store<u8>(message + at * blocks + block, load<u8>(start + at));
    if (length > short) store<u8>(message + short * blocks + block - shortBlocks, load<u8>(start + short));
    correct(start, length, multiples, check);
    for (let at = 0; at < correction; at++) {
      store<u8>(message + dataCodewords + at * blocks + block, load<u8>(check + at));
    }
    start += length;
  }
}
