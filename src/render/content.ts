import { formatNumber } from "./notation.js";

/**
 * Operators of a page's content while they are written (ISO 32000-1, 7.8.2): as bytes, since a string of its own for
 * each number and each glyph would cost more to clear away than to make.
 */
export class Content {
  #bytes = Buffer.alloc(1 << 13);
  #length = 0;

  /** Forgets what was written and not taken, where something went wrong on the way. */
  clear(): void {
    this.#length = 0;
  }

  /** @param text of Latin-1 */
  write(text: string): void {
    const start = this.#reserve(text.length);
    const bytes = this.#bytes;
    for (let at = 0; at < text.length; at += 1) bytes[start + at] = text.charCodeAt(at);
    this.#length = start + text.length;
  }

  /** As `formatNumber` has it: at most three decimals. */
  number(value: number): void {
    if (Math.abs(value) < LARGEST) this.#decimal(Math.round(value * 1000));
    else this.write(formatNumber(value));
  }

  /** A glyph in a string of hexadecimal digits, four for each. */
  glyph(id: number): void {
    const start = this.#reserve(4);
    const bytes = this.#bytes;
    bytes[start] = hex[id >> 12] ?? 0;
    bytes[start + 1] = hex[(id >> 8) & 15] ?? 0;
    bytes[start + 2] = hex[(id >> 4) & 15] ?? 0;
    bytes[start + 3] = hex[id & 15] ?? 0;
    this.#length = start + 4;
  }

  /** All that was written since it was taken last. */
  take(): string {
    const text = this.#bytes.toString("latin1", 0, this.#length);
    this.#length = 0;
    return text;
  }

  #decimal(thousandths: number): void {
    this.#reserve(LONGEST);
    if (thousandths < 0) this.#put(MINUS);
    const size = Math.abs(thousandths);
    const rest = size % 1000;
    this.#digits((size - rest) / 1000);
    if (rest === 0) return;
    this.#put(POINT);
    this.#put(ZERO + Math.trunc(rest / 100));
    if (rest % 100 !== 0) this.#put(ZERO + (Math.trunc(rest / 10) % 10));
    if (rest % 10 !== 0) this.#put(ZERO + (rest % 10));
  }

  #digits(value: number): void {
    const last = value % 10;
    if (value >= 10) this.#digits((value - last) / 10);
    this.#put(ZERO + last);
  }

  #put(code: number): void {
    this.#bytes[this.#length] = code;
    this.#length += 1;
  }

  /** Makes room for so many letters. @returns where they go */
  #reserve(letters: number): number {
    const needed = this.#length + letters;
    if (needed > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], 2 * needed);
    return this.#length;
  }
}

/** Below it a number is no longer than so many letters, and its thousandths are whole numbers of 32 bits. */
const [LARGEST, LONGEST] = [1e6, 12];
const [ZERO, MINUS, POINT] = [48, 45, 46];
const hex = Buffer.from("0123456789abcdef");
