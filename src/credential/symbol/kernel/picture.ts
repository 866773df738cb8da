import { rows } from "./symbol";

/** What the stream says besides modules: pieces of bits, of 32 bits each a value and its width (at most 32). */
export const pieces = memory.data(1024);
/** Where the stream is left. */
export const stream = memory.data(8192);

const DOTS = 8;
/** 0 + 1 + … + 7: how many rows stand before each of eight, together. */
const BEFORE = (DOTS * (DOTS - 1)) / 2;
const ADLER = 65_521;

/** Eight modules as they are written, the first lowest: light is the bit 0, dark the bits 1 and 0. */
const codes = new StaticArray<u16>(256);
/** The sum of the places, 0 to 7, of a byte's dark modules. */
const places = new StaticArray<u8>(256);
for (let byte = 0; byte < 256; byte++) {
  for (let place = 7; place >= 0; place--) {
    const isDark = (byte >> (7 - place)) & 1;
    codes[byte] = u16(((i32(codes[byte]) << 1) << isDark) | isDark);
    places[byte] += u8(isDark * place);
  }
}

/**
 * Writes {@link rows} into {@link stream} as the picture of eight dots a module, deflated, with the sum that ends it.
 *
 * @param opening how many pieces stand before the first row
 * @param repeats how many behind each row; the one that is left over ends the stream
 * @returns its bytes
 */
export function deflate(size: i32, opening: i32, repeats: i32): i32 {
  const rowBytes = (size + 7) >> 3;
  const repeat = pieces + 8 * opening;
  begin();
  putAll(pieces, opening);
  let a: u32 = 1;
  let b: u32 = 0;
  for (let row = rows; row < rows + size * rowBytes; row += rowBytes) {
    let dark: u32 = 0;
    let weight: u32 = 0;
    for (let at = 0; at < rowBytes; at++) {
      const byte = load<u8>(row + at);
      const count = popcnt<u32>(byte);
      const left = size - 8 * at;
      // what the last byte is padded with is zero, as light modules are
      put(codes[byte], min(left, 8) + count);
      dark += count;
      // each dark module counts as often as it stands before the end of the row
      weight += count * left - places[byte];
    }
    putAll(repeat, repeats);
    // eight rows alike, each adding to what the one before has made of the sums
    b = (b + size * (DOTS * a + 255 * dark * BEFORE) + DOTS * 255 * weight) % ADLER;
    a = (a + DOTS * 255 * dark) % ADLER;
  }
  putAll(repeat + 8 * repeats, 1);
  return close((b << 16) | a);
}

let end: usize = 0;
let pending: u64 = 0;
let waiting: u32 = 0;

function begin(): void {
  end = stream;
  pending = 0;
  waiting = 0;
}

/** The lowest bit first. */
function put(value: u32, bits: u32): void {
  pending |= u64(value) << waiting;
  waiting += bits;
  if (waiting < 32) return;
  store<u32>(end, u32(pending));
  end += 4;
  pending >>= 32;
  waiting -= 32;
}

function putAll(from: usize, count: i32): void {
  for (let at = from; at < from + 8 * count; at += 8) put(load<u32>(at), load<u32>(at, 4));
}

function close(checksum: u32): i32 {
  store<u32>(end, u32(pending));
  end += (waiting + 7) >> 3;
  store<u32>(end, bswap<u32>(checksum));
  return i32(end + 4 - stream);
}
