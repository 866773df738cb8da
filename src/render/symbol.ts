import QRCode from "qrcode";

/** A QR code as the image that shows it: rows padded to bytes, a set bit is dark. */
export interface QrSymbol {
  /** on each side */
  readonly modules: number;
  readonly rows: Uint8Array;
}

/** The QR code of a link, level M: the address in bytes, up to and with `#`, then the digits of the token. */
export function symbolOf(link: string): QrSymbol {
  const { modules } = encode(link);
  const { size, data } = modules;
  const rowBytes = Math.ceil(size / 8);
  const rows = new Uint8Array(rowBytes * size);
  for (let at = 0; at < data.length; at += 1) {
    if (data[at] !== 1) continue;
    const [row, column] = [Math.floor(at / size), at % size];
    const byte = row * rowBytes + (column >> 3);
    rows[byte] = (rows[byte] ?? 0) | (0x80 >> (column & 7));
  }
  return { modules: size, rows };
}

const known = new Map<string, number>();

/** The size alone: it depends on the two lengths only, so it is worked out once for all of a batch. */
export function modulesOf(link: string): number {
  const [address, digits] = halves(link);
  const key = `${Buffer.byteLength(address)} ${digits.length}`;
  const modules = known.get(key) ?? encode(link).modules.size;
  known.set(key, modules);
  return modules;
}

function encode(link: string) {
  const [address, digits] = halves(link);
  return QRCode.create(
    [
      { data: new TextEncoder().encode(address), mode: "byte" },
      { data: digits, mode: "numeric" },
    ],
    { errorCorrectionLevel: "M" },
  );
}

function halves(link: string): [string, string] {
  const end = link.indexOf("#") + 1;
  return [link.slice(0, end), link.slice(end)];
}
