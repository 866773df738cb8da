import { inflateSync } from "node:zlib";
import fc from "fast-check";
import { unzlibSync } from "fflate";
import { describe, expect, test } from "vitest";
import { encodeSymbol, isDark, type QrSymbol } from "../../src/credential/symbol/symbol.js";
import { DOTS, deflateDots } from "../../src/render/dots.js";

/** Dot by dot, as a decoder of somebody else's gives it. */
function expected({ size, ...symbol }: QrSymbol): Buffer {
  return Buffer.from(
    Array.from({ length: size * DOTS * size }, (_, at) =>
      isDark({ size, ...symbol }, Math.floor(at / size / DOTS), at % size) ? 0xff : 0,
    ),
  );
}

describe("a QR code of eight dots a module", () => {
  test("of any length is inflated to the very symbol, checksum included", () => {
    const sizes = new Set<number>();
    for (let digits = 1; digits < 2000; digits += 20) {
      const symbol = encodeSymbol("https://s.example/v#", "7".repeat(digits));
      if (sizes.has(symbol.size)) continue;
      sizes.add(symbol.size);
      expect(inflateSync(deflateDots(symbol)).equals(expected(symbol)), `${symbol.size} modules`).toBe(true);
    }
    expect(sizes.size).toBeGreaterThan(20);
  });

  test("is read by a decoder of another origin", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{1,900}$/), (digits) => {
        const symbol = encodeSymbol("https://s.example/v#", digits);
        expect(Buffer.from(unzlibSync(deflateDots(symbol))).equals(expected(symbol))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("of a usual length takes less than a kilobyte", () => {
    const symbol = encodeSymbol("https://sertifikat.example/v#", "7362518490".repeat(42));
    expect(deflateDots(symbol).length).toBeLessThan(1000);
  });
});
