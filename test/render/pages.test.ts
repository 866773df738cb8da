import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { readPdf } from "../../src/verify/pdf.js";
import { needs } from "../tools.js";
import { builtIn, certificate, record, withTemplate } from "./folder.js";

const folder = mkdtempSync(join(tmpdir(), "lulus-pages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const back = (more: string) => `
  - size: A4-portrait
    when: ${more}
    elements:
      - { id: back, type: text, tag: H1, box: [20, 20, 170, 12], font: body, size: 18, value: "Halaman belakang {{certificate.number}}" }
`;
const withBack = (when: string) =>
  withTemplate(builtIn("classic"), (text) => `${text.trimEnd()}\n${back(when)}`);

async function stamped(files: Map<string, Uint8Array>, personal: Record<string, string> = {}) {
  const template = parseTemplate(files, "own", "id");
  const one = certificate("Suharto", { personal });
  const press = await setPress(template, record, glyphDemand(template, record, [one]));
  const path = join(folder, "certificate.pdf");
  writeFileSync(path, press.stamp(one));
  return path;
}

describe("a template of several pages", () => {
  test.skipIf(!needs("pdftotext") || !needs("qpdf"))("prints each on its own size", async () => {
    const path = await stamped(withBack("{ has: certificate.fields.place }"));
    expect(execFileSync("pdfinfo", ["-f", "1", "-l", "2", path], { encoding: "utf8" })).toMatch(
      /Page +1 size: +841\.89 x 595[\s\S]*Page +2 size: +595\.\d+ x 841/,
    );
    expect(execFileSync("pdftotext", ["-f", "2", path, "-"], { encoding: "utf8" })).toContain(
      "Halaman belakang 0001/coba-1/2024",
    );
    expect(execFileSync("qpdf", ["--check", path], { encoding: "utf8" })).toContain("No syntax");
  });

  test("leaves out a page whose condition does not hold", async () => {
    const template = parseTemplate(withBack("{ has: recipient.institution }"), "own", "id");
    const people = [certificate("A"), certificate("B", { personal: { institution: "Dinas X" } })];
    const press = await setPress(template, record, glyphDemand(template, record, people));
    const [without, having] = people.map((one) => Buffer.from(press.stamp(one)).toString("latin1"));
    expect(without).toContain("/Count 1>>");
    expect(having).toContain("/Count 2>>");
    for (const one of people) expect(readPdf(press.stamp(one))?.seal).toBe("whole");
  });

  test("has its QR code on the first page, without condition", () => {
    const moved = withTemplate(builtIn("classic"), (text) =>
      text.replace("pages:\n  - size", "pages:\n  - when: { has: event.series }\n    size"),
    );
    expect(() => parseTemplate(moved, "own", "id")).toThrow(/first page, without any condition/);
  });
});
