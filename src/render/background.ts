import type { PDFDocument, PDFRef } from "pdf-lib";
import { Fault, type Warning } from "../model/fault.js";
import { withChildren } from "./admit.js";
import { type Artwork, openArtwork, openPicture, Undrawable } from "./artwork/artwork.js";
import { dpiOf, isImage, ofEvent } from "./element/image.js";
import { fileOf } from "./faces.js";
import { formatNumber } from "./notation.js";
import type { Page } from "./page.js";
import type { Template } from "./template.js";

/** Points: what print shops call the same size, 0.7 mm. */
const TOLERANCE = 2;
const COARSE_DPI = 150;
const LARGE_BYTES = 300_000;

/** @returns what is worth knowing. @throws Fault if a background cannot be drawn, or has not its page's size */
export async function checkBackgrounds(template: Template): Promise<Warning[]> {
  const warnings: Warning[] = [];
  for (const page of template.pages) {
    const artwork = await openBackground(template, page);
    if (artwork !== null) warnings.push(...warningsOf(artwork, template, page));
  }
  return warnings;
}

/** A background as an object of the document, and the operators that draw it; `null` where the page has none. */
export async function embedBackground(
  template: Template,
  page: Page,
  into: PDFDocument,
): Promise<{ readonly ref: PDFRef; readonly draw: (name: string) => string } | null> {
  const artwork = await openBackground(template, page);
  if (artwork === null) return null;
  const ref = await drawable(
    () => artwork.embed(into),
    (error) => unfit(template, page, "file", error),
  );
  const scale = [page.width / artwork.unitWidth, 0, 0, page.height / artwork.unitHeight, 0, 0];
  // the page of a PDF has the size already, as near as makes no difference
  const matrix = artwork.kind === "pdf" ? "" : `${scale.map(formatNumber).join(" ")} cm `;
  return { ref, draw: (name) => `q ${matrix}/${name} Do Q` };
}

/** The pictures that a template shows, by path. @throws Fault if one cannot be drawn */
export async function embedPictures(
  template: Template,
  into: PDFDocument,
): Promise<Map<string, { readonly ref: PDFRef; readonly artwork: Artwork }>> {
  const pictures = new Map<string, { ref: PDFRef; artwork: Artwork }>();
  for (const file of template.pictures) {
    const artwork = openTemplatePicture(template, file);
    const ref = await drawable(
      () => artwork.embed(into),
      (error) => pictureFault(template, file, error),
    );
    pictures.set(file, { ref, artwork });
  }
  return pictures;
}

/** @throws Fault if it cannot be drawn */
function openTemplatePicture(template: Template, file: string): Artwork {
  try {
    return openPicture(fileOf(template, file));
  } catch (error) {
    if (error instanceof Undrawable) throw pictureFault(template, file, error);
    throw error;
  }
}

function pictureFault(template: Template, file: string, error: Undrawable): Fault {
  const shown = file.startsWith(ofEvent) ? file.slice(ofEvent.length) : file;
  return new Fault("image-unfit", `the picture "${shown}" ${error.message}`, {
    place: template.locate([]),
    hints: error.hints,
    cause: error,
  });
}

async function drawable<T>(draw: () => Promise<T>, fault: (error: Undrawable) => Fault): Promise<T> {
  try {
    return await draw();
  } catch (error) {
    if (error instanceof Undrawable) throw fault(error);
    throw error;
  }
}

async function openBackground(template: Template, page: Page): Promise<Artwork | null> {
  const { background } = page;
  if (background === null) return null;
  const artwork = await drawable(
    () => openArtwork(fileOf(template, background.file), background.page),
    (error) => unfit(template, page, /^has no page/.test(error.message) ? "page" : "file", error),
  );
  proveSize(artwork, template, page);
  return artwork;
}

/** A PDF's page has the size itself; a picture must have its proportions, so that nothing is drawn out of shape. */
function proveSize(artwork: Artwork, template: Template, page: Page): void {
  const scale = artwork.kind === "pdf" ? 1 : page.width / artwork.width;
  const [width, height] = [artwork.width * scale, artwork.height * scale];
  if (Math.abs(width - page.width) < TOLERANCE && Math.abs(height - page.height) < TOLERANCE) return;
  const wanted = `${millimetres(page.width)} × ${millimetres(page.height)} mm`;
  const found = `${millimetres(width)} × ${millimetres(height)} mm`;
  const size = artwork.pixels === null ? found : `${artwork.pixels.width} × ${artwork.pixels.height} pixels`;
  const what = `is ${size}; the template's page is ${wanted}`;
  const hints = [
    artwork.kind === "pdf"
      ? `write \`size: [${millimetres(width)}, ${millimetres(height)}]\`, or export it in the page's size`
      : `export it in the proportions of the page, as in ${pixelsFor(page)} pixels`,
  ];
  throw unfit(template, page, "file", new Undrawable(what, hints));
}

function pixelsFor({ width, height }: Page): string {
  return [width, height].map((length) => Math.round((length / 72) * 200)).join(" × ");
}

function warningsOf(artwork: Artwork, template: Template, page: Page): Warning[] {
  const { file, line } = template.locate(["pages", page.index, "background", "file"]);
  const name = page.background?.file ?? "";
  const warnings: Warning[] = [];
  const warn = (code: string, message: string) => warnings.push({ code, message, file, line });
  const dpi = artwork.pixels === null ? null : Math.round(artwork.pixels.width / (page.width / 72));
  if (dpi !== null && dpi < COARSE_DPI) {
    warn(
      "background-coarse",
      `the background "${name}" has ${dpi} dots per inch on this page; below ${COARSE_DPI} it looks coarse in print (${pixelsFor(page)} pixels are good)`,
    );
  }
  const bytes = fileOf(template, name).length;
  if (bytes > LARGE_BYTES) {
    warn(
      "background-large",
      `the background "${name}" has ${Math.round(bytes / 1000)} KB, which every certificate will carry`,
    );
  }
  if (artwork.missingFonts.length > 0) {
    warn(
      "background-font",
      `the background "${name}" does not bring along its font ${[...new Set(artwork.missingFonts)].join(", ")}: other machines will draw it with another`,
    );
  }
  return warnings;
}

function unfit(template: Template, page: Page, key: "file" | "page", error: Undrawable): Fault {
  const place = template.locate(["pages", page.index, "background", key]);
  const file = page.background?.file ?? "";
  return new Fault("background-unfit", `the background "${file}" ${error.message}`, {
    place,
    hints: error.hints,
    cause: error,
  });
}

function millimetres(length: number): string {
  return String(Math.round((length * 254) / 72) / 10);
}

/** @returns which pictures look coarse. @throws Fault if one cannot be drawn */
export function checkPictures(template: Template): Warning[] {
  const opened = new Map(template.pictures.map((file) => [file, openTemplatePicture(template, file)]));
  const images = template.pages.flatMap(({ elements }) => elements.flatMap(withChildren).filter(isImage));
  return images.flatMap((image): Warning[] => {
    const files =
      "file" in image.source
        ? [image.source.file]
        : [...opened.keys()].filter((file) => file.startsWith(ofEvent));
    return files.flatMap((file) => {
      const dpi = dpiOf(image, opened.get(file)?.pixels ?? null);
      if (dpi === null || dpi >= image.minDpi || files.length > 1) return [];
      const message = `the picture "${file.replace(ofEvent, "")}" has ${Math.round(dpi)} dots per inch in "${image.id}"; below ${image.minDpi} it looks coarse in print`;
      return [{ code: "image-coarse", message, file: image.place.file, line: image.place.line }];
    });
  });
}
