import { Fault } from "../model/fault.js";
import { withChildren } from "./admit.js";
import { holds, namesOf } from "./condition.js";
import type { Element, Shop } from "./element/element.js";
import { Faces } from "./faces.js";
import type { Facts } from "./placeholder.js";
import { modulesOf } from "./symbol.js";
import type { Template } from "./template.js";

/** What is printed about a person and known before anything is issued. */
export interface Printed {
  readonly name: string;
  readonly personal: Readonly<Record<string, string>>;
  readonly sensitive: Readonly<Record<string, string>>;
}

export interface Unprintable {
  readonly why: "glyph" | "width" | "length";
  /** as a sentence without full stop: what cannot be printed, and where */
  readonly what: string;
}

export interface Typesetter {
  /** Why what is printed about somebody cannot be printed whole, or `null` if it can. */
  unprintable(printed: Printed): Unprintable | null;
}

const LONGEST_NAME = 200;

/** Opens the whole fonts of a template. @throws Fault or Faults if the background cannot be used */
export async function openTypesetter(template: Template): Promise<Typesetter> {
  const { checkBackgrounds } = await import("./background.js");
  await checkBackgrounds(template);
  const shop = shopOf(template);
  const personal = template.pages.flatMap((page) =>
    page.elements.flatMap((element) => roomsOf(element, element.box)),
  );
  return {
    unprintable(printed) {
      const letters = [...printed.name].length;
      if (letters > LONGEST_NAME) {
        return { why: "length", what: `a name of ${letters} letters; ${LONGEST_NAME} can be printed` };
      }
      const facts = factsOfPerson(printed);
      for (const { element, room } of personal) {
        const flaw = flawOf(() => (mayHold(element, facts) ? element.lay(facts, room, shop) : null));
        if (flaw !== null) return flaw;
      }
      return null;
    },
  };
}

/** Sets type with the whole fonts, to measure; nothing is embedded. */
export function shopOf(template: Template): Shop {
  return {
    faces: new Faces(template),
    shape: (face, text, spaced) => face.shape(text, spaced),
    fontName: (path) => path,
    modules: modulesOf,
    cache: new Map(),
  };
}

interface Room {
  readonly element: Element;
  readonly room: { readonly width: number; readonly height: number };
}

/** The texts that say something about the person and nothing else, each with the room it has. */
function roomsOf(element: Element, room: { readonly width: number; readonly height: number } | null): Room[] {
  if (room === null) return [];
  return withChildren(element)
    .filter(({ texts }) => texts.some(({ placeholders }) => placeholders.some(isOfPerson)))
    .filter(({ texts }) => texts.every(({ placeholders }) => placeholders.every(isOfPerson)))
    .map((child) => ({ element: child, room }));
}

function isOfPerson(name: string): boolean {
  return name.startsWith("recipient.");
}

/** What the event says is not known here; a condition on it may hold. */
function mayHold({ when }: Element, facts: Facts): boolean {
  return !namesOf(when).every(isOfPerson) || holds(when, facts);
}

function factsOfPerson({ name, personal, sensitive }: Printed): Facts {
  return (placeholder) => {
    if (placeholder === "recipient.name") return name.normalize("NFC");
    const field = placeholder.replace(/^recipient\./, "");
    const fact = personal[field] ?? sensitive[field] ?? "";
    return fact === "" ? null : fact.normalize("NFC");
  };
}

function flawOf(lay: () => unknown): Unprintable | null {
  try {
    lay();
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.code === "glyph-missing") return { why: "glyph", what: error.message };
    if (error.code === "text-overflow") return { why: "width", what: error.message };
    throw error;
  }
}
