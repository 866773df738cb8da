import { message } from "./message";
import { Plan } from "./plan";

/**
 * A byte a module, whose highest bit is the module, and 64 or 128 of them a row, the last column first: so bits are placed
 * without regard to each other, and a vector's `bitmask` makes sixteen of them part of a word.
 */
const sheet = memory.data(128 * 117, 16);
/** The message alone, neither masked nor with anything around it: rows of words. */
export const plain = memory.data(16 * 117, 16);

/** Makes {@link plain} of the message. */
export function place(plan: Plan): void {
  const words = plan.words;
  const size = plan.version.size;
  const codewords = plan.version.codewords;
  memory.fill(sheet, 0, 64 * words * size);
  let places = changetype<usize>(plan.places);
  for (let at = 0; at < codewords; at++, places += 16) {
    const value = load<u8>(message + at);
    store<u8>(sheet + load<u16>(places), value);
    store<u8>(sheet + load<u16>(places, 2), value << 1);
    store<u8>(sheet + load<u16>(places, 4), value << 2);
    store<u8>(sheet + load<u16>(places, 6), value << 3);
    store<u8>(sheet + load<u16>(places, 8), value << 4);
    store<u8>(sheet + load<u16>(places, 10), value << 5);
    store<u8>(sheet + load<u16>(places, 12), value << 6);
    store<u8>(sheet + load<u16>(places, 14), value << 7);
  }
  for (let row = 0; row < size; row++) {
    for (let word = 0; word < words; word++) {
      const from = sheet + 64 * (words * row + words - 1 - word);
      store<u64>(plain + 8 * (words * row + word), gathered(from));
    }
  }
}

/** The highest bits of 64 bytes, the last one's highest. */
function gathered(from: usize): u64 {
  return (
    u64(i8x16.bitmask(v128.load(from))) |
    (u64(i8x16.bitmask(v128.load(from, 16))) << 16) |
    (u64(i8x16.bitmask(v128.load(from, 32))) << 32) |
    (u64(i8x16.bitmask(v128.load(from, 48))) << 48)
  );
}
