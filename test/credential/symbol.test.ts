import fc from "fast-check";
import QRCode, { type QRCodeMaskPattern } from "qrcode";
import { describe, expect, test } from "vitest";
import { encodeSymbol, isDark, type QrSymbol } from "../../src/credential/symbol/symbol.js";

function theirs(address: string, digits: string, maskPattern?: QRCodeMaskPattern): string {
  const segments = [
    { data: new TextEncoder().encode(address), mode: "byte" },
    { data: digits, mode: "numeric" },
  ] as const;
  const { size, data } = QRCode.create([...segments], { errorCorrectionLevel: "M", maskPattern }).modules;
  return rows(size, (row, column) => data[row * size + column] === 1);
}

const ours = (symbol: QrSymbol) => rows(symbol.size, (row, column) => isDark(symbol, row, column));

function rows(size: number, dark: (row: number, column: number) => boolean): string {
  const line = (row: number) =>
    Array.from({ length: size }, (_, column) => (dark(row, column) ? "█" : "·")).join("");
  return Array.from({ length: size }, (_, row) => line(row)).join("\n");
}

describe("the QR symbol", () => {
  test("is, module for module, the one that the package qrcode makes", () => {
    const digit = fc.constantFrom("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    const digits = fc.string({ unit: digit, minLength: 1, maxLength: 900 });
    const address = fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(address, digits, (url, token) => {
        expect(ours(encodeSymbol(`${url}#`, token))).toBe(theirs(`${url}#`, token));
      }),
      { numRuns: 300 },
    );
  });

  test.each(Array.from({ length: 25 }, (_, index) => index + 1))(
    "of version %i is theirs as well",
    (version) => {
      const fill = (length: number) => encodeSymbol("https://s.example/v#", "7".repeat(length));
      let length = 1;
      while (fill(length).size < 4 * version + 17) length += 1;
      expect(ours(fill(length))).toBe(theirs("https://s.example/v#", "7".repeat(length)));
    },
  );

  test("is theirs under any mask that is asked for, and whatever was made before it", () => {
    const mask = fc.constantFrom<QRCodeMaskPattern>(0, 1, 2, 3, 4, 5, 6, 7);
    const digits = fc.integer({ min: 1, max: 1900 }).map((length) => "40718".repeat(380).slice(0, length));
    const address = fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(address, digits, mask, (url, token, pattern) => {
        expect(ours(encodeSymbol(`${url}#`, token, pattern))).toBe(theirs(`${url}#`, token, pattern));
      }),
      { numRuns: 100 },
    );
  });

  test("stays as it is when the next one is made", () => {
    const first = encodeSymbol("https://s.example/v#", "1".repeat(400));
    const before = ours(first);
    encodeSymbol("https://s.example/v#", "2".repeat(400));
    expect(ours(first)).toBe(before);
  });

  test("that could not be scanned from paper is refused", () => {
    expect(() => encodeSymbol("https://s.example/v#", "1".repeat(2400))).toThrow(
      "2420 characters are too many for a QR code of version 25",
    );
    expect(() => encodeSymbol(`https://s.example/${"v".repeat(1_000_000)}#`, "1")).toThrow(/too many/);
    expect(encodeSymbol("https://s.example/v#", "1".repeat(2300)).size).toBe(117);
  });
});
