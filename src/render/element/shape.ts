import { type Colour, fillColour, formatNumber, strokeColour } from "../notation.js";
import type { ShapeSpec } from "../schema.js";
import { type Box, commonOf, type Desk, type Element, points } from "./element.js";

/** A quarter of a circle as one cubic piece: this far along the tangent. */
const QUARTER = 0.5523;

/** Lines run from the box's upper left corner to its lower right one. Shapes are ornament: readers pass over them. */
export function admitShape(spec: ShapeSpec, path: readonly PropertyKey[], desk: Desk): Element {
  const common = commonOf(spec, path, desk);
  const fillName = spec.type === "line" ? undefined : spec.fill;
  const fill = fillName === undefined ? null : desk.color(fillName, "#000000", [...path, "fill"]);
  const hasStroke = spec.stroke !== undefined || fill === null;
  const stroke = hasStroke ? desk.color(spec.stroke, "#000000", [...path, "stroke"]) : null;
  const width = points(spec.width ?? 0.25);
  const height = common.box?.height ?? 0;
  const element: Element = {
    ...common,
    texts: [],
    children: [],
    lay(_, room) {
      const size = common.box ?? { width: room.width, height };
      return {
        height,
        drawAt(x, y) {
          const box = { x, y: desk.pageHeight - y - size.height, width: size.width, height: size.height };
          const paint = `${fill === null ? "" : fillColour(fill)}${stroke === null ? "" : strokeColour(stroke)}`;
          const figure = `${formatNumber(width)} w\n${outlines[spec.type](box)} ${finish(fill, stroke)}\n`;
          return [{ element, tag: "Artifact", alt: null, within: [], operators: `q\n${paint}${figure}Q\n` }];
        },
      };
    },
  };
  return element;
}

function finish(fill: Colour | null, stroke: Colour | null): string {
  if (fill === null) return "S";
  return stroke === null ? "f" : "B";
}

const outlines: Readonly<Record<ShapeSpec["type"], (box: Box) => string>> = {
  line: ({ x, y, width, height }) => `${join(x, y + height)} m ${join(x + width, y)} l`,
  rect: ({ x, y, width, height }) => `${join(x, y, width, height)} re`,
  ellipse({ x, y, width, height }) {
    const [a, b] = [width / 2, height / 2];
    const [cx, cy, ka, kb] = [x + a, y + b, a * QUARTER, b * QUARTER];
    return [
      `${join(cx + a, cy)} m`,
      `${join(cx + a, cy + kb, cx + ka, cy + b, cx, cy + b)} c`,
      `${join(cx - ka, cy + b, cx - a, cy + kb, cx - a, cy)} c`,
      `${join(cx - a, cy - kb, cx - ka, cy - b, cx, cy - b)} c`,
      `${join(cx + ka, cy - b, cx + a, cy - kb, cx + a, cy)} c h`,
    ].join("\n");
  },
};

function join(...numbers: readonly number[]): string {
  return numbers.map(formatNumber).join(" ");
}
