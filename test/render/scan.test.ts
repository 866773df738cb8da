import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { PNG } from "pngjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { glyphDemand, setPress } from "../../src/render/press.js";
import { parseTemplate } from "../../src/render/template.js";
import { type Bitmap, readPicture } from "../../src/verify/picture.js";
import { needs } from "../tools.js";
import { builtIn, certificate, record } from "./folder.js";

const require = createRequire(import.meta.url);

/** As fine as a symbol may be: 77 modules in 32 mm, 0.416 mm each. */
const certificates = [3, 5, 7, 11].map((step) =>
  certificate("Suharto", {
    token: Array.from({ length: 955 }, (_, at) => (at * at * step + at * 3 + (at >> step)) % 10).join(""),
  }),
);
const linkOf = ({ token }: { token: string }) => `${record.verify}#${token}`;

let library: PDFiumLibrary;
let files: Buffer[];
beforeAll(async () => {
  const wasm = readFileSync(require.resolve("@hyzyla/pdfium/pdfium.wasm"));
  library = await PDFiumLibrary.init({ wasmBinary: Uint8Array.from(wasm).buffer });
  const template = parseTemplate(builtIn("classic"), "templates/classic", "id");
  const press = await setPress(template, record, glyphDemand(template, record, certificates));
  files = certificates.map((one) => press.stamp(one));
});
const folder = mkdtempSync(join(tmpdir(), "lulus-scan-"));
afterAll(() => {
  library.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** The lower left of the page as PDFium and so Chromium show it, at so many dots an inch. */
async function screenshot(file: Buffer, dpi: number): Promise<Bitmap> {
  const document = await library.loadDocument(file);
  const page = await document.getPage(0).render({ scale: dpi / 72, render: "bitmap" });
  document.destroy();
  const [left, top, side] = [20, 138, 54].map((mm) => Math.round((mm * dpi) / 25.4)) as [
    number,
    number,
    number,
  ];
  const data = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y += 1) {
    const start = 4 * ((top + y) * page.width + left);
    data.set(page.data.subarray(start, start + 4 * side), 4 * y * side);
  }
  return { data, width: side, height: side };
}

/** As a camera a little out of focus sees it: each dot takes a third from its neighbours. */
function blurred({ data, width, height }: Bitmap): Bitmap {
  const out = new Uint8ClampedArray(data);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 4; x < 4 * (width - 1); x += 1) {
      const at = 4 * y * width + x;
      const around = [at - 4, at + 4, at - 4 * width, at + 4 * width].map((near) => data[near] ?? 0);
      out[at] = (8 * (data[at] ?? 0) + around.reduce((sum, value) => sum + value, 0)) / 12;
    }
  }
  return { data: out, width, height };
}

async function shareRead(dpi: readonly number[], read: (picture: Bitmap, link: string) => Promise<boolean>) {
  const found: boolean[] = [];
  for (const [index, file] of files.entries()) {
    const link = linkOf(certificates[index] ?? { token: "" });
    for (const each of dpi) {
      const sharp = await screenshot(file, each);
      for (const picture of [sharp, blurred(sharp)]) found.push(await read(picture, link));
    }
  }
  return found.filter(Boolean).length / found.length;
}

describe("the finest QR code that is printed", () => {
  test("is read from screenshots of 2 to 3 dots a module", async () => {
    const read = async (picture: Bitmap, link: string) => (await readPicture(picture)).includes(link);
    expect(await shareRead([120, 130, 140, 150, 160, 180], read)).toBe(1);
  });

  test.skipIf(!needs("zbarimg"))(
    "is read from them by a decoder that fails on a third of what a picture of one dot a module becomes",
    async () => {
      const read = async ({ data, width, height }: Bitmap, link: string) => {
        const image = new PNG({ width, height });
        image.data.set(data);
        const path = join(folder, "picture.png");
        writeFileSync(path, PNG.sync.write(image));
        return spawnSync("zbarimg", ["-q", "--raw", path], { encoding: "utf8" }).stdout.trim() === link;
      };
      expect(await shareRead([140, 150, 160, 170, 180], read)).toBe(1);
    },
  );
});
