import { flawOf } from "../credential/text.js";
import { parseNumberPattern } from "../issue/number.js";
import { recordOf } from "../issue/record.js";
import type { Decision, Reason } from "../model/decision.js";
import type { Event } from "../model/eventFile.js";
import type { Warning } from "../model/fault.js";
import type { Person } from "../model/person.js";
import { factsOf } from "../model/printed.js";
import type { Template } from "../render/template.js";
import { openTypesetter, type Trial, type Typesetter } from "../render/typesetter.js";
import type { EventFolder } from "./eventFolder.js";
import type { Templates } from "./templates.js";

/** A token with a long name and an institution in it. */
const TOKEN_DIGITS = 480;

/** Tells of the names that cannot be printed; remembers them, since a what-if asks of the same people many times. */
export interface Printability {
  /** The decisions, with those held for review whose certificate cannot be printed whole. */
  readonly hold: (decisions: readonly Decision[]) => Decision[];
  readonly warnings: () => Warning[];
}

/**
 * Holds the eligible whose name, or whatever else is printed about them, cannot be printed whole on their template.
 * One bad name stops nobody else, and no letter is ever replaced by a box.
 */
export async function openPrintability(folder: EventFolder, templates: Templates): Promise<Printability> {
  const typesetters = await openAll(folder, templates);
  const known: Flaws = new Map();
  return {
    hold: (decisions) =>
      decisions.map((decision) =>
        decision.outcome === "eligible" ? hold(decision, decision.awards, typesetters, known) : decision,
      ),
    warnings: () => {
      const warnings = [...typesetters.values()].flatMap(({ typesetter }) => typesetter.warnings());
      return [...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()];
    },
  };
}

/** Of each person what is wrong per award, or `null`. */
type Flaws = Map<Person, ReadonlyMap<string, string | null>>;

interface Opened {
  readonly template: Template;
  readonly typesetter: Typesetter;
}

/** Of every award: what is wrong with a template stops the run although nobody is given that award yet. */
async function openAll(folder: EventFolder, templates: Templates): Promise<Map<string, Opened>> {
  const opened = new Map<string, Opened>();
  for (const { id } of folder.event.config.awards) {
    const { template } = templates.of(id);
    opened.set(id, { template, typesetter: await openTypesetter(template, trialOf(folder.event, id)) });
  }
  return opened;
}

/** A certificate as long as the real ones will be. */
export function trialOf(event: Event, award: string): Trial {
  const { number } = event.config.certificate;
  const [year = 0, month = 1, day = 1] = event.date.split("-").map(Number);
  const parse = parseNumberPattern(number, event.locate(["certificate", "number"]));
  return {
    record: recordOf(event),
    certificate: {
      event: event.config.event.id,
      person: "",
      award,
      revision: 0,
      number: parse({ seq: 88_888, event: event.config.event.id, award, year, month, day }),
      name: "",
      email: null,
      personal: {},
      sensitive: {},
      date: event.date,
      cti: "8".repeat(20),
      statusIndex: 0,
      token: "8".repeat(TOKEN_DIGITS),
      file: "",
    },
  };
}

function hold(
  decision: Decision,
  awards: readonly string[],
  typesetters: ReadonlyMap<string, Opened>,
  known: Flaws,
): Decision {
  const { person, figures } = decision;
  for (const award of awards) {
    const before = known.get(person)?.get(award);
    const flaw = before === undefined ? flawIn(person, award, typesetters) : before;
    if (before === undefined) known.set(person, new Map(known.get(person)).set(award, flaw));
    if (flaw !== null) return { person, figures, outcome: "review", reasons: [unprintable(flaw)] };
  }
  return decision;
}

function flawIn(person: Person, award: string, typesetters: ReadonlyMap<string, Opened>): string | null {
  const opened = typesetters.get(award);
  if (opened === undefined) throw new TypeError(`an award "${award}" that the event does not have`);
  const { template, typesetter } = opened;
  const facts = {
    name: person.name,
    personal: factsOf(person, template.personal),
    sensitive: factsOf(person, template.sensitive),
  };
  const flaw = unsignable([facts.name, ...Object.values(facts.personal)]);
  return flaw ?? typesetter.unprintable(facts)?.what ?? null;
}

/** What cannot be signed cannot be proven, and is not printed either. */
function unsignable([name = "", ...personal]: readonly string[]): string | null {
  if (name === "") return "no input gives one";
  for (const text of [name, ...personal]) {
    const flaw = flawOf(text);
    if (flaw !== null) return `"${text}": ${flaw}`;
  }
  return null;
}

function unprintable(what: string): Reason {
  return { code: "name-unprintable", required: null, actual: null, unit: null, about: [what] };
}
