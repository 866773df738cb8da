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
  const { height } = common;
  const radius = spec.type === "rect" ? points(spec.radius ?? 0) : 0;
  const element: Element = {
    ...common,
    texts: [],
    children: [],
    lay(_, room) {
      const size = common.box ?? { width: room.width, height };
      return {
        height,
        drawAt(x, y) {
          const box: Figure = {
            radius,
            x,
            y: desk.pageHeight - y - size.height,
            width: size.width,
            height: size.height,
          };
          const paint = `${fill === null ? "" : fillColour(fill)}${stroke === null ? "" : strokeColour(stroke)}`;
          const figure = `${formatNumber(width)} w\n${outlines[spec.type](box)} ${finish(fill, stroke)}\n`;
          return [{ element, tag: "Artifact", alt: null, within: [], operators: `q\n${paint}${figure}Q\n` }];
        },
      };
    },
  };
  return element;
}

interface Figure extends Box {
  readonly radius: number;
}

function finish(fill: Colour | null, stroke: Colour | null): string {
  if (fill === null) return "S";
  return stroke === null ? "f" : "B";
}

const outlines: Readonly<Record<ShapeSpec["type"], (figure: Figure) => string>> = {
  line: ({ x, y, width, height }) => `${join(x, y + height)} m ${join(x + width, y)} l`,
  rect: ({ x, y, width, height, radius }) => {
    const r = Math.min(radius, width / 2, height / 2);
    if (r === 0) return `${join(x, y, width, height)} re`;
    const [right, top, near] = [x + width, y + height, r * (1 - QUARTER)];
    return [
      `${join(x + r, y)} m ${join(right - r, y)} l`,
      `${join(right - near, y, right, y + near, right, y + r)} c ${join(right, top - r)} l`,
      `${join(right, top - near, right - near, top, right - r, top)} c ${join(x + r, top)} l`,
      `${join(x + near, top, x, top - near, x, top - r)} c ${join(x, y + r)} l`,
      `${join(x, y + near, x + near, y, x + r, y)} c h`,
    ].join("\n");
  },
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
