import QRCode from "qrcode";
import type { Link } from "../credential/link.js";

const masks = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/**
 * Whether these modules are the QR code of the link: address in bytes, number in digits, level M. Which of the eight
 * masks the maker chose is open, since none of them changes what the symbol says.
 */
export function isSymbolOf(link: Link, modules: readonly (readonly boolean[])[]): boolean {
  const address = { data: new TextEncoder().encode(`${link.url ?? ""}#`), mode: "byte" } as const;
  const number = { data: link.token, mode: "numeric" } as const;
  const options = { errorCorrectionLevel: "M", maskPattern: maskOf(modules) } as const;
  const { size, data } = QRCode.create([address, number], options).modules;
  if (modules.length !== size) return false;
  return modules.every(
    (row, y) => row.length === size && row.every((dark, x) => dark === (data[y * size + x] === 1)),
  );
}

/** As the symbol states it: three modules of row 8, the outer two inverted (ISO/IEC 18004, format information). */
function maskOf(modules: readonly (readonly boolean[])[]): (typeof masks)[number] {
  const [, , four, two, one] = modules[8] ?? [];
  return masks[(four ? 0 : 4) + (two ? 2 : 0) + (one ? 0 : 1)] ?? 0;
}
