import { type Box, type Design, type Finding, type Line, overlaps, short } from "./artwork.js";
import { calmPlace, Ground } from "./calm.js";
import { type Colour, readable } from "./colour.js";
import { flawsOf } from "./flaws.js";
import { type FormField, fieldsOf } from "./form.js";
import { type Meaning, meaningOf, samplesIn } from "./meaning.js";
import { around, lookAt } from "./sight.js";

/** A text that the template will print. */
export interface DraftText {
  readonly id: string;
  /** placeholder with its filter, as it stands between the braces */
  readonly value: string;
  readonly box: Box;
  readonly sizePt: number;
  readonly minPt: number;
  readonly color: Colour;
  readonly align: "left" | "center" | "right";
  readonly lines: number;
  /** why it stands where it stands, for the comment beside it */
  readonly origin: string;
}

export interface Draft {
  readonly design: Design;
  readonly texts: readonly DraftText[];
  /** the QR code, and the words beside or below it */
  readonly qr: Box;
  readonly caption: Box & { readonly align: "left" | "center"; readonly color: Colour };
  readonly findings: readonly Finding[];
}

/** Millimetres: the symbol as in the built-in templates, its quiet zone, the words beside it. */
const SYMBOL = 32;
const QUIET = 3;
const CAPTION = { width: 50, height: 17 };
const NAME = { id: "name", sizePt: 30, minPt: 16, height: 21 };

/** Proposes where everything goes: where the design says so itself, else where there is calm. */
export async function draftTemplate(design: Design): Promise<Draft> {
  const { lines, raster } = await lookAt(design.upright);
  const fields = design.kind === "pdf" ? await fieldsOf(design.bytes, design.page) : [];
  const ground = new Ground(raster, design.size.width);
  const findings = flawsOf(design, lines);
  const meant = [
    ...fields.flatMap((field) => ofField(field, findings)),
    ...lines.flatMap((line) => ofSamples(line, design)),
  ];
  const found = firstOfEach(meant).map((text) => ({
    ...text,
    color: readable(text.color, ground.at(text.box).light),
  }));
  const texts = found.some(({ id }) => id === NAME.id)
    ? found
    : [nameInTheMiddle(design, ground, found), ...found];
  const taken = [
    ...texts.map(({ box }) => box),
    ...lines.filter((line) => samplesIn(line.text).length === 0).map(({ box }) => box),
  ];
  return { design, texts, ...placeCode(design, ground, taken, findings), findings };
}

function firstOfEach(texts: readonly DraftText[]): DraftText[] {
  const seen = new Set<string>();
  return texts.filter(({ id }) => !seen.has(id) && seen.add(id));
}

function ofField(field: FormField, findings: Finding[]): DraftText[] {
  const meaning = meaningOf(field.name);
  const at = `${short(field.box.x)}, ${short(field.box.y)} mm`;
  if (meaning === null) {
    findings.push({
      code: "form-field-unknown",
      message: `the form's field "${field.name}" at ${at} is none that certificates know`,
      hints: ["if it should be printed, add an element to template.yaml with {{certificate.fields.…}}"],
    });
    return [];
  }
  const isName = meaning.id === NAME.id;
  const natural = Math.min(36, Math.max(7, (field.box.height * 72) / 25.4 / 1.25));
  const sizePt = field.sizePt ?? natural;
  const lines = field.isMultiline
    ? Math.max(2, Math.floor(field.box.height / (sizePt * 0.42)))
    : isName && field.box.height > 16
      ? 2
      : 1;
  const origin = `the form's field "${field.name}"`;
  return [
    {
      ...meaning,
      box: field.box,
      sizePt,
      minPt: leastOf(meaning.id, sizePt),
      color: [0x1f, 0x24, 0x30],
      align: field.align,
      lines,
      origin,
    },
  ];
}

/** Names keep some dignity; everything else may become as small as it can still be read. */
function leastOf(id: string, sizePt: number): number {
  return id === NAME.id ? Math.max(8, Math.round(sizePt * 0.55)) : Math.min(sizePt, 6);
}

/** A box round a sample, wider than it: names are longer than the words that stand for them. */
function ofSamples(line: Line, { size }: Design): DraftText[] {
  return samplesIn(line.text).flatMap((sample): DraftText[] => {
    const { meaning } = sample;
    if (meaning === null) return [];
    const boxes = line.boxes.slice(sample.from, sample.from + sample.length);
    const inked = around(boxes.length === 0 ? [line.box] : boxes);
    const origin = `where the design says "${sample.text}"`;
    const sizePt = Math.min(48, Math.max(6, line.sizePt));
    const common = { ...meaning, sizePt, minPt: leastOf(meaning.id, sizePt), color: line.color, origin };
    return [{ ...common, ...roomFor(meaning, inked, size, sizePt) }];
  });
}

function roomFor(
  meaning: Meaning,
  inked: Box,
  page: Design["size"],
  sizePt: number,
): Pick<DraftText, "box" | "align" | "lines"> {
  const middle = inked.x + inked.width / 2;
  const isCentred = Math.abs(middle - page.width / 2) < page.width * 0.04;
  const isName = meaning.id === NAME.id;
  const share = isName ? 0.74 : 0.6;
  const width = isCentred
    ? page.width * share
    : Math.min(page.width - 12 - inked.x, Math.max(inked.width, page.width * (isName ? 0.62 : 0.4)));
  const x = isCentred ? (page.width - width) / 2 : inked.x;
  const line = (sizePt * 1.15 * 25.4) / 72;
  // names stand on their line: a second line grows upwards
  const height = isName ? Math.max(NAME.height * 0.8, line * 1.7) : Math.max(inked.height, line);
  const y = isName ? inked.y + inked.height - height : inked.y;
  return {
    box: { x, y: Math.max(2, y), width, height },
    align: isCentred ? "center" : "left",
    lines: isName ? 2 : 1,
  };
}

function nameInTheMiddle({ size }: Design, ground: Ground, others: readonly DraftText[]): DraftText {
  const width = size.width * 0.74;
  const at = (y: number) => ({ x: (size.width - width) / 2, y, width, height: NAME.height });
  const usual = size.height * 0.4;
  // names stand a little above the middle, but not across what is written there
  const heights = Array.from(
    { length: 1 + Math.floor((size.height * 0.36) / 2) },
    (_, step) => size.height * 0.26 + step * 2,
  );
  const isTaken = (y: number) => others.some(({ box }) => overlaps(box, at(y)));
  const cost = (y: number) => ground.at(at(y)).unrest + 0.15 * Math.abs(y - usual) + (isTaken(y) ? 1000 : 0);
  const box = at(heights.reduce((best, y) => (cost(y) < cost(best) ? y : best), usual));
  return {
    id: NAME.id,
    value: "recipient.name",
    box,
    sizePt: NAME.sizePt,
    minPt: NAME.minPt,
    color: readable(null, ground.at(box).light),
    align: "center",
    lines: 2,
    origin:
      "nothing in the design says where, so this is the calmest place near the middle: move it as you like",
  };
}

/** The code with its words beside it, or below it where the page is narrow or beside is no room. */
function placeCode(
  { size }: Design,
  ground: Ground,
  taken: readonly Box[],
  findings: Finding[],
): Pick<Draft, "qr" | "caption"> {
  const side = SYMBOL + 2 * QUIET;
  const beside = calmPlace(ground, size, { width: side + CAPTION.width, height: side }, taken);
  const below = calmPlace(ground, size, { width: side + 8, height: side + CAPTION.height }, taken);
  const unrest = (box: Box | null) => (box === null ? Number.POSITIVE_INFINITY : ground.at(box).unrest);
  if (beside === null && below === null) {
    findings.push({
      code: "no-room-for-code",
      message: `the design leaves no room of ${side} × ${side} mm for the code that proves the certificate`,
      hints: ["leave a calm corner in the design, or move the elements of template.yaml"],
    });
  }
  if (below !== null && (beside === null || unrest(below) + 4 < unrest(beside))) {
    const words = { x: below.x, y: below.y + side, width: side + 8, height: CAPTION.height };
    const color = readable(null, ground.at(words).light);
    return {
      qr: square(below.x + QUIET + 4, below.y + QUIET),
      caption: { ...words, align: "center", color },
    };
  }
  const at = beside ?? { x: 10, y: size.height - 10 - side };
  const words = {
    x: at.x + side + 1,
    y: at.y + side - QUIET - CAPTION.height,
    width: CAPTION.width - 1,
    height: CAPTION.height,
  };
  const color = readable(null, ground.at(words).light);
  return { qr: square(at.x + QUIET, at.y + QUIET), caption: { ...words, align: "left", color } };
}

function square(x: number, y: number): Box {
  return { x, y, width: SYMBOL, height: SYMBOL };
}
