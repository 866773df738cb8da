import { describe, expect, test } from "vitest";
import { parseNumberPattern } from "../../src/issue/number.js";

const place = { file: "event.yaml", line: 20, column: 11 };
const facts = { seq: 7, event: "jatim-2024-41", award: "participant", year: 2024, month: 10, day: 5 };

describe("certificate numbers follow the pattern", () => {
  test.each([
    ["{seq:4}/{event.id}/{month:roman}/{year}", "0007/jatim-2024-41/X/2024"],
    ["800.1.4.4/{seq:4}/204.3/{year}", "800.1.4.4/0007/204.3/2024"],
    ["{year:2}{month:2}{day:2}-{seq}", "241005-7"],
    ["{award}/{seq:3}", "participant/007"],
  ])("%s gives %s", (pattern, number) => expect(parseNumberPattern(pattern, place)(facts)).toBe(number));

  test("a running number longer than its width is not cut", () => {
    expect(parseNumberPattern("{seq:2}", place)({ ...facts, seq: 12345 })).toBe("12345");
  });

  test.each([
    ["{seq}/{evnt.id}", /"\{evnt.id\}" in .* is no part of a number/],
    ["{seq:abc}", /"\{seq:abc\}"/],
    ["{month:arabic}/{seq}", /"\{month:arabic\}"/],
    ["{seq", /"\{seq"/],
    ["{event.id}/{year}", /gives everybody the same number/],
  ])("%s is refused", (pattern, message) =>
    expect(() => parseNumberPattern(pattern, place)).toThrow(message),
  );
});
