import { Fault, type Place } from "../model/fault.js";
import { type Locate, nearest } from "../model/yaml.js";
import type { Language } from "./calendar.js";
import { namesOf } from "./condition.js";
import { type Desk, type Element, points } from "./element/element.js";
import { admitImage } from "./element/image.js";
import { admitQr, isQr, type QrElement } from "./element/qr.js";
import { admitReserve } from "./element/reserve.js";
import { admitShape } from "./element/shape.js";
import { admitStack } from "./element/stack.js";
import { admitTable } from "./element/table.js";
import { admitText } from "./element/text.js";
import type { Colour } from "./notation.js";
import type { Page } from "./page.js";
import { isPlaceholder, placeholders } from "./placeholder.js";
import { rowNumber } from "./rows.js";
import { type ElementSpec, type PageSpec, pageSizes, type TemplateFile } from "./schema.js";
import { parseText, type Text } from "./text.js";

/** The elements of a template, each known and in its place. */
export interface Admission {
  readonly pages: readonly Page[];
  readonly qr: QrElement | null;
  /** placeholders that are printed or asked for */
  readonly used: ReadonlySet<string>;
  /** complains about placeholders that the template does not declare */
  readonly declare: (names: readonly string[], place: Place) => void;
}

interface Circumstances {
  readonly language: Language;
  readonly locate: Locate;
  readonly faults: Fault[];
}

export function admitElements(template: TemplateFile, circumstances: Circumstances): Admission {
  const { faults, locate } = circumstances;
  const used = new Set<string>();
  const declare = (names: readonly string[], place: Place): void => {
    for (const name of names) {
      used.add(name);
      if (!(name in template.fields) && name !== "award.id")
        faults.push(undeclared(name, Object.keys(template.fields), place));
    }
  };
  faults.push(...unknownFields(template, locate));
  const pages = template.pages.map((page, at) => admitPage(page, at, template, circumstances));
  const all = pages.flatMap((page) => page.elements.flatMap(withChildren));
  for (const element of all) {
    for (const text of element.texts) declare(text.placeholders, text.place);
    declare(namesOf(element.when), element.place);
    if (element.rows !== undefined) declare([element.rows], element.place);
  }
  faults.push(
    ...recased(all),
    ...noLists(all, template),
    ...notOnFirstPage(pages, locate),
    ...widthsOver(template, locate),
  );
  for (const page of pages) declare(namesOf(page.when), locate(["pages", page.index, "when"]));
  faults.push(...repeated(all));
  return { pages, qr: proveQr(pages, locate, faults), used, declare };
}

function admitPage(
  spec: PageSpec,
  index: number,
  template: TemplateFile,
  circumstances: Circumstances,
): Page {
  const size = typeof spec.size === "string" ? pageSizes[spec.size] : spec.size;
  const [width, height] = [points(size[0]), points(size[1])];
  const desk = deskOf(template, height, circumstances);
  const elements = spec.elements.map((one, at) => desk.admit(one, ["pages", index, "elements", at], false));
  circumstances.faults.push(...elements.flatMap((element) => offPage(element, width, height)));
  return {
    index,
    when: spec.when,
    width,
    height,
    background: spec.background ?? null,
    safeArea: spec.safeArea ?? null,
    elements,
  };
}

/** The one code stands where every reader looks first, whatever the certificate says. */
function proveQr(pages: readonly Page[], locate: Locate, faults: Fault[]): QrElement | null {
  const codes = pages.flatMap((page) => page.elements.filter(isQr).map((qr) => ({ qr, page })));
  const place = codes[0]?.qr.place ?? locate(["pages", 0, "elements"]);
  const [first] = codes;
  if (first === undefined || codes.length > 1) {
    const message = `the template has ${codes.length} QR codes; expected one with {{certificate.url}}`;
    faults.push(new Fault("qr-needed", message, { place }));
  } else if (first.qr.texts[0]?.placeholders.join() !== "certificate.url") {
    faults.push(
      new Fault("qr-needed", "the QR code must hold {{certificate.url}} and nothing else", { place }),
    );
  } else if (first.page.index > 0 || first.qr.when !== undefined || first.page.when !== undefined) {
    const message = "the QR code must stand on the first page, without any condition";
    faults.push(new Fault("qr-needed", message, { place }));
  }
  return first?.qr ?? null;
}

/** A file without them reads as nobody's: it would be refused when it is read back. */
function notOnFirstPage([first]: readonly Page[], locate: Locate): Fault[] {
  const printed = new Set(
    (first?.elements ?? [])
      .flatMap(withChildren)
      .filter((element) => element.setting !== undefined)
      .flatMap(({ texts }) => texts.flatMap((text) => text.placeholders)),
  );
  return ["recipient.name", "certificate.number"]
    .filter((name) => !printed.has(name))
    .map(
      (name) =>
        new Fault("field-needed", `the first page must print {{${name}}}`, {
          place: locate(["pages", 0, "elements"]),
          hints: [`add a text element with {{${name}}}`],
        }),
    );
}

/** A name is printed as it was confirmed, letter for letter. */
function recased(elements: readonly Element[]): Fault[] {
  return elements.flatMap((element) =>
    element.texts
      .filter((text) => isRecased(text, element.setting?.isUpper ?? false))
      .map(
        (text) =>
          new Fault(
            "name-recased",
            `"${element.id}" would print names in other letters than they are signed with`,
            {
              place: text.place,
              hints: [
                "take away `case: upper` and the filters `upper` and `lower`, or choose a font of capitals",
              ],
            },
          ),
      ),
  );
}

function isRecased({ parts }: Text, isUpper: boolean): boolean {
  return parts.some(
    (part) =>
      part.kind === "value" &&
      ["recipient.name", "certificate.number"].includes(part.name) &&
      (isUpper || part.filters.some(({ name }) => name === "upper" || name === "lower")),
  );
}

function noLists(elements: readonly Element[], { fields }: TemplateFile): Fault[] {
  return elements.flatMap(({ rows, id, place }) =>
    rows === undefined || fields[rows] == null || fields[rows].type === "list"
      ? []
      : [
          new Fault("rows-unfit", `the rows of "${id}" are {{${rows}}}, which is declared as no list`, {
            place,
            hints: ["declare it with `type: list`"],
          }),
        ],
  );
}

function widthsOver({ pages }: TemplateFile, locate: Locate): Fault[] {
  const over = (spec: ElementSpec, path: PropertyKey[]): Fault[] => {
    if (spec.type === "stack")
      return spec.elements.flatMap((child, at) => over(child, [...path, "elements", at]));
    if (spec.type !== "table" || spec.box === undefined) return [];
    const fixed = spec.columns.reduce((sum, { width }) => sum + (width === "fill" ? 0 : width), 0);
    const room = spec.box[2];
    const isFull = spec.columns.some(({ width }) => width === "fill") ? fixed >= room : fixed > room + 0.01;
    const message = `the columns of "${spec.id}" take ${fixed} mm of its ${room} mm`;
    return isFull ? [new Fault("columns-too-wide", message, { place: locate([...path, "columns"]) })] : [];
  };
  return pages.flatMap((page, at) =>
    page.elements.flatMap((spec, index) => over(spec, ["pages", at, "elements", index])),
  );
}

export function withChildren(element: Element): Element[] {
  return [element, ...element.children.flatMap(withChildren)];
}

function deskOf(
  template: TemplateFile,
  pageHeight: number,
  { language, locate, faults }: Circumstances,
): Desk {
  const desk: Desk = {
    pageHeight,
    locate,
    faults,
    fonts: new Map(Object.entries(template.fonts)),
    styles: template.styles,
    text: (source, path, { markup = false, columns }) =>
      parseText(source, { place: locate(path), language, markup, columns }, faults),
    itemsOf: (list) => [
      ...Object.keys(template.fields[list]?.item ?? {}),
      ...(template.fields[list]?.item ? [] : ["value"]),
      rowNumber,
    ],
    color: (name, fallback, path) => colourOf(name ?? fallback, path, template, locate, faults),
    admit(spec, path, inStack) {
      if (inStack === (spec.box !== undefined)) faults.push(boxNeeded(spec.id, inStack, locate(path)));
      if (inStack && needsHeight.has(spec.type) && spec.height === undefined)
        faults.push(heightNeeded(spec.id, locate(path)));
      return admit(spec, path, desk);
    },
  };
  return desk;
}

function admit(spec: ElementSpec, path: readonly PropertyKey[], desk: Desk): Element {
  switch (spec.type) {
    case "text":
      return admitText(spec, path, desk);
    case "qr":
      return admitQr(spec, path, desk);
    case "image":
      return admitImage(spec, path, desk);
    case "table":
      return admitTable(spec, path, desk);
    case "reserve":
      return admitReserve(spec, path, desk);
    case "stack":
      return admitStack(spec, path, desk);
    case "line":
    case "rect":
    case "ellipse":
      return admitShape(spec, path, desk);
  }
}

/** Text and tables know how high they are. */
const needsHeight: ReadonlySet<ElementSpec["type"]> = new Set(["image", "rect", "ellipse", "reserve"]);

function heightNeeded(id: string, place: Place): Fault {
  return new Fault("box-needed", `"${id}" stands in a stack and needs a \`height\` in mm`, { place });
}

function boxNeeded(id: string, inStack: boolean, place: Place): Fault {
  const message = inStack
    ? `"${id}" stands in a stack, which gives it its box; it must not have one of its own`
    : `"${id}" needs a \`box\` of left, top, width and height in mm`;
  return new Fault("box-needed", message, { place });
}

function colourOf(
  name: string,
  path: readonly PropertyKey[],
  { colors }: TemplateFile,
  locate: Locate,
  faults: Fault[],
): Colour {
  const hex = colors[name] ?? name;
  const parts = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (parts === null) {
    const near = nearest(name, Object.keys(colors));
    const hints = [
      near === undefined ? "name one under `colors`, or write it as in #12284C" : `did you mean "${near}"?`,
    ];
    faults.push(new Fault("color-unknown", `there is no colour "${name}"`, { place: locate(path), hints }));
    return [0, 0, 0];
  }
  const [red, green, blue] = parts.slice(1).map((part) => Number.parseInt(part, 16) / 255);
  return [red ?? 0, green ?? 0, blue ?? 0];
}

function undeclared(name: string, declared: readonly string[], place: Place): Fault {
  const near = nearest(name, declared);
  const hints = [
    ...(near === undefined ? [] : [`did you mean {{${near}}}?`]),
    `or declare it: \`${name}: {}\` under \`fields\``,
  ];
  return new Fault("placeholder-undeclared", `{{${name}}} is not declared under \`fields\``, {
    place,
    hints,
  });
}

function unknownFields({ fields }: TemplateFile, locate: Locate): Fault[] {
  return Object.keys(fields)
    .filter((name) => !isPlaceholder(name))
    .map((name) => {
      const known = Object.keys(placeholders);
      const near = nearest(name, known);
      const hints = [near === undefined ? `known: ${known.join(", ")}` : `did you mean "${near}"?`];
      const place = locate(["fields", name]);
      return new Fault("placeholder-unknown", `there is no placeholder {{${name}}}`, { place, hints });
    });
}

function repeated(elements: readonly Element[]): Fault[] {
  const ids = elements.map((element) => element.id);
  return elements
    .filter((element, index) => ids.indexOf(element.id) !== index)
    .map(
      ({ id, place }) => new Fault("id-repeated", `"${id}" is the id of more than one element`, { place }),
    );
}

function offPage({ id, box, place }: Element, width: number, height: number): Fault[] {
  if (box === null) return [];
  const isOn =
    box.x >= 0 && box.y >= 0 && box.x + box.width <= width + 0.01 && box.y + box.height <= height + 0.01;
  if (isOn) return [];
  const millimetres = [width, height].map((length) => Math.round((length * 254) / 72) / 10).join(" × ");
  return [new Fault("box-off-page", `"${id}" leaves the page of ${millimetres} mm`, { place })];
}
