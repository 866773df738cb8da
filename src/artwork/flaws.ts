import { type Design, type Finding, type Line, short } from "./artwork.js";
import { samplesIn } from "./meaning.js";

/** Dots per inch: below the first a picture looks coarse in print; the second is good. */
const COARSE = 150;
const GOOD = 200;
const HEAVY = 300_000;

/** Sizes of pages that are common, in millimetres, upright or lying. */
const papers: readonly (readonly [name: string, short: number, long: number])[] = [
  ["A4", 210, 297],
  ["A5", 148, 210],
  ["A3", 297, 420],
  ["Letter", 215.9, 279.4],
  ["Legal", 215.9, 355.6],
];
const slides: readonly (readonly [name: string, width: number, height: number])[] = [
  ["a PowerPoint slide of 16:9", 338.7, 190.5],
  ["a Google slide of 16:9", 254, 142.9],
  ["a slide of 4:3", 254, 190.5],
];
const NEAR_MM = 2;

/** What the organiser should know about a design before anything is printed on it. */
export function flawsOf(design: Design, lines: readonly Line[]): Finding[] {
  return [
    ...paperOf(design),
    ...resolution(design),
    ...fonts(design),
    ...weight(design),
    ...leftovers(lines),
  ];
}

function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= NEAR_MM;
}

/** `A4-landscape` and the like as templates call it, or `null` for sizes that have no name there. */
export function namedSize({ width, height }: Design["size"]): string | null {
  const named = papers.find(
    ([name, less, more]) =>
      (name === "A4" || name === "Letter") &&
      Math.abs(Math.min(width, height) - less) < 0.6 &&
      Math.abs(Math.max(width, height) - more) < 0.6,
  );
  return named === undefined ? null : `${named[0]}-${width > height ? "landscape" : "portrait"}`;
}

function paperOf({ size }: Design): Finding[] {
  const { width, height } = size;
  const isPaper = papers.some(
    ([, less, more]) => isNear(Math.min(width, height), less) && isNear(Math.max(width, height), more),
  );
  if (isPaper) return [];
  const slide = slides.find(([, wide, high]) => isNear(width, wide) && isNear(height, high));
  const what = slide === undefined ? "" : `, ${slide[0]}`;
  return [
    {
      code: "page-size",
      message: `the page measures ${short(width)} × ${short(height)} mm${what}: no size of paper, so a printer leaves margins`,
      hints: ["for A4, set the page to 297 × 210 mm in your design program and export it again"],
    },
  ];
}

function resolution({ pixels, size, file }: Design): Finding[] {
  if (pixels === null) return [];
  const dpi = Math.round(pixels.width / (size.width / 25.4));
  if (dpi >= COARSE) return [];
  const wanted = [size.width, size.height].map((side) => Math.ceil((side / 25.4) * GOOD)).join(" × ");
  return [
    {
      code: "background-coarse",
      message: `"${file}" has ${pixels.width} × ${pixels.height} pixels, ${dpi} dots per inch; below ${COARSE} it looks coarse in print`,
      hints: [`export it with ${wanted} pixels, or better as PDF`],
    },
  ];
}

function fonts({ missingFonts }: Design): Finding[] {
  if (missingFonts.length === 0) return [];
  return [
    {
      code: "background-font",
      message: `the PDF does not bring along its fonts ${[...new Set(missingFonts)].join(", ")}: other machines will draw other letters`,
      hints: ["export it with fonts embedded (PDF/A, or `print to PDF`), or turn text into outlines"],
    },
  ];
}

function weight({ bytes, file }: Design): Finding[] {
  if (bytes.length <= HEAVY) return [];
  const size = Math.round(bytes.length / 1000);
  return [
    {
      code: "background-large",
      message: `"${file}" has ${size} KB, and every certificate will hold it: ${size} MB for a thousand`,
      hints: ["a PDF with vectors, or a JPEG of 200 dots per inch, is smaller"],
    },
  ];
}

/** Text that design programs and mail merges leave behind: it would stand under every name. */
export function leftovers(lines: readonly Line[]): Finding[] {
  return lines.flatMap((line) =>
    samplesIn(line.text).map(({ text }) => ({
      code: "sample-text",
      message: `the design still says "${text}" at ${short(line.box.x)}, ${short(line.box.y)} mm from the top left; it would show through on every certificate`,
      hints: [
        "take that text out in your design program and export it again; the box for it is kept in template.yaml",
      ],
    })),
  );
}
