// Draws background.pdf and emblem.svg: `node templates/piagam/background.mjs`. Original artwork, CC0.
import { writeFileSync } from "node:fs";
import {
  border,
  box,
  fill,
  number,
  path,
  rosette,
  rosetteSector,
  stroke,
  TURN,
  writeDrawing,
} from "../drawing.mjs";

const page = [210, 297];
const [width, height] = page;
const middle = width / 2;
const inset = 11.2;

const paper = "#FFFCF6";
const wine = "#5C1426";
const gold = "#B58A3C";
const tint = "#F1E7D2";

const shapes = {
  Halo: { radius: 60, depth: 20, fold: 16, waves: 8, calm: 0.2 },
  Fan: { radius: 30, depth: 7.5, fold: 20, waves: 6, calm: 0.15 },
  Bud: { radius: 16.5, depth: 6.5, fold: 12, waves: 6, calm: 0.2 },
  Crest: { radius: 12.5, depth: 3.6, fold: 12, waves: 7, calm: 0 },
  Core: { radius: 7.4, depth: 2.6, fold: 10, waves: 5, calm: 0 },
};

/** Quarters of two rosettes fill a corner; whole sectors, so that nothing has to be clipped but at the frame. */
function corners() {
  const clip = `${box(inset, inset, width - 2 * inset, height - 2 * inset)} W n\n`;
  const places = [
    [inset, inset],
    [width - inset, inset],
    [inset, height - inset],
    [width - inset, height - inset],
  ];
  const drawn = places.map(([x, y]) => rosette("Fan", shapes.Fan, x, y) + rosette("Bud", shapes.Bud, x, y));
  return `q\n${clip}${drawn.join("")}Q\n`;
}

/** Two waves that cross: the ornament on which the name stands. */
function nameRule(y) {
  const wave = (side) => (t) => [middle - 50 + t * 100, y + side * 1.6 * Math.sin(TURN * t)];
  return `${path(wave(1), 1, 6)} S\n${path(wave(-1), 1, 6)} S\n`;
}

const operators = [
  `${fill(paper)}${box(0, 0, width, height)} f\n`,
  stroke(tint, 0.16),
  rosette("Halo", shapes.Halo, middle, 133),
  stroke(gold, 0.15),
  corners(),
  stroke(wine, 1.1),
  border(page, 9),
  stroke(gold, 0.3),
  border(page, inset),
  stroke(gold, 0.35),
  nameRule(height - 149.6),
].join("");

const forms = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, rosetteSector(shape)]));
await writeDrawing(import.meta.url, "background.pdf", forms, [{ size: page, operators }]);

/** A rosette in SVG: its sectors are the same path, turned. */
function turned({ fold }, sector, color, width) {
  const d = sector.operators
    .replace(/([-\d. ]+) ([mc])\b/g, (_, points, operator) => `${operator.toUpperCase()}${points.trim()}`)
    .replace(/\s*S$/, "")
    .replace(/\n/g, "");
  const uses = Array.from({ length: fold - 1 }, (_, index) => {
    const degrees = number(((index + 1) * 360) / fold);
    return `<use href="#${color.slice(1)}" transform="rotate(${degrees})"/>`;
  });
  const path = `<path id="${color.slice(1)}" d="${d}"/>`;
  return `<g fill="none" stroke="${color}" stroke-width="${width}">${path}${uses.join("")}</g>`;
}

const crest = turned(shapes.Crest, forms.Crest, wine, 0.24);
const core = turned(shapes.Core, forms.Core, gold, 0.22);
const emblem = `<svg xmlns="http://www.w3.org/2000/svg" width="26mm" height="26mm" viewBox="-13 -13 26 26"><title>Rosette</title>${crest}${core}</svg>\n`;
writeFileSync(new URL("emblem.svg", import.meta.url), emblem);
