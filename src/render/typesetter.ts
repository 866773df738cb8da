import type { Certificate, EventRecord } from "../model/certificate.js";
import { Fault, Faults, refuse, type Warning } from "../model/fault.js";
import { withChildren } from "./admit.js";
import { holds, namesOf } from "./condition.js";
import type { Element, Shop } from "./element/element.js";
import { ofEvent } from "./element/image.js";
import { Faces } from "./faces.js";
import { declaredFacts, fieldFault, fieldsThat, flawsOfFields, isOfPerson } from "./field.js";
import { Notices } from "./notice.js";
import type { Page } from "./page.js";
import type { Facts } from "./placeholder.js";
import { modulesOf } from "./symbol.js";
import type { Template } from "./template.js";

/** What is printed about a person and known before anything is issued. */
export interface Printed {
  readonly name: string;
  readonly personal: Readonly<Record<string, string>>;
  readonly sensitive: Readonly<Record<string, string>>;
}

/** What all certificates of an award share, and one certificate with all that is not known before it is issued. */
export interface Trial {
  readonly record: EventRecord;
  /** with a number, a code and a token as long as the real ones */
  readonly certificate: Certificate;
}

export interface Unprintable {
  readonly why: "glyph" | "width" | "length" | "value";
  /** as a sentence without full stop: what cannot be printed, and where */
  readonly what: string;
}

export interface Typesetter {
  /** Why what is printed about somebody cannot be printed whole, or `null` if it can. */
  unprintable(printed: Printed): Unprintable | null;
  /** What is worth knowing about the template, and about those who were asked for so far. */
  warnings(): Warning[];
}

const LONGEST_NAME = 200;
/** Fits everywhere where anything fits. */
const someone: Printed = { name: "A", personal: {}, sensitive: {} };

/**
 * Opens the whole fonts of a template and sets everything once that does not depend on a person.
 *
 * @throws Fault or Faults if the event cannot be printed on this template: background, pictures, values, texts
 */
export async function openTypesetter(template: Template, trial: Trial): Promise<Typesetter> {
  const { checkBackgrounds, checkPictures } = await import("./background.js");
  const warnings = [...(await checkBackgrounds(template)), ...checkPictures(template)];
  if (template.archival !== null) await (await import("./archive.js")).checkArchival(template);
  const notices = new Notices(template);
  const shop = shopOf(template);
  const told: Shop = { ...shop, notice: (notice) => notices.add(notice) };
  refuse(flawsOfEvent(template, trial, told));
  warnings.push(...smallQr(template, trial));
  const personal = template.pages.map((page) => ({ page, elements: page.elements.filter(isPersonal) }));
  const fields = fieldsThat(isOfPerson, template.fields);
  return {
    unprintable(printed) {
      const letters = [...printed.name].length;
      if (letters > LONGEST_NAME) {
        return { why: "length", what: `a name of ${letters} letters; ${LONGEST_NAME} can be printed` };
      }
      const facts = factsOfTrial(template, trial, printed);
      const [unfit] = flawsOfFields(fields, facts);
      if (unfit !== undefined) return { why: "value", what: `{{${unfit.name}}} ${unfit.flaw.what}` };
      for (const { page, elements } of personal) {
        const flaw = holds(page.when, facts) ? flawOf(() => layAll(elements, facts, told)) : null;
        if (flaw !== null) return flaw;
      }
      return null;
    },
    warnings: () => [...warnings, ...notices.warnings()],
  };
}

/** Sets type with the whole fonts, to measure; nothing is embedded. */
export function shopOf(template: Template): Shop {
  return {
    faces: new Faces(template),
    shape: (face, stretch) => face.shape(stretch),
    fontName: (path) => path,
    modules: modulesOf,
    // how large a picture is changes nothing of what is printed beside it
    picture(file) {
      if (!template.contents.has(file)) throw pictureMissing(file, template);
      return { name: file, width: 1, height: 1, unitWidth: 1, unitHeight: 1 };
    },
    cache: new Map(),
    kept: new Map(),
  };
}

function pictureMissing(file: string, template: Template): Fault {
  return new Fault("image-missing", `there is no picture "${file.replace(ofEvent, "")}"`, {
    place: template.locate(["pages"]),
    hints: ["give its path, relative to the event file, in the event file itself"],
  });
}

/** Millimetres: what a telephone reads from a screen. */
const GOOD_MODULE = 0.4;

function smallQr({ qr, fields }: Template, { record, certificate }: Trial): Warning[] {
  const modules = modulesOf(String(declaredFacts(fields, record, certificate)("certificate.url")));
  const module = ((qr.symbolBox(modules).width / modules) * 25.4) / 72;
  if (module >= GOOD_MODULE - 0.005) return [];
  const message = `the modules of the QR code are ${module.toFixed(2)} mm wide; below ${GOOD_MODULE} mm telephones have trouble with them on a screen`;
  return [{ code: "qr-small", message, file: qr.place.file, line: qr.place.line }];
}

/** All that would keep everybody's certificate from being printed: it is no single person's fault. */
function flawsOfEvent(template: Template, trial: Trial, shop: Shop): Fault[] {
  const facts = factsOfTrial(template, trial, someone);
  const fields = fieldsThat((name) => !isOfPerson(name), template.fields);
  const faults = flawsOfFields(fields, facts).map(({ name, flaw }) =>
    fieldFault(name, flaw, template.locate),
  );
  for (const page of template.pages) {
    if (mayHold(page, facts))
      faults.push(...page.elements.flatMap((element) => faultsOf(element, facts, shop)));
  }
  return faults;
}

function faultsOf(element: Element, facts: Facts, shop: Shop): Fault[] {
  try {
    layAll([element], facts, shop);
    return [];
  } catch (error) {
    if (error instanceof Faults) return [...error.faults];
    if (!(error instanceof Fault)) throw error;
    // "A" is no date and no number: whether a person's value fits its filter shows with the person
    return error.code === "value-unfit" && isPersonal(element) ? [] : [error];
  }
}

function layAll(elements: readonly Element[], facts: Facts, shop: Shop): void {
  for (const element of elements) {
    if (!holds(element.when, facts)) continue;
    const { width, height } = element.box ?? { width: 0, height: 0 };
    element.lay(facts, { width, height }, shop);
  }
}

/** What depends on the person may hold for somebody. */
function mayHold({ when }: Page, facts: Facts): boolean {
  return namesOf(when).some(isOfPerson) || holds(when, facts);
}

function isPersonal(element: Element): boolean {
  return withChildren(element).some(({ texts, when }) =>
    [...texts.flatMap((text) => text.placeholders), ...namesOf(when)].some(isOfPerson),
  );
}

function factsOfTrial(template: Template, { record, certificate }: Trial, printed: Printed): Facts {
  return declaredFacts(template.fields, record, { ...certificate, ...printed });
}

function flawOf(lay: () => void): Unprintable | null {
  try {
    lay();
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const why = { "glyph-missing": "glyph", "text-overflow": "width", "value-unfit": "value" } as const;
    const found = Object.entries(why).find(([code]) => code === error.code)?.[1];
    if (found === undefined) throw error;
    return { why: found, what: error.message };
  }
}
