import QRCode from "qrcode";
import { describe, expect, it } from "vitest";
import { isSymbolOf, type Modules } from "../../src/verify/symbol.js";
import { verifyUrl } from "../credential/sample.js";
import { token } from "./trust.js";

const link = { url: verifyUrl, token };

describe("the QR code of a link", () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7] as const)(
    "is known under mask %i, and not with any one of its modules turned",
    (mask) => {
      const modules = modulesOf(mask, "M");
      expect(isSymbolOf(link, modules)).toBe(true);
      const { size, rows } = modules;
      for (let at = mask; at < size ** 2; at += 97) {
        const [x, y] = [at % size, Math.floor(at / size)];
        const turned = Uint8Array.from(rows);
        const byte = y * Math.ceil(size / 8) + (x >> 3);
        turned[byte] = (turned[byte] ?? 0) ^ (0x80 >> (x & 7));
        expect(isSymbolOf(link, { size, rows: turned })).toBe(false);
      }
    },
  );

  it("is not that of another link, of another level, or of no size", () => {
    expect(isSymbolOf({ ...link, token: `${token.slice(0, -1)}3` }, modulesOf(2, "M"))).toBe(false);
    expect(isSymbolOf(link, modulesOf(2, "L"))).toBe(false);
    expect(isSymbolOf(link, { size: 0, rows: new Uint8Array(0) })).toBe(false);
    expect(isSymbolOf({ ...link, token: token.repeat(5) }, modulesOf(2, "M"))).toBe(false);
  });
});

function modulesOf(maskPattern: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7, errorCorrectionLevel: "M" | "L"): Modules {
  const segments = [
    { data: new TextEncoder().encode(`${verifyUrl}#`), mode: "byte" },
    { data: token, mode: "numeric" },
  ] as const;
  const { size, data } = QRCode.create([...segments], { errorCorrectionLevel, maskPattern }).modules;
  const rows = new Uint8Array(Math.ceil(size / 8) * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const byte = y * Math.ceil(size / 8) + (x >> 3);
      if (data[y * size + x] === 1) rows[byte] = (rows[byte] ?? 0) | (0x80 >> (x & 7));
    }
  }
  return { size, rows };
}
