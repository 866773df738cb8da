import { Fault } from "../../model/fault.js";
import { formatNumber } from "../notation.js";
import { scopeOf } from "../placeholder.js";
import type { ImageSpec } from "../schema.js";
import { fillPlain } from "../text.js";
import { commonOf, type Desk, type Drawn, type Element, points } from "./element.js";

/** A picture that the template brings along, or one of the organiser's whose path stands in the event file. */
export interface ImageElement extends Element {
  readonly type: "image";
  /** a path in the template's folder, or the placeholder that holds one relative to the event file */
  readonly source: { readonly file: string } | { readonly field: string };
  /** dots per inch below which it looks coarse */
  readonly minDpi: number;
}

/** The organiser's pictures stand beside the template's own files under this name. */
export const ofEvent = "event:";
const placeholder = /^\{\{\s*([\w.-]+)\s*\}\}$/;
const shareBefore = { left: 0, top: 0, center: 0.5, middle: 0.5, right: 1, bottom: 1 } as const;

export function isImage(element: Element): element is ImageElement {
  return "type" in element && element.type === "image";
}

export function admitImage(spec: ImageSpec, path: readonly PropertyKey[], desk: Desk): ImageElement {
  const common = commonOf(spec, path, desk);
  const source = sourceOf(spec, path, desk);
  const field = "field" in source ? source.field : null;
  const alt = spec.alt === "decorative" ? null : desk.text(spec.alt, [...path, "alt"], {});
  const link = field === null ? [] : [desk.text(`{{${field}}}`, [...path, "src"], {})];
  const element: ImageElement = {
    ...common,
    type: "image",
    source,
    minDpi: spec.minDpi ?? 150,
    texts: [...link, ...(alt === null ? [] : [alt])],
    children: [],
    lay(facts, room, shop) {
      const value = field === null ? null : facts(field);
      if (field !== null && value === null) return null;
      const file = "file" in source ? source.file : `${ofEvent}${value}`;
      const picture = shop.picture(file);
      const box = { width: common.box?.width ?? room.width, height: common.box?.height ?? common.height };
      return {
        height: box.height,
        drawAt(x, y) {
          const bottom = desk.pageHeight - y - box.height;
          const placed = placeIn(picture, { ...box, x, y: bottom }, spec);
          const matrix = [
            placed.width / picture.unitWidth,
            0,
            0,
            placed.height / picture.unitHeight,
            placed.x,
            placed.y,
          ];
          const seen = spec.fit === "cover" ? { ...box, x, y: bottom } : placed;
          const clip =
            spec.fit === "cover"
              ? `${[x, bottom, box.width, box.height].map(formatNumber).join(" ")} re W n\n`
              : "";
          const operators = `q\n${clip}${matrix.map((number) => formatNumber(number)).join(" ")} cm\n/${picture.name} Do\nQ\n`;
          const drawn: Drawn = {
            element,
            tag: alt === null ? "Artifact" : "Figure",
            alt: alt === null ? null : (fillPlain(alt, facts) ?? ""),
            within: [],
            operators,
            bounds: [seen.x, seen.y, seen.x + seen.width, seen.y + seen.height],
          };
          return [drawn];
        },
      };
    },
  };
  return element;
}

/** Where a picture of these proportions stands in its box; the origin is the lower left. */
function placeIn(
  picture: { readonly width: number; readonly height: number },
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  { fit = "contain", align = "center", valign = "middle" }: ImageSpec,
) {
  if (fit === "stretch") return box;
  const scales = [box.width / picture.width, box.height / picture.height];
  const scale = fit === "contain" ? Math.min(...scales) : Math.max(...scales);
  const [width, height] = [picture.width * scale, picture.height * scale];
  return {
    x: box.x + (box.width - width) * shareBefore[align],
    y: box.y + (box.height - height) * (1 - shareBefore[valign]),
    width,
    height,
  };
}

function sourceOf(spec: ImageSpec, path: readonly PropertyKey[], desk: Desk): ImageElement["source"] {
  const place = desk.locate([...path, "src"]);
  const field = placeholder.exec(spec.src)?.[1];
  if (field !== undefined) {
    if (scopeOf(field) !== "event") {
      desk.faults.push(
        new Fault("image-unfit", `{{${field}}} differs from certificate to certificate; a picture must not`, {
          place,
          hints: ["name a field of the event, as in {{certificate.fields.signatory.specimen}}"],
        }),
      );
    }
    return { field };
  }
  const flaw = flawOfPath(spec.src);
  if (flaw !== null) {
    desk.faults.push(
      new Fault("image-unfit", `the picture "${spec.src}" ${flaw}`, {
        place,
        hints: ["copy the picture into the template's folder and give its path there"],
      }),
    );
  }
  return { file: spec.src };
}

/** Why a path may not be followed, as words behind it; `null` if it may. Also asked about what event files say. */
export function flawOfPath(path: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:/i.test(path)) return "is an address; pictures are files";
  if (path.startsWith("/") || path.startsWith("\\")) return "is not relative to the folder";
  if (path.split(/[/\\]/).includes("..")) return "leaves the folder";
  return path.includes("\0") ? "holds a letter that no path can hold" : null;
}

/** @returns dots per inch of a picture as its box shows it; `null` for drawings */
export function dpiOf(
  element: ImageElement,
  pixels: { readonly width: number; readonly height: number } | null,
): number | null {
  if (pixels === null || element.box === null) return null;
  const inches = { width: element.box.width / points(25.4), height: element.box.height / points(25.4) };
  return Math.max(pixels.width / inches.width, pixels.height / inches.height);
}
