import fc from "fast-check";
import { distance } from "fastest-levenshtein";
import { expect, test } from "vitest";
import { SimilarNames } from "../../src/match/similar.js";

test("exactly the names at most two edits away are found, as if everybody had been compared with everybody", () => {
  const letters = fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 6, maxLength: 11 });
  fc.assert(
    fc.property(fc.uniqueArray(letters, { maxLength: 40 }), letters, (names, name) => {
      const slowly = names.filter((other) => other !== name && distance(other, name) <= 2);
      expect(new Set(new SimilarNames(names, distance).near(name))).toEqual(new Set(slowly));
    }),
    { numRuns: 500 },
  );
});

test("the nearest comes first", () => {
  const similar = new SimilarNames(["siti aminahh", "siti amminnah", "budi santoso"], distance);
  expect(similar.near("siti aminah")).toEqual(["siti aminahh", "siti amminnah"]);
});
