// Draws background.pdf: `node templates/modern/background.mjs`. Original artwork, CC0.
// A dark panel with a lattice of petals, after the way a kawung cloth is divided; one tile, placed again and again.
import { box, fill, number, path, place, stroke, TURN, writeDrawing } from "../drawing.mjs";

const page = [297, 210];
const [width, height] = page;
const panel = 74;
const edge = 1.8;
const tile = panel / 3;

const teal = "#0C3B47";
const vein = "#2E6670";
const sand = "#E8B75A";

function petal(turn, long, wide) {
  const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
  const away = 0.35 * tile;
  const curve = (t) => {
    const [x, y] = [away + long * Math.cos(t), wide * Math.sin(t)];
    return [x * cos - y * sin, x * sin + y * cos];
  };
  return `${path(curve, TURN, 8)} h`;
}

/** Four petals round a node, each with a smaller one inside. */
const petals = [1, 3, 5, 7].flatMap((eighth) => {
  const turn = (eighth * TURN) / 8;
  return [petal(turn, 0.3 * tile, 0.165 * tile), petal(turn, 0.17 * tile, 0.07 * tile)];
});

function lattice(from, rows) {
  let operators = "";
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < 3; column += 1) {
      operators += place("Flower", (column + 0.5) * tile, from + (row + 0.5) * tile);
    }
  }
  return operators;
}

const operators = [
  `${fill("#FFFFFF")}${box(0, 0, width, height)} f\n`,
  `${fill(teal)}${box(0, 0, panel, height)} f\n`,
  stroke(vein, 0.22),
  lattice(76, 3),
  `${fill(sand)}${box(panel, 0, edge, height)} f\n`,
].join("");

const reach = number(tile / 2 + 0.2);
await writeDrawing(
  import.meta.url,
  "background.pdf",
  { Flower: { operators: `${petals.join("\n")}\nS`, box: [-reach, -reach, reach, reach].map(Number) } },
  [{ size: page, operators }],
);
