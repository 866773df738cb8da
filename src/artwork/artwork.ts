import type { Colour } from "./colour.js";

/*
 * What an organiser's design is, before it is a template: a page exported from Canva, PowerPoint or Slides, a picture, or a
 * PDF form. Lengths are millimetres from the upper left corner of the page as it is seen; sizes of type are points.
 */

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A line of text as it stands on the page. */
export interface Line {
  readonly text: string;
  readonly box: Box;
  readonly sizePt: number;
  readonly color: Colour;
}

/** A field of a PDF form. */
export interface FormField {
  readonly name: string;
  readonly box: Box;
  /** `null` where the form leaves it to the reader */
  readonly sizePt: number | null;
  readonly align: "left" | "center" | "right";
  readonly isMultiline: boolean;
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

export interface Artwork {
  /** the background's file name in the template's folder, and its bytes */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** of the page in the file, from 1 */
  readonly page: number;
  readonly width: number;
  readonly height: number;
  readonly lines: readonly Line[];
  readonly fields: readonly FormField[];
  readonly raster: Raster;
  readonly findings: readonly Finding[];
}

export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** A length or size as people write it. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
