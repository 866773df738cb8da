import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SpanGatherer, secondsWithin, union } from "../../src/model/times.js";

const stretch = fc
  .tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: -3, max: 20 }))
  .map(([start, length]) => [start, start + length] as const);
const stretches = fc.array(stretch, { maxLength: 20 });

function spansOf(list: readonly (readonly [number, number])[]) {
  const gatherer = new SpanGatherer();
  for (const [start, end] of list) gatherer.add(start, end);
  return gatherer.spans();
}

/** Second by second. */
function covered(list: readonly (readonly [number, number])[]): number[] {
  const seconds = new Set<number>();
  for (const [start, end] of list) for (let at = start; at < end; at += 1) seconds.add(at);
  return [...seconds].sort((a, b) => a - b);
}

function told(spans: readonly number[]): number[] {
  const pairs = Array.from({ length: spans.length / 2 }, (_, at) => [spans[2 * at], spans[2 * at + 1]]);
  return covered(pairs as [number, number][]);
}

describe("spans say which seconds were covered", () => {
  test("they hold every second once, ascend, and none touches the next", () => {
    fc.assert(
      fc.property(stretches, (list) => {
        const spans = spansOf(list);
        expect(told(spans)).toEqual(covered(list));
        for (let at = 1; at < spans.length; at += 1) expect(spans[at]).toBeGreaterThan(spans[at - 1] ?? 0);
      }),
    );
  });

  test("a union is what both lists give together", () => {
    fc.assert(
      fc.property(stretches, stretches, (one, other) => {
        expect(union(spansOf(one), spansOf(other))).toEqual(spansOf([...one, ...other]));
      }),
    );
  });

  test("within a window only its own seconds count", () => {
    fc.assert(
      fc.property(stretches, fc.nat(40), fc.nat(30), (list, start, length) => {
        const inside = covered(list).filter((second) => second >= start && second < start + length);
        expect(secondsWithin(spansOf(list), { start, end: start + length })).toBe(inside.length);
      }),
    );
  });
});
