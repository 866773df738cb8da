import { z } from "zod";
import type { Certificate, EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { mirrored } from "./bidi.js";
import type { Face, Shaped, Stretch } from "./face.js";
import { declaredFacts, fieldFault, fieldsThat, flawsOfFields } from "./field.js";
import { type Facts, scopeOf } from "./placeholder.js";
import { measureSheets } from "./sheet.js";
import type { Template } from "./template.js";
import { shopOf } from "./typesetter.js";

const faceDemand = z.strictObject({ characters: z.string(), samples: z.array(z.string()) });
const demand = z.strictObject({ faces: z.record(z.string(), faceDemand) });

/**
 * What the fonts of a batch must hold, by path of the font: its characters, and words in which letters join or change
 * their shape, from which the table is made that tells a reader what each glyph means. Plain JSON, sorted.
 */
export type Demand = z.output<typeof demand>;

export function parseDemand(value: unknown): Demand {
  const parsed = demand.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Fault(
    "demand-malformed",
    "the characters kept for a batch do not have the shape they were written in",
  );
}

/**
 * Sets every certificate once, for trial.
 *
 * @throws Fault if any of them cannot be printed whole: text that does not fit, a letter that no font has, a QR code
 *   too fine, a field that the template needs and that has no value
 */
export function glyphDemand(
  template: Template,
  record: EventRecord,
  certificates: Iterable<Certificate>,
): Demand {
  const collected = new Map<string, Collected>();
  const shop = {
    ...shopOf(template),
    shape(face: Face, stretch: Stretch): Shaped {
      const shaped = face.shape(stretch);
      note(collected, shaped);
      return shaped;
    },
  };
  const seen = new Map<string, string>();
  const unique = fieldsThat((name) => template.fields.get(name)?.unique === true, template.fields);
  // those of the event have the same values on all certificates
  const own = fieldsThat((name) => scopeOf(name) !== "event", template.fields);
  let fields = template.fields;
  for (const certificate of certificates) {
    const facts = declaredFacts(template.fields, record, certificate);
    const [flaw] = flawsOfFields(fields, facts);
    if (flaw !== undefined) throw fieldFault(flaw.name, flaw.flaw, template.locate);
    fields = own;
    for (const name of unique.keys()) noteUnique(name, template, certificate, facts, seen);
    measureSheets(template, facts, shop);
  }
  const faces = [...collected].sort(([a], [b]) => (a < b ? -1 : 1));
  return { faces: Object.fromEntries(faces.map(([path, one]) => [path, demandOf(one)])) };
}

interface Collected {
  readonly characters: Set<string>;
  /** the glyphs that these characters have by themselves */
  readonly usual: Set<number>;
  /** a word for each other glyph, be it a joined form or a mark that came of a letter taken apart */
  readonly samples: Map<number, string>;
}

function note(collected: Map<string, Collected>, shaped: Shaped): void {
  const { face, text, fromRight, isPlain } = shaped;
  let known = collected.get(face.path);
  if (known === undefined) {
    known = { characters: new Set(), usual: new Set(), samples: new Map() };
    collected.set(face.path, known);
  }
  for (const character of text)
    if (fromRight || !known.characters.has(character)) noteCharacter(character, fromRight, face, known);
  if (isPlain) return;
  const { ids, clusters } = shaped.glyphs;
  for (const [index, id] of ids.entries()) {
    if (!known.usual.has(id) && !known.samples.has(id))
      known.samples.set(id, wordAround(text, clusters[index] ?? 0));
  }
}

/** With what stands for it: its parts, where the font has it only so, and a bracket the other way round. */
function noteCharacter(character: string, fromRight: boolean, face: Face, known: Collected): void {
  const add = (one: string): boolean => {
    const glyph = face.nominal(one.codePointAt(0) ?? 0);
    if (glyph < 0) return false;
    known.characters.add(one);
    known.usual.add(glyph);
    return true;
  };
  if (!add(character)) for (const part of character.normalize("NFD")) add(part);
  const other = fromRight ? mirrored(character) : null;
  if (other !== null) add(other);
}

/** The word that a letter stands in: its neighbours may be why it has this shape. */
function wordAround(text: string, at: number): string {
  const start = text.lastIndexOf(" ", at) + 1;
  const end = text.indexOf(" ", at);
  return text.slice(start, end === -1 ? text.length : end);
}

function demandOf({ characters, samples }: Collected): Demand["faces"][string] {
  const all = new Set(characters).add(" ");
  return { characters: [...all].sort().join(""), samples: [...new Set(samples.values())].sort() };
}

/** @throws Fault if a field that must differ has the same value on two certificates */
function noteUnique(
  name: string,
  template: Template,
  { number }: Certificate,
  facts: Facts,
  seen: Map<string, string>,
): void {
  const value = facts(name);
  if (value === null) return;
  const key = `${name}\n${value}`;
  const other = seen.get(key);
  if (other !== undefined) {
    throw new Fault(
      "value-repeated",
      `certificates ${other} and ${number} have the same {{${name}}}: "${value}"`,
      {
        place: template.locate(["fields", name]),
      },
    );
  }
  seen.set(key, number);
}
