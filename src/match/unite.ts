import { distance } from "fastest-levenshtein";
import type { Warning } from "../model/fault.js";
import type { Doubt } from "../model/person.js";
import { skeleton } from "./alike.js";
import { ambiguity } from "./doubt.js";
import { couldBeSame } from "./name.js";
import { absorb, display, isSplit, keysOf, type Persona } from "./persona.js";

/** Whether the organiser ruled that these are two people, whatever the evidence says. */
export type KeptApart = (a: Persona, b: Persona) => boolean;

/** Joins addresses that one number, or an address typed beside the collected one, shows to be one person's. */
export function uniteAddresses(
  personas: readonly Persona[],
  keptApart: KeptApart,
  warnings: Warning[],
): Persona[] {
  const byEmail = new Map(
    personas
      .filter((persona) => !isSplit(persona))
      .flatMap((persona) => [...persona.emails].map((email) => [email, persona] as const)),
  );
  const byNip = new Map<string, Persona>();
  const into = new Map<Persona, Persona>();
  const root = (persona: Persona): Persona => {
    let found = persona;
    for (let next = into.get(found); next !== undefined; next = into.get(found)) found = next;
    return found;
  };
  const unite = (a: Persona, b: Persona, because: string): void => {
    const [keep, gone] = [root(a), root(b)].sort(strongerFirst);
    if (keep === undefined || gone === undefined || keep === gone || keptApart(keep, gone)) return;
    if (lookAlike(keep, gone)) return;
    if (bothNamed(keep, gone) && !namesAgree(keep, gone)) {
      warnings.push({
        code: "evidence-contradicts",
        message: `${because} stands beside clearly different names (${display(keep)}; ${display(gone)}): they are kept apart`,
      });
      return;
    }
    absorb(keep, gone);
    into.set(gone, keep);
  };
  for (const persona of personas) {
    for (const nip of persona.nips) {
      const other = byNip.get(nip);
      if (other === undefined) byNip.set(nip, persona);
      else unite(other, persona, `the number ${nip}`);
    }
    for (const typed of persona.typedEmails) {
      const other = byEmail.get(typed);
      if (other !== undefined) unite(other, persona, `the address ${typed}`);
    }
  }
  return personas.filter((persona) => !into.has(persona));
}

/** A number is soon known to others: addresses that only look the same are never joined by it. */
function lookAlike(a: Persona, b: Persona): boolean {
  return [...a.emails].some((one) => [...b.emails].some((other) => skeleton(one) === skeleton(other)));
}

/** The one with an address keeps its key; among equals the alphabet decides, so that order of rows does not. */
export function strongerFirst(a: Persona, b: Persona): number {
  return (
    Number(b.emails.size > 0) - Number(a.emails.size > 0) ||
    Number(b.nips.size > 0) - Number(a.nips.size > 0) ||
    (a.key < b.key ? -1 : 1)
  );
}

function bothNamed(a: Persona, b: Persona): boolean {
  return keysOf(a).size > 0 && keysOf(b).size > 0;
}

function namesAgree(a: Persona, b: Persona): boolean {
  const others = [...keysOf(b)];
  return [...keysOf(a)].some((one) => others.some((other) => couldBeSame(one, other, distance)));
}

/** What was joined, and what could not be because several may claim it. */
export interface United {
  readonly personas: Persona[];
  readonly doubts: Doubt[];
}

/**
 * A line of a list with a number and no address is the one person with an address, and no other number, who bears its
 * name. Unique on both sides, or nobody is credited.
 */
export function uniteNumbers(personas: readonly Persona[], keptApart: KeptApart): United {
  const numbered = personas.filter(({ emails }) => emails.size === 0);
  if (numbered.length === 0) return { personas: [...personas], doubts: [] };
  const byEmail = bearersByName(personas.filter(({ emails }) => emails.size > 0));
  const claims = numbered.map((line) => {
    const bearers = new Set([...keysOf(line)].flatMap((key) => byEmail.get(key) ?? []));
    const candidates = [...bearers].filter((one) => !otherNumber(line, one) && !keptApart(line, one));
    return { line, candidates };
  });
  const claimed = new Map<Persona, number>();
  for (const { candidates } of claims)
    for (const one of candidates) claimed.set(one, (claimed.get(one) ?? 0) + 1);
  const gone = new Set<Persona>();
  const doubts: Doubt[] = [];
  for (const { line, candidates } of claims) {
    const [only, ...others] = candidates;
    if (only === undefined) continue;
    if (others.length > 0 || (claimed.get(only) ?? 0) > 1) {
      doubts.push(ambiguity(line, candidates));
      continue;
    }
    absorb(only, line);
    gone.add(line);
  }
  return { personas: personas.filter((persona) => !gone.has(persona)), doubts };
}

/** Two numbers of one kind are two people's; a NIP and the number of some other list may be one person's. */
function otherNumber(a: Persona, b: Persona): boolean {
  return [...a.nips].some((one) => [...b.nips].some((other) => one !== other && one.length === other.length));
}

/** Gives rows that bear only a name to the one person who bears it too; where several do, nobody is credited. */
export function uniteNames(
  addressed: readonly Persona[],
  named: readonly Persona[],
  keptApart: KeptApart,
): { alone: Persona[]; doubts: Doubt[] } {
  const bearers = bearersByName(addressed);
  const alone: Persona[] = [];
  const doubts: Doubt[] = [];
  const credited: [Persona, Persona][] = [];
  for (const persona of named) {
    const bearing = new Set([...keysOf(persona)].flatMap((key) => bearers.get(key) ?? []));
    const candidates = [...bearing].filter((candidate) => !keptApart(persona, candidate));
    const [only] = candidates;
    if (candidates.length === 1 && bearing.size === 1 && only !== undefined) {
      credited.push([only, persona]);
      continue;
    }
    alone.push(persona);
    if (candidates.length > 0) doubts.push(ambiguity(persona, candidates));
  }
  for (const [person, rows] of credited) absorb(person, rows);
  return { alone, doubts };
}

function bearersByName(personas: readonly Persona[]): Map<string, Persona[]> {
  const bearers = new Map<string, Persona[]>();
  for (const persona of personas) {
    for (const key of keysOf(persona)) {
      const known = bearers.get(key);
      if (known === undefined) bearers.set(key, [persona]);
      else known.push(persona);
    }
  }
  return bearers;
}
