import type { PDFiumLibrary, PDFiumPage } from "@hyzyla/pdfium";
import { openLibrary } from "./pdfium.js";
import { type Bitmap, readPicture } from "./picture.js";

/** What can be seen of a PDF that is not built as ours are: a scan, a print of a print, a file of some other program. */
export interface Scan {
  /** texts of the QR codes on the first pages */
  readonly codes: readonly string[];
  readonly hasText: boolean;
}

const MOST_PAGES = 5;
/** Finest first: a symbol of 25 mm has 4 dots a module at 300 dpi; large posters would not fit the memory so. */
const MOST_PIXELS = 40_000_000;
const DOTS_PER_POINT = 300 / 72;

/** Draws the first pages and looks at them; `null` where the file is damaged or locked. */
export async function scanPdf(bytes: Uint8Array): Promise<Scan | null> {
  return await withLibrary(async (library) => {
    const document = await library.loadDocument(bytes);
    const codes: string[] = [];
    let hasText = false;
    for (let at = 0; at < Math.min(document.getPageCount(), MOST_PAGES); at += 1) {
      const page = document.getPage(at);
      // before it is drawn: PDFium's wrapper closes a page with its drawing
      hasText ||= page.getText().trim() !== "" || drawsText(page);
      codes.push(...(await readPicture(await draw(page, DOTS_PER_POINT))));
    }
    return { codes, hasText };
  });
}

/**
 * The texts of the QR codes on the first page as a screen shows it; none where the file is damaged. For files of ours, one
 * after the other: what draws them is kept, where that of strangers' files is made anew for each.
 */
export async function readFirstPage(bytes: Uint8Array): Promise<readonly string[]> {
  try {
    kept ??= openLibrary();
    const document = await (await kept).loadDocument(bytes);
    try {
      const drawn = await draw(document.getPage(0), SCREEN_DOTS_PER_POINT);
      const codes = await readPicture(drawn, "quick");
      return codes.length > 0 ? codes : await readPicture(drawn);
    } finally {
      document.destroy();
    }
  } catch {
    return [];
  }
}

let kept: Promise<PDFiumLibrary> | undefined;

/** 130 dpi: three dots a module where it is as wide as it should be. */
const SCREEN_DOTS_PER_POINT = 130 / 72;

async function withLibrary<T>(use: (library: PDFiumLibrary) => Promise<T>): Promise<T | null> {
  const library = await openLibrary();
  try {
    return await use(library);
  } catch {
    // PDFium names its failures by number and so ends at all of them alike
    return null;
  } finally {
    library.destroy();
  }
}

/** Text whose font says nothing of its letters is text all the same, though none can be taken from it. */
function drawsText(page: PDFiumPage): boolean {
  return [...page.objects()].some(({ type }) => type === "text");
}

async function draw(page: PDFiumPage, dotsPerPoint: number): Promise<Bitmap> {
  const { originalWidth, originalHeight } = page.getOriginalSize();
  const scale = Math.min(dotsPerPoint, Math.sqrt(MOST_PIXELS / (originalWidth * originalHeight)));
  const { data, width, height } = await page.render({ scale, render: "bitmap" });
  return { data: new Uint8ClampedArray(data), width, height };
}
