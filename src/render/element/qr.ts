import { Fault } from "../../model/fault.js";
import { fillColour, formatNumber } from "../notation.js";
import type { QrSpec } from "../schema.js";
import { fillPlain } from "../text.js";
import { type Box, commonOf, type Desk, type Drawn, type Element, points } from "./element.js";

/** Modules of blank around the symbol, as the standard wants. */
const QUIET = 4;
/** Millimetres: what a telephone reads from a screen, and what it still reads from good paper. */
const GOOD_MODULE = 0.4;
const SMALLEST_MODULE = 0.33;
const LOWEST_CONTRAST = 7;

/** The element that shows the QR code: its symbol is the image `/QR` of the page. */
export interface QrElement extends Element {
  readonly type: "qr";
  /** where the symbol stands, without its quiet zone; points from the upper left. @throws Fault if it would be too fine */
  symbolBox(modules: number): Box;
}

export function isQr(element: Element): element is QrElement {
  return "type" in element && element.type === "qr";
}

export function admitQr(spec: QrSpec, path: readonly PropertyKey[], desk: Desk): QrElement {
  const common = commonOf(spec, path, desk);
  const text = desk.text(spec.value, [...path, "value"], {});
  const alt = desk.text(spec.alt, [...path, "alt"], {});
  const dark = desk.color(spec.dark, "#000000", [...path, "dark"]);
  const light = desk.color(spec.light, "#FFFFFF", [...path, "light"]);
  if (contrast(light, dark) < LOWEST_CONTRAST) {
    const found = contrast(light, dark).toFixed(1);
    desk.faults.push(
      new Fault(
        "qr-contrast",
        `the QR code's dark stands out from its light by ${found}; ${LOWEST_CONTRAST} is the least`,
        { place: common.place, hints: ["dark on white, not the other way round"] },
      ),
    );
  }
  const side = Math.min(common.box?.width ?? 0, common.box?.height ?? 0);
  const largest = Math.max(side, points(spec.largest ?? 0));
  const symbolBox = (modules: number): Box => {
    const size = Math.min(largest, Math.max(side, modules * points(GOOD_MODULE)));
    if (size < modules * points(SMALLEST_MODULE)) throw tooFine(element, modules);
    const box = common.box ?? { x: 0, y: 0, height: side };
    // it grows upwards and to the right, so that it stays on the line that it shares with its neighbours
    return { x: box.x, y: box.y + box.height - size, width: size, height: size };
  };
  const place = (modules: number) => {
    const { x, y, width } = symbolBox(modules);
    const quiet = (width / modules) * QUIET;
    const bottom = desk.pageHeight - y - width;
    const tile = [x - quiet, bottom - quiet, width + 2 * quiet, width + 2 * quiet]
      .map(formatNumber)
      .join(" ");
    const matrix = `${formatNumber(width)} 0 0 ${formatNumber(width)} ${formatNumber(x)} ${formatNumber(bottom)}`;
    return {
      modules,
      operators: `q\n${fillColour(light)}${tile} re f\n${fillColour(dark)}${matrix} cm\n/QR Do\nQ\n`,
      bounds: [x, bottom, x + width, bottom + width] as const,
      height: width,
    };
  };
  let last: ReturnType<typeof place> | null = null;
  // the links of an event are of one length, nearly
  const placedFor = (modules: number) => {
    if (last?.modules !== modules) last = place(modules);
    return last;
  };
  const element: QrElement = {
    ...common,
    type: "qr",
    texts: [text, alt],
    children: [],
    symbolBox,
    lay(facts, _, shop) {
      const link = fillPlain(text, facts);
      if (link === null) return null;
      const { operators, bounds, height } = placedFor(shop.modules(link));
      const drawn: Drawn = {
        element,
        tag: "Figure",
        alt: fillPlain(alt, facts) ?? "",
        within: [],
        operators,
        bounds,
      };
      return { height, drawAt: () => [drawn] };
    },
  };
  return element;
}

function tooFine(element: Element, modules: number): Fault {
  const needed = (modules * GOOD_MODULE).toFixed(0);
  const message = `a QR code of ${modules} × ${modules} modules would be too fine to read in "${element.id}"`;
  return new Fault("qr-too-fine", message, {
    place: element.place,
    hints: [`give it a box of ${needed} mm, or shorten the verification address`],
  });
}

type Rgb = readonly [number, number, number];

/** As WCAG reckons it, signed: below 1 where the symbol is lighter than its ground. */
export function contrast(light: Rgb, dark: Rgb): number {
  return (luminance(light) + 0.05) / (luminance(dark) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
