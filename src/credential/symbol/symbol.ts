import { Fault } from "../../model/fault.js";
import { kernel } from "./kernel.js";

/** A QR symbol, as an image of one bit a module holds it. */
export interface QrSymbol {
  /** modules on a side */
  readonly size: number;
  /** padded to bytes, a set bit is dark */
  readonly rows: Uint8Array;
}

export function isDark({ size, rows }: QrSymbol, row: number, column: number): boolean {
  const byte = rows[row * Math.ceil(size / 8) + (column >> 3)] ?? 0;
  return ((byte >> (7 - (column & 7))) & 1) === 1;
}

/** Characters; the largest symbol holds fewer, and the kernel has room for three times as many bytes. */
const LONGEST = 2500;

/**
 * The QR symbol of a link at error correction level M, with the mask that the standard's penalty prefers: the address in byte
 * mode, the number behind it in numeric mode (ISO/IEC 18004).
 *
 * @param address with its `#`
 * @param digits decimal digits only
 * @param mask 0 to 7, to have this one instead
 * @throws Fault if it is too long for a symbol that could be scanned from paper
 */
export function encodeSymbol(address: string, digits: string, mask = -1): QrSymbol {
  const { text, rows, encode, largestVersion } = kernel();
  const length = address.length + digits.length;
  const size =
    length > LONGEST ? 0 : encode(text.write(address + digits) - digits.length, digits.length, mask);
  if (size === 0) {
    throw new Fault(
      "symbol-too-long",
      `${length} characters are too many for a QR code of version ${largestVersion}`,
      {
        hints: ["shorten what the template prints about a person, or the verification address"],
      },
    );
  }
  return { size, rows: Buffer.from(rows.subarray(0, size * Math.ceil(size / 8))) };
}
