import { distance } from "fastest-levenshtein";
import type { Warning } from "../model/fault.js";
import type { Doubt, Person } from "../model/person.js";
import { formatQuestion, type Ruling } from "../model/ruling.js";
import { Directory } from "./directory.js";
import { couldBeSame } from "./name.js";
import { underName } from "./person.js";
import { absorb, emptyPersona, keysOf, type Persona, splitKey } from "./persona.js";
import { type KeptApart, strongerFirst } from "./unite.js";

/** What the organiser settled, applied to what matching finds. Whatever is applied is noted, so that the rest can be told. */

export interface Settled {
  readonly personas: Persona[];
  /** with keys in place of what was written; those that mean nobody are left out */
  readonly rulings: readonly Ruling[];
  readonly applied: Set<Ruling>;
  readonly warnings: readonly Warning[];
}

/** Finds out whom each ruling means, parts those who share an address, and joins those who were ruled to be the same. */
export function settle(found: readonly Persona[], rulings: readonly Ruling[]): Settled {
  if (rulings.length === 0) return { personas: [...found], rulings, applied: new Set(), warnings: [] };
  const parted = partShared(found, rulings);
  const warnings: Warning[] = [];
  const resolved = resolve(rulings, new Directory(parted.personas), parted.applied, warnings);
  const applied = new Set(resolved.filter(({ source }) => parted.applied.has(source)));
  return { personas: uniteRuled(parted.personas, resolved, applied), rulings: resolved, applied, warnings };
}

type Sources = Set<Ruling["source"]>;

function resolve(
  rulings: readonly Ruling[],
  directory: Directory,
  parted: Sources,
  warnings: Warning[],
): Ruling[] {
  const whom = (written: string, ruling: Ruling): string | null => {
    const meant = directory.find(written);
    if ("key" in meant) return meant.key;
    warnings.push(unclear(ruling, written, meant));
    return null;
  };
  return rulings.flatMap((ruling) => {
    if (parted.has(ruling.source)) return [ruling];
    const person = whom(ruling.person, ruling);
    if (person === null) return [];
    const pointed = pointedAt(ruling, directory);
    const written = pointed ?? ruling.other;
    const other = written === null ? null : whom(written, ruling);
    if (written !== null && other === null) return [];
    return [{ ...ruling, person, other }];
  });
}

/** `iPhone` is the `same` as whoever the reason names: the question could not say whom. */
function pointedAt(ruling: Ruling, directory: Directory): string | null {
  if (ruling.word !== "same" || ruling.other !== null || ruling.question === "email-shared") return null;
  return "key" in directory.find(ruling.text) ? ruling.text : null;
}

function unclear(
  ruling: Ruling,
  written: string,
  meant: { several: readonly string[] } | { near: string | undefined },
): Warning {
  const { file, line } = ruling.source;
  const start = `the ruling \`${ruling.word}\` on "${ruling.person}" is not applied:`;
  if ("several" in meant) {
    const shown = meant.several.slice(0, 4).join(", ");
    return {
      code: "ruling-unclear",
      message: `${start} several people are "${written}": write ${shown}`,
      file,
      line,
    };
  }
  const near = meant.near === undefined ? "" : `; did you mean "${meant.near}"?`;
  return {
    code: "ruling-stale",
    message: `${start} nobody in the inputs is "${written}"${near}`,
    file,
    line,
  };
}

/** Parts an address that several people used, where that was ruled: rows go to the one name that they can be. */
function partShared(
  found: readonly Persona[],
  rulings: readonly Ruling[],
): { personas: Persona[]; applied: Sources } {
  const applied: Sources = new Set();
  const shared = new Map<string, Ruling>();
  for (const ruling of rulings) {
    if (!["email-shared", "*"].includes(ruling.question)) continue;
    if (ruling.word !== "different" || ruling.other !== null) continue;
    const address = ruling.person.trim().toLowerCase();
    shared.set(address.startsWith("email:") ? address : `email:${address}`, ruling);
  }
  const personas = found.flatMap((persona) => {
    const ruling = shared.get(persona.key);
    if (ruling === undefined) return [persona];
    const parts = part(persona);
    if (parts.length < 2) return [persona];
    applied.add(ruling.source);
    return parts;
  });
  return { personas, applied };
}

function part(persona: Persona): Persona[] {
  const people = groupsOf([...keysOf(persona)].sort()).map((names) => ({
    names,
    one: emptyPersona(splitKey(persona.key, names[0] ?? ""), persona.attendance.beside()),
  }));
  const rest = emptyPersona(persona.key, persona.attendance.beside());
  const of = (written: string): Persona => {
    const key = persona.names.get(written)?.key ?? null;
    const fitting = key === null ? [] : people.filter(({ names }) => names.includes(key));
    const one = fitting.length === 1 && fitting[0] !== undefined ? fitting[0].one : rest;
    const name = persona.names.get(written);
    if (name !== undefined) one.names.set(written, name);
    return one;
  };
  for (const row of persona.attendance.rows()) of(row.who.name).attendance.add(row);
  for (const row of persona.quizzes) of(row.who.name).quizzes.push(row);
  for (const row of persona.presence) of(row.who.name).presence.push(row);
  for (const row of persona.roster) of(row.who.name).roster.push(row);
  const parts = [...people.map(({ one }) => one), rest].filter(
    ({ attendance, quizzes, presence, roster }) =>
      !attendance.isEmpty || quizzes.length + presence.length + roster.length > 0,
  );
  for (const one of parts) {
    for (const email of persona.emails) one.emails.add(email);
    for (const { who } of [...one.attendance.rows(), ...one.quizzes, ...one.presence, ...one.roster])
      if (who.nip !== null) one.nips.add(who.nip);
  }
  return parts;
}

/** Names that can be one person's stand together. */
function groupsOf(names: readonly string[]): string[][] {
  const groups: string[][] = [];
  for (const name of names) {
    const near = groups.filter((group) => group.some((other) => couldBeSame(name, other, distance)));
    const [first, ...more] = near;
    if (first === undefined) {
      groups.push([name]);
      continue;
    }
    first.push(name, ...more.flat());
    for (const gone of more) groups.splice(groups.indexOf(gone), 1);
  }
  return groups.map((group) => group.sort());
}

/** Joins those who were ruled to be the same; the one with better evidence keeps its key. */
function uniteRuled(
  personas: readonly Persona[],
  rulings: readonly Ruling[],
  applied: Set<Ruling>,
): Persona[] {
  const byKey = new Map(personas.map((persona) => [persona.key, persona]));
  const into = new Map<Persona, Persona>();
  const root = (key: string): Persona | undefined => {
    let found = byKey.get(key);
    for (let next = found && into.get(found); next !== undefined; next = into.get(next)) found = next;
    return found;
  };
  for (const ruling of rulings) {
    if (ruling.word !== "same" || ruling.other === null) continue;
    const [one, other] = [root(ruling.person), root(ruling.other)];
    if (one === undefined || other === undefined) continue;
    applied.add(ruling);
    if (one === other) continue;
    const [keep, gone] = [one, other].sort(strongerFirst) as [Persona, Persona];
    absorb(keep, gone);
    into.set(gone, keep);
  }
  return personas.filter((persona) => !into.has(persona));
}

/** Whether two were ruled to be two people: then no evidence joins them. */
export function keptApart(rulings: readonly Ruling[], applied: Set<Ruling>): KeptApart {
  const apart = new Map<string, Ruling>();
  for (const ruling of rulings) {
    if (ruling.word !== "different" || ruling.other === null) continue;
    apart.set(pairOf(ruling.person, ruling.other), ruling);
  }
  if (apart.size === 0) return () => false;
  return (a, b) => {
    for (const one of a.found) {
      for (const other of b.found) {
        const ruling = apart.get(pairOf(one, other));
        if (ruling === undefined) continue;
        applied.add(ruling);
        return true;
      }
    }
    return false;
  };
}

/** Whether an address was ruled to be one person's, whatever names stand beside it. */
export function ruledOne(rulings: readonly Ruling[], applied: Set<Ruling>): (persona: Persona) => boolean {
  const one = new Map(
    rulings.flatMap((ruling) =>
      ruling.word === "same" && ruling.other === null ? [[ruling.person, ruling] as const] : [],
    ),
  );
  return ({ found }) => {
    const mine = one.size === 0 ? [] : found.flatMap((key) => one.get(key) ?? []);
    for (const ruling of mine) applied.add(ruling);
    return mine.length > 0;
  };
}

function pairOf(a: string, b: string): string {
  return a < b ? `${a}\n${b}` : `${b}\n${a}`;
}

/**
 * What is left of the doubts: nothing of a pair that was ruled on, nor of a shared address that was one person's.
 * Who answers the question about a pair with `issue` or `deny` has answered it: the two are judged each by themselves.
 *
 * @param foundUnder every key that a person was found under, by the key that they have now
 */
export function openDoubts(
  doubts: readonly Doubt[],
  rulings: readonly Ruling[],
  applied: Set<Ruling>,
  foundUnder: ReadonlyMap<string, readonly string[]>,
): Doubt[] {
  const pairs = new Map<string, Ruling>();
  const alone = new Map<string, Ruling>();
  for (const ruling of rulings) {
    const { person, other, question, word } = ruling;
    if (other !== null && (word === "different" || question !== "*"))
      pairs.set(pairOf(person, other), ruling);
    if (other !== null) continue;
    // unasked, `same` about one person alone can only mean the address that several names used
    if (question === "*" && word === "same") alone.set(`email-shared\n${person}`, ruling);
    else if (question !== "*") alone.set(`${question}\n${person}`, ruling);
  }
  if (pairs.size === 0 && alone.size === 0) return [...doubts];
  const keys = (key: string) => foundUnder.get(key) ?? [key];
  return doubts.flatMap((doubt) => {
    if (doubt.candidates.length === 0) {
      const settled = keys(doubt.rows).flatMap((key) => alone.get(`${doubt.code}\n${key}`) ?? []);
      for (const ruling of settled) applied.add(ruling);
      return settled.length === 0 ? [doubt] : [];
    }
    const open = doubt.candidates.filter((candidate) => {
      const settled = keys(doubt.rows).flatMap((one) =>
        keys(candidate).flatMap((other) => pairs.get(pairOf(one, other)) ?? []),
      );
      for (const ruling of settled) applied.add(ruling);
      return settled.length === 0;
    });
    return open.length === 0 ? [] : [{ ...doubt, candidates: open }];
  });
}

/** Prints the name that was ruled; the one from the inputs becomes an alias. */
export function renamed(
  people: readonly Person[],
  rulings: readonly Ruling[],
  applied: Set<Ruling>,
  foundUnder: ReadonlyMap<string, readonly string[]>,
): Person[] {
  const concerning = new Map<string, Ruling[]>();
  for (const ruling of rulings) {
    if (!["name", "issue", "deny"].includes(ruling.word)) continue;
    concerning.set(ruling.person, [...(concerning.get(ruling.person) ?? []), ruling]);
  }
  if (concerning.size === 0) return [...people];
  return people.map((person) => {
    const mine = (foundUnder.get(person.key) ?? [person.key]).flatMap((key) => concerning.get(key) ?? []);
    for (const ruling of mine) applied.add(ruling);
    const name = mine.findLast(({ word }) => word === "name")?.text.normalize("NFC");
    if (name === undefined || name === person.name) return person;
    return underName(person, name);
  });
}

/** A ruling that fits nothing any more is told: the inputs have changed, or somebody mistyped a key. */
export function staleRulings(rulings: readonly Ruling[], applied: ReadonlySet<Ruling>): Warning[] {
  return rulings
    .filter((ruling) => !applied.has(ruling))
    .map((ruling) => ({
      code: "ruling-stale",
      message: `the ruling \`${ruling.word}\` on ${ruling.person} (${formatQuestion(ruling) || "unasked"}) fits nothing any more`,
      file: ruling.source.file,
      line: ruling.source.line,
    }));
}
