// The pen of the built-in backgrounds. Original work, CC0.
//
// Every figure that repeats is drawn once, as a form, and placed again and again: one period of a band, one sector of a
// rosette, one tile of a lattice. So a page takes a few kilobytes instead of a hundred and fifty.
// Lengths are millimetres, the origin is the lower left corner. Same script, same bytes.
import { writeFileSync } from "node:fs";
import { PDFDocument, PDFName } from "pdf-lib";

const POINTS_PER_MM = 72 / 25.4;
export const TURN = 2 * Math.PI;

export const number = (value) => String(Number(value.toFixed(2)));
export const fine = (value) => String(Number(value.toFixed(5)));

function colour(hex, operator) {
  const parts = [1, 3, 5].map((at) => fine(Number.parseInt(hex.slice(at, at + 2), 16) / 255));
  return `${parts.join(" ")} ${operator}\n`;
}
export const stroke = (hex, width) => `${colour(hex, "RG")}${width} w\n`;
export const fill = (hex) => colour(hex, "rg");

/** A smooth path through `steps` points of a curve, from parameter 0 to `end`: cubic pieces that keep its direction. */
export function path(curve, end, steps) {
  const step = end / steps;
  const slope = (t) => {
    const [before, after] = [curve(t - step / 1000), curve(t + step / 1000)];
    return [0, 1].map((axis) => ((after[axis] - before[axis]) / (step / 500)) * (step / 3));
  };
  const operators = [`${curve(0).map(number).join(" ")} m`];
  for (let index = 0; index < steps; index += 1) {
    const [from, to] = [index * step, (index + 1) * step];
    const [start, stop, leave, arrive] = [curve(from), curve(to), slope(from), slope(to)];
    const control = [start[0] + leave[0], start[1] + leave[1], stop[0] - arrive[0], stop[1] - arrive[1]];
    operators.push(`${[...control, ...stop].map(number).join(" ")} c`);
  }
  return operators.join("\n");
}

export const box = (x, y, width, height) => `${[x, y, width, height].map(number).join(" ")} re`;

/** A closed ring of lines, `inset` from the edges of a page. */
export const border = ([width, height], inset) =>
  `${box(inset, inset, width - 2 * inset, height - 2 * inset)} S\n`;

export function circle(x, y, radius, paint) {
  const curve = (t) => [x + radius * Math.cos(t), y + radius * Math.sin(t)];
  return `${path(curve, TURN, 8)} h ${paint}\n`;
}

/** One period of a band along the x axis, from waist to waist: waves shifted against each other in a breathing envelope. */
export function bandPeriod(length, halfWidth, waves) {
  const envelope = (t) => halfWidth * (0.62 - 0.38 * Math.cos(TURN * t));
  const paths = [];
  for (let wave = 0; wave < waves; wave += 1) {
    const shift = (wave / waves) * TURN;
    paths.push(path((t) => [t * length, 0.98 * envelope(t) * Math.sin(2 * TURN * t + shift)], 1, 8));
  }
  for (const side of [1, -1]) paths.push(path((t) => [t * length, side * envelope(t)], 1, 4));
  return { operators: `${paths.join("\n")}\nS`, box: [-1, -halfWidth - 1, length + 1, halfWidth + 1] };
}

/** One of `fold` equal sectors of a rosette round the origin. */
export function rosetteSector({ radius, depth, fold, waves, calm }) {
  const paths = [];
  for (let wave = 0; wave < waves; wave += 1) {
    const shift = ((wave / waves) * TURN) / fold;
    const swing = depth * (1 - calm * Math.abs(Math.sin((wave / waves) * Math.PI)));
    const distance = (t) => radius - depth + swing * Math.cos(fold * (t + shift));
    paths.push(path((t) => [distance(t) * Math.cos(t), distance(t) * Math.sin(t)], TURN / fold, 6));
  }
  const reach = radius + 1;
  return { operators: `${paths.join("\n")}\nS`, box: [-reach, -reach, reach, reach] };
}

/** Places a form; a turn is in radians, counter-clockwise. */
export function place(name, x, y, turn = 0) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  return `q ${[cos, sin, -sin, cos, x, y].map(fine).join(" ")} cm /${name} Do Q\n`;
}

/** A whole rosette of sectors, or those `from` one `until` another. */
export function rosette(name, { fold }, x, y, from = 0, until = fold) {
  let operators = "";
  for (let index = from; index < until; index += 1) operators += place(name, x, y, (index * TURN) / fold);
  return operators;
}

/**
 * Writes a PDF beside the script.
 *
 * @param forms by name: `{ operators, box }`
 * @param pages each `{ size: [width, height], operators }`; a form that a page does not name is left out of it
 */
export async function writeDrawing(script, name, forms, pages) {
  const file = await PDFDocument.create({ updateMetadata: false });
  const { context } = file;
  const drawn = {};
  for (const [key, { operators, box: bounds }] of Object.entries(forms)) {
    const entries = { Type: "XObject", Subtype: "Form", BBox: bounds, Resources: {} };
    drawn[key] = context.register(context.flateStream(operators, entries));
  }
  for (const { size, operators } of pages) {
    const sheet = file.addPage(size.map((length) => length * POINTS_PER_MM));
    const used = Object.entries(drawn).filter(([key]) => operators.includes(`/${key} Do`));
    sheet.node.set(PDFName.of("Resources"), context.obj({ XObject: Object.fromEntries(used) }));
    const scale = fine(POINTS_PER_MM);
    const content = context.flateStream(`q ${scale} 0 0 ${scale} 0 0 cm\n${operators}Q`);
    sheet.node.set(PDFName.of("Contents"), context.register(content));
  }
  writeFileSync(new URL(name, script), await file.save({ useObjectStreams: false }));
}
