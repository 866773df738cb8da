import { cmyk, PDFDocument, PDFName, type PDFPage, StandardFonts } from "pdf-lib";
import { describe, expect, test } from "vitest";
import { checkTemplate } from "../../src/render/check.js";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { openTypesetter } from "../../src/render/typesetter.js";
import { builtIn, certificate, record, withTemplate } from "./folder.js";

/** The built-in template on other artwork: a page that something was drawn on. */
async function on(draw: (page: PDFPage, document: PDFDocument) => unknown, archival?: string) {
  const document = await PDFDocument.create({ updateMetadata: false });
  const page = document.addPage([841.89, 595.276]);
  page.drawRectangle({ x: 10, y: 10, width: 300, height: 100 });
  await draw(page, document);
  const files = withTemplate(builtIn("classic"), (text) => {
    const drawn = text.replace("background: { file: background.pdf }", "background: { file: own.pdf }");
    return archival === undefined
      ? drawn
      : drawn.replace("\npages:", `\npdf: { archival: ${archival} }\npages:`);
  });
  return files.set("own.pdf", await document.save({ useObjectStreams: false }));
}

async function claimsOf(files: Map<string, Uint8Array>): Promise<string[]> {
  const template = parseTemplate(files, "own", "id");
  const one = certificate("Suharto");
  const press = await setPress(template, record, glyphDemand(template, record, [one]));
  const file = press.stamp(one).toString("latin1");
  return [...file.matchAll(/<(pdfaid|pdfuaid):part>(\d)</g)].map(([, name, part]) => `${name} ${part}`);
}

const warnings = async (files: Map<string, Uint8Array>) =>
  (await checkTemplate(files, "own", "id"))
    .filter(({ code }) => code.startsWith("archival"))
    .map(({ message }) => message);

const translucent = (page: PDFPage) =>
  page.drawRectangle({ x: 0, y: 0, width: 90, height: 90, opacity: 0.4 });
const content = (operators: string) => (page: PDFPage, document: PDFDocument) =>
  page.node.set(PDFName.of("Contents"), document.context.register(document.context.flateStream(operators)));

const unfit: [string, Parameters<typeof on>[0], RegExp][] = [
  ["colours for print", (page) => page.drawRectangle({ color: cmyk(1, 0, 0, 0) }), /CMYK/],
  ["CMYK by name", content("/DeviceCMYK cs 0 0 0 1 sc 0 0 9 9 re f"), /CMYK/],
  [
    "text of its own",
    async (page, document) =>
      page.drawText("Contoh", { font: await document.embedFont(StandardFonts.Helvetica) }),
    /type of its own/,
  ],
  [
    "pictures inside of its content",
    content("q BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q"),
    /inside of its content/,
  ],
  [
    "layers",
    (page, document) =>
      page.node.setXObject(
        PDFName.of("Layer"),
        document.context.register(
          document.context.flateStream("0 0 9 9 re f", {
            Type: "XObject",
            Subtype: "Form",
            BBox: [0, 0, 9, 9],
            Resources: {},
            OC: { Type: "OCG" },
          }),
        ),
      ),
    /layers/,
  ],
];

describe("what the artwork holds decides what the certificate may claim", () => {
  test("plain shapes leave it all it can be", async () => {
    const files = await on(() => null);
    expect(await claimsOf(files)).toEqual(["pdfaid 2", "pdfuaid 1"]);
    expect(await warnings(files)).toEqual([]);
  });

  test.each(unfit)("with %s it claims nothing, and the organiser is told", async (_, draw, words) => {
    expect(await claimsOf(await on(draw))).toEqual([]);
    expect((await warnings(await on(draw))).join()).toMatch(words);
  });

  test.each(unfit)(
    "with %s, a template that insists is refused before anything is issued",
    async (_, draw, words) => {
      const template = parseTemplate(await on(draw, "PDF/A-2u"), "own", "id");
      const trial = { record, certificate: certificate("Suharto") };
      await expect(openTypesetter(template, trial)).rejects.toThrow(words);
    },
  );

  test("words in strings and comments are no operators", async () => {
    const files = await on(content("% k K BI /DeviceCMYK\n/A <</Alt (K \\) k BI)>> BDC 0 0 9 9 re f EMC"));
    expect(await claimsOf(files)).toEqual(["pdfaid 2", "pdfuaid 1"]);
  });

  test("transparency is allowed in PDF/A-2, not in PDF/A-1", async () => {
    expect(await claimsOf(await on(translucent))).toEqual(["pdfaid 2", "pdfuaid 1"]);
    const template = parseTemplate(await on(translucent, "PDF/A-1b"), "own", "id");
    await expect(openTypesetter(template, { record, certificate: certificate("A") })).rejects.toThrow(
      /transparency/,
    );
  });

  test("tags of its own make it no accessible file, since they stand in an ornament", async () => {
    const files = await on(content("/P <</MCID 0>> BDC 0 0 9 9 re f EMC"));
    expect(await claimsOf(files)).toEqual(["pdfaid 2"]);
  });
});
