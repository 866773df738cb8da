import { decode, encode } from "cborg";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Cbor, formatCbor, parseCbor } from "../../src/credential/cbor.js";
import { hexOf, parseHex } from "../../src/credential/hex.js";

const scalar: fc.Arbitrary<Cbor> = fc.oneof(
  fc.maxSafeInteger().filter((value) => Math.abs(value) < Number.MAX_SAFE_INTEGER && !Object.is(value, -0)),
  fc.string({ unit: "binary" }),
  fc.uint8Array({ maxLength: 300 }),
);
const mapOf = (value: fc.Arbitrary<Cbor>): fc.Arbitrary<Cbor> =>
  fc
    .array(fc.tuple(fc.oneof(fc.integer(), fc.string({ unit: "binary" })), value), { maxLength: 5 })
    .map((all) => new Map(all));
const value: fc.Arbitrary<Cbor> = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 30 }),
  mapOf(fc.oneof(scalar, mapOf(scalar))),
);

describe("CBOR", () => {
  it("is read back as what was written", () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(parseCbor(formatCbor(one))).toEqual(one);
      }),
    );
  });

  it("is read by another implementation as what was written", () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(
          decode(formatCbor(one), { useMaps: true, strict: true, rejectDuplicateMapKeys: true }),
        ).toEqual(one);
      }),
    );
  });

  it("writes numbers, texts and lists as another implementation does", () => {
    fc.assert(
      fc.property(fc.array(scalar), (one) => {
        expect(hexOf(formatCbor(one))).toBe(hexOf(encode(one)));
      }),
    );
  });

  it("has one spelling for each value: bytes that are accepted are written again as they were", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const read = attempt(() => parseCbor(bytes));
        if (read !== null) expect(hexOf(formatCbor(read))).toBe(hexOf(bytes));
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    ["a number longer than needed", "1817"],
    ["a length longer than needed", "580161"],
    ["a number of eight bytes that fits four", "1b00000000ffffffff"],
    ["a number beyond what JavaScript counts", "1b0020000000000000"],
    ["an indefinite length", "5f4161ff"],
    ["a reserved length", "1c"],
    ["a tag", "c100"],
    ["a float", "f90000"],
    ["true", "f5"],
    ["undefined", "f7"],
    ["text that is not UTF-8", "62c328"],
    ["text with half a surrogate pair", "63eda080"],
    ["bytes cut short", "4361"],
    ["a list longer than what follows", "9a7fffffff00"],
    ["a map longer than what follows", "ba7fffffff00"],
    ["a key twice", "a201000100"],
    ["keys out of order", "a202000100"],
    ["a list as a key", "a18000"],
    ["bytes after the end", "0000"],
    ["nothing", ""],
    ["values nested too deep", "818181818100"],
  ])("refuses %s", (_, hex) => {
    expect(() => parseCbor(parseHex(hex))).toThrow(expect.objectContaining({ code: "cbor-malformed" }));
  });
});

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
