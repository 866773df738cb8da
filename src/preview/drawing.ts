import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { PDFiumLibrary } from "@hyzyla/pdfium";
import { PNG } from "pngjs";

/** A page may be drawn this large, in pixels; a mistyped resolution must not take all memory. */
const MOST_PIXELS = 60_000_000;

/** Draws pages of PDFs as PNG, with the program part of a browser's own viewer. */
export class Drawing {
  readonly #library: PDFiumLibrary;

  private constructor(library: PDFiumLibrary) {
    this.#library = library;
  }

  static async open(): Promise<Drawing> {
    const { PDFiumLibrary } = await import("@hyzyla/pdfium");
    const path = createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm");
    return new Drawing(
      await PDFiumLibrary.init({ wasmBinary: Uint8Array.from(await readFile(path)).buffer }),
    );
  }

  /** @param page from 0; `null` if there is no such page */
  async draw(pdf: Uint8Array, page: number, dpi: number): Promise<Buffer | null> {
    const document = await this.#library.loadDocument(pdf);
    try {
      if (page >= document.getPageCount()) return null;
      const found = document.getPage(page);
      const { originalWidth, originalHeight } = found.getOriginalSize();
      const scale = Math.min(dpi / 72, Math.sqrt(MOST_PIXELS / (originalWidth * originalHeight)));
      const { data, width, height } = await found.render({ scale, render: "bitmap" });
      const png = new PNG({ width, height });
      png.data = Buffer.from(data);
      return PNG.sync.write(png, { colorType: 2 });
    } finally {
      document.destroy();
    }
  }

  async pages(pdf: Uint8Array): Promise<number> {
    const document = await this.#library.loadDocument(pdf);
    try {
      return document.getPageCount();
    } finally {
      document.destroy();
    }
  }
}
