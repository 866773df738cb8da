import { type PDFContext, PDFDocument, PDFName, type PDFRef } from "pdf-lib";
import { Fault } from "../model/fault.js";
import { fileOf } from "./faces.js";
import type { Template } from "./template.js";

/** Points: what print shops call the same size. */
const TOLERANCE = 2;

/** @throws Fault if the background is not a PDF page of the template's size, standing upright */
export async function checkBackground(template: Template): Promise<void> {
  await openBackground(template);
}

/** The background as a form object of a document, or `null` where the template has none. */
export async function embedBackground(template: Template, into: PDFDocument): Promise<PDFRef | null> {
  const page = await openBackground(template);
  if (page === null) return null;
  const embedded = await into.embedPage(page);
  await into.flush();
  dropNames(into.context, embedded.ref);
  return embedded.ref;
}

async function openBackground(template: Template) {
  const { background, width, height } = template.page;
  if (background === null) return null;
  const document = await load(template, background.file);
  const pages = document.getPages();
  const page = pages[background.page - 1];
  if (page === undefined) {
    throw unfit(template, "page", `has no page ${background.page}; it has ${pages.length}`);
  }
  if (page.getRotation().angle !== 0) throw unfit(template, "file", "is turned (/Rotate); export it upright");
  const media = page.getMediaBox();
  const crop = page.getCropBox();
  const isWhole =
    Math.abs(media.width - crop.width) < TOLERANCE && Math.abs(media.height - crop.height) < TOLERANCE;
  const fits = Math.abs(media.width - width) < TOLERANCE && Math.abs(media.height - height) < TOLERANCE;
  if (isWhole && fits) return page;
  const size = `${millimetres(crop.width)} × ${millimetres(crop.height)} mm`;
  const wanted = `${millimetres(width)} × ${millimetres(height)} mm`;
  throw unfit(template, "file", `has a page of ${size}; the template's is ${wanted}`);
}

async function load(template: Template, file: string): Promise<PDFDocument> {
  try {
    return await PDFDocument.load(fileOf(template, file), {
      updateMetadata: false,
      throwOnInvalidObject: true,
    });
  } catch (cause) {
    throw unfit(template, "file", "is no PDF that can be opened (damaged, or locked with a password)", cause);
  }
}

function unfit(template: Template, key: "file" | "page", flaw: string, cause?: unknown): Fault {
  const place = template.locate(["pages", 0, "background", key]);
  const file = template.page.background?.file ?? "";
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
