import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Certificate, EventRecord } from "../../src/model/certificate.js";
import type { Drawn } from "../../src/render/element/element.js";
import { declaredFacts } from "../../src/render/field.js";
import type { Facts } from "../../src/render/placeholder.js";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { drawnOn, sheetsOf } from "../../src/render/sheet.js";
import { parseTemplate, type Template } from "../../src/render/template.js";
import { openTypesetter, shopOf } from "../../src/render/typesetter.js";
import { readPdf } from "../../src/verify/pdf.js";
import { needs } from "../tools.js";
import { certificate, type Plain, plain, record } from "./folder.js";

const folder = mkdtempSync(join(tmpdir(), "lulus-elements-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const templateOf = (parts: Plain) => parseTemplate(plain(parts), "own", "id");
const withFields = (fields: Record<string, unknown>): EventRecord => ({ ...record, fields });

async function stamped(
  parts: Plain,
  fields: Record<string, unknown> = {},
  one: Certificate = certificate("Suharto"),
) {
  const template = templateOf(parts);
  const press = await setPress(
    template,
    withFields(fields),
    glyphDemand(template, withFields(fields), [one]),
  );
  return press.stamp(one);
}

function drawnOf(template: Template, facts: Facts, sheet: number): Drawn[] {
  return sheetsOf(template, facts, shopOf(template))
    .slice(sheet, sheet + 1)
    .flatMap(drawnOn);
}

function textOf(pdf: Uint8Array, page: number): string {
  const path = join(folder, "one.pdf");
  writeFileSync(path, pdf);
  return execFileSync("pdftotext", ["-layout", "-f", `${page}`, "-l", `${page}`, path, "-"], {
    encoding: "utf8",
  });
}

const curriculum =
  "  certificate.fields.curriculum: { type: list, item: { title: { required: true }, jp: { type: number } } }";
const table = (more = "") => `
  - size: A4-portrait
    when: { has: certificate.fields.curriculum }
    elements:
      - { id: heading, type: text, tag: H2, box: [20, 15, 170, 10], font: body, size: 16, value: Daftar Materi }
      - id: syllabus
        type: table
        box: [20, 30, 170, 60]
        rows: certificate.fields.curriculum
        font: body
        size: 11
        ${more}
        columns:
          - { title: No., value: "{{$index}}", width: 14 }
          - { title: Materi, value: "{{title}}", width: fill }
          - { title: JP, value: "{{jp}}", width: 20 }
        footer: { cells: ["", "Jumlah baris", ""] }
`;
const rows = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ title: `Materi ${index + 1}`, jp: 2 }));

describe("a table", () => {
  test.skipIf(!needs("pdftotext"))(
    "goes on, on pages that have its header; its footer is on the last",
    async () => {
      const pdf = await stamped(
        { fields: curriculum, pages: table("onOverflow: nextPage") },
        { curriculum: rows(20) },
      );
      const pages = [2, 3, 4].map((page) => textOf(pdf, page));
      for (const page of pages) expect(page).toMatch(/Daftar Materi[\s\S]*No\. +Materi +JP/);
      expect(pages.map((page) => page.includes("Jumlah baris"))).toEqual([false, false, true]);
      const shown = pages.flatMap((page) =>
        [...page.matchAll(/(\d+) +Materi (\d+) +2/g)].map(([, no, of]) => [no, of]),
      );
      expect(shown).toEqual(rows(20).map((_, index) => [`${index + 1}`, `${index + 1}`]));
    },
  );

  test("says what it is to readers that do not see: rows and cells of a table", () => {
    const template = templateOf({ fields: curriculum, pages: table() });
    const facts = declaredFacts(template.fields, withFields({ curriculum: rows(1) }), certificate("A"));
    const drawn = drawnOf(template, facts, 1);
    expect(
      drawn.filter(({ within }) => within.length > 0).map(({ tag, within }) => [tag, ...within].join(" ")),
    ).toEqual([
      ...Array(3).fill("TH Table:syllabus TR:0"),
      ...Array(3).fill("TD Table:syllabus TR:1"),
      ...Array(3).fill("TD Table:syllabus TR:2"),
    ]);
  });

  test("that is too long is refused with its place before anything is issued, and shrinks where it may", async () => {
    const trial = { record: withFields({ curriculum: rows(10) }), certificate: certificate("") };
    const open = (more: string) =>
      openTypesetter(templateOf({ fields: curriculum, pages: table(more) }), trial);
    await expect(open("onOverflow: error")).rejects.toMatchObject({
      code: "text-overflow",
      place: { file: "own/template.yaml" },
    });
    await expect(open("onOverflow: shrink")).resolves.toBeDefined();
    await expect(
      open("onOverflow: shrink, fit: { min: 10.5 }".replace(", ", "\n        ")),
    ).rejects.toMatchObject({ code: "text-overflow" });
  });

  test("is left out with its page where the event has no list", async () => {
    const pdf = await stamped({ fields: curriculum, pages: table() });
    expect(pdf.toString("latin1")).toContain("/Count 1");
  });

  test("with a row that lacks what it needs is refused with the number of the row", async () => {
    const pages = table();
    await expect(
      stamped({ fields: curriculum, pages }, { curriculum: [...rows(1), { jp: 2 }] }),
    ).rejects.toThrow(/row 2: "title" is needed/);
    await expect(
      stamped({ fields: curriculum, pages }, { curriculum: [{ title: "A", jp: "dua" }] }),
    ).rejects.toThrow(/row 1: "jp" is "dua"; expected a number/);
  });

  test("knows the columns that its list declares", () => {
    const pages = table().replace("{{title}}", "{{titel}}");
    expect(() => templateOf({ fields: curriculum, pages })).toThrow(/rows have no \{\{titel\}\}/);
  });
});

describe("a value is proven against what the template declares", () => {
  const element = (name: string) =>
    `      - { id: x, type: text, box: [20, 110, 200, 8], font: body, size: 10, value: "{{${name}}}", fit: { min: 5 } }`;
  test.each([
    ["type: number", "tiga", /expected a number/],
    ["type: date", "25/10/2024", /expected a date/],
    ["enum: [bsre, image]", "cap", /expected one of bsre, image/],
    ["maxLength: 4", "panjang", /7 letters/],
    ["pattern: '^[A-Z]+$'", "abc", /pattern/],
    ["required: true", "", /needed and has no value/],
  ])("of the event: %s refuses %j and stops the run", async (check, value, message) => {
    const template = templateOf({
      fields: `  certificate.fields.x: { ${check} }`,
      elements: element("certificate.fields.x"),
    });
    const trial = { record: withFields({ x: value }), certificate: certificate("") };
    await expect(openTypesetter(template, trial)).rejects.toThrow(message);
  });

  test("of a person: holds that person and nobody else", async () => {
    const fields = "  recipient.nip: { pattern: '^\\d{18}$', sensitive: true }";
    const typesetter = await openTypesetter(templateOf({ fields, elements: element("recipient.nip") }), {
      record,
      certificate: certificate(""),
    });
    const person = (nip: string) => typesetter.unprintable({ name: "Ani", personal: {}, sensitive: { nip } });
    expect(person("123")).toMatchObject({ why: "value", what: expect.stringContaining("123") });
    expect(person("198503122010011005")).toBeNull();
    expect(person("")).toBeNull();
  });

  test("of which no two may be the same", () => {
    const template = templateOf({
      fields: "  certificate.code: { unique: true }",
      elements: element("certificate.code"),
    });
    expect(() =>
      glyphDemand(template, record, [certificate("A"), certificate("B", { number: "2" })]),
    ).toThrow(/certificates 0001.* and 2 have the same/);
  });

  test("a default stands in for a value that is not there", async () => {
    const pdf = await stamped({
      fields: "  certificate.fields.x: { default: daring }",
      elements: element("certificate.fields.x"),
    });
    expect(readPdf(pdf)?.texts).toContain("daring");
  });
});

describe("an element stands where its condition holds", () => {
  test.each([
    ["{ role: [Speaker] }", true],
    ["{ role: [host] }", false],
    ["{ award: [participant] }", true],
    ["{ not: { award: [participant] } }", false],
    ["{ any: [{ role: [host] }, { has: event.title }] }", true],
    ["{ all: [{ role: [speaker] }, { has: event.series }] }", false],
    ["{ field: recipient.role, is: [speaker] }", true],
  ])("%s", async (when, isThere) => {
    const elements = `      - { id: x, type: text, box: [20, 110, 200, 8], font: body, size: 10, value: Hadirin, when: ${when} }`;
    const pdf = await stamped(
      { fields: "  recipient.role:\n  event.series:", elements },
      {},
      certificate("Ani", { personal: { role: "speaker" } }),
    );
    expect(readPdf(pdf)?.texts.includes("Hadirin")).toBe(isThere);
  });
});

describe("a template is refused with the place of what is wrong", () => {
  const text = (value: string, more = "") =>
    `      - { id: x, type: text, box: [20, 110, 200, 8], font: body, size: 10, value: "${value}"${more} }`;
  test.each([
    [
      "a filter that there is not, with the nearest",
      text("{{event.title | uper}}"),
      "filter-unknown",
      /upper/,
    ],
    [
      "a filter's argument",
      text("{{event.title | date: 'dddd QQ'}}"),
      "filter-argument",
      /date pattern|takes/,
    ],
    [
      "a name in other letters than are signed",
      text("{{recipient.name}}", ", case: upper"),
      "name-recased",
      /case: upper/,
    ],
    ["a name through a filter", text("{{recipient.name | upper}}"), "name-recased", /filters/],
    ["an id twice", text("a").replace("id: x", "id: name"), "id-repeated", /./],
    ["a box beyond the page", text("a").replace("20, 110", "120, 110"), "box-off-page", /./],
    [
      "a picture in a stack without height",
      "      - { id: s, type: stack, box: [20, 110, 50, 50], elements: [{ id: p, type: image, src: a.png, alt: Logo }] }",
      "box-needed",
      /./,
    ],
  ])("%s", (_, elements, code, hint) => {
    try {
      templateOf({ elements });
      expect.unreachable();
    } catch (error) {
      const faults = (
        error as { faults?: { code: string; place: { line: number }; message: string; hints: string[] }[] }
      ).faults ?? [error as never];
      const fault = faults.find((one) => one.code === code);
      expect(fault?.place.line).toBeGreaterThan(10);
      expect([fault?.message, ...(fault?.hints ?? [])].join("\n")).toMatch(hint);
    }
  });

  test("a first page without the name or the number", () => {
    const yaml = new TextDecoder().decode(plain({}).get("template.yaml"));
    const without = new Map(plain({})).set(
      "template.yaml",
      new TextEncoder().encode(yaml.replace("{{recipient.name}}", "Peserta")),
    );
    expect(() => parseTemplate(without, "own", "id")).toThrow(/must print \{\{recipient.name\}\}/);
  });
});

describe("room for a signature", () => {
  test("is kept and draws nothing", async () => {
    const elements = "      - { id: tte, type: reserve, for: e-signature, box: [120, 140, 50, 20] }";
    const template = templateOf({ elements });
    expect(template.pages[0]?.elements.find(({ id }) => id === "tte")).toMatchObject({
      type: "reserve",
      purpose: "e-signature",
    });
    const facts = declaredFacts(template.fields, record, certificate("A"));
    expect(drawnOf(template, facts, 0).some(({ element }) => element.id === "tte")).toBe(false);
  });
});
