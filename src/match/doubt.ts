import { distance } from "fastest-levenshtein";
import type { Warning } from "../model/fault.js";
import type { Doubt } from "../model/person.js";
import { disguisedLetters, skeleton } from "./alike.js";
import { display, keysOf, type Persona } from "./persona.js";
import { SimilarNames } from "./similar.js";

/** Weak evidence only raises a question; judging drops those that could not change a decision. */

const shortestSimilar = 8;
/** Some names are borne by hundreds; a person reads four. */
const namedAtMost = 4;

/** Rows that several people may claim; or, without candidates, rows under what is nobody's name. */
export function ambiguity(rows: Persona, candidates: readonly Persona[]): Doubt {
  const named = [...candidates].sort((a, b) => (a.key < b.key ? -1 : 1));
  const names = [display(rows), ...named.slice(0, namedAtMost).map(display)];
  if (named.length > namedAtMost) names.push(`+ ${named.length - namedAtMost}`);
  return { code: "name-ambiguous", rows: rows.key, candidates: named.map(({ key }) => key), names };
}

function suggestion(rows: Persona, candidate: Persona): Doubt {
  return {
    code: "name-similar",
    rows: rows.key,
    candidates: [candidate.key],
    names: [display(rows), display(candidate)],
  };
}

/**
 * One question per rows without an address and possible person, the most similar first: a name in parentheses that is
 * the other's, one that only looks like it, then a letter or two. Similar is never the same.
 *
 * @param addressed people with an address, and lines with a number only
 * @param named rows that bear nothing but a name, of which several people may be the bearer
 */
export function similarNames(
  addressed: readonly Persona[],
  named: readonly Persona[],
  nameless: readonly Persona[],
  warnings: Warning[],
): Doubt[] {
  const unaddressed = [...addressed.filter(({ emails }) => emails.size === 0), ...named, ...nameless];
  if (unaddressed.length === 0) return [];
  const near = new Neighbours([...addressed, ...named], unaddressed);
  if (!near.isComplete) warnings.push(tooManyAlike);
  const asked = new Set<string>();
  return unaddressed.flatMap((rows) =>
    near.of(rows).flatMap((candidate) => {
      if (rows.nips.size > 0 && candidate.nips.size > 0) return [];
      const pair = [rows.key, candidate.key].sort().join("\n");
      if (asked.has(pair)) return [];
      asked.add(pair);
      return [suggestion(rows, candidate)];
    }),
  );
}

const tooManyAlike: Warning = {
  code: "names-too-alike",
  message:
    "very many names differ by a letter or two only: not every such pair is asked about; nobody is joined or refused for it",
};

/** Finds whose name a name may be. */
class Neighbours {
  readonly #byKey = new Map<string, Persona[]>();
  readonly #byHint = new Map<string, Persona[]>();
  readonly #byLook = new Map<string, Persona[]>();
  readonly #similar: SimilarNames;

  /** @param asked about whom {@link of} will be asked */
  constructor(personas: readonly Persona[], asked: readonly Persona[]) {
    for (const persona of personas) {
      for (const key of keysOf(persona)) {
        file(this.#byKey, key, persona);
        const look = skeleton(key);
        if (look !== key) file(this.#byLook, look, persona);
      }
      for (const hint of hintsOf(persona)) file(this.#byHint, hint, persona);
    }
    const names = [...this.#byKey.keys()].filter(isLongEnough);
    const askedNames = asked.flatMap((persona) => [...keysOf(persona)]).filter(isLongEnough);
    this.#similar = new SimilarNames(names, askedNames, distance);
  }

  /** Whether all that are near are found. */
  get isComplete(): boolean {
    return this.#similar.isComplete;
  }

  /** Nearest first, each once, never itself nor the bearers of its very name. */
  of(rows: Persona): Persona[] {
    const keys = [...keysOf(rows)];
    const hinted = [
      ...hintsOf(rows).flatMap((hint) => this.#byKey.get(hint) ?? []),
      ...keys.flatMap((key) => this.#byHint.get(key) ?? []),
    ];
    const looking = keys.flatMap((key) => {
      const look = skeleton(key);
      return [...(look === key ? [] : (this.#byKey.get(look) ?? [])), ...(this.#byLook.get(look) ?? [])];
    });
    const near = keys.flatMap((key) => this.#similar.near(key));
    near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
    const found = new Set([
      ...hinted,
      ...looking,
      ...near.flatMap(({ name }) => this.#byKey.get(name) ?? []),
    ]);
    found.delete(rows);
    for (const key of keys) for (const bearer of this.#byKey.get(key) ?? []) found.delete(bearer);
    return [...found];
  }
}

function file(map: Map<string, Persona[]>, slot: string, persona: Persona): void {
  const filed = map.get(slot);
  if (filed === undefined) map.set(slot, [persona]);
  else filed.push(persona);
}

function hintsOf(persona: Persona): string[] {
  return [...persona.names.values()].flatMap((name) => (name.hint === null ? [] : [name.hint]));
}

function isLongEnough(key: string): boolean {
  return key.replaceAll(" ", "").length >= shortestSimilar;
}

/** Addresses that no reader can tell apart, and a machine can: an attack, or a keyboard in the wrong alphabet. */
export function lookAlikes(personas: readonly Persona[]): Doubt[] {
  const disguised = personas.flatMap((persona) =>
    [...persona.emails].filter((email) => skeleton(email) !== email).map((email) => ({ persona, email })),
  );
  if (disguised.length === 0) return [];
  const byLook = new Map<string, Persona[]>();
  for (const persona of personas) for (const email of persona.emails) file(byLook, skeleton(email), persona);
  const asked = new Set<string>();
  return disguised.flatMap(({ persona, email }) =>
    (byLook.get(skeleton(email)) ?? []).flatMap((other) => {
      const pair = [persona.key, other.key].sort().join("\n");
      if (other === persona || asked.has(pair)) return [];
      asked.add(pair);
      const names = [`${display(persona)} (${disguisedLetters(email).join(", ")})`, display(other)];
      return [
        { code: "name-similar", rows: persona.key, candidates: [other.key], names, alike: true } as const,
      ];
    }),
  );
}
