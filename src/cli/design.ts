import { readFileSync } from "node:fs";
import { PDFDocument } from "pdf-lib";
import type { Design } from "../artwork/artwork.js";
import { Fault } from "../model/fault.js";
import { type Artwork, openArtwork, Undrawable } from "../render/artwork/artwork.js";
import { pageSizes } from "../render/schema.js";
import { shownPath } from "./eventFolder.js";

const MM_PER_POINT = 25.4 / 72;
/** Millimetres: nearer than this, a page or picture is meant to be of that size. */
const NEAR = 0.6;
const extensions = { pdf: "pdf", svg: "svg", png: "png", jpeg: "jpg" } as const;

/**
 * Opens an organiser's design.
 *
 * @param page of a PDF, from 1
 * @throws Fault if it cannot be read or drawn
 */
export async function openDesign(path: string, page: number): Promise<Design> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new Fault("design-missing", `there is no file "${shownPath(path)}" that can be read`, { cause });
  }
  return await designOf(bytes, page, shownPath(path));
}

/** @param shown how the file is called in messages */
export async function designOf(bytes: Uint8Array, page: number, shown: string): Promise<Design> {
  try {
    const artwork = await openArtwork(bytes, page);
    const size = sizeOf(artwork);
    return {
      file: `background.${extensions[artwork.kind]}`,
      kind: artwork.kind,
      bytes,
      page,
      size,
      pixels: artwork.pixels,
      missingFonts: artwork.missingFonts,
      upright: await uprightPage(artwork, size),
    };
  } catch (error) {
    if (!(error instanceof Undrawable)) throw error;
    throw new Fault("design-unfit", `"${shown}" ${error.message}`, {
      place: { file: shown },
      hints: error.hints,
      cause: error,
    });
  }
}

/** A PDF's page has its own size. A picture has none: it goes onto the paper whose shape it has, else across the width of A4. */
function sizeOf({ kind, width, height }: Artwork): Design["size"] {
  if (kind === "pdf") return { width: width * MM_PER_POINT, height: height * MM_PER_POINT };
  for (const [paperWidth, paperHeight] of Object.values(pageSizes)) {
    if (Math.abs((height / width) * paperWidth - paperHeight) <= NEAR)
      return { width: paperWidth, height: paperHeight };
  }
  const [, long] = pageSizes["A4-portrait"];
  const scale = long / Math.max(width, height);
  return { width: width * scale, height: height * scale };
}

async function uprightPage(artwork: Artwork, size: Design["size"]): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const [width, height] = [size.width / MM_PER_POINT, size.height / MM_PER_POINT];
  const page = document.addPage([width, height]);
  const ref = await artwork.embed(document);
  const name = page.node.newXObject("Artwork", ref);
  const scale = [width / artwork.unitWidth, 0, 0, height / artwork.unitHeight, 0, 0].join(" ");
  const content = document.context.flateStream(`q ${scale} cm ${name} Do Q`);
  page.node.addContentStream(document.context.register(content));
  return await document.save({ useObjectStreams: false });
}
