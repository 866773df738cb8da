/** Arithmetic in GF(256) with the polynomial 0x11d, as ISO/IEC 18004 takes it, and remainders by table. */

const exponents = new Uint8Array(512);
const logarithms = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  exponents[power] = value;
  exponents[power + 255] = value;
  logarithms[value] = power;
  value = (value << 1) ^ (value & 0x80 ? 0x11d : 0);
}

function multiply(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  return exponents[(logarithms[a] ?? 0) + (logarithms[b] ?? 0)] ?? 0;
}

/** Gives the error correction codewords of a block; one made per number of codewords. */
export function reedSolomon(length: number): (data: Uint8Array, out: Uint8Array) => void {
  const generator = generatorOf(length);
  const table = new Uint8Array(256 * length);
  for (let factor = 1; factor < 256; factor++) {
    for (let term = 0; term < length; term++)
      table[factor * length + term] = multiply(generator[term] ?? 0, factor);
  }
  return (data, out) => {
    out.fill(0);
    const last = length - 1;
    for (let at = 0; at < data.length; at++) {
      const row = ((data[at] ?? 0) ^ (out[0] ?? 0)) * length;
      for (let term = 0; term < last; term++) out[term] = (out[term + 1] ?? 0) ^ (table[row + term] ?? 0);
      out[last] = table[row + last] ?? 0;
    }
  };
}

/** (x − 2⁰)(x − 2¹)…, highest power left out. */
function generatorOf(length: number): Uint8Array {
  const generator = new Uint8Array(length);
  generator[length - 1] = 1;
  for (let step = 0, root = 1; step < length; step++, root = multiply(root, 2)) {
    for (let term = 0; term < length; term++) {
      generator[term] = multiply(generator[term] ?? 0, root) ^ (generator[term + 1] ?? 0);
    }
  }
  return generator;
}
