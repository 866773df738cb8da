import { alignmentCentres, Version } from "./version";

/** A module that is part of the message. */
export const DATA: u8 = 2;

/** What each module of a symbol is before anything is said: dark (1), light (0), or left to the message ({@link DATA}). */
export class Canvas {
  readonly size: i32;
  private readonly modules: StaticArray<u8>;

  constructor(private readonly version: Version) {
    this.size = version.size;
    this.modules = new StaticArray<u8>(version.size * version.size).fill(DATA);
    this.drawTiming();
    this.drawSquare(3, 3, 4);
    this.drawSquare(3, this.size - 4, 4);
    this.drawSquare(this.size - 4, 3, 4);
    this.drawAlignment();
    if (version.version >= 7) this.drawVersion();
    this.drawFormat(0);
    this.set(this.size - 8, 8, true);
  }

  at(row: i32, column: i32): u8 {
    return this.modules[row * this.size + column];
  }

  private set(row: i32, column: i32, dark: bool): void {
    this.modules[row * this.size + column] = u8(dark);
  }

  private drawTiming(): void {
    for (let at = 0; at < this.size; at++) {
      this.set(6, at, at % 2 === 0);
      this.set(at, 6, at % 2 === 0);
    }
  }

  private drawAlignment(): void {
    const centres = alignmentCentres(this.version.version);
    const last = centres.length - 1;
    for (let i = 0; i <= last; i++) {
      for (let j = 0; j <= last; j++) {
        const onFinder = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
        if (!onFinder) this.drawSquare(centres[i], centres[j], 2);
      }
    }
  }

  /** Rings around a centre, the part that lies on the symbol: the second from within is light, and so is the fifth. */
  private drawSquare(row: i32, column: i32, reach: i32): void {
    const light = reach === 2 ? 1 : 2;
    for (let y = max(0, row - reach); y <= min(this.size - 1, row + reach); y++) {
      for (let x = max(0, column - reach); x <= min(this.size - 1, column + reach); x++) {
        const ring = max(abs(y - row), abs(x - column));
        this.set(y, x, ring !== light && ring !== 4);
      }
    }
  }

  private drawVersion(): void {
    const bits = (this.version.version << 12) | remainder(this.version.version, 12, 0x1f25);
    for (let at = 0; at < 18; at++) {
      const far = this.size - 11 + (at % 3);
      const near = at / 3;
      this.set(far, near, bit(bits, at));
      this.set(near, far, bit(bits, at));
    }
  }

  /** Level M is 00, then the mask; both copies around the finders. */
  drawFormat(mask: i32): void {
    const bits = ((mask << 10) | remainder(mask, 10, 0x537)) ^ 0x5412;
    for (let at = 0; at < 6; at++) this.set(at, 8, bit(bits, at));
    this.set(7, 8, bit(bits, 6));
    this.set(8, 8, bit(bits, 7));
    this.set(8, 7, bit(bits, 8));
    for (let at = 9; at < 15; at++) this.set(8, 14 - at, bit(bits, at));
    for (let at = 0; at < 8; at++) this.set(8, this.size - 1 - at, bit(bits, at));
    for (let at = 8; at < 15; at++) this.set(this.size - 15 + at, 8, bit(bits, at));
  }
}

function bit(bits: i32, at: i32): bool {
  return ((bits >> at) & 1) === 1;
}

/** Of `value` shifted by the degree, divided by the polynomial, over GF(2). */
function remainder(value: i32, degree: i32, polynomial: i32): i32 {
  let rest = value;
  for (let step = 0; step < degree; step++) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * polynomial);
  return rest;
}
