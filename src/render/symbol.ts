import { encodeSymbol, isDark } from "../credential/symbol/symbol.js";

/** A QR code as the image that shows it: rows padded to bytes, a set bit is dark. */
export interface QrImage {
  /** on each side */
  readonly modules: number;
  readonly rows: Uint8Array;
}

/** The QR code of a link, level M: the address in bytes, up to and with `#`, then the digits of the token. */
export function symbolOf(link: string): QrImage {
  const symbol = encodeSymbol(...halves(link));
  const { size } = symbol;
  const rowBytes = Math.ceil(size / 8);
  const rows = new Uint8Array(rowBytes * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (!isDark(symbol, row, column)) continue;
      const byte = row * rowBytes + (column >> 3);
      rows[byte] = (rows[byte] ?? 0) | (0x80 >> (column & 7));
    }
  }
  return { modules: size, rows };
}

const known = new Map<string, number>();

/** The size alone: it depends on the two lengths only, so it is worked out once for all of a batch. */
export function modulesOf(link: string): number {
  const [address, digits] = halves(link);
  const key = `${Buffer.byteLength(address)} ${digits.length}`;
  const modules = known.get(key) ?? encodeSymbol(address, digits).size;
  known.set(key, modules);
  return modules;
}

function halves(link: string): [string, string] {
  const end = link.indexOf("#") + 1;
  return [link.slice(0, end), link.slice(end)];
}
