import fc from "fast-check";
import { expect, test } from "vitest";
import { came, matched } from "../rows.js";

const names = ["Budi Santoso", "Budi S", "Siti Aminah", "S. Aminah", "Dewi Lestari"];
/** Which of them can be one person's. */
const persons = [0, 0, 1, 1, 2];

test("an address is shared exactly if two clearly different names were there at the same time", () => {
  const connection = fc.record({
    name: fc.nat(4),
    from: fc.nat(60),
    minutes: fc.integer({ min: 1, max: 12 }),
  });
  fc.assert(
    fc.property(fc.array(connection, { maxLength: 10 }), (connections) => {
      const isShared = connections.some((one) =>
        connections.some(
          (other) =>
            persons[one.name] !== persons[other.name] &&
            Math.max(one.from, other.from) < Math.min(one.from + one.minutes, other.from + other.minutes),
        ),
      );
      const rows = connections.map(({ name, from, minutes }) =>
        came(`${names[name]} <kel@x.example>`, from, from + minutes),
      );
      const asked = matched(...rows).doubts.some(({ code }) => code === "email-shared");
      expect(asked).toBe(isShared);
    }),
    { numRuns: 400 },
  );
});

test("twenty thousand connections of one person under two spellings, all at once, are not compared with each other", () => {
  const rows = Array.from({ length: 20_000 }, (_, number) =>
    came(`${names[number % 2]} <kel@x.example>`, number / 1000, 180),
  );
  const before = process.cpuUsage().user;
  expect(matched(...rows).doubts).toEqual([]);
  // compared with each other they would take minutes
  expect(process.cpuUsage().user - before).toBeLessThan(10e6);
});
