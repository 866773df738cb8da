import { distance } from "fastest-levenshtein";
import type { Doubt } from "../model/person.js";
import { couldBeSame } from "./name.js";
import { isSplit, keysOf, type Persona } from "./persona.js";

/** Somebody who is connected: under which name, as compared and as written, and until when at most. */
interface Connected {
  readonly email: string;
  readonly key: string;
  readonly name: string;
  readonly join: number;
  leave: number;
}

/** One address at the same time under names that cannot be one person's: a household, an office, a class. */
export function sharedAddress(persona: Persona): Doubt[] {
  if (isSplit(persona) || keysOf(persona).size < 2) return [];
  const connections = connectionsOf(persona);
  if (new Set(connections.map(({ key }) => key)).size < 2) return [];
  const clash = firstClash(connections);
  if (clash === null) return [];
  return [{ code: "email-shared", rows: persona.key, candidates: [], names: clash.map(({ name }) => name) }];
}

/** Those under an address and a name, in the order of their joining. */
function connectionsOf(persona: Persona): Connected[] {
  const connections = persona.attendance.rows().flatMap((row) => {
    const { email, name } = row.who;
    const key = persona.names.get(name)?.key ?? null;
    if (row.kind !== "connection" || email === null || key === null) return [];
    return [{ email, key, name, join: row.join, leave: row.leave ?? Number.POSITIVE_INFINITY }];
  });
  return connections.sort((a, b) => a.join - b.join);
}

/**
 * The first who joins while somebody clearly different is there, behind that other. Of each name the connection that
 * lasts longest is kept while it lasts. Names that can be one person's are few at a time, so the work grows with the
 * connections, however long they overlap.
 */
function firstClash(connections: readonly Connected[]): [Connected, Connected] | null {
  const present = new Map<string, Connected>();
  for (const one of connections) {
    for (const [slot, other] of present) {
      if (other.leave <= one.join) present.delete(slot);
      else if (
        other.email === one.email &&
        other.key !== one.key &&
        !couldBeSame(other.key, one.key, distance)
      )
        return [other, one];
    }
    const slot = `${one.email}\n${one.key}`;
    const longest = present.get(slot);
    if (longest === undefined || one.leave > longest.leave) present.set(slot, one);
  }
  return null;
}
