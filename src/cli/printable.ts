import { flawOf } from "../credential/text.js";
import type { Decision, Reason } from "../model/decision.js";
import { factsOf } from "../model/printed.js";
import { openTypesetter, type Typesetter } from "../render/typesetter.js";
import type { LoadedTemplate, Templates } from "./templates.js";

/**
 * Holds the eligible whose name, or whatever else is printed about them, cannot be printed whole on their template.
 * One bad name stops nobody else, and no letter is ever replaced by a box.
 */
export async function holdUnprintable(
  decisions: readonly Decision[],
  templates: Templates,
): Promise<Decision[]> {
  const typesetters = new Map<LoadedTemplate, Typesetter>();
  const held: Decision[] = [];
  for (const decision of decisions) {
    held.push(
      decision.outcome === "eligible"
        ? await hold(decision, decision.awards, templates, typesetters)
        : decision,
    );
  }
  return held;
}

async function hold(
  decision: Decision,
  awards: readonly string[],
  templates: Templates,
  typesetters: Map<LoadedTemplate, Typesetter>,
): Promise<Decision> {
  const { person, figures } = decision;
  for (const award of awards) {
    const loaded = templates.of(award);
    let typesetter = typesetters.get(loaded);
    if (typesetter === undefined) {
      typesetter = await openTypesetter(loaded.template);
      typesetters.set(loaded, typesetter);
    }
    const facts = {
      name: person.name,
      personal: factsOf(person, loaded.template.personal),
      sensitive: factsOf(person, loaded.template.sensitive),
    };
    const flaw =
      unsignable([facts.name, ...Object.values(facts.personal)]) ??
      typesetter.unprintable(facts)?.what ??
      null;
    if (flaw !== null) return { person, figures, outcome: "review", reasons: [unprintable(flaw)] };
  }
  return decision;
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
