/** Arithmetic in GF(256) with the polynomial 0x11d, as ISO/IEC 18004 takes it, and remainders by table. */

const exponents = new StaticArray<u8>(512);
const logarithms = new StaticArray<u8>(256);
for (let power = 0, value = 1; power < 255; power++) {
  exponents[power] = u8(value);
  exponents[power + 255] = u8(value);
  logarithms[value] = u8(power);
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

function multiply(a: u8, b: u8): u8 {
  return a === 0 || b === 0 ? 0 : exponents[i32(logarithms[a]) + i32(logarithms[b])];
}

/** Bytes of the two vectors that hold what is left of a division, the highest power first. */
const ROW = 32;
const tables = new StaticArray<StaticArray<u8> | null>(ROW);

/** The generator of so many codewords times each byte: 256 rows. */
export function multiplesOf(length: i32): StaticArray<u8> {
  const known = tables[length];
  if (known !== null) return known;
  const generator = generatorOf(length);
  const table = new StaticArray<u8>(256 * ROW);
  for (let factor = 1; factor < 256; factor++) {
    for (let term = 0; term < length; term++)
      table[factor * ROW + term] = multiply(generator[term], u8(factor));
  }
  tables[length] = table;
  return table;
}

/** (x − 2⁰)(x − 2¹)…, highest power left out. */
function generatorOf(length: i32): StaticArray<u8> {
  const generator = new StaticArray<u8>(length);
  generator[length - 1] = 1;
  for (let step = 0; step < length; step++) {
    for (let term = 0; term < length; term++) {
      const next: u8 = term + 1 < length ? generator[term + 1] : 0;
      generator[term] = multiply(generator[term], exponents[step]) ^ next;
    }
  }
  return generator;
}

/** Writes 32 bytes, of which the first are the error correction codewords of a block. */
export function correct(data: usize, count: i32, multiples: StaticArray<u8>, out: usize): void {
  const table = changetype<usize>(multiples);
  const none = i64x2.splat(0);
  let high = none;
  let low = none;
  for (let at = 0; at < count; at++) {
    const factor = load<u8>(data + at) ^ i8x16.extract_lane_u(high, 0);
    const row = table + usize(ROW * factor);
    // up by one power, and the multiple that takes the highest away
    const moved = i8x16.shuffle(high, low, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    low = v128.xor(
      i8x16.shuffle(low, none, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16),
      v128.load(row, 16),
    );
    high = v128.xor(moved, v128.load(row));
  }
  v128.store(out, high);
  v128.store(out, low, 16);
}
