/** PDF objects as text (ISO 32000-1, 7.3), for what is written certificate by certificate. */

/** At most three decimals and never an exponent, which PDF does not know. */
export function formatNumber(value: number): string {
  const thousandths = Math.round(value * 1000);
  const size = Math.abs(thousandths);
  const whole = Math.floor(size / 1000);
  const sign = thousandths < 0 ? "-" : "";
  const rest = size - 1000 * whole;
  return rest === 0 ? `${sign}${whole}` : `${sign}${whole}.${decimals[rest]}`;
}

/** Of thousandths: what stands behind the point, without zeros at its end. */
const decimals = Array.from({ length: 1000 }, (_, rest) => String(rest).padStart(3, "0").replace(/0+$/, ""));

/** A text string: letters of ASCII as they are, anything else in UTF-16. */
export function formatTextString(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return formatLiteral(text);
  return `<feff${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;
}

/** @param text of ASCII alone */
export function formatLiteral(text: string): string {
  return /[\\()]/.test(text) ? `(${text.replace(/[\\()]/g, "\\$&")})` : `(${text})`;
}

/** `/text#2Fplain`: what is not a letter, digit or one of a few signs is written as its number. */
export function formatName(name: string): string {
  const bytes = [...Buffer.from(name)];
  const letters = bytes.map((byte) => {
    const letter = String.fromCharCode(byte);
    return /[A-Za-z0-9+._-]/.test(letter) ? letter : `#${byte.toString(16).padStart(2, "0").toUpperCase()}`;
  });
  return `/${letters.join("")}`;
}

/** `D:20241025000000Z`: the beginning of a day given as ISO date. */
export function formatPdfDate(day: string): string {
  return `D:${day.replaceAll("-", "")}000000Z`;
}

/** A row of a cross-reference table (7.5.4): 20 bytes. */
export function xrefRow(offset: number): string {
  return `${String(offset).padStart(10, "0")} 00000 n \n`;
}

export type Colour = readonly [number, number, number];

export function fillColour(colour: Colour): string {
  return `${colour.map(formatNumber).join(" ")} rg\n`;
}

export function strokeColour(colour: Colour): string {
  return `${colour.map(formatNumber).join(" ")} RG\n`;
}
