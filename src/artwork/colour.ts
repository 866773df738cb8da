/** Red, green and blue from 0 to 255. */
export type Colour = readonly [number, number, number];

const ink: Colour = [0x1f, 0x24, 0x30];
const white: Colour = [255, 255, 255];
const LEAST_CONTRAST = 4.5;

export function formatColour(colour: Colour): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, "0").toUpperCase()).join("")}`;
}

/** The colour itself if it can be read on a ground of this lightness (0 to 255), else dark ink or white. */
export function readable(wanted: Colour | null, ground: number): Colour {
  const plain = contrast(ink, ground) >= contrast(white, ground) ? ink : white;
  return wanted !== null && contrast(wanted, ground) >= LEAST_CONTRAST ? wanted : plain;
}

/** As WCAG reckons it. */
function contrast(colour: Colour, ground: number): number {
  const [a, b] = [luminance(colour), luminance([ground, ground, ground])];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: Colour): number {
  const [red, green, blue] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
