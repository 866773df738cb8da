import { encodeSymbol } from "../credential/symbol/symbol.js";
import { deflateDots } from "./dots.js";

/** A QR code as the image that shows it. */
export interface QrImage {
  /** on each side */
  readonly modules: number;
  /** {@link DOTS} to a module, deflated; a set bit is dark */
  readonly dots: Buffer;
  /** a bit a module, rows padded to bytes */
  readonly rows: Uint8Array;
}

/** The QR code of a link, level M: the address in bytes, up to and with `#`, then the digits of the token. */
export function symbolOf(link: string): QrImage {
  const symbol = encodeSymbol(...halves(link));
  return { modules: symbol.size, dots: deflateDots(symbol), rows: symbol.rows };
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
