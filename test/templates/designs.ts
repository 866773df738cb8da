import { degrees, PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts, TextAlignment } from "pdf-lib";
import { PNG } from "pngjs";

/** Designs as organisers hand them in, drawn here. Points, origin lower left, as in the files themselves. */

export interface Look {
  readonly width?: number;
  readonly height?: number;
  /** text, left, baseline, size; `turn` in degrees */
  readonly texts?: readonly (readonly [text: string, x: number, y: number, size: number, turn?: number])[];
  readonly turned?: number;
  /** form fields: name, left, bottom, width, height */
  readonly fields?: readonly (readonly [name: string, x: number, y: number, width: number, height: number])[];
  /** paints over a part: left, bottom, width, height; dark and full of lines */
  readonly busy?: readonly (readonly [number, number, number, number])[];
  readonly page?: number;
}

export async function pdfDesign(look: Look): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const font = await document.embedFont(StandardFonts.TimesRomanBold);
  for (let page = 1; page < (look.page ?? 1); page += 1) document.addPage([100, 100]);
  const page = document.addPage([look.width ?? 841.89, look.height ?? 595.28]);
  for (const area of look.busy ?? []) hatch(page, area);
  for (const [text, x, y, size, turn = 0] of look.texts ?? [])
    page.drawText(text, { x, y, size, font, rotate: degrees(turn) });
  if (look.turned !== undefined) page.setRotation(degrees(look.turned));
  addFields(document, page, font, look);
  return await document.save();
}

function hatch(page: PDFPage, [x, y, width, height]: readonly [number, number, number, number]): void {
  page.drawRectangle({ x, y, width, height, color: rgb(0.1, 0.3, 0.5) });
  for (let line = 0; line < height; line += 8) {
    const [start, end] = [
      { x, y: y + line },
      { x: x + width, y: y + line },
    ];
    page.drawLine({ start, end, thickness: 3, color: rgb(1, 0.9, 0.5) });
  }
}

function addFields(document: PDFDocument, page: PDFPage, font: PDFFont, { fields = [] }: Look): void {
  for (const [name, x, y, width, height] of fields) {
    const field = document.getForm().createTextField(name);
    field.setAlignment(TextAlignment.Center);
    field.addToPage(page, { x, y, width, height, font });
    field.setFontSize(18);
  }
}

export function pngDesign(width: number, height: number): Uint8Array {
  const picture = new PNG({ width, height });
  picture.data.fill(255);
  return PNG.sync.write(picture);
}
