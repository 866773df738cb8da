import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Blob, Font, Buffer as GlyphBuffer, Face as HbFace, shape } from "harfbuzzjs";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { flawOf } from "../../src/credential/text.js";
import { Drawing } from "../../src/preview/drawing.js";
import { glyphDemand, type Press, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { openTypesetter } from "../../src/render/typesetter.js";
import { readPdf } from "../../src/verify/pdf.js";
import { isShown } from "../../src/verify/shown.js";
import { needs } from "../tools.js";
import { certificate, plain, record } from "./folder.js";

const folder = mkdtempSync(join(tmpdir(), "lulus-naughty-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const files = plain({ scripts: true });
const template = parseTemplate(files, "own", "id");

async function pressFor(names: readonly string[]): Promise<Press> {
  const all = names.map((name) => certificate(name));
  return await setPress(template, record, glyphDemand(template, record, all));
}

/** Without the marks that the program sets around what it has turned around. */
function textsOf(pdfs: readonly Uint8Array[]): string[] {
  const paths = pdfs.map((pdf, index) => {
    const path = join(folder, `${index}.pdf`);
    writeFileSync(path, pdf);
    return path;
  });
  const all = join(folder, "all.pdf");
  if (paths.length > 1) execFileSync("pdfunite", [...paths, all]);
  const text = execFileSync("pdftotext", [paths.length > 1 ? all : (paths[0] ?? ""), "-"], {
    encoding: "utf8",
  });
  return text
    .split("\f")
    .map((page) => page.replace(/[\u200e\u200f\u202a-\u202e]/g, "").replace(/\s+/g, " "));
}

const inTenScripts = [
  ["Latin with marks", "Ḥasan aṣ-Ṣiddīq Nguyễn"],
  ["Javanese", "ꦄꦤ꧀ꦢꦶ ꦮꦶꦗꦪ"],
  ["Balinese", "ᬓ᭄ᬭᬶᬱ᭄ᬡ"],
  ["Arabic", "محمد عبد الله نوري"],
  ["Hebrew", "שלמה בן־דוד"],
  ["Devanagari", "कृष्ण प्रिया"],
  ["Thai", "สมชาย ใจดี"],
  ["Greek", "Άννα Παπαδοπούλου"],
  ["Cyrillic", "Юлия Щербакова"],
  ["Han", "山田花子"],
  ["Arabic before Latin degrees", "محمد علي, S.E."],
] as const;

describe("a name in any script for which there is a font", () => {
  let press: Press;
  let drawing: Drawing;
  beforeAll(async () => {
    drawing = await Drawing.open();
    press = await pressFor(inTenScripts.map(([, name]) => name));
  });

  test.each(inTenScripts)("%s is printed exactly: %s", (_, name) => {
    const pdf = press.stamp(certificate(name));
    expect(isShown(name, readPdf(pdf)?.texts ?? [])).toBe(true);
    if (needs("pdftotext")) expect(textsOf([pdf])[0]).toContain(name);
  });

  test.each(inTenScripts.filter(([script]) => !/before|Latin/.test(script)))(
    "%s has the ink that HarfBuzz itself draws",
    async (script, name) => {
      const wanted = await inkOf(await drawing.draw(await outlined(name, script), 0, 144));
      const found = await inkOf(await drawing.draw(press.stamp(certificate(name)), 0, 144));
      expect(Math.abs(found.width - wanted.width)).toBeLessThanOrEqual(1);
      expect(Math.abs(found.height - wanted.height)).toBeLessThanOrEqual(1);
      const shifts = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y) => differing(found, wanted, x, y)));
      expect(Math.min(...shifts)).toBeLessThan(0.02);
    },
  );
});

/** A certificate whose background is the name as outlines, straight from the whole font; its own name is a dot elsewhere. */
async function outlined(name: string, script: string): Promise<Uint8Array> {
  const families = { Greek: "serif", Cyrillic: "name", Han: "han" } as Readonly<Record<string, string>>;
  const font = new Font(
    new HbFace(
      new Blob(files.get(`fonts/${families[script] ?? script.toLowerCase()}.ttf`) ?? new Uint8Array()),
    ),
  );
  const buffer = new GlyphBuffer();
  buffer.addText(name);
  buffer.guessSegmentProperties();
  shape(font, buffer);
  const places = buffer.getGlyphPositions();
  let pen = 0;
  const paths = buffer.getGlyphInfos().map(({ codepoint }, index) => {
    const { xAdvance = 0, xOffset = 0, yOffset = 0 } = places[index] ?? {};
    const path = `<path transform="translate(${pen + xOffset} ${yOffset})" d="${font.glyphToPath(codepoint)}"/>`;
    pen += xAdvance;
    return path;
  });
  // points on a page of A4
  const scale = 30 / font.face.upem;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 841.89 595.28"><g transform="translate(56.7 240) scale(${scale} ${-scale})">${paths.join("")}</g></svg>`;
  const own = plain({
    page: "    background: { file: name.svg }",
    name: "color: '#FFFFFF'",
    files: { "name.svg": svg },
  });
  const outline = parseTemplate(own, "own", "id");
  const one = certificate("A");
  return (await setPress(outline, record, glyphDemand(outline, record, [one]))).stamp(one);
}

interface Ink {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly (readonly number[])[];
}

/** The part of the page where the name stands, cut to its ink. */
async function inkOf(png: Buffer | null): Promise<Ink> {
  const { data, width } = PNG.sync.read(png ?? Buffer.alloc(0));
  const rows = Array.from({ length: 300 }, (_, y) =>
    Array.from({ length: width }, (__, x) => 255 - (data[4 * ((y + 300) * width + x)] ?? 255)),
  );
  const isInked = (line: readonly number[]) => line.some((dark) => dark > 100);
  const inked = rows.filter(isInked);
  const columns = Array.from({ length: width }, (_, x) => inked.map((row) => row[x] ?? 0));
  const [left, right] = [columns.findIndex(isInked), columns.findLastIndex(isInked)];
  const [top, bottom] = [rows.findIndex(isInked), rows.findLastIndex(isInked)];
  const cut = rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  return { width: right - left + 1, height: bottom - top + 1, rows: cut };
}

/** Share of the points that are ink in one and paper in the other. */
function differing(a: Ink, b: Ink, right: number, down: number): number {
  const points = a.rows.flatMap((row, y) =>
    row.map((dark, x) => Math.abs(dark - (b.rows[y + down]?.[x + right] ?? 0))),
  );
  return points.filter((difference) => difference > 150).length / points.length;
}

describe("the big list of naughty strings as names", () => {
  const list = createRequire(import.meta.url)("big-list-of-naughty-strings") as string[];
  const names = [...new Set(list.map((text) => text.normalize("NFC").replace(/\s+/gu, " ").trim()))].filter(
    (name) => name !== "",
  );
  /** What another program does to text, and not to ours alone. */
  const isBeyondIt = (name: string) =>
    name.endsWith("-") || (/\p{M}/u.test(name) && /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(name));

  test("each is printed exactly, or refused with a reason", async () => {
    const typesetter = await openTypesetter(template, { record, certificate: certificate("") });
    const refused = (name: string) =>
      flawOf(name) ?? typesetter.unprintable({ name, personal: {}, sensitive: {} })?.what ?? null;
    const printable = names.filter((name) => refused(name) === null);
    expect(names.length).toBeGreaterThan(400);
    expect(printable.length).toBeGreaterThan(350);
    const press = await pressFor(printable);
    const pdfs = printable.map((name) => press.stamp(certificate(name)));
    const texts = needs("pdftotext") && needs("pdfunite") ? textsOf(pdfs) : null;
    for (const [index, name] of printable.entries()) {
      expect(isShown(name, readPdf(pdfs[index] ?? new Uint8Array())?.texts ?? []), name).toBe(true);
      if (texts !== null && !isBeyondIt(name)) expect(texts[index], name).toContain(name);
    }
    for (const name of names)
      expect(refused(name) ?? "printed", name).toMatch(
        /printed|holds the invisible|no font|does not fit|letters/,
      );
  }, 120_000);
});
