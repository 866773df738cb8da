import type { Colour } from "./colour.js";

/*
 * What an organiser's design is before it is a template: a page exported from Canva, PowerPoint or Slides, a picture, or a
 * PDF form. Lengths are millimetres from the upper left corner of the page as it is seen; sizes of type are points.
 */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A design as it is handed in. */
export interface Design {
  /** the background's file name in the template's folder */
  readonly file: string;
  readonly kind: "pdf" | "svg" | "png" | "jpeg";
  readonly bytes: Uint8Array;
  /** of a PDF, from 1 */
  readonly page: number;
  /** of the page on which it stands */
  readonly size: { readonly width: number; readonly height: number };
  /** of pictures */
  readonly pixels: { readonly width: number; readonly height: number } | null;
  /** fonts that a PDF does not bring along */
  readonly missingFonts: readonly string[];
  /** the same as a PDF of one page of that size, standing upright, without form fields and notes */
  readonly upright: Uint8Array;
}

/** A line of text as it stands on the page. */
export interface Line {
  readonly text: string;
  readonly box: Box;
  /** of each character of the text */
  readonly boxes: readonly Box[];
  readonly sizePt: number;
  readonly color: Colour;
}

/** How light the page is, place by place. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  /** row by row from the top, 0 black to 255 white */
  readonly light: Uint8Array;
}

/** Something about the design that the organiser should know. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly hints: readonly string[];
}

export const POINTS_PER_MM = 72 / 25.4;

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** A length or size as people write it. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
