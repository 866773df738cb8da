import { compose } from "./message";
import { pair, penalties } from "./penalty";
import { place, plain } from "./place";
import { Plan, planOf } from "./plan";
import { versionFor } from "./version";

/** Where the text is put: UTF-8. */
export const text = memory.data(8192);
/** Where a symbol is left: a bit a module, rows padded to bytes, a set bit is dark. */
export const rows = memory.data(117 * 15 + 8);

/**
 * Makes the symbol of {@link text} in {@link rows}.
 *
 * @param bytes of the address, which come first
 * @param digits behind them
 * @param mask 0 to 7, or −1 for the one that the standard's penalty prefers
 * @returns modules on a side, or 0 if it is too long
 */
export function encode(bytes: i32, digits: i32, mask: i32): i32 {
  const version = versionFor(bytes, digits);
  if (version === null) return 0;
  compose(version, text, bytes, digits);
  const plan = planOf(version);
  place(plan);
  write(plan, mask < 0 ? bestMask(plan) : mask);
  return version.size;
}

function bestMask(plan: Plan): i32 {
  const size = plan.version.size;
  const words = plan.words;
  let best = 0;
  let least = i32.MAX_VALUE;
  for (let mask = 0; mask < 8; mask += 2) {
    writePair(plan, mask);
    const points = penalties(size, words);
    const first = i32(points);
    const second = i32(points >> 32);
    if (first < least) {
      least = first;
      best = mask;
    }
    if (second < least) {
      least = second;
      best = mask + 1;
    }
  }
  return best;
}

/** The address of a mask's first word; its words are every other. */
function overlays(plan: Plan, mask: i32): usize {
  return changetype<usize>(plan.overlays) + 8 * plan.overlay(mask, 0, 0);
}

/** The symbol under an even mask and under the next, where penalties are counted. */
function writePair(plan: Plan, mask: i32): void {
  const overlay = overlays(plan, mask);
  for (let at = 0; at < 8 * plan.version.size * plan.words; at += 8) {
    v128.store(pair + 2 * at, v128.xor(v128.load64_splat(plain + at), v128.load(overlay + 2 * at)));
  }
}

/** The symbol under a mask, as {@link rows}. */
function write(plan: Plan, mask: i32): void {
  const size = plan.version.size;
  const words = plan.words;
  const overlay = overlays(plan, mask);
  const rowBytes = (size + 7) >> 3;
  for (let row = 0, at = 0; row < size; row++) {
    for (let word = 0; word < words; word++, at += 8) {
      const bits = load<u64>(plain + at) ^ load<u64>(overlay + 2 * at);
      // what is more than a row, the next one is written over
      store<u64>(rows + row * rowBytes + 8 * word, bswap<u64>(bits));
    }
  }
}
