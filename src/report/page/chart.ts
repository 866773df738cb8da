import type { Distribution } from "../distribution.js";

/** Where everything of a histogram stands, in units of its picture. */
export interface Chart {
  readonly width: number;
  readonly height: number;
  readonly base: number;
  readonly left: number;
  readonly right: number;
  readonly columns: readonly Column[];
  readonly gridlines: readonly { readonly y: number; readonly count: number }[];
  readonly ticks: readonly { readonly x: number; readonly percent: number }[];
  readonly lines: readonly {
    readonly x: number;
    readonly percent: number;
    readonly anchor: "start" | "end";
  }[];
}

interface Column {
  readonly x: number;
  readonly width: number;
  readonly parts: readonly { readonly kind: Kind; readonly y: number; readonly height: number }[];
}

type Kind = "eligible" | "review" | "ineligible";
const kinds: readonly Kind[] = ["eligible", "review", "ineligible"];

const size = { width: 640, height: 250, left: 46, right: 24, top: 26, bottom: 34 };

/** A histogram on the scale of 0 to 100 percent, the outcomes on top of each other. */
export function chartOf({ bins, lines }: Distribution): Chart {
  const { width, height, left, right, top, bottom } = size;
  const base = height - bottom;
  const step = tickStep(Math.max(1, ...bins.map((bin) => bin.eligible + bin.review + bin.ineligible)));
  const most = step.size * step.count;
  const x = (percent: number) => round(left + (percent / 100) * (width - left - right));
  const tall = (count: number) => ((base - top) * count) / most;
  const columns = bins.map((bin) => {
    let y = base;
    const parts = kinds.flatMap((kind) => {
      const tallness = tall(bin[kind]);
      y -= tallness;
      return bin[kind] === 0 ? [] : [{ kind, y: round(y), height: round(tallness) }];
    });
    return { x: round(x(bin.from) + 1), width: round(x(bin.to) - x(bin.from) - 2), parts };
  });
  return {
    width,
    height,
    base,
    left,
    right: width - right,
    columns,
    gridlines: Array.from({ length: step.count + 1 }, (_, index) => ({
      y: round(base - tall(index * step.size)),
      count: index * step.size,
    })),
    ticks: [0, 25, 50, 75, 100].map((percent) => ({ x: x(percent), percent })),
    lines: unique(lines.map(({ percent }) => percent))
      .filter((percent) => percent >= 0 && percent <= 100)
      .map((percent) => ({ x: x(percent), percent, anchor: percent > 60 ? "end" : "start" })),
  };
}

/** Three to five steps of a round size. */
function tickStep(most: number): { readonly size: number; readonly count: number } {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, most / 4)));
  const size = [1, 2, 2.5, 5, 10]
    .map((times) => times * power)
    .find((each) => most / each <= 5 && each % 1 === 0);
  const step = size ?? 10 * power;
  return { size: step, count: Math.max(1, Math.ceil(most / step)) };
}

function unique(values: readonly number[]): number[] {
  return [...new Set(values)];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
