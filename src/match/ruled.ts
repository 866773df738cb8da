import type { Warning } from "../model/fault.js";
import type { Doubt, Person } from "../model/person.js";
import { formatQuestion, type Ruling } from "../model/ruling.js";
import { absorb, isAddressed, type Persona } from "./persona.js";

/** What the organiser settled, applied to what matching finds. Whatever is applied is noted, so that the rest can be told. */

/** Joins those who were ruled to be the same; the one with an address keeps its key. */
export function uniteRuled(
  found: readonly Persona[],
  rulings: readonly Ruling[],
): { personas: Persona[]; applied: Set<Ruling> } {
  const byKey = new Map(found.map((persona) => [persona.key, persona]));
  const gone = new Set<Persona>();
  const applied = new Set<Ruling>();
  for (const ruling of rulings) {
    if (ruling.word !== "same" || ruling.other === null) continue;
    const [keep, other] = [byKey.get(ruling.person), byKey.get(ruling.other)].sort(
      (a, b) => Number(b !== undefined && isAddressed(b)) - Number(a !== undefined && isAddressed(a)),
    );
    if (keep === undefined || other === undefined) continue;
    applied.add(ruling);
    if (keep === other) continue;
    absorb(keep, other);
    gone.add(other);
    for (const [key, persona] of byKey) if (persona === other) byKey.set(key, keep);
  }
  return { personas: found.filter((persona) => !gone.has(persona)), applied };
}

/** What is left of a doubt: nothing once every pair was ruled different, or a shared address one person's. */
export function openDoubt(doubt: Doubt, rulings: readonly Ruling[], applied: Set<Ruling>): Doubt[] {
  const mine = rulings.filter(({ person, other }) => person === doubt.rows || other === doubt.rows);
  if (doubt.code === "email-shared") {
    const settled = mine.find(({ word, other }) => word === "same" && other === null);
    if (settled === undefined) return [doubt];
    applied.add(settled);
    return [];
  }
  const open = doubt.candidates.filter((candidate) => {
    const settled = mine.find(
      ({ word, person, other }) => word === "different" && (other === candidate || person === candidate),
    );
    if (settled !== undefined) applied.add(settled);
    return settled === undefined;
  });
  return open.length === 0 && doubt.candidates.length > 0 ? [] : [{ ...doubt, candidates: open }];
}

/** Prints the name that was ruled; the one from the inputs becomes an alias. */
export function renamed(
  people: readonly Person[],
  rulings: readonly Ruling[],
  applied: Set<Ruling>,
): Person[] {
  const concerning = new Map<string, Ruling[]>();
  for (const ruling of rulings) {
    if (!["name", "issue", "deny"].includes(ruling.word)) continue;
    concerning.set(ruling.person, [...(concerning.get(ruling.person) ?? []), ruling]);
  }
  return people.map((person) => {
    const mine = [...new Set([person.key, ...person.keys])].flatMap((key) => concerning.get(key) ?? []);
    for (const ruling of mine) applied.add(ruling);
    const name = mine.findLast(({ word }) => word === "name")?.text.normalize("NFC");
    if (name === undefined || name === person.name) return person;
    const aliases = [...new Set([...person.aliases, person.name])].filter(
      (alias) => alias !== name && alias !== "",
    );
    return { ...person, name, aliases: aliases.sort() };
  });
}

/** A ruling that fits nothing any more is told: the inputs have changed, or somebody mistyped a key. */
export function staleRulings(rulings: readonly Ruling[], applied: ReadonlySet<Ruling>): Warning[] {
  return rulings
    .filter((ruling) => !applied.has(ruling))
    .map((ruling) => ({
      code: "ruling-stale",
      message: `the ruling \`${ruling.word}\` on ${ruling.person} (${formatQuestion(ruling)}) fits nothing any more`,
      file: ruling.source.file,
      line: ruling.source.line,
    }));
}
