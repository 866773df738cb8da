import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeFile, parseFilePattern } from "../../src/issue/file.js";

const place = { file: "event.yaml" };
const named = (name: string, pattern = "{number}-{name}.pdf") =>
  parseFilePattern(pattern, place)({ number: "0001/x/X/2024", name, award: "participant" });

describe("file names are safe on every system", () => {
  test.each([
    ["Dr. H. Ma’ruf Effendi, S.E., M.Si.", "0001-x-X-2024-Dr.-H.-Maruf-Effendi-S.E.-M.Si.pdf"],
    ["Ḥasan aṣ-Ṣiddīq", "0001-x-X-2024-Hasan-as-Siddiq.pdf"],
    ["../../etc/passwd", "0001-x-X-2024-..-..-etc-passwd.pdf"],
    ["王小明", "0001-x-X-2024.pdf"],
    ["rm -rf ~; $(reboot) `x`\n\u202e", "0001-x-X-2024-rm-rf-reboot-x.pdf"],
  ])("%s", (name, file) => expect(named(name)).toBe(file));

  test("a name that is a device of Windows, or nothing at all, is still a file", () => {
    expect(named("CON", "{name}.pdf")).toBe("_CON.pdf");
    expect(named("…", "{name}.pdf")).toBe("_.pdf");
  });

  test("whatever a stranger types, the file stays in its folder", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
        const file = named(name, "{name}.pdf");
        expect(file).toMatch(/^[A-Za-z0-9_][A-Za-z0-9._-]*\.pdf$/);
        expect(file.length).toBeLessThanOrEqual(125);
      }),
    );
  });

  test("two of the same name differ, also where capitals do not count", () => {
    const taken = new Set(["a.pdf", "a-2.pdf"]);
    expect(freeFile("A.pdf", (name) => taken.has(name))).toBe("A-3.pdf");
  });

  test.each(["../{name}.pdf", "{name}", "{email}.pdf"])("the pattern %s is refused", (pattern) => {
    expect(() => parseFilePattern(pattern, place)).toThrow();
  });
});
