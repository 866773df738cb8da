import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { degrees, PDFDocument, PDFName, rgb } from "pdf-lib";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Drawing } from "../../src/preview/drawing.js";
import { drawSvg } from "../../src/render/artwork/svg.js";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { openTypesetter } from "../../src/render/typesetter.js";
import { needs } from "../tools.js";
import { certificate, type Plain, plain, record } from "./folder.js";

const folder = mkdtempSync(join(tmpdir(), "lulus-artwork-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let drawing: Drawing;
beforeAll(async () => {
  drawing = await Drawing.open();
});

const trial = { record, certificate: certificate("") };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const onA4 = (file: string, content: Uint8Array | string): Plain => ({
  page: `    background: { file: ${file} }`,
  files: { [file]: content },
});

/** The colour of a point of the page, in millimetres from the upper left corner. */
async function colourAt(parts: Plain, x: number, y: number): Promise<number[]> {
  const template = parseTemplate(plain(parts), "own", "id");
  const one = certificate("A");
  const pdf = (await setPress(template, record, glyphDemand(template, record, [one]))).stamp(one);
  writeFileSync(join(folder, "last.pdf"), pdf);
  const { data, width } = PNG.sync.read((await drawing.draw(pdf, 0, 50.8)) ?? Buffer.alloc(0));
  const at = 4 * (Math.round(y * 2) * width + Math.round(x * 2));
  return [...data.subarray(at, at + 3)];
}

const red = [255, 0, 0];
const nearly = (colour: number[]) => colour.map((part) => expect.closeTo(part, -1));

/** A page of A4 across with a red square of 40 mm in its upper left corner. */
async function redCorner(
  change: (document: PDFDocument) => void = () => {},
  size: [number, number] = [841.89, 595.28],
) {
  const document = await PDFDocument.create();
  const page = document.addPage(size);
  page.drawRectangle({ x: 0, y: size[1] - 113.4, width: 113.4, height: 113.4, color: rgb(1, 0, 0) });
  change(document);
  return await document.save();
}

function png(width: number, height: number): Uint8Array {
  const image = new PNG({ width, height });
  for (let at = 0; at < image.data.length; at += 4) image.data.set([255, 0, 0, 255], at);
  return PNG.sync.write(image);
}

describe("a background", () => {
  test("may be a PDF, a PNG or an SVG", async () => {
    expect(await colourAt(onA4("b.pdf", await redCorner()), 10, 10)).toEqual(nearly(red));
    expect(await colourAt(onA4("b.png", png(297, 210)), 10, 10)).toEqual(nearly(red));
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 297 210"><path d="M0 0h40v40H0z" fill="#f00"/></svg>`;
    expect(await colourAt(onA4("b.svg", svg), 10, 10)).toEqual(nearly(red));
    expect(await colourAt(onA4("b.svg", svg), 60, 60)).toEqual([255, 255, 255]);
  });

  test("that is turned, or cropped, is drawn as its viewer shows it", async () => {
    const document = await PDFDocument.create();
    const page = document.addPage([595.28, 841.89]);
    // lower left of what stands upright is upper left of what is turned by a quarter
    page.drawRectangle({ x: 0, y: 0, width: 113.4, height: 113.4, color: rgb(1, 0, 0) });
    page.setRotation(degrees(90));
    expect(await colourAt(onA4("b.pdf", await document.save()), 10, 10)).toEqual(nearly(red));
    const cropped = await PDFDocument.create();
    const large = cropped.addPage([1000, 800]);
    large.drawRectangle({ x: 100, y: 50 + 595.28 - 113.4, width: 113.4, height: 113.4, color: rgb(1, 0, 0) });
    large.setCropBox(100, 50, 841.89, 595.28);
    expect(await colourAt(onA4("b.pdf", await cropped.save()), 10, 10)).toEqual(nearly(red));
    if (needs("qpdf"))
      expect(execFileSync("qpdf", ["--check", join(folder, "last.pdf")], { encoding: "utf8" })).toContain(
        "No syntax",
      );
  });

  test.each([
    [
      "of PowerPoint's size",
      () => redCorner(undefined, [960, 540]),
      /338\.7 × 190\.5 mm; the template's page is 297 × 210 mm/,
    ],
    ["that is signed", () => redCorner(withForm({ SigFlags: 3 })), /is signed/],
    ["that is an XFA form", () => redCorner(withForm({ XFA: [] })), /XFA/],
    ["that is damaged", async () => bytesOf("%PDF-1.7\nnothing"), /cannot be opened/],
    ["that is a text", async () => bytesOf("hello"), /is no picture/],
    ["of other proportions", async () => png(300, 300), /300 × 300 pixels/],
  ])("%s is refused with its place", async (_, file, message) => {
    const template = parseTemplate(plain(onA4("b.pdf", await file())), "own", "id");
    await expect(openTypesetter(template, trial)).rejects.toMatchObject({
      code: "background-unfit",
      message: expect.stringMatching(message),
      place: { file: "own/template.yaml", line: expect.any(Number) },
    });
  });

  test.skipIf(!needs("qpdf"))("that is locked with a password is refused", async () => {
    const [open, locked] = ["open.pdf", "locked.pdf"].map((name) => join(folder, name)) as [string, string];
    writeFileSync(open, await redCorner());
    execFileSync("qpdf", ["--encrypt", "a", "b", "256", "--", open, locked]);
    const { readFileSync } = await import("node:fs");
    const template = parseTemplate(plain(onA4("b.pdf", readFileSync(locked))), "own", "id");
    await expect(openTypesetter(template, trial)).rejects.toThrow(/locked with a password/);
  });

  test("without the page that is named is refused", async () => {
    const parts = onA4("b.pdf", await redCorner());
    const template = parseTemplate(
      plain({ ...parts, page: "    background: { file: b.pdf, page: 3 }" }),
      "own",
      "id",
    );
    await expect(openTypesetter(template, trial)).rejects.toThrow(/has no page 3; it has 1/);
  });

  test("that is coarse is said to be", async () => {
    const template = parseTemplate(plain(onA4("b.png", png(1123, 794))), "own", "id");
    const warnings = (await openTypesetter(template, trial)).warnings();
    expect(warnings).toContainEqual(
      expect.objectContaining({
        code: "background-coarse",
        message: expect.stringContaining("96 dots per inch"),
      }),
    );
  });
});

function withForm(entries: Record<string, number | never[]>) {
  return (document: PDFDocument) =>
    document.catalog.set(PDFName.of("AcroForm"), document.context.obj({ Fields: [], ...entries }));
}

describe("a picture", () => {
  const image = (src: string, more = "") =>
    `      - { id: p, type: image, box: [20, 110, 40, 20], src: "${src}", alt: Lambang${more} }`;

  test("is contained, or covers its box, and keeps its proportions", async () => {
    const files = { "p.png": png(20, 20) };
    // 20 × 20 mm in the middle of 40 × 20 mm
    expect(await colourAt({ elements: image("p.png"), files }, 24, 120)).toEqual([255, 255, 255]);
    expect(await colourAt({ elements: image("p.png"), files }, 40, 120)).toEqual(nearly(red));
    expect(await colourAt({ elements: image("p.png", ", fit: cover"), files }, 22, 120)).toEqual(nearly(red));
    expect(await colourAt({ elements: image("p.png", ", fit: cover"), files }, 40, 133)).toEqual([
      255, 255, 255,
    ]);
    expect(await colourAt({ elements: image("p.png", ", align: left"), files }, 24, 120)).toEqual(
      nearly(red),
    );
  });

  test.each([
    ["https://example.org/p.png", /is an address/],
    ["../p.png", /leaves the folder/],
    ["/etc/p.png", /not relative/],
    ["q.png", /no image "q\.png"/],
    ["{{recipient.name}}", /differs from certificate to certificate/],
  ])("%s is refused", (src, message) => {
    expect(() =>
      parseTemplate(plain({ elements: image(src), files: { "p.png": png(2, 2) } }), "own", "id"),
    ).toThrow(message);
  });

  test.each([
    ["of more than 20 million pixels", hugePng(), /25\.0 million pixels/],
    ["in CMYK", jpeg(4), /CMYK/],
    ["that lies on its side", jpeg(3, 6), /lies on its side/],
    ["that is cut off", png(20, 20).subarray(0, 20), /no picture/],
  ])("%s is refused", async (_, bytes, message) => {
    const template = parseTemplate(
      plain({ elements: image("p.png"), files: { "p.png": bytes } }),
      "own",
      "id",
    );
    await expect(openTypesetter(template, trial)).rejects.toThrow(message);
  });

  test("of the organiser stands beside the template's files, and is left out where the event names none", async () => {
    const elements = image("{{certificate.fields.signature}}");
    const fields = "  certificate.fields.signature: { type: image }";
    const files = plain({ elements, fields, files: { "event:ttd.png": png(20, 20) } });
    const template = parseTemplate(files, "own", "id");
    expect(template.files).toContain("event:ttd.png");
    const one = certificate("A");
    const having = { ...record, fields: { signature: "ttd.png" } };
    const press = await setPress(template, having, glyphDemand(template, having, [one]));
    expect(press.stamp(one).toString("latin1")).toContain("/P0");
    expect(() => glyphDemand(template, record, [one])).not.toThrow();
    expect(() => glyphDemand(template, { ...record, fields: { signature: "lain.png" } }, [one])).toThrow(
      /no picture "lain\.png"/,
    );
  });
});

/** Only the head of one: 5000 × 5000. */
function hugePng(): Uint8Array {
  const bytes = Buffer.from(png(2, 2));
  bytes.writeUInt32BE(5000, 16);
  bytes.writeUInt32BE(5000, 20);
  return bytes;
}

/** The heads of a JPEG: Exif where it is turned, then the frame. */
function jpeg(components: number, orientation = 1): Uint8Array {
  const exif = Buffer.from(
    `ffe10022457869660000${"4d4d002a00000008"}0001${"01120003000000010"}${orientation.toString(16).padStart(3, "0")}0000${"00000000"}`,
    "hex",
  );
  const frame = Buffer.from(
    `ffc0001108${"0010"}${"0010"}0${components}${"011100".repeat(components)}ffd9`,
    "hex",
  );
  return Buffer.concat([Buffer.from("ffd8", "hex"), exif, frame]);
}

describe("an SVG drawing", () => {
  const svg = (inside: string) =>
    bytesOf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">${inside}</svg>`);

  test.each([
    ["<text>Nama</text>", /text \(turn it into outlines\)/],
    ['<image href="a.png"/>', /a picture/],
    ['<rect width="9" height="9" fill="url(#g)"/>', /a gradient or pattern/],
    ['<rect width="9" height="9" filter="url(#f)"/>', /a filter/],
    ['<g opacity=".5"><rect width="9" height="9"/></g>', /opacity of a whole group/],
    ["<style>@media print{}</style>", /@ rules/],
    ["<style>g &gt; path{fill:red}</style>", /selector/],
    ['<path d="M0 0L"/>', /path that cannot be read/],
    ['<use href="#nothing"/>', /"#nothing", which is not in the file/],
    ['<rect width="9" height="9" fill="blurple"/>', /the colour "blurple"/],
    ['<g id="a"><use href="#a"/></g>', /nested too deep|uses itself/],
  ])("%s is refused with its name", (inside, message) => {
    expect(() => drawSvg(svg(inside))).toThrow(message);
  });

  test("is drawn with the library's curves, its styles and its clipping", () => {
    const { operators, opacities } = drawSvg(
      svg(
        '<style>.a,.b{fill:#ff0000;stroke:none}</style><path class="a" d="M0 0a5 5 0 0 1 5 5q1 1 2 2t3 3s1 1 2 2z" fill-opacity=".5"/><g display="none"><text>x</text></g>',
      ),
    );
    expect(operators).toMatch(/1 0 0 rg[\s\S]* c\n[\s\S]*h\nf\n/);
    expect([...opacities.values()]).toEqual([{ fill: 0.5, stroke: 1 }]);
  });
});
