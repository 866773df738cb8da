import type { Warning } from "../model/fault.js";
import type { Element, Notice } from "./element/element.js";
import type { Template } from "./template.js";

/** Shrunk below this share of its size, a text no longer looks as it was meant. */
const SMALL = 0.8;
/** As many names are told as fit on a line. */
const EXAMPLES = 3;

interface Kind {
  readonly code: string;
  readonly applies: (notice: Notice, template: Template) => boolean;
  readonly says: (count: number, element: Element, examples: string) => string;
}

const kinds: readonly Kind[] = [
  {
    code: "text-shrunk",
    applies: ({ element, size }) => element.setting !== undefined && size < SMALL * element.setting.size,
    says: (count, { id, setting }, examples) =>
      `${times(count)} "${id}" is set smaller than ${SMALL * 100} % of its ${setting?.size} pt: ${examples}`,
  },
  {
    code: "text-wrapped",
    applies: ({ element, lines }) => element.setting?.breakAt === "degrees" && lines > 1,
    says: (count, { id }, examples) => `${times(count)} "${id}" takes two lines: ${examples}`,
  },
  {
    code: "font-fallback",
    applies: ({ fallback }) => fallback !== null,
    says: (count, { id }, examples) =>
      `${times(count)} "${id}" has letters that its font lacks, set in a fallback font: ${examples}`,
  },
  {
    code: "all-capitals",
    applies: ({ element, text }, template) =>
      template.fonts.get(element.setting?.font ?? "")?.avoidAllCaps === true && isShouted(text),
    says: (count, { id }, examples) =>
      `${times(count)} "${id}" is all capitals in a font that is hard to read so: ${examples}`,
  },
];

/** Gathers how texts came out, so that each thing is said once and not a thousand times. */
export class Notices {
  readonly #template: Template;
  readonly #found = new Map<string, { kind: Kind; element: Element; texts: Set<string> }>();

  constructor(template: Template) {
    this.#template = template;
  }

  add(notice: Notice): void {
    for (const kind of kinds) {
      if (!kind.applies(notice, this.#template)) continue;
      const key = `${kind.code} ${notice.element.id}`;
      const one = this.#found.get(key) ?? { kind, element: notice.element, texts: new Set() };
      one.texts.add(notice.text);
      this.#found.set(key, one);
    }
  }

  warnings(): Warning[] {
    return [...this.#found.values()].map(({ kind, element, texts }) => {
      const shown = [...texts]
        .slice(0, EXAMPLES)
        .map((text) => `"${text}"`)
        .join(", ");
      const message = kind.says(texts.size, element, texts.size > EXAMPLES ? `${shown}, …` : shown);
      return { code: kind.code, message, file: element.place.file, line: element.place.line };
    });
  }
}

function times(count: number): string {
  return count === 1 ? "on one certificate" : `on ${count} certificates`;
}

function isShouted(text: string): boolean {
  const letters = text.match(/\p{Lu}|\p{Ll}/gu) ?? [];
  return letters.length > 3 && !/\p{Ll}/u.test(text);
}
