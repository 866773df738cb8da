import { Fault, type Place } from "../../model/fault.js";
import { nearest } from "../../model/yaml.js";
import { Content } from "../content.js";
import type { FitRule } from "../fit.js";
import { type Line, type Paragraph, Setter, WholeParagraph } from "../line.js";
import type { Colour } from "../notation.js";
import { type Dressed, isLack, runsOf } from "../run.js";
import type { Typeface } from "../schema.js";
import { showLine } from "../show.js";
import type { Span } from "../text.js";
import type { Desk, Shop } from "./element.js";

/** How a text is set, with everything decided. */
export interface Setting extends FitRule {
  readonly id: string;
  readonly place: Place;
  readonly font: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly color: Colour;
  readonly align: "left" | "center" | "right" | "justify";
  readonly letterSpacing: number;
  readonly isUpper: boolean;
  /** points */
  readonly pageHeight: number;
}

/** What a text's own keys, its style and the defaults say together. */
export function settingOf(spec: SettingSpec, path: readonly PropertyKey[], desk: Desk): Setting {
  const style = { ...styleOf(spec, path, desk) };
  const font = spec.font ?? style.font ?? "";
  if (!desk.fonts.has(font)) desk.faults.push(unknownFont(font, path, spec, desk));
  const size = spec.size ?? style.size ?? 12;
  const min = Math.min(size, spec.fit?.min ?? size);
  return {
    id: spec.id,
    place: desk.locate(path),
    font,
    size,
    min,
    minSingleLine: Math.max(min, spec.fit?.minSingleLine ?? min),
    lines: spec.fit?.lines ?? 1,
    breakAt: spec.fit?.breakAt ?? "space",
    balance: spec.balance ?? false,
    lineHeight: spec.lineHeight ?? style.lineHeight ?? 1.15,
    bold: spec.bold ?? style.bold ?? false,
    italic: spec.italic ?? style.italic ?? false,
    color: desk.color(spec.color ?? style.color, "#000000", [...path, "color"]),
    align: spec.align ?? style.align ?? "left",
    letterSpacing: spec.letterSpacing ?? style.letterSpacing ?? 0,
    isUpper: (spec.case ?? style.case) === "upper",
    pageHeight: desk.pageHeight,
  };
}

export interface SettingSpec extends Typeface {
  readonly id: string;
  readonly style?: string | undefined;
  readonly balance?: boolean | undefined;
  readonly fit?:
    | {
        readonly min?: number | undefined;
        readonly minSingleLine?: number | undefined;
        readonly lines?: number | undefined;
        readonly breakAt?: "space" | "degrees" | undefined;
      }
    | undefined;
}

function styleOf(spec: SettingSpec, path: readonly PropertyKey[], desk: Desk) {
  const style = desk.styles[spec.style ?? ""];
  if (spec.style !== undefined && style === undefined) {
    const near = nearest(spec.style, Object.keys(desk.styles));
    const hints = near === undefined ? [] : [`did you mean "${near}"?`];
    const place = desk.locate([...path, "style"]);
    desk.faults.push(new Fault("style-unknown", `there is no style "${spec.style}"`, { place, hints }));
  }
  return style ?? {};
}

function unknownFont(font: string, path: readonly PropertyKey[], spec: SettingSpec, desk: Desk): Fault {
  const known = [...desk.fonts.keys()];
  const near = nearest(font, known);
  const place = desk.locate(spec.font === undefined ? path : [...path, "font"]);
  const message = font === "" ? `"${spec.id}" names no font` : `there is no font "${font}"`;
  const hints = [near === undefined ? `declared: ${known.join(", ")}` : `did you mean "${near}"?`];
  return new Fault("font-unknown", message, { place, hints });
}

/** Sets one text after the other in the same setting, for one shop. */
export class SettingDesk {
  readonly setter: Setter;
  readonly #setting: Setting;
  readonly #shop: Shop;
  /** as they were met last, by their place in the text */
  readonly #met: { readonly piece: readonly Dressed[]; readonly paragraph: Paragraph }[] = [];

  constructor(setting: Setting, shop: Shop) {
    this.#setting = setting;
    this.#shop = shop;
    this.setter = new Setter(shop.shape, setting.letterSpacing);
  }

  /** @throws Fault for a letter that no font has */
  paragraphsOf(spans: readonly Span[]): Paragraph[] {
    const pieces = this.#piecesOf(spans);
    const paragraphs: Paragraph[] = [];
    for (let index = 0; index < pieces.length; index += 1)
      paragraphs.push(this.#paragraphOf(pieces[index] ?? [], index, index < pieces.length - 1));
    return paragraphs;
  }

  #piecesOf(spans: readonly Span[]): Dressed[][] {
    const { font, bold, italic, isUpper } = this.#setting;
    let last: Dressed[] = [];
    const pieces = [last];
    for (const span of spans) {
      if (span.text === "\n") {
        last = [];
        pieces.push(last);
        continue;
      }
      const chain = this.#shop.faces.chain(font, bold || span.bold, italic || span.italic);
      last.push({ text: isUpper ? span.text.toUpperCase() : span.text, isValue: span.isValue, chain });
    }
    return pieces;
  }

  #paragraphOf(piece: readonly Dressed[], index: number, isFollowed: boolean): Paragraph {
    const last = this.#met[index];
    // most lines of a caption are the same on every certificate
    if (last?.paragraph.isFollowed === isFollowed && isSame(last.piece, piece)) return last.paragraph;
    const found = runsOf(piece);
    if (isLack(found)) throw lacking(found.grapheme, found.text, this.#setting);
    const paragraph = new WholeParagraph(found.runs, found.base, isFollowed);
    this.#met[index] = { piece, paragraph };
    return paragraph;
  }
}

function isSame(one: readonly Dressed[], other: readonly Dressed[]): boolean {
  if (one.length !== other.length) return false;
  for (let index = 0; index < one.length; index += 1) {
    const [a, b] = [one[index], other[index]];
    if (a?.text !== b?.text || a?.isValue !== b?.isValue || a?.chain !== b?.chain) return false;
  }
  return true;
}

const desks = new WeakMap<Shop, WeakMap<Setting, SettingDesk>>();

export function deskOf(setting: Setting, shop: Shop): SettingDesk {
  let ofShop = desks.get(shop);
  if (ofShop === undefined) {
    ofShop = new WeakMap();
    desks.set(shop, ofShop);
  }
  let desk = ofShop.get(setting);
  if (desk === undefined) {
    desk = new SettingDesk(setting, shop);
    ofShop.set(setting, desk);
  }
  return desk;
}

function lacking(grapheme: string, text: string, { place, id }: Setting): Fault {
  const points = [...grapheme].map(
    (letter) => `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  return new Fault(
    "glyph-missing",
    `no font of "${id}" has "${grapheme}" (${points.join(" ")}) of "${text}"`,
    {
      place,
      hints: ["add a font that has it to the `fallback` of the element's font"],
    },
  );
}

const content = new Content();

/** Lines one below the other, the first with its top at `at.y`. */
export function drawLines(
  lines: readonly Line[],
  size: number,
  { font, bold, italic, color, align, letterSpacing, lineHeight, pageHeight }: Setting,
  at: { readonly x: number; readonly y: number; readonly width: number },
  { faces, fontName }: Shop,
): string {
  const [face] = faces.chain(font, bold, italic);
  if (face === undefined) throw new TypeError("a style without a font");
  const high = lineHeight * size;
  const baseline = (high - (face.ascent + face.descent) * size) / 2 + face.ascent * size;
  const ink = { size, letterSpacing, fontName };
  content.clear();
  content.write("BT\n");
  for (const part of color) {
    content.number(part);
    content.write(" ");
  }
  content.write("rg\n");
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] as Line;
    const spare = at.width - line.width * size;
    const x = at.x + spare * shareOnTheLeft[align];
    const blanks = align === "justify" && line.isOpen ? blanksIn(line) : 0;
    const stretch = blanks > 0 ? spare / size / blanks : 0;
    showLine(content, line, stretch, x, pageHeight - (at.y + index * high + baseline), ink);
  }
  content.write("ET\n");
  return content.take();
}

/** Inside of a line: not the one that ends it. */
function blanksIn({ text }: Line): number {
  return text.replace(/ $/, "").split(" ").length - 1;
}

const shareOnTheLeft = { left: 0, justify: 0, center: 0.5, right: 1 } as const;
