import { Fault } from "../../model/fault.js";
import { nearest } from "../../model/yaml.js";
import type { Face } from "../face.js";
import { type FitRule, type Fitted, fitText } from "../fit.js";
import { Setter } from "../line.js";
import { type Colour, fillColour } from "../notation.js";
import { isLack, type Run, runsOf } from "../run.js";
import type { TextSpec } from "../schema.js";
import { showLine } from "../show.js";
import { fillText, type Span } from "../text.js";
import { commonOf, type Desk, type Drawn, type Element, type Laid, type Shop, type Tag } from "./element.js";

/** Type setting of one element, with everything decided. */
interface Setting extends FitRule {
  readonly font: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly color: Colour;
  readonly align: "left" | "center" | "right";
  readonly valign: "top" | "middle" | "bottom";
  readonly letterSpacing: number;
  readonly isUpper: boolean;
  readonly tag: Tag;
  /** points */
  readonly pageHeight: number;
}

export function admitText(spec: TextSpec, path: readonly PropertyKey[], desk: Desk): Element {
  const common = commonOf(spec, path, desk);
  const setting = settingOf(spec, path, desk);
  const text = desk.text(spec.value, [...path, "value"], spec.markup ?? false);
  const element: Element = {
    ...common,
    texts: [text],
    children: [],
    lay(facts, room, shop) {
      const spans = fillText(text, facts);
      if (spans === null) return null;
      if (text.scope === "person") return layOut(element, spans, setting, room, shop);
      const key = `${spec.id} ${JSON.stringify(spans)}`;
      const known = shop.cache.get(key) ?? layOut(element, spans, setting, room, shop);
      shop.cache.set(key, known);
      return known;
    },
  };
  return element;
}

function settingOf(spec: TextSpec, path: readonly PropertyKey[], desk: Desk): Setting {
  const style = styleOf(spec, path, desk);
  const font = spec.font ?? style.font ?? "";
  if (!desk.fonts.has(font)) desk.faults.push(unknownFont(font, path, spec, desk));
  const size = spec.size ?? style.size ?? 12;
  const min = Math.min(size, spec.fit?.min ?? size);
  return {
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
    valign: spec.valign ?? "top",
    letterSpacing: spec.letterSpacing ?? style.letterSpacing ?? 0,
    isUpper: (spec.case ?? style.case) === "upper",
    tag: spec.tag ?? "P",
    pageHeight: desk.pageHeight,
  };
}

function styleOf(spec: TextSpec, path: readonly PropertyKey[], desk: Desk) {
  const style = desk.styles[spec.style ?? ""];
  if (spec.style !== undefined && style === undefined) {
    const near = nearest(spec.style, Object.keys(desk.styles));
    const hints = near === undefined ? [] : [`did you mean "${near}"?`];
    const place = desk.locate([...path, "style"]);
    desk.faults.push(new Fault("style-unknown", `there is no style "${spec.style}"`, { place, hints }));
  }
  return style ?? {};
}

function unknownFont(font: string, path: readonly PropertyKey[], spec: TextSpec, desk: Desk): Fault {
  const known = [...desk.fonts.keys()];
  const near = nearest(font, known);
  const place = desk.locate(spec.font === undefined ? path : [...path, "font"]);
  const message = font === "" ? `the text "${spec.id}" names no font` : `there is no font "${font}"`;
  const hints = [near === undefined ? `declared: ${known.join(", ")}` : `did you mean "${near}"?`];
  return new Fault("font-unknown", message, { place, hints });
}

function layOut(
  element: Element,
  spans: readonly Span[],
  setting: Setting,
  room: { readonly width: number; readonly height: number },
  shop: Shop,
): Laid {
  const paragraphs = paragraphsOf(element, spans, setting, shop);
  const setter = new Setter(shop.shape, setting.letterSpacing);
  const fitted = fitText(paragraphs, setting, room, setter);
  if (fitted === null) throw overflow(element, spans, setting);
  const [face] = shop.faces.chain(setting.font, setting.bold, setting.italic);
  if (face === undefined) throw new TypeError("a style without a font");
  const used = fitted.lines.length * setting.lineHeight * fitted.size;
  const isStacked = element.box === null;
  const spare = isStacked || setting.valign === "top" ? 0 : room.height - used;
  const down = setting.valign === "middle" ? spare / 2 : spare;
  let last: { x: number; y: number; drawn: readonly Drawn[] } | null = null;
  return {
    height: used,
    drawAt(x, y) {
      if (last?.x !== x || last.y !== y) {
        const operators = draw(fitted, face, setting, { x, y: y + down, width: room.width }, shop);
        last = { x, y, drawn: [{ element, tag: setting.tag, alt: null, within: [], operators }] };
      }
      return last.drawn;
    },
  };
}

function paragraphsOf(element: Element, spans: readonly Span[], setting: Setting, shop: Shop): Run[][] {
  const paragraphs: Run[][] = [[]];
  for (const span of spans) {
    if (span.text === "\n") {
      paragraphs.push([]);
      continue;
    }
    const chain = shop.faces.chain(setting.font, setting.bold || span.bold, setting.italic || span.italic);
    const found = runsOf(setting.isUpper ? span.text.toUpperCase() : span.text, chain);
    if (isLack(found)) {
      const point = (found.grapheme.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
      throw new Fault("glyph-missing", `no font has "${found.grapheme}" (U+${point}) of "${found.text}"`, {
        place: element.place,
        hints: ["add a font that has it to the `fallback` of the element's font"],
      });
    }
    paragraphs.at(-1)?.push(...found);
  }
  return paragraphs;
}

function overflow(element: Element, spans: readonly Span[], { min, lines }: Setting): Fault {
  const text = spans.map((span) => span.text).join("");
  const limit = `${min} pt in ${lines === 1 ? "one line" : `${lines} lines`}`;
  return new Fault("text-overflow", `"${text}" does not fit into "${element.id}" even at ${limit}`, {
    place: element.place,
    hints: ["shorten the text, or give the element a larger box, a smaller `fit.min` or more `fit.lines`"],
  });
}

function draw(
  { size, lines }: Fitted,
  face: Face,
  setting: Setting,
  at: { readonly x: number; readonly y: number; readonly width: number },
  shop: Shop,
): string {
  const high = setting.lineHeight * size;
  const baseline = (high - (face.ascent + face.descent) * size) / 2 + face.ascent * size;
  const ink = {
    size,
    letterSpacing: setting.letterSpacing,
    fontName: (shaped: { readonly face: Face }) => shop.fontName(shaped.face.path),
  };
  const rows = lines.map((line, index) => {
    const spare = at.width - line.width * size;
    const x = at.x + (setting.align === "center" ? spare / 2 : setting.align === "right" ? spare : 0);
    return showLine(line, x, setting.pageHeight - (at.y + index * high + baseline), ink);
  });
  return `BT\n${fillColour(setting.color)}${rows.join("")}ET\n`;
}
