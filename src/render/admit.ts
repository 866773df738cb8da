import { Fault, type Place } from "../model/fault.js";
import { type Locate, nearest } from "../model/yaml.js";
import type { Language } from "./calendar.js";
import { namesOf } from "./condition.js";
import { type Desk, type Element, points } from "./element/element.js";
import { admitQr, isQr, type QrElement } from "./element/qr.js";
import { admitShape } from "./element/shape.js";
import { admitStack } from "./element/stack.js";
import { admitText } from "./element/text.js";
import type { Colour } from "./notation.js";
import type { Page } from "./page.js";
import { isPlaceholder, placeholders } from "./placeholder.js";
import { type ElementSpec, type PageSpec, pageSizes, type TemplateFile } from "./schema.js";
import { parseText } from "./text.js";

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
      if (!(name in template.fields)) faults.push(undeclared(name, Object.keys(template.fields), place));
    }
  };
  faults.push(...unknownFields(template, locate));
  const pages = template.pages.map((page, at) => admitPage(page, at, template, circumstances));
  const all = pages.flatMap((page) => page.elements.flatMap(withChildren));
  for (const element of all) {
    for (const text of element.texts) declare(text.placeholders, text.place);
    declare(namesOf(element.when), element.place);
  }
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
  return { index, when: spec.when, width, height, background: spec.background ?? null, elements };
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
    text: (source, path, markup) => parseText(source, { place: locate(path), language, markup }, faults),
    color: (name, fallback, path) => colourOf(name ?? fallback, path, template, locate, faults),
    admit(spec, path, inStack) {
      if (
        inStack === (spec.box !== undefined) &&
        spec.type !== "rect" &&
        spec.type !== "line" &&
        spec.type !== "ellipse"
      )
        faults.push(boxNeeded(spec.id, inStack, locate(path)));
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
    case "stack":
      return admitStack(spec, path, desk);
    case "line":
    case "rect":
    case "ellipse":
      return admitShape(spec, path, desk);
  }
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
