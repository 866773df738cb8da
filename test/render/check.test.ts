import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkTemplate } from "../../src/render/check.js";
import { ruleNumbers } from "../../src/render/rule.js";
import { builtIn, type Plain, plain } from "./folder.js";

const codes = async (parts: Plain, change: (text: string) => string = (text) => text) => {
  const files = plain(parts);
  files.set(
    "template.yaml",
    new TextEncoder().encode(change(new TextDecoder().decode(files.get("template.yaml")))),
  );
  return (await checkTemplate(files, "own", "id")).map(({ severity, code }) => `${severity} ${code}`);
};
const text = (value: string, more = "") =>
  `      - { id: x, type: text, box: [20, 110, 200, 8], font: body, size: 10, value: "${value}"${more} }`;

const templates = new URL("../../templates/", import.meta.url);
const builtInNames = readdirSync(templates).filter((name) =>
  existsSync(new URL(`${name}/template.yaml`, templates)),
);

describe("a check of a template", () => {
  test.each(builtInNames.flatMap((name) => [[name, "id"] as const, [name, "en"] as const]))(
    "finds nothing wrong with the built-in %s in %s",
    async (name, language) => {
      const findings = await checkTemplate(builtIn(name), name, language);
      expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
    },
  );

  test("finds nothing at all in a plain one", async () => {
    expect(await codes({})).toEqual([]);
  });

  test.each([
    ["a field that is never printed", { fields: "  event.series:" }, "warning field-unused"],
    [
      "bold letters in a font without",
      { elements: text("a **b**", ", markup: true").replace("font: body", "font: name") },
      "warning font-style-missing",
    ],
    [
      "a box outside of the safe area",
      { page: "    safeArea: [30, 10, 10, 10]" },
      "warning outside-safe-area",
    ],
    ["two texts in one place", { elements: text("a").replace("20, 110", "20, 62") }, "warning boxes-overlap"],
    [
      "a full stop behind the name",
      { elements: text("Kepada {{recipient.name}}.", ", fit: { min: 3 }") },
      "warning name-punctuation",
    ],
    ["a colour that is too pale", { elements: text("a", ', color: "#D4AF37"') }, "warning contrast-low"],
    [
      "a signature that is claimed on every file",
      { elements: text("Ditandatangani secara elektronik, BSrE") },
      "warning signature-claimed",
    ],
    ["a text that does not fit", { elements: text("kata ".repeat(60).trim()) }, "error text-overflow"],
    ["a letter that no font has", { elements: text("𓀀") }, "error glyph-missing"],
    ["a letter that a fallback has", { elements: text("ꦲ"), scripts: true }, "warning font-fallback"],
    [
      "a placeholder that is not declared",
      { elements: text("{{award.label}}") },
      "error placeholder-undeclared",
    ],
  ] as [string, Plain, string][])("finds %s", async (_, parts, code) => {
    expect(await codes(parts)).toContain(code);
  });

  test("finds a template without a heading", async () => {
    expect(await codes({}, (yaml) => yaml.replace("tag: H1, ", ""))).toEqual(["warning heading-missing"]);
  });

  test("tells for whom something was found", async () => {
    const findings = await checkTemplate(plain({ name: "fit: { min: 29 }" }), "own", "id");
    expect(findings.find(({ code }) => code === "text-overflow")?.recipient).toMatch(/Kusumaningtyas/);
  });

  test("every code has a number in the documentation", () => {
    const source = readdirSync(new URL("../../src/render/", import.meta.url), {
      recursive: true,
      encoding: "utf8",
    })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(new URL(`../../src/render/${path}`, import.meta.url), "utf8"));
    const used = source.flatMap((content) =>
      [...content.matchAll(/new Fault\(\s*"([a-z-]+)"/g)].map((match) => match[1] ?? ""),
    );
    const own = used.filter((code) => !["demand-malformed"].includes(code));
    expect(own.filter((code) => !(code in ruleNumbers))).toEqual([]);
    const page = readFileSync(new URL("../../docs/templates.md", import.meta.url), "utf8");
    expect(Object.keys(ruleNumbers).filter((code) => !page.includes(`\`${code}\``))).toEqual([]);
  });
});
