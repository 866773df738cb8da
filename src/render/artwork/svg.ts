import { parseXml, XmlElement } from "@rgrove/parse-xml";
import svgpath from "svgpath";
import { formatNumber } from "../notation.js";
import { outlineOf } from "./outline.js";
import { initialPaint, type Paint, paintOf, paintOperators, parseSvgNumber } from "./paint.js";
import { type Styles, stylesOf } from "./stylesheet.js";
import { Unsupported } from "./unsupported.js";

/**
 * A drawing in SVG as operators of PDF: shapes, paths, groups, `use`, clipping, opacity of single shapes, style sheets
 * of classes. Text, pictures, gradients, filters and masks are refused with their name: a background that lacks half
 * of its artwork must not go out.
 */
export interface Drawing {
  /** points, by the file's own width and height at 96 pixels an inch */
  readonly width: number;
  readonly height: number;
  /** origin lower left; a viewer's `q` and `Q` are around it */
  readonly operators: string;
  /** graphics states it names: `/Gf50s100` has opacities of fill and stroke in percent */
  readonly opacities: ReadonlyMap<string, { readonly fill: number; readonly stroke: number }>;
}

const POINTS_PER_PIXEL = 0.75;
const DEPTH_LIMIT = 40;
const MOST_SHAPES = 200_000;
/** Elements that draw nothing themselves. */
const silent = new Set([
  "defs",
  "title",
  "desc",
  "metadata",
  "style",
  "clipPath",
  "symbol",
  "script",
  "linearGradient",
  "radialGradient",
  "pattern",
  "filter",
  "mask",
  "marker",
]);

/** @throws Unsupported with what cannot be drawn, or what is wrong with the file */
export function drawSvg(bytes: Uint8Array): Drawing {
  const root = rootOf(bytes);
  const [left, top, width, height] = viewBoxOf(root);
  const pen = new Pen(root);
  const size = sizeOf(root, width, height);
  const [scaleX, scaleY] = [size.width / width, size.height / height];
  const matrix = [scaleX, 0, 0, -scaleY, -left * scaleX, size.height + top * scaleY].map(exact).join(" ");
  const frame = `0 0 ${formatNumber(size.width)} ${formatNumber(size.height)} re W n\n`;
  pen.children(root, pen.paint(root, initialPaint), 0);
  return { ...size, operators: `${frame}${matrix} cm\n${pen.operators.join("")}`, opacities: pen.opacities };
}

export function isSvg(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 2048));
  return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]/i.test(start);
}

function rootOf(bytes: Uint8Array): XmlElement {
  try {
    const { root } = parseXml(new TextDecoder().decode(bytes));
    if (root?.name === "svg") return root;
  } catch (error) {
    const line = error instanceof Error ? error.message.split("\n")[0] : "";
    throw new Unsupported(`XML that cannot be read (${line})`);
  }
  throw new Unsupported("no <svg>");
}

function viewBoxOf(root: XmlElement): [number, number, number, number] {
  const parts = (root.attributes.viewBox ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [left = 0, top = 0, width = 0, height = 0] = parts;
  if (parts.length === 4 && width > 0 && height > 0 && parts.every(Number.isFinite))
    return [left, top, width, height];
  const size = [root.attributes.width, root.attributes.height].map((text) =>
    text === undefined ? 0 : parseSvgNumber(text),
  );
  if (size.every((length) => length > 0)) return [0, 0, size[0] ?? 0, size[1] ?? 0];
  throw new Unsupported("neither a viewBox nor width and height");
}

function sizeOf(root: XmlElement, width: number, height: number) {
  const stated = [root.attributes.width, root.attributes.height].map((text) =>
    text === undefined || text.endsWith("%") ? null : parseSvgNumber(text),
  );
  return { width: (stated[0] ?? width) * POINTS_PER_PIXEL, height: (stated[1] ?? height) * POINTS_PER_PIXEL };
}

class Pen {
  readonly operators: string[] = [];
  readonly opacities = new Map<string, { fill: number; stroke: number }>();
  readonly #styles: Styles;
  readonly #named = new Map<string, XmlElement>();

  constructor(root: XmlElement) {
    this.#styles = stylesOf(root);
    const open: XmlElement[] = [root];
    for (let one = open.pop(); one !== undefined; one = open.pop()) {
      const { id } = one.attributes;
      if (id !== undefined) this.#named.set(id, one);
      open.push(...elementsOf(one));
    }
  }

  paint(element: XmlElement, outer: Paint): Paint {
    return paintOf(outer, (name) => this.#styles(element, name));
  }

  children(element: XmlElement, paint: Paint, depth: number): void {
    if (depth > DEPTH_LIMIT) throw new Unsupported("groups nested too deep");
    for (const child of elementsOf(element)) this.#draw(child, paint, depth);
  }

  #draw(element: XmlElement, outer: Paint, depth: number): void {
    const { name } = element;
    if (silent.has(name) || name.includes(":") || this.#styles(element, "display") === "none") return;
    const own = this.paint(element, outer);
    for (const effect of ["filter", "mask"]) {
      const value = this.#styles(element, effect);
      if (value !== undefined && value !== "none") throw new Unsupported(`a ${effect}`);
    }
    const inside = this.#inside(element, own, depth);
    if (inside === "") return;
    const clip = this.#clipOf(element);
    this.operators.push(`q\n${transformOf(element)}${clip}${inside}Q\n`);
    if (this.operators.length > MOST_SHAPES) throw new Unsupported("too many shapes");
  }

  #inside(element: XmlElement, paint: Paint, depth: number): string {
    switch (element.name) {
      case "g":
      case "a":
      case "svg":
      case "use":
      case "switch": {
        if ((this.#styles(element, "opacity") ?? "1") !== "1")
          throw new Unsupported("opacity of a whole group");
        const start = this.operators.length;
        if (element.name === "use") this.#use(element, paint, depth);
        else if (element.name === "svg") throw new Unsupported("an <svg> inside of the <svg>");
        else this.children(element, paint, depth + 1);
        return this.operators.splice(start).join("");
      }
      default:
        return this.#shape(element, paint);
    }
  }

  #use(element: XmlElement, paint: Paint, depth: number): void {
    const target = this.#target(element.attributes.href ?? element.attributes["xlink:href"] ?? "");
    const shift = [element.attributes.x ?? "0", element.attributes.y ?? "0"].map((text) =>
      exact(parseSvgNumber(text)),
    );
    if (depth > DEPTH_LIMIT) throw new Unsupported("a <use> that uses itself");
    this.operators.push(`1 0 0 1 ${shift.join(" ")} cm\n`);
    if (target.name === "symbol") {
      if (target.attributes.viewBox !== undefined) throw new Unsupported("a <symbol> with a viewBox");
      this.children(target, this.paint(target, paint), depth + 1);
    } else this.#draw(target, paint, depth + 1);
  }

  #shape(element: XmlElement, paint: Paint): string {
    const outline = operatorsOf(outlineOf(element));
    const operators = paintOperators(paint);
    if (outline === "" || operators === null) return "";
    return `${this.#opacity(paint)}${operators.set}${outline}${operators.finish}\n`;
  }

  #opacity({ fillOpacity, strokeOpacity }: Paint): string {
    const [fill, stroke] = [fillOpacity, strokeOpacity].map((part) => Math.round(part * 100));
    if (fill === 100 && stroke === 100) return "";
    const name = `Gf${fill}s${stroke}`;
    this.opacities.set(name, { fill: (fill ?? 100) / 100, stroke: (stroke ?? 100) / 100 });
    return `/${name} gs\n`;
  }

  #clipOf(element: XmlElement): string {
    const value = this.#styles(element, "clip-path");
    if (value === undefined || value === "none") return "";
    const clip = this.#target(/^url\(\s*["']?(#[^"')]+)["']?\s*\)$/.exec(value)?.[1] ?? value);
    if (clip.attributes.clipPathUnits === "objectBoundingBox")
      throw new Unsupported("a clipping path in parts of a box");
    const shapes = elementsOf(clip).filter((child) => !silent.has(child.name));
    const isEvenOdd = shapes.some((shape) => this.#styles(shape, "clip-rule") === "evenodd");
    const outlines = shapes.map((shape) => operatorsOf(outlineOf(shape), shape.attributes.transform));
    // a clipping path without any shape hides everything
    return `${outlines.join("") || "0 0 0 0 re\n"}W${isEvenOdd ? "*" : ""} n\n`;
  }

  #target(reference: string): XmlElement {
    const found = reference.startsWith("#") ? this.#named.get(reference.slice(1)) : undefined;
    if (found === undefined) throw new Unsupported(`a reference to "${reference}", which is not in the file`);
    return found;
  }
}

function elementsOf(element: XmlElement): XmlElement[] {
  return element.children.filter((child): child is XmlElement => child instanceof XmlElement);
}

/** An SVG transform list as one `cm`. The library turns it into a matrix; a path of three points shows which. */
function transformOf(element: XmlElement): string {
  const { transform } = element.attributes;
  if (transform === undefined || transform.trim() === "") return "";
  const points: [number, number][] = [];
  svgpath("M0 0L1 0L0 1")
    .transform(transform)
    .iterate((segment) => {
      points.push([Number(segment[1]), Number(segment[2])]);
    });
  const [[e, f] = [0, 0], [ae, bf] = [1, 0], [ce, df] = [0, 1]] = points;
  return `${[ae - e, bf - f, ce - e, df - f, e, f].map(exact).join(" ")} cm\n`;
}

/** Moves, lines and curves; everything else that a path may hold is turned into these. */
function operatorsOf(path: string, transform = ""): string {
  const parsed = svgpath(path);
  const failure = (parsed as unknown as { err?: string }).err;
  if (failure) throw new Unsupported(`a path that cannot be read (${failure})`);
  const parts: string[] = [];
  let [x, y] = [0, 0];
  let [startX, startY] = [0, 0];
  parsed
    .transform(transform)
    .abs()
    .unshort()
    .unarc()
    .iterate((segment) => {
      const [letter, ...numbers] = segment as [string, ...number[]];
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = numbers;
      if (letter === "M") {
        parts.push(`${join(a, b)} m`);
        [x, y, startX, startY] = [a, b, a, b];
      } else if (letter === "L") {
        parts.push(`${join(a, b)} l`);
        [x, y] = [a, b];
      } else if (letter === "H" || letter === "V") {
        [x, y] = letter === "H" ? [a, y] : [x, a];
        parts.push(`${join(x, y)} l`);
      } else if (letter === "C") {
        parts.push(`${join(a, b, c, d, e, f)} c`);
        [x, y] = [e, f];
      } else if (letter === "Q") {
        // a quadratic curve is the cubic one whose handles are two thirds of the way
        const handles = [
          x + (2 / 3) * (a - x),
          y + (2 / 3) * (b - y),
          c + (2 / 3) * (a - c),
          d + (2 / 3) * (b - d),
        ] as const;
        parts.push(`${join(...handles, c, d)} c`);
        [x, y] = [c, d];
      } else if (letter === "Z") {
        parts.push("h");
        [x, y] = [startX, startY];
      }
    });
  return parts.length === 0 ? "" : `${parts.join("\n")}\n`;
}

function join(...numbers: readonly number[]): string {
  return numbers.map(formatNumber).join(" ");
}

/** Matrices need more decimals than places on a page. */
function exact(value: number): string {
  const text = value.toFixed(6).replace(/\.?0+$/, "");
  return text === "-0" ? "0" : text;
}
