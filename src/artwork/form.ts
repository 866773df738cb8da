import { PDFDocument, PDFDropdown, type PDFPage, PDFTextField, TextAlignment } from "pdf-lib";
import { type Box, POINTS_PER_MM } from "./artwork.js";

/** A field of a PDF form that text goes into. */
export interface FormField {
  readonly name: string;
  readonly box: Box;
  /** `null` where the form leaves it to the reader */
  readonly sizePt: number | null;
  readonly align: "left" | "center" | "right";
  readonly isMultiline: boolean;
}

const alignments = {
  [TextAlignment.Left]: "left",
  [TextAlignment.Center]: "center",
  [TextAlignment.Right]: "right",
} as const;

/** The text fields on a page of a PDF, from 1, from top to bottom. Buttons, ticks and signatures are none. */
export async function fieldsOf(pdf: Uint8Array, number: number): Promise<FormField[]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const page = document.getPages()[number - 1];
  if (page === undefined || document.catalog.getAcroForm() === undefined) return [];
  const place = placing(page);
  const own = new Set(
    page.node
      .Annots()
      ?.asArray()
      .map((ref) => document.context.lookup(ref)),
  );
  const fields = document
    .getForm()
    .getFields()
    .flatMap((field) => {
      if (!(field instanceof PDFTextField) && !(field instanceof PDFDropdown)) return [];
      const isText = field instanceof PDFTextField;
      return field.acroField
        .getWidgets()
        .filter((widget) => own.has(widget.dict))
        .map((widget) => ({
          name: field.getName(),
          box: place(widget.getRectangle()),
          sizePt: sizeOf(widget.getDefaultAppearance() ?? field.acroField.getDefaultAppearance() ?? ""),
          align: isText ? alignments[field.getAlignment()] : ("left" as const),
          isMultiline: isText && field.isMultiline(),
        }));
    });
  return fields.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
}

/** The size in a field's appearance, as in `/Helv 12 Tf`; 0 means "as it fits". */
function sizeOf(appearance: string): number | null {
  const size = Number(/([\d.]+)\s+Tf/.exec(appearance)?.[1] ?? 0);
  return size > 0 ? size : null;
}

type Rectangle = { x: number; y: number; width: number; height: number };

/** From the page's own coordinates to millimetres as the page is seen: cropped and turned. */
function placing(page: PDFPage): (rectangle: Rectangle) => Box {
  const crop = page.getCropBox();
  const turn = ((page.getRotation().angle % 360) + 360) % 360;
  return ({ x, y, width, height }) => {
    const [left, bottom] = [x - crop.x, y - crop.y];
    const [right, top] = [crop.width - left - width, crop.height - bottom - height];
    const isLying = turn === 90 || turn === 270;
    const seen = { 0: [left, top], 90: [bottom, left], 180: [right, bottom], 270: [top, right] }[turn] ?? [
      left,
      top,
    ];
    const size = isLying ? [height, width] : [width, height];
    return {
      x: (seen[0] ?? 0) / POINTS_PER_MM,
      y: (seen[1] ?? 0) / POINTS_PER_MM,
      width: (size[0] ?? 0) / POINTS_PER_MM,
      height: (size[1] ?? 0) / POINTS_PER_MM,
    };
  };
}
