import type { XmlElement } from "@rgrove/parse-xml";
import { parseSvgNumber } from "./paint.js";
import { Unsupported } from "./unsupported.js";

/** The outline of an SVG shape as path data (SVG 1.1, 9). @throws Unsupported if the element is no shape */
export function outlineOf({ name, attributes }: XmlElement): string {
  const number = (key: string): number =>
    attributes[key] === undefined ? 0 : parseSvgNumber(attributes[key]);
  switch (name) {
    case "path":
      return attributes.d ?? "";
    case "rect":
      return rectangle(number("x"), number("y"), number("width"), number("height"), radiiOf(attributes));
    case "circle":
      return ellipse(number("cx"), number("cy"), number("r"), number("r"));
    case "ellipse":
      return ellipse(number("cx"), number("cy"), number("rx"), number("ry"));
    case "line":
      return `M${number("x1")} ${number("y1")}L${number("x2")} ${number("y2")}`;
    case "polyline":
    case "polygon": {
      const points = (attributes.points ?? "").trim();
      return points === "" ? "" : `M${points}${name === "polygon" ? "Z" : ""}`;
    }
    default:
      throw new Unsupported(hints[name] ?? `<${name}>`);
  }
}

const hints: Readonly<Record<string, string>> = {
  text: "text (turn it into outlines)",
  image: "a picture (<image>)",
  foreignObject: "parts of a web page (<foreignObject>)",
};

function radiiOf({ rx, ry }: Readonly<Record<string, string>>): [number, number] {
  const [x, y] = [rx ?? ry ?? "0", ry ?? rx ?? "0"].map(parseSvgNumber);
  return [x ?? 0, y ?? 0];
}

function rectangle(x: number, y: number, width: number, height: number, radii: [number, number]): string {
  if (width <= 0 || height <= 0) return "";
  const [rx, ry] = [Math.min(radii[0], width / 2), Math.min(radii[1], height / 2)];
  if (rx <= 0 || ry <= 0) return `M${x} ${y}h${width}v${height}h${-width}Z`;
  const arc = (dx: number, dy: number) => `a${rx} ${ry} 0 0 1 ${dx} ${dy}`;
  const [straightX, straightY] = [width - 2 * rx, height - 2 * ry];
  return `M${x + rx} ${y}h${straightX}${arc(rx, ry)}v${straightY}${arc(-rx, ry)}h${-straightX}${arc(-rx, -ry)}v${-straightY}${arc(rx, -ry)}Z`;
}

function ellipse(x: number, y: number, rx: number, ry: number): string {
  if (rx <= 0 || ry <= 0) return "";
  return `M${x - rx} ${y}a${rx} ${ry} 0 1 1 ${2 * rx} 0a${rx} ${ry} 0 1 1 ${-2 * rx} 0Z`;
}
