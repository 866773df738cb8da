import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secondsPresent, stayIn } from "../../src/judge/presence.js";
import type { AttendanceRow } from "../../src/model/row.js";
import { timesOf } from "../../src/model/times.js";

const hour = 3600;
const window = { start: 10 * hour, end: 12 * hour };
const at = (hours: number, minutes: number, seconds = 0) => hours * hour + minutes * 60 + seconds;

describe("attendance is the union of connections, clipped to the session", () => {
  test("two devices at once count once", () => {
    const laptop = { start: at(10, 8, 26), end: at(12, 1, 58) };
    const phone = { start: at(10, 11, 31), end: at(12, 1, 58) };
    expect(secondsPresent([laptop, phone], window)).toBe(111 * 60 + 34);
  });

  test("five rejoins of ten seconds are fifty seconds", () => {
    const rejoins = [0, 1, 2, 3, 4].map((n) => ({ start: at(10, n), end: at(10, n, 10) }));
    expect(secondsPresent(rejoins, window)).toBe(50);
  });

  test("who comes early and stays late was there the whole session and no longer", () => {
    expect(secondsPresent([{ start: at(9, 20), end: at(13, 0) }], window)).toBe(2 * hour);
  });

  test("a gap of five seconds is not bridged", () => {
    const rows = [
      { start: at(10, 0), end: at(10, 30) },
      { start: at(10, 30, 5), end: at(11, 0) },
    ];
    expect(secondsPresent(rows, window)).toBe(hour - 5);
  });
});

describe("laws of presence", () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 20 * hour }), fc.integer({ min: 0, max: 5 * hour }))
    .map(([start, length]) => ({ start, end: start + length }));
  const intervals = fc.array(interval, { maxLength: 12 });

  test("it is what counting every second one by one gives", () => {
    const small = { start: 100, end: 160 };
    const short = fc.array(
      fc
        .tuple(fc.integer({ min: 80, max: 180 }), fc.integer({ min: -5, max: 60 }))
        .map(([start, n]) => ({ start, end: start + n })),
    );
    fc.assert(
      fc.property(short, (rows) => {
        let seconds = 0;
        for (let t = small.start; t < small.end; t++)
          if (rows.some((row) => row.start <= t && t < row.end)) seconds += 1;
        expect(secondsPresent(rows, small)).toBe(seconds);
      }),
    );
  });

  test("order does not matter, one more connection never takes away, and it never grows past the session", () => {
    fc.assert(
      fc.property(intervals, interval, (rows, more) => {
        const seconds = secondsPresent(rows, window);
        expect(secondsPresent([...rows].reverse(), window)).toBe(seconds);
        expect(secondsPresent([...rows, ...rows], window)).toBe(seconds);
        expect(secondsPresent([...rows, more], window)).toBeGreaterThanOrEqual(seconds);
        expect(seconds).toBeLessThanOrEqual(2 * hour);
      }),
    );
  });
});

describe("where the export does not say enough the truth is a range", () => {
  const row = {
    who: { name: "Siti", email: null, nip: null },
    role: "participant",
    session: null,
    source: { file: "a.csv", line: 2 },
  } as const;
  const session = { id: "main", ...window };
  const stay = (rows: AttendanceRow[]) => stayIn(session, timesOf(rows), true);

  test("sums give at least the largest row, at most all of them, never more than the session", () => {
    const rows = [40, 50, 60].map(
      (minutes): AttendanceRow => ({ ...row, kind: "total", seconds: minutes * 60 }),
    );
    expect(stay(rows)).toMatchObject({ lower: hour, upper: 2 * hour, basis: "total" });
  });

  test("who was still connected was there until the end at most", () => {
    const rows: AttendanceRow[] = [{ ...row, kind: "connection", join: at(11, 0), leave: null }];
    expect(stay(rows)).toMatchObject({ lower: 0, upper: hour, stillConnected: true });
  });

  test("who registered and did not come has nothing", () => {
    expect(stay([{ ...row, kind: "absent" }])).toMatchObject({ lower: 0, upper: 0, basis: "none" });
  });
});
