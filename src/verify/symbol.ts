import type { Link } from "../credential/link.js";
import { encodeSymbol, type QrSymbol } from "../credential/symbol/symbol.js";
import { Fault } from "../model/fault.js";

/** A QR code as an image of one bit a module: rows padded to bytes with zeros, a set bit is dark. */
export interface Modules {
  /** modules on a side */
  readonly size: number;
  readonly rows: Uint8Array;
}

/**
 * Whether these modules are the QR code of the link: address in bytes, number in digits, level M. Which of the eight
 * masks the maker chose is open, since none of them changes what the symbol says.
 */
export function isSymbolOf(link: Link, { size, rows }: Modules): boolean {
  const symbol = symbolUnder(maskOf({ size, rows }), link);
  return symbol !== null && symbol.size === size && Buffer.compare(symbol.rows, rows) === 0;
}

/** `null` for a link so long that no certificate of ours has it. */
function symbolUnder(mask: number, { url, token }: Link): QrSymbol | null {
  try {
    return encodeSymbol(`${url ?? ""}#`, token, mask);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** As the symbol states it: three modules of row 8, the outer two inverted (ISO/IEC 18004, format information). */
function maskOf({ size, rows }: Modules): number {
  const bits = ((rows[8 * Math.ceil(size / 8)] ?? 0) >> 3) & 0b111;
  return bits ^ 0b101;
}
