import type { Warning } from "../model/fault.js";
import type { Matched, Person } from "../model/person.js";
import type { Ruling } from "../model/ruling.js";
import { ambiguity, lookAlikes, similarNames } from "./doubt.js";
import { alikeWarning, differingNames } from "./note.js";
import { toPerson } from "./person.js";
import { isAddressed, isNamed, isOnlyDevice, type Persona, type Personas } from "./persona.js";
import { keptApart, openDoubts, renamed, ruledOne, settle, staleRulings } from "./ruled.js";
import { sharedAddress } from "./shared.js";
import { bySource } from "./source.js";
import { uniteAddresses, uniteNames, uniteNumbers } from "./unite.js";

/*
 * Evidence, strongest first: the collected address, a number (NIP), a name that is unique on both sides.
 * Whatever is weaker only raises a doubt, which judging drops where it could not change a decision.
 */

export interface Match extends Matched {
  readonly warnings: readonly Warning[];
  /** with the keys of the people as they were found now, whatever was written */
  readonly rulings: readonly Ruling[];
}

/**
 * Finds each human being once. The result does not depend on the order in which rows were added.
 *
 * @param rulings what the organiser settled before; those that fit nothing any more become warnings
 */
export function match(personas: Personas, written: readonly Ruling[] = []): Match {
  const warnings: Warning[] = [];
  const found = [...personas.all].map(inOrder).sort(byKey);
  const { personas: all, rulings, applied, ...settled } = settle(found, written);
  const apart = keptApart(rulings, applied);
  const numbers = uniteNumbers(uniteAddresses(all.filter(isAddressed), apart, warnings), apart);
  const addressed = numbers.personas;
  const nameless = all.filter((persona) => !isNamed(persona));
  const named = all.filter((persona) => !isAddressed(persona) && isNamed(persona));
  const { alone, doubts } = uniteNames(addressed, named, apart);
  const raised = [
    ...numbers.doubts,
    ...doubts,
    ...lookAlikes(addressed),
    ...similarNames(addressed, alone, nameless, warnings),
    ...[...nameless, ...alone.filter(isOnlyDevice)].map((persona) => ambiguity(persona, [])),
    ...addressed.flatMap(sharedAddress),
  ];
  const everybody = [...addressed, ...alone, ...nameless];
  const foundUnder = new Map(everybody.map((persona) => [persona.key, persona.found]));
  const people = renamed(
    everybody.map((persona) => toPerson(inOrder(persona))),
    rulings,
    applied,
    foundUnder,
  );
  const differing = addressed.flatMap((persona) =>
    differingNames(persona).map((warning) => ({ persona, warning })),
  );
  const isOne = ruledOne(rulings, applied);
  const open = openDoubts(raised, rulings, applied, foundUnder);
  const current = withCurrentKeys(rulings, applied, foundUnder);
  warnings.push(
    ...open.filter(({ alike }) => alike === true).map(alikeWarning),
    ...differing.filter(({ persona }) => !isOne(persona)).map(({ warning }) => warning),
    ...settled.warnings,
    ...staleRulings(rulings, applied),
  );
  return { people: people.sort(byKey), doubts: open, warnings, rulings: current };
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : 1;
}

function inOrder(persona: Persona): Persona {
  for (const rows of [persona.quizzes, persona.presence, persona.roster]) rows.sort(bySource);
  return persona;
}

/** Two who are ruled to be different, and are, need no further evidence of it. */
function withCurrentKeys(
  rulings: readonly Ruling[],
  applied: Set<Ruling>,
  foundUnder: ReadonlyMap<Person["key"], readonly string[]>,
): Ruling[] {
  if (rulings.length === 0) return [];
  const now = new Map([...foundUnder].flatMap(([key, found]) => found.map((one) => [one, key] as const)));
  return rulings.map((ruling) => {
    const person = now.get(ruling.person) ?? ruling.person;
    const other = ruling.other === null ? null : (now.get(ruling.other) ?? ruling.other);
    if (ruling.word === "different" && other !== null && other !== person) applied.add(ruling);
    if (other !== person) return { ...ruling, person, other };
    // joined by the ruling: it should still be told with whom
    return { ...ruling, person, other: ruling.person === person ? ruling.other : ruling.person };
  });
}
