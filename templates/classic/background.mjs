// Draws background.pdf: `node templates/classic/background.mjs`. Original artwork, CC0.
//
// Every figure that repeats is drawn once, as a form, and placed again and again: one period of the guilloche band,
// one sector of each rosette. So the whole page takes about seven kilobytes instead of a hundred and fifty.
// Lengths are millimetres, the origin is the lower left corner. Same script, same bytes.
import { writeFileSync } from "node:fs";
import { PDFDocument, PDFName } from "pdf-lib";

const WIDTH = 297;
const HEIGHT = 210;
const POINTS_PER_MM = 72 / 25.4;
const TURN = 2 * Math.PI;

const paper = "#FFFDF8";
const navy = "#12284C";
const gold = "#A9812F";
const tint = "#EFE7D3";

const number = (value) => String(Number(value.toFixed(2)));
const fine = (value) => String(Number(value.toFixed(5)));
const colour = (hex, operator) =>
  `${[1, 3, 5].map((at) => fine(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(" ")} ${operator}\n`;

/** A smooth path through `steps` points of a curve, from parameter 0 to `end`: cubic pieces that keep its direction. */
function path(curve, end, steps) {
  const step = end / steps;
  const slope = (t) => {
    const [before, after] = [curve(t - step / 1000), curve(t + step / 1000)];
    return [0, 1].map((axis) => ((after[axis] - before[axis]) / (step / 500)) * (step / 3));
  };
  const operators = [`${curve(0).map(number).join(" ")} m`];
  for (let index = 0; index < steps; index += 1) {
    const [from, to] = [index * step, (index + 1) * step];
    const [start, stop, leave, arrive] = [curve(from), curve(to), slope(from), slope(to)];
    const points = [
      start[0] + leave[0],
      start[1] + leave[1],
      stop[0] - arrive[0],
      stop[1] - arrive[1],
      ...stop,
    ];
    operators.push(`${points.map(number).join(" ")} c`);
  }
  return operators.join("\n");
}

/** One period of a band along the x axis: waves shifted against each other inside of a breathing envelope. */
function bandPeriod(length, halfWidth, waves) {
  const envelope = (t) => halfWidth * (0.62 + 0.38 * Math.cos(TURN * t));
  const paths = [];
  for (let wave = 0; wave < waves; wave += 1) {
    const shift = (wave / waves) * TURN;
    paths.push(path((t) => [t * length, 0.98 * envelope(t) * Math.sin(2 * TURN * t + shift)], 1, 8));
  }
  for (const side of [1, -1]) paths.push(path((t) => [t * length, side * envelope(t)], 1, 4));
  return `${paths.join("\n")}\nS`;
}

/** One of `fold` equal sectors of a rosette round the origin. */
function rosetteSector({ radius, depth, fold, waves, calm }) {
  const paths = [];
  for (let wave = 0; wave < waves; wave += 1) {
    const shift = ((wave / waves) * TURN) / fold;
    const swing = depth * (1 - calm * Math.abs(Math.sin((wave / waves) * Math.PI)));
    const distance = (t) => radius - depth + swing * Math.cos(fold * (t + shift));
    paths.push(path((t) => [distance(t) * Math.cos(t), distance(t) * Math.sin(t)], TURN / fold, 6));
  }
  return `${paths.join("\n")}\nS`;
}

const rosettes = {
  Halo: { radius: 64, depth: 22, fold: 18, waves: 9, calm: 0.2 },
  Heart: { radius: 40, depth: 16, fold: 12, waves: 7, calm: 0.2 },
  Corner: { radius: 4.9, depth: 2.4, fold: 12, waves: 6, calm: 0.35 },
  Pistil: { radius: 2.75, depth: 1.5, fold: 9, waves: 4, calm: 0.35 },
  Crest: { radius: 8.2, depth: 3.1, fold: 16, waves: 5, calm: 0.3 },
  Core: { radius: 4.4, depth: 2, fold: 10, waves: 4, calm: 0.35 },
};

const band = { margin: 8.9, halfWidth: 3.7, gap: 2.7, waves: 7, across: 22, up: 15 };
const axis = band.margin + band.halfWidth;
const start = axis + band.gap;
const periodAcross = (WIDTH - 2 * start) / band.across;
const periodUp = (HEIGHT - 2 * start) / band.up;

function rosetteAt(name, x, y) {
  const { fold } = rosettes[name];
  return Array.from({ length: fold }, (_, index) => {
    const [cos, sin] = [Math.cos((index * TURN) / fold), Math.sin((index * TURN) / fold)];
    return `q ${fine(cos)} ${fine(sin)} ${fine(-sin)} ${fine(cos)} ${number(x)} ${number(y)} cm /${name} Do Q\n`;
  }).join("");
}

function frame() {
  let operators = "";
  for (const y of [axis, HEIGHT - axis]) {
    for (let index = 0; index < band.across; index += 1) {
      operators += `q 1 0 0 1 ${fine(start + index * periodAcross)} ${number(y)} cm /Across Do Q\n`;
    }
  }
  for (const x of [axis, WIDTH - axis]) {
    for (let index = 0; index < band.up; index += 1) {
      operators += `q 0 1 -1 0 ${number(x)} ${fine(start + index * periodUp)} cm /Up Do Q\n`;
    }
  }
  for (const x of [axis, WIDTH - axis]) {
    for (const y of [axis, HEIGHT - axis]) operators += rosetteAt("Corner", x, y) + rosetteAt("Pistil", x, y);
  }
  return operators;
}

const border = (inset, width) =>
  `${width} w ${inset} ${inset} ${number(WIDTH - 2 * inset)} ${number(HEIGHT - 2 * inset)} re S\n`;

/** Four cubic pieces make a circle to a quarter of a thousandth of its radius. */
function circle(x, y, radius, paint) {
  const curve = (t) => [x + radius * Math.cos(t), y + radius * Math.sin(t)];
  return `${path(curve, TURN, 8)} h ${paint}\n`;
}

/** The rule on which the name stands, with a lozenge in its middle. */
function nameRule(y) {
  const middle = WIDTH / 2;
  const lozenge = [-1.9, 0, 0, 1.3, 1.9, 0, 0, -1.3].map((offset, index) =>
    number(offset + (index % 2 ? y : middle)),
  );
  const [left, top, , , right] = [lozenge.slice(0, 2), lozenge.slice(2, 4), 0, 0, lozenge.slice(4, 6)];
  return [
    `0.3 w ${middle - 50} ${y} m ${middle - 5.5} ${y} l ${middle + 5.5} ${y} m ${middle + 50} ${y} l S\n`,
    `${left.join(" ")} m ${top.join(" ")} l ${right.join(" ")} l ${lozenge.slice(6).join(" ")} l h f\n`,
    circle(middle - 4.1, y, 0.45, "f"),
    circle(middle + 4.1, y, 0.45, "f"),
  ].join("");
}

function page() {
  const middle = WIDTH / 2;
  return [
    `q ${fine(POINTS_PER_MM)} 0 0 ${fine(POINTS_PER_MM)} 0 0 cm\n`,
    colour(paper, "rg"),
    `0 0 ${WIDTH} ${HEIGHT} re f\n`,
    colour(tint, "RG"),
    "0.16 w\n",
    rosetteAt("Halo", middle, 98),
    rosetteAt("Heart", middle, 98),
    colour(navy, "RG"),
    border(7, 0.7),
    colour(gold, "RG"),
    "0.14 w\n",
    frame(),
    colour(navy, "RG"),
    border(18.4, 0.55),
    colour(gold, "RG"),
    colour(gold, "rg"),
    border(19.6, 0.18),
    nameRule(HEIGHT - 103.2),
    "Q",
  ].join("");
}

const file = await PDFDocument.create({ updateMetadata: false });
const { context } = file;
const form = (operators, box) =>
  context.register(
    context.flateStream(operators, { Type: "XObject", Subtype: "Form", BBox: box, Resources: {} }),
  );
const forms = {
  Across: form(bandPeriod(periodAcross, band.halfWidth, band.waves), [-1, -5, 20, 5]),
  Up: form(bandPeriod(periodUp, band.halfWidth, band.waves), [-1, -5, 20, 5]),
};
for (const [name, shape] of Object.entries(rosettes)) {
  const reach = shape.radius + 1;
  if (page().includes(`/${name} Do`))
    forms[name] = form(rosetteSector(shape), [-reach, -reach, reach, reach]);
}
const sheet = file.addPage([WIDTH * POINTS_PER_MM, HEIGHT * POINTS_PER_MM]);
sheet.node.set(PDFName.of("Resources"), context.obj({ XObject: forms }));
sheet.node.set(PDFName.of("Contents"), context.register(context.flateStream(page())));
writeFileSync(new URL("background.pdf", import.meta.url), await file.save({ useObjectStreams: false }));
