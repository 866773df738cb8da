import QRCode from "qrcode";
import { describe, expect, it } from "vitest";
import { isSymbolOf } from "../../src/verify/symbol.js";
import { verifyUrl } from "../credential/sample.js";
import { token } from "./trust.js";

const link = { url: verifyUrl, token };

describe("the QR code of a link", () => {
  it.each([0, 1, 2, 3, 4, 5, 6, 7] as const)(
    "is known under mask %i, and not with any one of its modules turned",
    (mask) => {
      const modules = modulesOf(mask, "M");
      expect(isSymbolOf(link, modules)).toBe(true);
      for (let at = mask; at < modules.length ** 2; at += 97) {
        const [x, y] = [at % modules.length, Math.floor(at / modules.length)];
        const turned = modules.map((row, line) =>
          row.map((dark, column) => (line === y && column === x ? !dark : dark)),
        );
        expect(isSymbolOf(link, turned)).toBe(false);
      }
    },
  );

  it("is not that of another link, of another level, or of no size", () => {
    expect(isSymbolOf({ ...link, token: `${token.slice(0, -1)}3` }, modulesOf(2, "M"))).toBe(false);
    expect(isSymbolOf(link, modulesOf(2, "L"))).toBe(false);
    expect(isSymbolOf(link, [])).toBe(false);
  });
});

function modulesOf(maskPattern: 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7, errorCorrectionLevel: "M" | "L"): boolean[][] {
  const segments = [
    { data: new TextEncoder().encode(`${verifyUrl}#`), mode: "byte" },
    { data: token, mode: "numeric" },
  ] as const;
  const { size, data } = QRCode.create([...segments], { errorCorrectionLevel, maskPattern }).modules;
  return Array.from({ length: size }, (_, y) =>
    Array.from({ length: size }, (_, x) => data[y * size + x] === 1),
  );
}
