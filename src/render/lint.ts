import type { Place } from "../model/fault.js";
import type { Locate } from "../model/yaml.js";
import { withChildren } from "./admit.js";
import { namesOf } from "./condition.js";
import { type Box, type Element, points } from "./element/element.js";
import { isImage } from "./element/image.js";
import { contrast } from "./element/qr.js";
import { isReserve } from "./element/reserve.js";
import type { Colour } from "./notation.js";
import type { Template } from "./template.js";
import type { Text } from "./text.js";

/** What is allowed in a template and yet hardly meant: said when it is checked, and never in the way. */
export interface Remark {
  readonly code: string;
  readonly message: string;
  readonly place: Place;
  readonly element: string | null;
  readonly hints: readonly string[];
}

type Lint = (template: Template) => Remark[];

/** Below it print and weak eyes lose small type (WCAG 2, 1.4.3). */
const READABLE = 4.5;
/** Millimetres that boxes may share before it looks like a mistake: lines have room above and below their letters. */
const SHARED = 1.5;

const lints: readonly Lint[] = [
  unused,
  styleless,
  outside,
  overlapping,
  punctuation,
  pale,
  headless,
  claimed,
];

export function remarksOn(template: Template): Remark[] {
  return lints.flatMap((lint) => lint(template));
}

function elementsOf(template: Template): Element[] {
  return template.pages.flatMap(({ elements }) => elements.flatMap(withChildren));
}

function unused(template: Template): Remark[] {
  const { metadata, fields, locate } = template;
  const elements = elementsOf(template);
  const used = new Set([
    ...elements.flatMap(({ texts, when, rows }) => [
      ...texts.flatMap((text) => text.placeholders),
      ...namesOf(when),
      ...(rows === undefined ? [] : [rows]),
    ]),
    ...template.pages.flatMap(({ when }) => namesOf(when)),
    ...Object.values(metadata).flatMap((text) => text.placeholders),
  ]);
  return [...fields.keys()]
    .filter((name) => !used.has(name))
    .map((name) => ({
      code: "field-unused",
      message: `{{${name}}} is declared and never printed`,
      place: locate(["fields", name]),
      element: null,
      hints: ["print it, or take it out of `fields`"],
    }));
}

function outside({ pages, locate }: Template): Remark[] {
  return pages.flatMap((page) => {
    const [top, right, bottom, left] = (page.safeArea ?? [0, 0, 0, 0]).map(points);
    return page.elements.flatMap((element): Remark[] => {
      const { box } = element;
      if (box === null || page.safeArea === null || isOrnament(element)) return [];
      const isSafe =
        box.x >= (left ?? 0) - 0.1 &&
        box.y >= (top ?? 0) - 0.1 &&
        box.x + box.width <= page.width - (right ?? 0) + 0.1 &&
        box.y + box.height <= page.height - (bottom ?? 0) + 0.1;
      return isSafe
        ? []
        : [
            remark(
              "outside-safe-area",
              element,
              `"${element.id}" leaves the page's \`safeArea\``,
              [],
              locate,
            ),
          ];
    });
  });
}

function isOrnament(element: Element): boolean {
  return (
    element.texts.length === 0 && element.children.length === 0 && !isImage(element) && !isReserve(element)
  );
}

/** What is meant to stand out and would not. */
function styleless(template: Template): Remark[] {
  return elementsOf(template).flatMap((element) => {
    const { setting } = element;
    const family = template.fonts.get(setting?.font ?? "");
    if (setting === undefined || family === undefined) return [];
    const isWanted = (style: "bold" | "italic") =>
      setting[style] || element.texts.some(({ parts }) => hasStyle(parts, style));
    const missing = (["bold", "italic"] as const).filter(
      (style) => family[style] === undefined && isWanted(style),
    );
    return missing.map((style) =>
      remark(
        "font-style-missing",
        element,
        `"${element.id}" is to be ${style}, and the font "${setting.font}" has no ${style} face`,
        [`give one: \`${style}: fonts/….ttf\``],
        template.locate,
      ),
    );
  });
}

function hasStyle(parts: Text["parts"], style: "bold" | "italic"): boolean {
  return parts.some((part) => (part.kind === "optional" ? hasStyle(part.parts, style) : part[style]));
}

/** Elements with conditions may stand in for each other, so they may share their place. */
function overlapping({ pages, locate }: Template): Remark[] {
  return pages.flatMap(({ elements }) => {
    const solid = elements.filter(
      (element) => element.box !== null && element.when === undefined && !isOrnament(element),
    );
    return solid.flatMap((element, index) =>
      solid.slice(index + 1).flatMap((other): Remark[] => {
        const shared = sharedOf(element.box, other.box);
        if (shared.width <= points(SHARED) || shared.height <= points(SHARED)) return [];
        const message = `"${element.id}" and "${other.id}" overlap by ${millimetres(shared.width)} × ${millimetres(shared.height)} mm`;
        return [
          remark("boxes-overlap", other, message, ["move one of them, or give each a condition"], locate),
        ];
      }),
    );
  });
}

function sharedOf(a: Box | null, b: Box | null): { width: number; height: number } {
  if (a === null || b === null) return { width: 0, height: 0 };
  return {
    width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
    height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
  };
}

/** Degrees end with a full stop of their own: "M.Si.." */
function punctuation(template: Template): Remark[] {
  return elementsOf(template).flatMap((element) =>
    element.texts
      .filter(hasPunctuatedName)
      .map((text) =>
        remark(
          "name-punctuation",
          element,
          `"${element.id}" puts a full stop or comma straight behind the name`,
          ["names end with degrees, as in M.Si.; word it so that the name stands alone"],
          () => text.place,
        ),
      ),
  );
}

function hasPunctuatedName({ parts }: Text): boolean {
  return parts.some((part, index) => {
    const next = parts[index + 1];
    return (
      part.kind === "value" &&
      part.name === "recipient.name" &&
      next?.kind === "letters" &&
      /^[.,]/.test(next.text)
    );
  });
}

/** On white; what a background does to it is seen in the preview. */
function pale({ pages, locate }: Template): Remark[] {
  return pages.flatMap((page) => {
    const grounds = page.elements.filter((element) => isOrnament(element) && element.box !== null);
    // what stands in a stack stands on the stack's ground
    const placed = page.elements.flatMap((outer) =>
      withChildren(outer).map((element) => ({ element, box: outer.box })),
    );
    return placed.flatMap(({ element, box }): Remark[] => {
      const color = element.setting?.color;
      if (color === undefined || isOnGround(box, grounds)) return [];
      const found = contrast([1, 1, 1] satisfies Colour, color);
      if (found >= READABLE) return [];
      const message = `the text of "${element.id}" stands out from white paper by ${found.toFixed(1)}; ${READABLE} is the least for small type`;
      return [remark("contrast-low", element, message, ["take a darker colour"], locate)];
    });
  });
}

function isOnGround(box: Box | null, grounds: readonly Element[]): boolean {
  return grounds.some((ground) => {
    const shared = sharedOf(box, ground.box);
    return shared.width > 0 && shared.height > 0;
  });
}

function headless(template: Template): Remark[] {
  if (elementsOf(template).some((element) => element.tag === "H1")) return [];
  return [
    {
      code: "heading-missing",
      message: "no element is tagged H1: who does not see finds no beginning",
      place: template.locate(["pages", 0, "elements"]),
      element: null,
      hints: ["write `tag: H1` on the title"],
    },
  ];
}

/** What a file says about its own signature must be true of every file. */
function claimed(template: Template): Remark[] {
  return elementsOf(template).flatMap((element) => {
    const letters = element.texts.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === "letters" ? [part.text] : [])),
    );
    const isClaim = /ditandatangani secara elektronik|sertifikat elektronik|BSrE/i.test(letters.join(" "));
    if (!isClaim || element.when !== undefined) return [];
    return [
      remark(
        "signature-claimed",
        element,
        `"${element.id}" says that the file is signed electronically, on every certificate`,
        ["give it a condition, as in when: { field: certificate.fields.signatory.mode, is: [bsre] }"],
        template.locate,
      ),
    ];
  });
}

function remark(
  code: string,
  element: Element,
  message: string,
  hints: readonly string[],
  locate: Locate,
): Remark {
  const place = element.place.line === undefined ? locate([]) : element.place;
  return { code, message, place, element: element.id, hints };
}

function millimetres(length: number): string {
  return ((length * 25.4) / 72).toFixed(1);
}
