import { type PDFContext, PDFDocument, PDFName, type PDFPage, type PDFRef } from "pdf-lib";
import { Fault } from "../model/fault.js";
import { fileOf } from "./faces.js";
import type { Page } from "./page.js";
import type { Template } from "./template.js";

/** Points: what print shops call the same size. */
const TOLERANCE = 2;

/** @throws Fault if a background is not a PDF page of its page's size, standing upright */
export async function checkBackgrounds(template: Template): Promise<void> {
  for (const page of template.pages) await openBackground(template, page);
}

/** The background of a page as a form object of a document, or `null` where it has none. */
export async function embedBackground(
  template: Template,
  page: Page,
  into: PDFDocument,
): Promise<PDFRef | null> {
  const source = await openBackground(template, page);
  if (source === null) return null;
  const embedded = await into.embedPage(source);
  await into.flush();
  dropNames(into.context, embedded.ref);
  return embedded.ref;
}

async function openBackground(template: Template, page: Page): Promise<PDFPage | null> {
  const { background, width, height } = page;
  if (background === null) return null;
  const document = await load(template, page);
  const pages = document.getPages();
  const found = pages[background.page - 1];
  if (found === undefined) {
    throw unfit(template, page, "page", `has no page ${background.page}; it has ${pages.length}`);
  }
  if (found.getRotation().angle !== 0)
    throw unfit(template, page, "file", "is turned (/Rotate); export it upright");
  const media = found.getMediaBox();
  const crop = found.getCropBox();
  const isWhole =
    Math.abs(media.width - crop.width) < TOLERANCE && Math.abs(media.height - crop.height) < TOLERANCE;
  const fits = Math.abs(media.width - width) < TOLERANCE && Math.abs(media.height - height) < TOLERANCE;
  if (isWhole && fits) return found;
  const size = `${millimetres(crop.width)} × ${millimetres(crop.height)} mm`;
  const wanted = `${millimetres(width)} × ${millimetres(height)} mm`;
  throw unfit(template, page, "file", `has a page of ${size}; the template's is ${wanted}`);
}

async function load(template: Template, page: Page): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(fileOf(template, page.background?.file ?? ""), {
      updateMetadata: false,
      throwOnInvalidObject: true,
    });
  } catch (cause) {
    const flaw = "is no PDF that can be opened (damaged, or locked with a password)";
    throw unfit(template, page, "file", flaw, cause);
  }
}

function unfit(template: Template, page: Page, key: "file" | "page", flaw: string, cause?: unknown): Fault {
  const place = template.locate(["pages", page.index, "background", key]);
  const file = page.background?.file ?? "";
  return new Fault("background-unfit", `the background "${file}" ${flaw}`, { place, cause });
}

function millimetres(length: number): string {
  return String(Math.round((length * 254) / 72) / 10);
}

/** Design programs leave their own private parts in a page; they would be in every certificate. */
function dropNames(context: PDFContext, ref: PDFRef): void {
  const form = context.lookup(ref);
  if (form === undefined || !("dict" in form)) return;
  const { dict } = form as { dict: { delete(key: PDFName): boolean } };
  for (const key of ["PieceInfo", "Metadata", "StructParents", "LastModified"]) dict.delete(PDFName.of(key));
}
