import { PDFArray, type PDFContext, PDFDict, PDFDocument, PDFName, type PDFPage, type PDFRef } from "pdf-lib";
import { readPictureHeader } from "./picture.js";
import { type Drawing, drawSvg, isSvg } from "./svg.js";
import { Unsupported } from "./unsupported.js";

/** A file that is drawn as it is: background or picture. */
export interface Artwork {
  readonly kind: "pdf" | "svg" | "png" | "jpeg";
  /** as it stands upright: points of a PDF's page, units of the file of anything else */
  readonly width: number;
  readonly height: number;
  /** of pictures */
  readonly pixels: { readonly width: number; readonly height: number } | null;
  /** what the object measures that {@link embed} makes: 1 for pictures */
  readonly unitWidth: number;
  readonly unitHeight: number;
  /** fonts of a PDF that it does not bring along */
  readonly missingFonts: readonly string[];
  embed(into: PDFDocument): Promise<PDFRef>;
}

/** Why a file cannot be drawn, as words behind its name. */
export class Undrawable extends Error {
  readonly hints: readonly string[];

  constructor(what: string, hints: readonly string[] = [], cause?: unknown) {
    super(what, { cause });
    this.name = "Undrawable";
    this.hints = hints;
  }
}

const MOST_PIXELS = 20_000_000;

/** PNG, JPEG or SVG: what its first bytes say, whatever its name. @throws Undrawable */
export function openPicture(bytes: Uint8Array): Artwork {
  if (isSvg(bytes)) return openSvg(bytes);
  const header = readPictureHeader(bytes);
  if (header === null) {
    throw new Undrawable("is no picture that can be drawn", ["use a PNG, a JPEG or an SVG file"]);
  }
  const { kind, width, height } = header;
  const pixels = width * height;
  if (pixels > MOST_PIXELS) {
    const found = (pixels / 1e6).toFixed(1);
    throw new Undrawable(`has ${found} million pixels; ${MOST_PIXELS / 1e6} are the most`, [
      "make it smaller: 300 dots per inch are plenty",
    ]);
  }
  if (header.isCmyk)
    throw new Undrawable("is in CMYK, the colours of printing presses", ["export it in RGB (sRGB)"]);
  if (header.isTurned) {
    throw new Undrawable("lies on its side (Exif orientation)", [
      "open it in an image program and save it upright",
    ]);
  }
  return {
    kind,
    width,
    height,
    pixels: { width, height },
    unitWidth: 1,
    unitHeight: 1,
    missingFonts: [],
    async embed(into) {
      const image = await decoded(() => (kind === "png" ? into.embedPng(bytes) : into.embedJpg(bytes)));
      await into.flush();
      return image.ref;
    },
  };
}

async function decoded<T>(embed: () => Promise<T>): Promise<T> {
  try {
    return await embed();
  } catch (cause) {
    throw new Undrawable("is damaged: its pixels cannot be read", [], cause);
  }
}

function openSvg(bytes: Uint8Array): Artwork {
  let drawing: Drawing;
  try {
    drawing = drawSvg(bytes);
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error;
    throw new Undrawable(
      `holds ${error.message}`,
      ["export it as PDF instead, with text as outlines"],
      error,
    );
  }
  const { width, height } = drawing;
  const embed = async ({ context }: PDFDocument) => {
    const states = [...drawing.opacities].map(([name, { fill, stroke }]) => [
      name,
      { Type: "ExtGState", ca: fill, CA: stroke },
    ]);
    return context.register(
      context.flateStream(drawing.operators, {
        Type: "XObject",
        Subtype: "Form",
        BBox: [0, 0, width, height],
        Resources: states.length === 0 ? {} : { ExtGState: Object.fromEntries(states) },
      }),
    );
  };
  return {
    kind: "svg",
    width,
    height,
    pixels: null,
    unitWidth: width,
    unitHeight: height,
    missingFonts: [],
    embed,
  };
}

/** The same, or a page of a PDF, from 1. @throws Undrawable */
export async function openArtwork(bytes: Uint8Array, number: number): Promise<Artwork> {
  return isPdf(bytes) ? await openPage(bytes, number) : openPicture(bytes);
}

function isPdf(bytes: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(bytes.subarray(0, 1024)).includes("%PDF-");
}

async function openPage(bytes: Uint8Array, number: number): Promise<Artwork> {
  const { document, pages } = await load(bytes);
  proveOrdinary(document);
  const page = pages[number - 1];
  if (page === undefined) throw new Undrawable(`has no page ${number}; it has ${pages.length}`);
  const turn = ((page.getRotation().angle % 360) + 360) % 360;
  const { x, y, width, height } = page.getCropBox();
  const isLying = turn === 90 || turn === 270;
  const [wide, high] = isLying ? [height, width] : [width, height];
  return {
    kind: "pdf",
    width: wide,
    height: high,
    pixels: null,
    unitWidth: wide,
    unitHeight: high,
    missingFonts: missingFonts(page),
    async embed(into) {
      const box = { left: x, bottom: y, right: x + width, top: y + height };
      // an empty page may go without, and pdf-lib will not embed it so
      if (page.node.Contents() === undefined)
        page.node.set(PDFName.of("Contents"), document.context.register(document.context.flateStream("")));
      const embedded = await into.embedPage(page, box, upright(turn, box));
      await into.flush();
      dropNames(into.context, embedded.ref);
      return embedded.ref;
    },
  };
}

interface Bounds {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** Turns a page as its viewer would, and puts its lower left corner at the origin. */
function upright(
  turn: number,
  { left, bottom, right, top }: Bounds,
): [number, number, number, number, number, number] {
  if (turn === 90) return [0, -1, 1, 0, -bottom, right];
  if (turn === 180) return [-1, 0, 0, -1, right, top];
  if (turn === 270) return [0, 1, -1, 0, top, -left];
  return [1, 0, 0, 1, -left, -bottom];
}

async function load(bytes: Uint8Array) {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true });
    return { document, pages: document.getPages() };
  } catch (cause) {
    // of the newer kinds of protection pdf-lib only sees that nothing makes sense
    const isLocked = Buffer.from(bytes).includes("/Encrypt");
    if (isLocked) throw new Undrawable("is locked with a password", ["save it without protection"], cause);
    throw new Undrawable("is a PDF that cannot be opened: damaged", ["export it anew"], cause);
  }
}

function proveOrdinary({ catalog }: PDFDocument): void {
  const form = catalog.lookup(PDFName.of("AcroForm"));
  if (!(form instanceof PDFDict)) return;
  if (form.has(PDFName.of("XFA"))) {
    throw new Undrawable("is an XFA form, which only Adobe's programs draw", [
      "print it to a PDF file and use that",
    ]);
  }
  const flags = form.lookup(PDFName.of("SigFlags"));
  if (flags !== undefined && /^[13]$/.test(String(flags))) {
    throw new Undrawable("is signed; a copy of its page would look signed and not be", [
      "use the file as it was before it was signed",
    ]);
  }
}

/** PDF/A and every other machine need the fonts inside. */
function missingFonts(page: PDFPage): string[] {
  const fonts = page.node.Resources()?.lookup(PDFName.of("Font"));
  if (!(fonts instanceof PDFDict)) return [];
  return fonts.values().flatMap((value) => {
    const font = page.doc.context.lookup(value);
    if (!(font instanceof PDFDict) || String(font.get(PDFName.of("Subtype"))) === "/Type3") return [];
    const inner = font.lookup(PDFName.of("DescendantFonts"));
    const own = inner instanceof PDFArray ? page.doc.context.lookup(inner.get(0)) : font;
    const descriptor = own instanceof PDFDict ? own.lookup(PDFName.of("FontDescriptor")) : undefined;
    const isInside =
      descriptor instanceof PDFDict &&
      ["FontFile", "FontFile2", "FontFile3"].some((key) => descriptor.has(PDFName.of(key)));
    return isInside ? [] : [String(font.get(PDFName.of("BaseFont")) ?? "").slice(1)];
  });
}

/** Design programs leave their own private parts in a page; they would be in every certificate. */
function dropNames(context: PDFContext, ref: PDFRef): void {
  const form = context.lookup(ref);
  if (form === undefined || !("dict" in form)) return;
  const { dict } = form as { dict: { delete(key: PDFName): boolean } };
  for (const key of ["PieceInfo", "Metadata", "StructParents", "LastModified"]) dict.delete(PDFName.of(key));
}
