import type { Fault, Place } from "../../model/fault.js";
import type { Locate } from "../../model/yaml.js";
import type { Face } from "../face.js";
import type { Shape } from "../line.js";
import type { Colour } from "../notation.js";
import type { Facts } from "../placeholder.js";
import type { ElementSpec, FontFamily, Style, When } from "../schema.js";
import type { Text } from "../text.js";

/** In points; the origin is the upper left corner, as in templates. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What something is to a reader that does not see: the names of the standard (ISO 32000-1, 14.8.4). */
export type Tag = "P" | "H1" | "H2" | "TH" | "TD" | "Figure" | "Artifact";

/** Something to draw, with what it is to a reader that does not see. */
export interface Drawn {
  readonly element: Element;
  readonly tag: Tag;
  /** words instead of a picture; `null` where the tag needs none */
  readonly alt: string | null;
  /** the groups that it stands in, outermost first: `Table:curriculum`, `TR:2`. Equal names follow each other. */
  readonly within: readonly string[];
  /** of the page's content, in PDF's own coordinates */
  readonly operators: string;
  /** of figures: left, bottom, right, top, in the same coordinates */
  readonly bounds?: readonly [number, number, number, number];
}

/** An element with its values, ready to be put somewhere. */
export interface Laid {
  /** points */
  readonly height: number;
  /** of the type, where it may have given way; lines that it took */
  readonly size?: number;
  readonly lines?: number;
  /** pages that it needs; 1 unless it goes on */
  readonly sheets?: number;
  /** @param sheet from 0, for what goes on */
  drawAt(x: number, y: number, sheet?: number): readonly Drawn[];
}

/** An element laid out where it belongs. */
export interface Placed {
  readonly laid: Laid;
  readonly x: number;
  readonly y: number;
  /** by sheet, for what many certificates share: drawn once */
  readonly parts: Map<number, Part> | null;
}

/** What an element came to on a sheet. */
export interface Part {
  readonly drawn: readonly Drawn[];
  /** whether it may tell people apart; what does not is the same for all certificates of an award and a day */
  readonly isPersonal: boolean;
}

/** What laying out needs besides the values. */
export interface Shop {
  /** which faces to look for a letter in, in order */
  readonly faces: { chain(font: string, bold: boolean, italic: boolean): readonly Face[] };
  readonly shape: Shape;
  readonly fontName: (path: string) => string;
  readonly picture: (file: string) => Picture;
  /** modules on a side of the QR code of this text */
  readonly modules: (link: string) => number;
  /** is told how each text came out, where somebody wants to know */
  readonly notice?: (notice: Notice) => void;
  /** is told where room is kept free, where somebody wants to know */
  readonly keep?: (element: Element, box: Box) => void;
  /** for elements whose text many certificates share */
  readonly cache: Map<string, Laid | null>;
  /** whole elements that certificates of an award and a day share */
  readonly kept: Map<Element, { readonly batch: string; readonly placed: Placed | null }>;
}

/** How a text came out that is as it should be, but perhaps not as it was meant. */
export interface Notice {
  readonly element: Element;
  readonly text: string;
  /** points */
  readonly size: number;
  readonly lines: number;
  /** a letter that the element's own font does not have */
  readonly fallback: string | null;
}

/** A picture as it is drawn: an object of the page's resources. */
export interface Picture {
  readonly name: string;
  /** of any unit: only the proportion counts */
  readonly width: number;
  readonly height: number;
  /** what the object itself measures: 1 for pictures of pixels */
  readonly unitWidth: number;
  readonly unitHeight: number;
}

/** What checks want to know of how a text is set. */
export interface TypeOf {
  readonly font: string;
  /** points */
  readonly size: number;
  readonly breakAt: "space" | "degrees";
  readonly color: Colour;
  readonly isUpper: boolean;
  readonly bold: boolean;
  readonly italic: boolean;
}

/** One element of a template, admitted. Each type is a module of this folder. */
export interface Element {
  readonly id: string;
  readonly place: Place;
  readonly when: When | undefined;
  /** `null` inside of a stack */
  readonly box: Box | null;
  readonly before: number;
  readonly texts: readonly Text[];
  /** elements inside */
  readonly children: readonly Element[];
  /** what its text is to a reader that does not see */
  readonly tag?: Tag;
  /** how its text is set, if it has one */
  readonly setting?: TypeOf;
  /** the list that it prints */
  readonly rows?: string;
  /**
   * @param room the element's own box, or what the stack has for it
   * @returns `null` if there is nothing to print: a placeholder without value
   * @throws Fault if it cannot be printed whole
   */
  lay(facts: Facts, room: { readonly width: number; readonly height: number }, shop: Shop): Laid | null;
}

/** The template around an element while it is admitted; complaints are collected. */
export interface Desk {
  /** points */
  readonly pageHeight: number;
  readonly locate: Locate;
  readonly faults: Fault[];
  readonly fonts: ReadonlyMap<string, FontFamily>;
  readonly styles: Readonly<Record<string, Style>>;
  text(
    source: string,
    path: readonly PropertyKey[],
    more: { readonly markup?: boolean; readonly columns?: readonly string[] },
  ): Text;
  /** the declared fields of a list's rows */
  itemsOf(list: string): readonly string[];
  color(name: string | undefined, fallback: string, path: readonly PropertyKey[]): Colour;
  admit(spec: ElementSpec, path: readonly PropertyKey[], inStack: boolean): Element;
}

/** What all types take from their spec in the same way. */
export function commonOf(spec: ElementSpec, path: readonly PropertyKey[], desk: Desk) {
  const [x, y, width, height] = (spec.box ?? [0, 0, 0, 0]).map(points);
  return {
    id: spec.id,
    place: desk.locate(path),
    when: spec.when,
    box: spec.box === undefined ? null : { x: x ?? 0, y: y ?? 0, width: width ?? 0, height: height ?? 0 },
    before: points(spec.before ?? 0),
    height: points(spec.height ?? spec.box?.[3] ?? 0),
  };
}

export function points(millimetres: number): number {
  return (millimetres * 72) / 25.4;
}
