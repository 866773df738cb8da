import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseFilePattern } from "../../src/issue/file.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

/** What Windows, macOS and Linux all take as the name of a file, and tell apart. */
function isSafeEverywhere(name: string): boolean {
  const stem = name.split(".")[0] ?? "";
  return (
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a name must not hold any
    !/[<>:"/\\|?*\u0000-\u001f]|[. ]$|^[-. ]/.test(name) &&
    !/^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)$/i.test(stem) &&
    Buffer.byteLength(name) <= 255
  );
}

const named = parseFilePattern("{number}-{name}.pdf", { file: "event.yaml" });
const bare = parseFilePattern("{name}.pdf", { file: "event.yaml" });

describe("a file name", () => {
  test("can be written on every system, whatever stands in name and number", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "CON",
        "nul",
        "Lpt1",
        "COM9.",
        "aux.tar",
        "prn ",
        ".",
        "..",
        " ",
        "‮",
        "C:\\",
        "a".repeat(300),
      ),
      fc.string({ unit: "binary", maxLength: 60 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), piece, (name, number) => {
        const facts = { name: name.join(""), number, award: "" };
        for (const file of [named(facts), bare(facts)])
          expect({ file, is: isSafeEverywhere(file) }).toEqual({ file, is: true });
      }),
    );
  });

  test.each(["CON", "con.Siti", "NUL.", "Lpt1.a.b", "aux"])("made of %s is none of a device", (name) => {
    expect(bare({ name, number: "", award: "" })).toMatch(/^_/);
  });
});

describe("an event folder from Windows", () => {
  const crlf = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`;

  async function issued(): Promise<string> {
    const event = (smallEvent["event.yaml"] ?? "").replace(
      "attendance: zoom.csv",
      "attendance: exports\\z*.csv",
    );
    const folder = writeFiles(newFolder(), [
      ["event.yaml", crlf(event)],
      ["exports/zoom.csv", crlf(smallEvent["zoom.csv"] ?? "")],
      ["quiz.csv", crlf(smallEvent["quiz.csv"] ?? "")],
    ]);
    await lulus(["key", "create", folder, "--no-passphrase", "--quiet"]);
    expect(await lulus(["issue", "--quiet"], { cwd: folder })).toMatchObject({ status: 0, stderr: "" });
    return folder;
  }

  test("with line ends, byte-order marks and backslashes of its own is an event like any other", async () => {
    const folder = await issued();
    const { stdout } = await lulus(["check", "--json"], { cwd: folder });
    const { inputs, summary } = JSON.parse(stdout);
    expect(summary).toMatchObject({ people: 4, eligible: 2 });
    expect(inputs[0].path).toBe("exports/zoom.csv");
    expect(readdirSync(join(folder, "certificates"))).toHaveLength(3);
  });

  test("patterns that the shell leaves alone are matched by lulus", async () => {
    const folder = await issued();
    for (const pattern of ["certificates/*.pdf", "certificates\\0001*.pdf"]) {
      const { status, stdout } = await lulus(["verify", pattern], { cwd: folder });
      expect({ pattern, status }).toEqual({ pattern, status: 0 });
      expect(stdout.match(/✓ genuine/g)).toHaveLength(pattern.includes("0001") ? 1 : 2);
    }
    expect(await lulus(["verify", "certificates/nobody*.pdf"], { cwd: folder })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there is no such file"),
    });
    const named = ["--attendance", "exports/*.csv", "--quiz", "q*.csv"];
    const { status } = await lulus(["init", "next", "--yes", "--no-key", ...named], { cwd: folder });
    expect(status).toBe(0);
    expect(readFileSync(join(folder, "next/event.yaml"), "utf8")).toContain("../exports/zoom.csv");
  });
});
