import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { describe, expect, test } from "vitest";
import { SimilarNames } from "../../src/match/similar.js";

function namesNear(name: string, names: readonly string[]): string[] {
  return new SimilarNames(names, [name], distance).near(name).map((near) => near.name);
}

describe("among names", () => {
  test("exactly those at most two edits away are found, as if everybody had been compared with everybody", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 6, maxLength: 11 });
    fc.assert(
      fc.property(fc.uniqueArray(letters, { maxLength: 40 }), letters, (names, name) => {
        const slowly = names.filter((other) => other !== name && distance(other, name) <= 2);
        expect(new Set(namesNear(name, names))).toEqual(new Set(slowly));
      }),
      { numRuns: 500 },
    );
  });

  test("so are those a slip away from a long name in any alphabet", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 12, maxLength: 18 })
      .filter((text) => text.length <= 50);
    fc.assert(
      fc.property(name, fc.nat(40), fc.nat(40), fc.constantFrom("", "x", "ß", "字"), (written, a, b, put) => {
        const once = written.slice(0, a % written.length) + put + written.slice((a % written.length) + 1);
        const twice = once.slice(0, b % once.length) + put + once.slice(b % once.length);
        fc.pre(twice !== written && twice.length <= 50);
        expect(namesNear(written, [twice, written])).toEqual([twice]);
      }),
    );
  });

  test("the nearest comes first", () => {
    const names = ["siti aminahh", "siti amminnah", "budi santoso"];
    expect(namesNear("siti aminah", names)).toEqual(["siti aminahh", "siti amminnah"]);
    expect(new SimilarNames(names, names, distance).isComplete).toBe(true);
  });

  test("two thousand that begin alike, all asked about, are not compared with each other", () => {
    const names = Array.from(
      { length: 2000 },
      (_, number) => `muhammad rizki ${number.toString(36)} pratama`,
    );
    let measured = 0;
    const counting = (a: string, b: string) => {
      measured += 1;
      return distance(a, b);
    };
    const similar = new SimilarNames(names, names, counting);
    expect(similar.near(names[1234] ?? "").length).toBeGreaterThan(10);
    expect(similar.isComplete, "and that some pairs were left out is known").toBe(false);
    expect(measured).toBeLessThan(400 * names.length);
  });
});
