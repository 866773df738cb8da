import type { Box, Raster } from "./artwork.js";
import { overlaps } from "./artwork.js";

/** Sums over a raster, from which the lightness of any rectangle and how much it varies are read off at once. */
export class Ground {
  readonly #raster: Raster;
  readonly #sum: Float64Array;
  readonly #squares: Float64Array;
  readonly #dotsPerMm: number;

  constructor(raster: Raster, widthMm: number) {
    const { width, height, light } = raster;
    this.#raster = raster;
    this.#dotsPerMm = width / widthMm;
    this.#sum = new Float64Array((width + 1) * (height + 1));
    this.#squares = new Float64Array((width + 1) * (height + 1));
    for (let y = 1; y <= height; y += 1) {
      for (let x = 1; x <= width; x += 1) {
        const value = light[(y - 1) * width + x - 1] ?? 0;
        const at = y * (width + 1) + x;
        const up = at - width - 1;
        this.#sum[at] = value + (this.#sum[at - 1] ?? 0) + (this.#sum[up] ?? 0) - (this.#sum[up - 1] ?? 0);
        this.#squares[at] =
          value * value +
          (this.#squares[at - 1] ?? 0) +
          (this.#squares[up] ?? 0) -
          (this.#squares[up - 1] ?? 0);
      }
    }
  }

  /** Mean lightness, 0 to 255, and its standard deviation. */
  at(box: Box): { readonly light: number; readonly unrest: number } {
    const { width, height } = this.#raster;
    const clamp = (value: number, most: number) =>
      Math.min(Math.max(Math.round(value * this.#dotsPerMm), 0), most);
    const [left, right] = [clamp(box.x, width - 1), clamp(box.x + box.width, width)];
    const [top, bottom] = [clamp(box.y, height - 1), clamp(box.y + box.height, height)];
    const count = Math.max(1, (right - left) * (bottom - top));
    const total = (sums: Float64Array) => {
      const read = (x: number, y: number) => sums[y * (width + 1) + x] ?? 0;
      return read(right, bottom) - read(left, bottom) - read(right, top) + read(left, top);
    };
    const light = total(this.#sum) / count;
    return { light, unrest: Math.sqrt(Math.max(0, total(this.#squares) / count - light * light)) };
  }
}

/** Millimetres between a code and the page's edges, and from place to place that is tried. */
const MARGIN = 10;
const STEP = 2;
/** What darkness and distance from the lower corners cost, against unrest of the ground. */
const DARK = 0.12;
const FAR = 0.12;

/**
 * Where a rectangle of this size lies on calm, light ground: rather low and near a corner than in the middle.
 *
 * @param taken rectangles that it must not touch
 * @returns `null` if there is no room at all
 */
export function calmPlace(
  ground: Ground,
  page: { readonly width: number; readonly height: number },
  size: { readonly width: number; readonly height: number },
  taken: readonly Box[],
): Box | null {
  let best: { readonly box: Box; readonly cost: number } | null = null;
  for (let y = page.height - MARGIN - size.height; y >= MARGIN; y -= STEP) {
    for (let x = MARGIN; x + size.width <= page.width - MARGIN; x += STEP) {
      const box = { x, y, ...size };
      if (taken.some((other) => overlaps(box, other))) continue;
      const { light, unrest } = ground.at(box);
      const aside = Math.min(x - MARGIN, page.width - MARGIN - size.width - x);
      const cost = unrest + DARK * (255 - light) + FAR * (aside + page.height - MARGIN - size.height - y);
      if (best === null || cost < best.cost) best = { box, cost };
    }
  }
  return best?.box ?? null;
}
