import { distance } from "fastest-levenshtein";
import type { Warning } from "../model/fault.js";
import type { Doubt, Matched } from "../model/person.js";
import type { Ruling } from "../model/ruling.js";
import { couldBeSame } from "./name.js";
import { toPerson } from "./person.js";
import { absorb, bySource, isAddressed, isNamed, keysOf, type Persona, type Personas } from "./persona.js";
import { openDoubt, renamed, staleRulings, uniteRuled } from "./ruled.js";
import { SimilarNames } from "./similar.js";

/*
 * Evidence, strongest first: the collected address, a number (NIP), a name that is unique on both sides.
 * Whatever is weaker only raises a doubt, which judging drops where it could not change a decision.
 */

/**
 * Finds each human being once. The result does not depend on the order in which rows were added.
 *
 * @param rulings what the organiser settled before; those that fit nothing any more become warnings
 */
export function match(
  personas: Personas,
  rulings: readonly Ruling[] = [],
): Matched & { readonly warnings: readonly Warning[] } {
  const warnings: Warning[] = [];
  const found = [...personas.all].map(inOrder).sort((a, b) => (a.key < b.key ? -1 : 1));
  const { personas: all, applied } = uniteRuled(found, rulings);
  const addressed = uniteNumbers(uniteAddresses(all.filter(isAddressed), warnings));
  const nameless = all.filter((persona) => !isNamed(persona));
  const named = all.filter((persona) => !isAddressed(persona) && isNamed(persona));
  const { alone, doubts } = uniteNames(addressed, named);
  const raised = [
    ...doubts,
    ...similarNames(addressed, [...alone, ...nameless]),
    ...nameless.map((persona) => doubt("name-ambiguous", persona, [])),
    ...addressed.flatMap(sharedAddress),
  ];
  const people = [...addressed, ...alone, ...nameless].map((persona) => toPerson(inOrder(persona)));
  const settled = renamed(people, rulings, applied);
  return {
    people: settled.sort((a, b) => (a.key < b.key ? -1 : 1)),
    doubts: raised.flatMap((each) => openDoubt(each, rulings, applied)),
    warnings: [...warnings, ...staleRulings(rulings, applied)],
  };
}

function inOrder(persona: Persona): Persona {
  for (const rows of [persona.attendance, persona.quizzes, persona.presence, persona.roster])
    rows.sort(bySource);
  return persona;
}

/** Joins addresses that one number, or an address typed beside the collected one, shows to be one person's. */
function uniteAddresses(personas: readonly Persona[], warnings: Warning[]): Persona[] {
  const byEmail = new Map(
    personas.flatMap((persona) => [...persona.emails].map((email) => [email, persona] as const)),
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
    if (keep === undefined || gone === undefined || keep === gone) return;
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

/** The one with an address keeps its key; among equals the alphabet decides, so that order of rows does not. */
function strongerFirst(a: Persona, b: Persona): number {
  return Number(b.emails.size > 0) - Number(a.emails.size > 0) || (a.key < b.key ? -1 : 1);
}

function bothNamed(a: Persona, b: Persona): boolean {
  return keysOf(a).size > 0 && keysOf(b).size > 0;
}

function namesAgree(a: Persona, b: Persona): boolean {
  const others = [...keysOf(b)];
  return [...keysOf(a)].some((one) => others.some((other) => couldBeSame(one, other, distance)));
}

/** Namesakes are told apart by their addresses. */
function display(persona: Persona): string {
  const name = [...persona.names.keys()].sort()[0] ?? "";
  const address = [...persona.emails].sort()[0];
  return address === undefined ? name || persona.key : `${name} <${address}>`.trim();
}

/** A line of a list with a number and no address is the one person with an address, and no other number, who bears its name. */
function uniteNumbers(personas: readonly Persona[]): Persona[] {
  const byEmail = bearersByName(personas.filter(({ emails }) => emails.size > 0));
  const byNumber = bearersByName(personas.filter(({ emails }) => emails.size === 0));
  const gone = new Set<Persona>();
  for (const [name, numbered] of byNumber) {
    const [only, ...others] = numbered;
    const [person, ...namesakes] = byEmail.get(name) ?? [];
    if (only === undefined || person === undefined || others.length + namesakes.length > 0) continue;
    if (person.nips.size > 0 || gone.has(only)) continue;
    absorb(person, only);
    gone.add(only);
  }
  return personas.filter((persona) => !gone.has(persona));
}

/** Gives rows that bear only a name to the one person who bears it too; where several do, nobody is credited. */
function uniteNames(
  addressed: readonly Persona[],
  named: readonly Persona[],
): { alone: Persona[]; doubts: Doubt[] } {
  const bearers = bearersByName(addressed);
  const alone: Persona[] = [];
  const doubts: Doubt[] = [];
  const credited: [Persona, Persona][] = [];
  for (const persona of named) {
    const candidates = new Set([...keysOf(persona)].flatMap((key) => bearers.get(key) ?? []));
    const [only] = candidates;
    if (candidates.size === 1 && only !== undefined) {
      credited.push([only, persona]);
      continue;
    }
    alone.push(persona);
    if (candidates.size > 1) doubts.push(doubt("name-ambiguous", persona, [...candidates]));
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

const shortestSimilar = 8;
/** Some names are borne by hundreds; a person reads four. */
const namedAtMost = 4;

/** One question per rows and possible person: similar is never the same. */
function similarNames(addressed: readonly Persona[], unaddressed: readonly Persona[]): Doubt[] {
  const bearers = bearersByName(addressed);
  const similar = new SimilarNames([...bearers.keys()].filter(isLongEnough), distance);
  return unaddressed.flatMap((persona) => {
    const hints = [...persona.names.values()].flatMap((name) => (name.hint === null ? [] : [name.hint]));
    const near = [...keysOf(persona)].filter(isLongEnough).flatMap((key) => similar.near(key));
    const candidates = new Set([...hints, ...near].flatMap((key) => bearers.get(key) ?? []));
    return [...candidates].map((candidate) => doubt("name-similar", persona, [candidate]));
  });
}

function isLongEnough(key: string): boolean {
  return key.replaceAll(" ", "").length >= shortestSimilar;
}

function doubt(code: Doubt["code"], persona: Persona, candidates: readonly Persona[]): Doubt {
  const named = [...candidates].sort((a, b) => (a.key < b.key ? -1 : 1));
  const names = [display(persona), ...named.slice(0, namedAtMost).map(display)];
  if (named.length > namedAtMost) names.push(`+ ${named.length - namedAtMost}`);
  return { code, rows: persona.key, candidates: named.map((candidate) => candidate.key), names };
}

/** One address at the same time under names that cannot be one person's: a household, an office, a class. */
function sharedAddress(persona: Persona): Doubt[] {
  const connections = persona.attendance.flatMap((row) => {
    const key = persona.names.get(row.who.name)?.key ?? null;
    return row.kind === "connection" && row.who.email !== null && key !== null ? [{ row, key }] : [];
  });
  if (new Set(connections.map((connection) => connection.key)).size < 2) return [];
  connections.sort((a, b) => a.row.join - b.row.join);
  for (const [index, { row, key }] of connections.entries()) {
    for (const other of connections.slice(index + 1)) {
      if (row.leave !== null && other.row.join >= row.leave) break;
      if (couldBeSame(key, other.key, distance)) continue;
      return [
        {
          code: "email-shared",
          rows: persona.key,
          candidates: [],
          names: [row.who.name, other.row.who.name],
        },
      ];
    }
  }
  return [];
}
