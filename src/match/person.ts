import type { Person } from "../model/person.js";
import { canonicalRole } from "../model/role.js";
import type { RosterRow, Source } from "../model/row.js";
import { bySource, isAddressed, isSplit, keysOf, type Persona, splitKey } from "./persona.js";

/** What the persona is as a person: the name to print, the role, and every line that speaks of them. */
export function toPerson(persona: Persona): Person {
  const name = printedName(persona);
  return {
    key: persona.key,
    keys: strongKeys(persona),
    name,
    aliases: aliases(persona, name),
    emails: [...persona.emails].sort(),
    nip: persona.nips.size === 1 ? ([...persona.nips][0] ?? null) : null,
    institution: listed(persona).find((row) => row.institution !== null)?.institution ?? null,
    role: roleOf(persona),
    attendance: persona.attendance,
    quizzes: persona.quizzes,
    presence: persona.presence,
    sources: sources(persona),
  };
}

/** The organiser's own list stands above the registrations. */
function listed(persona: Persona): readonly RosterRow[] {
  const is = (list: RosterRow["list"]) => persona.roster.filter((row) => row.list === list);
  return [...is("roster"), ...is("registration")];
}

/** A name counts among the keys only if rows without an address stand behind it: namesakes have their own. */
function strongKeys(persona: Persona): string[] {
  const keys = [persona.key];
  if (isSplit(persona)) {
    const [address = ""] = persona.key.split("/");
    return [...new Set([persona.key, ...[...keysOf(persona)].map((key) => splitKey(address, key))])].sort();
  }
  for (const email of persona.emails) keys.push(`email:${email}`);
  for (const nip of persona.nips) keys.push(`nip:${nip}`);
  const rows = [...persona.attendance, ...persona.quizzes, ...persona.presence, ...persona.roster];
  for (const { who } of rows) {
    const key = persona.names.get(who.name)?.key ?? null;
    if (who.email === null && who.nip === null && key !== null) keys.push(`name:${key}`);
  }
  return [...new Set(keys)].sort();
}

/** Roster, else registration, else forms (as typed, with titles), else the display name without what is no name in it. */
function printedName(persona: Persona): string {
  for (const rows of [listed(persona), persona.quizzes, persona.presence]) {
    for (const { who } of rows) if (isName(persona, who.name)) return typeset(who.name);
  }
  for (const { who } of persona.attendance) {
    const found = persona.names.get(who.name);
    if (found !== undefined && found.key !== null) return typeset(found.cleaned);
  }
  return isAddressed(persona) ? "" : typeset([...persona.names.keys()][0] ?? "");
}

function isName(persona: Persona, written: string): boolean {
  return (persona.names.get(written)?.key ?? null) !== null;
}

function typeset(name: string): string {
  return name.normalize("NFC").replace(/\s+/gu, " ").trim();
}

/** The other spellings: as written, and cleaned of numbers and offices. */
function aliases(persona: Persona, printed: string): string[] {
  const found = [...persona.names].flatMap(([written, name]) => [written, name.cleaned]);
  return [...new Set(found)].filter((alias) => alias !== "" && alias !== printed).sort();
}

/**
 * The roster's word, else how the platform lists the person. An attendee who was let onto the stage for a question is
 * still an attendee; a host who looked in as one is still the host.
 */
function roleOf(persona: Persona): string {
  const word = listed(persona).find((row) => row.role !== null)?.role;
  if (word) return canonicalRole(word) === "participant" ? "participant" : word.trim();
  const came = persona.attendance.filter((row) => row.kind !== "absent");
  const roles = new Set((came.length > 0 ? came : persona.attendance).map((row) => row.role));
  if (roles.has("host")) return "host";
  if (roles.has("panelist") && !roles.has("participant")) return "panelist";
  return "participant";
}

function sources(persona: Persona): Source[] {
  const rows = [...persona.attendance, ...persona.quizzes, ...persona.presence, ...persona.roster];
  return rows.sort(bySource).map((row) => row.source);
}
