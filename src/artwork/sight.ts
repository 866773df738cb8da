import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { type Box, type Line, POINTS_PER_MM, type Raster } from "./artwork.js";
import type { Colour } from "./colour.js";

/** What can be seen of a page. */
export interface Sight {
  /** in the order of the file */
  readonly lines: readonly Line[];
  readonly raster: Raster;
}

/** Of the raster: fine enough to see a line of small type, coarse enough to be looked at in no time. */
const DOTS_PER_MM = 2;

/**
 * The part of PDFium that its wrapper keeps to itself: where each character stands, how large and in which colour. The
 * wrapper's version is fixed, and a test holds these names.
 */
interface Inside {
  readonly pageIdx: number;
  readonly module: {
    _FPDFText_LoadPage(page: number): number;
    _FPDFText_ClosePage(text: number): void;
    _FPDFText_CountChars(text: number): number;
    _FPDFText_GetUnicode(text: number, index: number): number;
    _FPDFText_GetFontSize(text: number, index: number): number;
    _FPDFText_GetLooseCharBox(text: number, index: number, rect: number): number;
    _FPDFText_GetFillColor(text: number, index: number, r: number, g: number, b: number, a: number): number;
    readonly wasmExports: { malloc(size: number): number; free(at: number): void };
    readonly HEAPF32: Float32Array;
    readonly HEAPU32: Uint32Array;
  };
}

/** Looks at the only page of a PDF that stands upright. */
export async function lookAt(pdf: Uint8Array): Promise<Sight> {
  const { PDFiumLibrary } = await import("@hyzyla/pdfium");
  const path = createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm");
  const library = await PDFiumLibrary.init({ wasmBinary: Uint8Array.from(await readFile(path)).buffer });
  try {
    const document = await library.loadDocument(pdf);
    const page = document.getPage(0);
    const { originalHeight } = page.getOriginalSize();
    // before it is drawn: the wrapper closes a page with its drawing
    const lines = linesOf(page as unknown as Inside, originalHeight);
    const { data, width, height } = await page.render({
      scale: DOTS_PER_MM / POINTS_PER_MM,
      render: "bitmap",
      colorSpace: "Gray",
    });
    return { lines, raster: { width, height, light: data } };
  } finally {
    library.destroy();
  }
}

interface Letter {
  readonly text: string;
  readonly box: Box;
  readonly sizePt: number;
  readonly color: Colour;
}

function linesOf({ module, pageIdx }: Inside, pageHeight: number): Line[] {
  const text = module._FPDFText_LoadPage(pageIdx);
  const scratch = module.wasmExports.malloc(16);
  const lines: Letter[][] = [[]];
  try {
    for (let index = 0; index < module._FPDFText_CountChars(text); index += 1) {
      const point = module._FPDFText_GetUnicode(text, index);
      if (point === 10 || point === 13) lines.push([]);
      else if (point !== 0) lines.at(-1)?.push(letterAt(index, point));
    }
  } finally {
    module.wasmExports.free(scratch);
    module._FPDFText_ClosePage(text);
  }
  return lines.flatMap(lineOf);

  function letterAt(index: number, point: number): Letter {
    module._FPDFText_GetLooseCharBox(text, index, scratch);
    const [left = 0, top = 0, right = 0, bottom = 0] = module.HEAPF32.subarray(scratch / 4, scratch / 4 + 4);
    const box = {
      x: Math.min(left, right) / POINTS_PER_MM,
      y: (pageHeight - Math.max(top, bottom)) / POINTS_PER_MM,
      width: Math.abs(right - left) / POINTS_PER_MM,
      height: Math.abs(top - bottom) / POINTS_PER_MM,
    };
    module._FPDFText_GetFillColor(text, index, scratch, scratch + 4, scratch + 8, scratch + 12);
    const [red = 0, green = 0, blue = 0] = module.HEAPU32.subarray(scratch / 4, scratch / 4 + 3);
    // the size that the file states says little where the page is scaled; the room of a letter does not lie
    const sizePt = (box.height * POINTS_PER_MM) / 1.2 || module._FPDFText_GetFontSize(text, index);
    return { text: String.fromCodePoint(point), box, sizePt, color: [red, green, blue] };
  }
}

function lineOf(letters: readonly Letter[]): Line[] {
  const inked = letters.filter(({ text }) => text.trim() !== "");
  const [first] = inked;
  if (first === undefined) return [];
  return [
    {
      text: letters.map(({ text }) => text).join(""),
      box: around(inked.map(({ box }) => box)),
      boxes: letters.flatMap(({ text, box }) => Array.from({ length: text.length }, () => box)),
      sizePt: first.sizePt,
      color: first.color,
    },
  ];
}

export function around(boxes: readonly Box[]): Box {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}
