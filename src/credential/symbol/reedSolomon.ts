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

/** Gives the error correction codewords of a block; one made per number of codewords. Four of them are divided at once. */
export function reedSolomon(length: number): (data: Uint8Array, out: Uint8Array) => void {
  const words = (length + 3) >> 2;
  const table = multiplesOf(generatorOf(length), words);
  // what is left so far, the first codeword highest in the first word; one word more, so that it can be moved up
  const rest = new Int32Array(words + 1);
  return (data, out) => {
    rest.fill(0);
    for (let at = 0; at < data.length; at++) {
      const row = ((data[at] ?? 0) ^ ((rest[0] ?? 0) >>> 24)) * words;
      let next = rest[0] ?? 0;
      for (let word = 0; word < words; word++) {
        const current = next;
        next = rest[word + 1] ?? 0;
        rest[word] = ((current << 8) | (next >>> 24)) ^ (table[row + word] ?? 0);
      }
    }
    for (let at = 0; at < length; at++) out[at] = (rest[at >> 2] ?? 0) >>> (24 - 8 * (at & 3));
  };
}

/** The generator times each byte, four terms a word. */
function multiplesOf(generator: Uint8Array, words: number): Int32Array {
  const table = new Int32Array(256 * words);
  for (let factor = 1; factor < 256; factor++) {
    for (const [term, value] of generator.entries()) {
      const at = factor * words + (term >> 2);
      table[at] = (table[at] ?? 0) | (multiply(value, factor) << (24 - 8 * (term & 3)));
    }
  }
  return table;
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
