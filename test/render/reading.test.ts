import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PNG } from "pngjs";
import { afterAll, describe, expect, test } from "vitest";
import type { EventRecord } from "../../src/model/certificate.js";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { needs } from "../tools.js";
import { builtIn, certificate, record, withTemplate } from "./folder.js";
import { elements, lint, open } from "./lint.js";

const folder = mkdtempSync(join(tmpdir(), "lulus-reading-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const person = certificate("Ḥasan aṣ-Ṣiddīq, S.E., M.Si.", { personal: { institution: "Dinas Pendidikan" } });

async function stamped(files: Map<string, Uint8Array>, event: EventRecord): Promise<string> {
  const template = parseTemplate(files, "own", event.language === "id" ? "id" : "en");
  const press = await setPress(template, event, glyphDemand(template, event, [person]));
  const path = join(folder, "certificate.pdf");
  writeFileSync(path, press.stamp(person));
  return path;
}

/** As a screen reader goes through it, by poppler: `H1 SERTIFIKAT` and so on. */
function read(path: string): string[] {
  const lines = execFileSync("pdfinfo", ["-struct-text", path], { encoding: "utf8" })
    .replaceAll("\u00a0", " ")
    .split("\n");
  const read: string[] = [];
  for (const line of lines) {
    const [, said, tag] = /^\s*(?:"(.*)"|(\w+)(?: \(\w+\))?:?)$/.exec(line) ?? [];
    if (tag !== undefined) read.push(tag);
    else if (said !== undefined && said !== "") read[read.length - 1] += ` ${said}`;
  }
  return read;
}

const templates = readdirSync(new URL("../../templates/", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name);

describe.skipIf(!needs("pdfinfo"))("a certificate is read aloud", () => {
  const event = {
    ...record,
    title: "Menulis Notula",
    fields: { ...record.fields, signatory: { title: "Kepala Badan", name: "Dr. Ani Wijaya" } },
  };
  /** Each stands behind the one before; what a template puts between them is its own affair. */
  const order = [
    /^Document$/,
    /^H1 \S+/,
    /^H2 Ḥasan aṣ-Ṣiddīq, S\.E\., M\.Si\.$/,
    /^P .*Menulis Notula/,
    /^P .*Dr\. Ani Wijaya/,
  ];

  test.each(templates)("in the order in which %s is looked at", async (name) => {
    const aloud = read(await stamped(builtIn(name), event));
    let at = -1;
    for (const each of order) {
      at = aloud.findIndex((line, index) => index > at && each.test(line));
      expect(at, `${each} in\n${aloud.join("\n")}`).toBeGreaterThanOrEqual(0);
    }
    expect(aloud.filter((line) => /^H1/.test(line))).toHaveLength(1);
    expect(aloud.filter((line) => /0001\/coba-1\/2024/.test(line))).toHaveLength(1);
    expect(aloud.join("\n")).toContain("P\nLink\nFigure");
  });

  test.each(templates)("without a word of %s lost or joined to the next", async (name) => {
    const aloud = read(await stamped(builtIn(name), event));
    const words = aloud.flatMap((line) => line.split(" ").slice(1)).join(" ");
    const printed = execFileSync("pdftotext", ["-layout", join(folder, "certificate.pdf"), "-"], {
      encoding: "utf8",
    });
    const wanted = printed
      .replaceAll("\u00a0", " ")
      .split(/\s+/)
      .filter((word) => word !== "");
    expect(
      words
        .split(" ")
        .filter((word) => word !== "")
        .sort(),
    ).toEqual(wanted.sort());
  });
});

const syllabus = `
  - size: A4-portrait
    elements:
      - { id: backtitle, type: text, tag: H1, box: [20, 20, 170, 12], font: body, size: 18, value: "Daftar Materi" }
      - { id: mark, type: image, box: [20, 35, 10, 10], src: mark.png, alt: "Lambang {{event.title}}" }
      - { id: line, type: line, box: [20, 46, 170, 0.1] }
      - id: syllabus
        type: table
        box: [20, 50, 170, 40]
        rows: certificate.fields.syllabus
        font: body
        size: 11
        onOverflow: nextPage
        columns:
          - { title: No., value: "{{$index}}", width: 14 }
          - { title: Materi, value: "{{title}}", width: fill }
          - { title: JP, value: "{{hours}}", width: 18 }
`;

function withSyllabus(): Map<string, Uint8Array> {
  const mark = new PNG({ width: 400, height: 200, colorType: 2 });
  mark.data.fill(0x80);
  return withTemplate(builtIn("classic"), (text) =>
    `${text.trimEnd()}\n${syllabus}`.replace(
      "\nfields:",
      "\nfields:\n  certificate.fields.syllabus: { type: list, item: { title: {}, hours: {} } }",
    ),
  ).set("mark.png", new Uint8Array(PNG.sync.write(mark, { colorType: 2 })));
}

describe.skipIf(!needs("qpdf"))("a table that goes on over three pages", () => {
  const rows = Array.from({ length: 12 }, (_, at) => ({ title: `Materi ke-${at + 1}`, hours: at % 3 }));
  const event = { ...record, fields: { ...record.fields, syllabus: rows } };

  test("is one table, its header and the page's title are read once", async () => {
    const path = await stamped(withSyllabus(), event);
    const file = open(path);
    expect(lint(path)).toEqual([]);
    expect(file.pages.length).toBeGreaterThan(2);
    const kinds = elements(file).map(({ element }) => String(element["/S"]));
    const count = (kind: string) => kinds.filter((one) => one === kind).length;
    expect({ tables: count("/Table"), rows: count("/TR"), heads: count("/TH"), cells: count("/TD") }).toEqual(
      {
        tables: 1,
        rows: 13,
        heads: 3,
        cells: 36,
      },
    );
    expect(count("/H1")).toBe(2);
    expect(count("/Figure")).toBe(2);
  });

  test("is read row by row", async () => {
    const aloud = read(await stamped(withSyllabus(), event));
    const start = aloud.indexOf("Table");
    expect(aloud.slice(start, start + 9)).toEqual([
      "Table",
      "TR",
      "TH No.",
      "TH Materi",
      "TH JP",
      "TR",
      "TD 1",
      "TD Materi ke-1",
      "TD 0",
    ]);
    expect(aloud.at(-2)).toBe("TD Materi ke-12");
  });
});
