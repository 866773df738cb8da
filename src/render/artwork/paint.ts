import { type Colour, fillColour, formatNumber, strokeColour } from "../notation.js";
import { Unsupported } from "./unsupported.js";

/** How an SVG shape is painted: the properties that it and the groups around it set. */
export interface Paint {
  readonly fill: Colour | null;
  readonly stroke: Colour | null;
  readonly fillOpacity: number;
  readonly strokeOpacity: number;
  readonly width: number;
  readonly cap: string;
  readonly join: string;
  readonly miter: number;
  readonly dash: string;
  readonly dashOffset: number;
  readonly evenOdd: boolean;
  readonly clipEvenOdd: boolean;
  readonly current: Colour;
  readonly visible: boolean;
}

export const initialPaint: Paint = {
  fill: [0, 0, 0],
  stroke: null,
  fillOpacity: 1,
  strokeOpacity: 1,
  width: 1,
  cap: "butt",
  join: "miter",
  miter: 4,
  dash: "none",
  dashOffset: 0,
  evenOdd: false,
  clipEvenOdd: false,
  current: [0, 0, 0],
  visible: true,
};

/** The paint with the properties that an element sets; others are inherited. @throws Unsupported */
export function paintOf(outer: Paint, property: (name: string) => string | undefined): Paint {
  const value = (name: string) => {
    const found = property(name);
    return found === "inherit" ? undefined : found;
  };
  const number = (name: string, before: number): number => {
    const text = value(name);
    return text === undefined ? before : parseSvgNumber(text);
  };
  const current = colourOr(value("color"), outer.current, outer.current) ?? outer.current;
  const opacity = parseOpacity(property("opacity"));
  return {
    fill: colourOr(value("fill"), outer.fill, current),
    stroke: colourOr(value("stroke"), outer.stroke, current),
    fillOpacity: opacity * parseOpacity(value("fill-opacity"), outer.fillOpacity),
    strokeOpacity: opacity * parseOpacity(value("stroke-opacity"), outer.strokeOpacity),
    width: number("stroke-width", outer.width),
    cap: value("stroke-linecap") ?? outer.cap,
    join: value("stroke-linejoin") ?? outer.join,
    miter: number("stroke-miterlimit", outer.miter),
    dash: value("stroke-dasharray") ?? outer.dash,
    dashOffset: number("stroke-dashoffset", outer.dashOffset),
    evenOdd: (value("fill-rule") ?? (outer.evenOdd ? "evenodd" : "")) === "evenodd",
    clipEvenOdd: (value("clip-rule") ?? (outer.clipEvenOdd ? "evenodd" : "")) === "evenodd",
    current,
    visible: (value("visibility") ?? (outer.visible ? "visible" : "hidden")) === "visible",
  };
}

/** Operators that set the paint, and the one that uses it; `null` if nothing would be seen. */
export function paintOperators(paint: Paint): { readonly set: string; readonly finish: string } | null {
  const { fill, evenOdd } = paint;
  const stroke = paint.width > 0 ? paint.stroke : null;
  if (!paint.visible || (fill === null && stroke === null)) return null;
  const caps = ["butt", "round", "square"].indexOf(paint.cap);
  const joins = ["miter", "round", "bevel"].indexOf(paint.join);
  const lines = `${formatNumber(paint.width)} w ${Math.max(0, caps)} J ${Math.max(0, joins)} j ${formatNumber(paint.miter)} M ${dashOf(paint)} d\n`;
  const set = `${fill === null ? "" : fillColour(fill)}${stroke === null ? "" : strokeColour(stroke) + lines}`;
  const star = evenOdd ? "*" : "";
  const finish = fill === null ? "S" : stroke === null ? `f${star}` : `B${star}`;
  return { set, finish };
}

function dashOf({ dash, dashOffset }: Paint): string {
  const lengths = dash === "none" ? [] : dash.split(/[\s,]+/).map(parseSvgNumber);
  if (lengths.every((length) => length === 0)) return "[] 0";
  const even = lengths.length % 2 === 0 ? lengths : [...lengths, ...lengths];
  return `[${even.map(formatNumber).join(" ")}] ${formatNumber(dashOffset)}`;
}

export function parseSvgNumber(text: string): number {
  const [, digits, unit = ""] =
    /^\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|mm|cm|pt|in|pc)?\s*$/i.exec(text) ?? [];
  if (digits === undefined) throw new Unsupported(`the length "${text}"`);
  const perPixel = { "": 1, px: 1, mm: 96 / 25.4, cm: 96 / 2.54, pt: 4 / 3, in: 96, pc: 16 }[
    unit.toLowerCase()
  ];
  return Number(digits) * (perPixel ?? 1);
}

function parseOpacity(text: string | undefined, otherwise = 1): number {
  if (text === undefined) return otherwise;
  const value = text.trim().endsWith("%") ? Number.parseFloat(text) / 100 : Number(text);
  if (!Number.isFinite(value)) throw new Unsupported(`the opacity "${text}"`);
  return Math.min(1, Math.max(0, value));
}

function colourOr(text: string | undefined, outer: Colour | null, current: Colour): Colour | null {
  if (text === undefined) return outer;
  const word = text.trim().toLowerCase();
  if (word === "none" || word === "transparent") return null;
  if (word === "currentcolor") return current;
  return parseColour(word);
}

/** The sixteen colours of HTML and a few that drawing programs write; anything else should be `#rrggbb`. */
const named: Readonly<Record<string, string>> = {
  black: "000000",
  silver: "c0c0c0",
  gray: "808080",
  grey: "808080",
  white: "ffffff",
  maroon: "800000",
  red: "ff0000",
  purple: "800080",
  fuchsia: "ff00ff",
  green: "008000",
  lime: "00ff00",
  olive: "808000",
  yellow: "ffff00",
  navy: "000080",
  blue: "0000ff",
  teal: "008080",
  aqua: "00ffff",
  orange: "ffa500",
  gold: "ffd700",
};

function parseColour(word: string): Colour {
  const rgb = /^rgb\(\s*([\d.]+%?)[\s,]+([\d.]+%?)[\s,]+([\d.]+%?)\s*\)$/.exec(word);
  if (rgb !== null)
    return triple(rgb.slice(1).map((part) => Number.parseFloat(part) / (part.endsWith("%") ? 100 : 255)));
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(word);
  const hex =
    short === null
      ? (/^#([0-9a-f]{6})$/.exec(word)?.[1] ?? named[word])
      : short
          .slice(1)
          .map((digit) => digit + digit)
          .join("");
  if (hex === undefined)
    throw new Unsupported(word.startsWith("url(") ? "a gradient or pattern" : `the colour "${word}"`);
  return triple([0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255));
}

function triple([red = 0, green = 0, blue = 0]: readonly number[]): Colour {
  return [red, green, blue];
}
