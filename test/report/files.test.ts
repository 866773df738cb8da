import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { smallEvent } from "../cli/event.js";
import { lulus, newFolder, writeFiles } from "../cli/lulus.js";
import { hostile, writeNasty } from "./nasty.js";

const small = () => writeFiles(newFolder(), Object.entries(smallEvent));

describe("reports as files", () => {
  test("each kind is written where asked, in folders that are made", async () => {
    const folder = small();
    const files = ["html", "xlsx", "csv", "md", "json"].map((kind) =>
      join(folder, "hasil", "hari ini", `laporan.${kind}`),
    );
    const ended = await lulus(["check", folder, ...files.flatMap((file) => ["--report", file])]);
    expect(ended.status).toBe(0);
    for (const file of files) expect(readFileSync(file).length).toBeGreaterThan(100);
    expect(readdirSync(join(folder, "hasil", "hari ini")).sort()).toEqual([
      "laporan.csv",
      "laporan.html",
      "laporan.json",
      "laporan.md",
      "laporan.xlsx",
    ]);
    const json = await lulus(["check", folder, "--json"]);
    expect(readFileSync(files[4] ?? "", "utf8")).toBe(json.stdout);
  });

  test("the same check gives the same bytes, whatever the kind", async () => {
    const folder = small();
    const kinds = ["html", "csv", "md", "json"];
    for (const time of ["a", "b"])
      await lulus([
        "check",
        folder,
        ...kinds.flatMap((kind) => ["--report", join(folder, `${time}.${kind}`)]),
      ]);
    for (const kind of kinds) {
      const [first, second] = ["a", "b"].map((time) => readFileSync(join(folder, `${time}.${kind}`), "utf8"));
      expect(first).toBe(second);
    }
  });

  test("an ending that is no kind of report is refused, naming those that are", async () => {
    const ended = await lulus(["check", small(), "--report", "laporan.docx"]);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('"laporan.docx" is no kind of report');
    expect(ended.stderr).toContain(".html, .xlsx, .csv, .md, .json");
  });

  test("never among the certificates", async () => {
    const folder = small();
    const ended = await lulus(["check", folder, "--report", join(folder, "certificates", "laporan.html")]);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("report-among-certificates");
    expect(existsSync(join(folder, "certificates"))).toBe(false);
  });

  test("never over an input", async () => {
    const folder = small();
    const before = readFileSync(join(folder, "quiz.csv"), "utf8");
    const ended = await lulus([
      "check",
      folder,
      "--report",
      join(folder, "ok.html"),
      "--report",
      join(folder, "quiz.csv"),
    ]);
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("report-over-input");
    expect(readFileSync(join(folder, "quiz.csv"), "utf8")).toBe(before);
    expect(existsSync(join(folder, "ok.html"))).toBe(false);
  });

  test("where it cannot be written, the error says so and nothing half is left", async () => {
    const folder = small();
    writeFileSync(join(folder, "berkas"), "");
    mkdirSync(join(folder, "laporan.html"));
    for (const file of [join(folder, "berkas", "laporan.html"), join(folder, "laporan.html")]) {
      const ended = await lulus(["check", folder, "--report", file]);
      expect(ended.status).toBe(2);
      expect(ended.stderr).toContain("report-unwritable");
    }
    expect(readdirSync(folder).filter((name) => name.includes("unfinished"))).toEqual([]);
  });

  test("in the CSV every cell is inert, and nobody is missing", async () => {
    const folder = writeNasty(newFolder());
    const file = join(folder, "laporan.csv");
    await lulus(["check", folder, "--report", file]);
    const text = readFileSync(file, "utf8");
    expect(text.charCodeAt(0)).toBe(0xfeff);
    const { parse } = await import("csv-parse/sync");
    const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
    expect(rows.length).toBe(73);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.toMatch(/^\s*[=+\-@]/);
    expect(rows.map(({ name }) => name)).toContain(`'${hostile.formula}`);
  });
});
