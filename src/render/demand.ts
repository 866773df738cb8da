import { z } from "zod";
import type { Certificate, EventRecord } from "../model/certificate.js";
import { Fault } from "../model/fault.js";
import { mirrored } from "./bidi.js";
import type { Face, Shaped, Stretch } from "./face.js";
import { declaredFacts, fieldFault, flawsOfFields } from "./field.js";
import type { Facts } from "./placeholder.js";
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
  for (const certificate of certificates) {
    const facts = declaredFacts(template.fields, record, certificate);
    const [flaw] = flawsOfFields(template.fields, facts, () => true);
    if (flaw !== undefined) throw fieldFault(flaw.name, flaw.flaw, template.locate);
    noteUnique(template, certificate, facts, seen);
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
  const { face, text } = shaped;
  const known = collected.get(face.path) ?? {
    characters: new Set([" "]),
    usual: new Set(),
    samples: new Map(),
  };
  collected.set(face.path, known);
  const add = (character: string): boolean => {
    const glyph = face.nominal(character.codePointAt(0) ?? 0);
    if (glyph < 0) return false;
    known.characters.add(character);
    known.usual.add(glyph);
    return true;
  };
  for (const character of text) {
    if (!add(character)) for (const part of character.normalize("NFD")) add(part);
    const other = shaped.fromRight ? mirrored(character) : null;
    if (other !== null) add(other);
  }
  if (shaped.isPlain) return;
  for (const { start, ids } of shaped.letterGroups()) {
    for (const id of ids)
      if (!known.usual.has(id) && !known.samples.has(id)) known.samples.set(id, wordAround(text, start));
  }
}

/** The word that a letter stands in: its neighbours may be why it has this shape. */
function wordAround(text: string, at: number): string {
  const start = text.lastIndexOf(" ", at) + 1;
  const end = text.indexOf(" ", at);
  return text.slice(start, end === -1 ? text.length : end);
}

function demandOf({ characters, samples }: Collected): Demand["faces"][string] {
  return { characters: [...characters].sort().join(""), samples: [...new Set(samples.values())].sort() };
}

/** @throws Fault if a field that must differ has the same value on two certificates */
function noteUnique(
  template: Template,
  { number }: Certificate,
  facts: Facts,
  seen: Map<string, string>,
): void {
  for (const [name, { unique }] of template.fields) {
    const value = unique ? facts(name) : null;
    if (value === null) continue;
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
}
