import { Canvas, DATA } from "./canvas";
import { largestVersion, Version } from "./version";

/** Everything of a version that does not depend on what the symbol says. Made once. */
export class Plan {
  readonly version: Version;
  /** words of 64 modules in a row: module 0 is the highest bit of the first */
  readonly words: i32;
  /** per bit of the message, in the order of placing: where it goes, as an address in the sheet of `place` */
  readonly places: StaticArray<u16>;
  /**
   * What a message is combined with (exclusive or) to become a symbol: function patterns, mask, and the format that
   * names it. Four pairs of masks; in each all rows, word by word, the two masks side by side.
   */
  readonly overlays: StaticArray<u64>;

  constructor(version: Version) {
    const canvas = new Canvas(version);
    this.version = version;
    const words = (version.size + 63) >> 6;
    this.words = words;
    this.places = placing(version, canvas, words);
    this.overlays = new StaticArray<u64>(8 * version.size * words);
    for (let mask = 0; mask < 8; mask++) {
      canvas.drawFormat(mask);
      for (let row = 0; row < version.size; row++) {
        for (let word = 0; word < words; word++) {
          this.overlays[this.overlay(mask, row, word)] = overlayWord(canvas, mask, row, word);
        }
      }
    }
  }

  /** Where in {@link overlays} a word is. */
  overlay(mask: i32, row: i32, word: i32): i32 {
    return 2 * (((mask >> 1) * this.version.size + row) * this.words + word) + (mask & 1);
  }
}

const plans = new StaticArray<Plan | null>(largestVersion + 1);

export function planOf(version: Version): Plan {
  const known = plans[version.version];
  if (known !== null) return known;
  const plan = new Plan(version);
  plans[version.version] = plan;
  return plan;
}

function overlayWord(canvas: Canvas, mask: i32, row: i32, word: i32): u64 {
  let bits: u64 = 0;
  for (let column = 64 * word; column < 64 * word + 64; column++) {
    bits <<= 1;
    if (column >= canvas.size) continue;
    const module = canvas.at(row, column);
    if (module === DATA ? isMasked(mask, row, column) : module === 1) bits |= 1;
  }
  return bits;
}

function isMasked(mask: i32, row: i32, column: i32): bool {
  const product = row * column;
  switch (mask) {
    case 0:
      return (row + column) % 2 === 0;
    case 1:
      return row % 2 === 0;
    case 2:
      return column % 3 === 0;
    case 3:
      return (row + column) % 3 === 0;
    case 4:
      return (row / 2 + column / 3) % 2 === 0;
    case 5:
      return (product % 2) + (product % 3) === 0;
    case 6:
      return ((product % 2) + (product % 3)) % 2 === 0;
    default:
      return ((product % 3) + ((row + column) % 2)) % 2 === 0;
  }
}

/** The order in which bits are placed: two columns wide, up and down, from the right, passing over the timing column. */
function placing(version: Version, canvas: Canvas, words: i32): StaticArray<u16> {
  const size = version.size;
  const places = new StaticArray<u16>(8 * version.codewords);
  let count = 0;
  let upwards = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const row = upwards ? size - 1 - step : step;
      for (let column = right; column >= right - 1; column--) {
        if (canvas.at(row, column) !== DATA || count === places.length) continue;
        places[count++] = u16(64 * words * (row + 1) - 1 - column);
      }
    }
    upwards = !upwards;
  }
  return places;
}
