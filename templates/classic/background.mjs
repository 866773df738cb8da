// Draws background.pdf: `node templates/classic/background.mjs`. Original artwork, CC0.
// The first page is the certificate's, the second one the list of subjects'.
import {
  bandPeriod,
  border,
  box,
  circle,
  fill,
  number,
  place,
  rosette,
  rosetteSector,
  stroke,
  TURN,
  writeDrawing,
} from "../drawing.mjs";

const page = [297, 210];
const [width, height] = page;
const middle = width / 2;

const paper = "#FFFDF8";
const navy = "#12284C";
const gold = "#A9812F";
const tint = "#EFE7D3";

const shapes = {
  Halo: { radius: 64, depth: 22, fold: 18, waves: 9, calm: 0.2 },
  Heart: { radius: 40, depth: 16, fold: 12, waves: 7, calm: 0.2 },
  Corner: { radius: 4.9, depth: 1.6, fold: 12, waves: 4, calm: 0 },
  Pistil: { radius: 2.3, depth: 0.55, fold: 6, waves: 3, calm: 0 },
};

const band = { margin: 8.9, halfWidth: 3.7, gap: -0.1, waves: 7, across: 22, up: 15 };
const axis = band.margin + band.halfWidth;
const start = axis + shapes.Corner.radius + band.gap;
const periodAcross = (width - 2 * start) / band.across;
const periodUp = (height - 2 * start) / band.up;

function bands() {
  let operators = "";
  for (let index = 0; index < band.across; index += 1) {
    for (const y of [axis, height - axis]) operators += place("Across", start + index * periodAcross, y);
  }
  for (let index = 0; index < band.up; index += 1) {
    for (const x of [axis, width - axis]) operators += place("Up", x, start + index * periodUp, TURN / 4);
  }
  return operators;
}

function corners() {
  let operators = "";
  for (const x of [axis, width - axis]) {
    for (const y of [axis, height - axis]) {
      operators += rosette("Corner", shapes.Corner, x, y) + rosette("Pistil", shapes.Pistil, x, y);
    }
  }
  return operators;
}

function hearts() {
  return [axis, width - axis]
    .flatMap((x) => [axis, height - axis].map((y) => lozenge(x, y, 0.85, 0.85)))
    .join("");
}

function lozenge(x, y, across, up) {
  const points = [
    [x - across, y],
    [x, y + up],
    [x + across, y],
    [x, y - up],
  ].map(([left, bottom], index) => `${number(left)} ${number(bottom)} ${index === 0 ? "m" : "l"}`);
  return `${points.join(" ")} h f\n`;
}

/** The rule on which the name stands, with a lozenge in its middle. */
function nameRule(y) {
  const strokes = [
    [-50, -5.5],
    [5.5, 50],
  ].map(([from, to]) => `${number(middle + from)} ${number(y)} m ${number(middle + to)} ${number(y)} l`);
  return [
    `${strokes.join(" ")} S\n`,
    lozenge(middle, y, 1.9, 1.3),
    circle(middle - 4.1, y, 0.45, "f"),
    circle(middle + 4.1, y, 0.45, "f"),
  ].join("");
}

function frame() {
  return [
    stroke(navy, 0.7),
    border(page, 7),
    stroke(gold, 0.14),
    bands(),
    corners(),
    fill(navy),
    hearts(),
    stroke(navy, 0.55),
    border(page, 18.4),
    stroke(gold, 0.18),
    border(page, 19.6),
  ].join("");
}

const ground = `${fill(paper)}${box(0, 0, width, height)} f\n`;

const certificate = [
  ground,
  stroke(tint, 0.16),
  rosette("Halo", shapes.Halo, middle, 98),
  rosette("Heart", shapes.Heart, middle, 98),
  frame(),
  stroke(gold, 0.3),
  fill(gold),
  nameRule(height - 103.2),
].join("");

await writeDrawing(
  import.meta.url,
  "background.pdf",
  {
    Across: bandPeriod(periodAcross, band.halfWidth, band.waves),
    Up: bandPeriod(periodUp, band.halfWidth, band.waves),
    ...Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, rosetteSector(shape)])),
  },
  [
    { size: page, operators: certificate },
    { size: page, operators: ground + frame() },
  ],
);
