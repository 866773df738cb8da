import type { Person } from "../model/person.js";
import { canonicalRole } from "../model/role.js";
import type { AttendanceRow, Identity, PresenceRow, QuizRow, RosterRow, Source } from "../model/row.js";
import type { Times } from "../model/times.js";
import { isAddressed, isSplit, keysOf, type Persona, splitKey } from "./persona.js";
import { bySource } from "./source.js";

/** What the persona is as a person: the name to print, the role, and every line that speaks of them. */
export function toPerson(persona: Persona): Person {
  const attending = persona.attendance.identities();
  const name = printedName(persona, attending);
  return new Found(persona, name, aliases(persona, name), strongKeys(persona, attending));
}

/** The same person under another name; the one they had becomes an alias. */
export function underName(person: Person, name: string): Person {
  const others = new Set([...person.aliases, person.name]);
  const aliases = [...others].filter((alias) => alias !== name && alias !== "").sort();
  return person instanceof Found
    ? new Found(person.persona, name, aliases, person.keys)
    : { ...person, name, aliases };
}

/**
 * The lines are made each time that somebody asks for them: all lines of everybody at once would fill the memory. It is
 * a class because an object with getters of its own takes several times as much.
 */
class Found implements Person {
  readonly #persona: Persona;
  readonly key: string;
  readonly keys: readonly string[];
  readonly name: string;
  readonly aliases: readonly string[];
  readonly emails: readonly string[];
  readonly nip: string | null;
  readonly institution: string | null;
  readonly role: string;

  constructor(persona: Persona, name: string, aliases: readonly string[], keys: readonly string[]) {
    this.#persona = persona;
    this.key = persona.key;
    this.keys = keys;
    this.name = name;
    this.aliases = aliases;
    this.emails = persona.emails.values().sort();
    this.nip = persona.nips.size === 1 ? (persona.nips.values()[0] ?? null) : null;
    this.institution = listed(persona).find((row) => row.institution !== null)?.institution ?? null;
    this.role = roleOf(persona);
  }

  get persona(): Persona {
    return this.#persona;
  }

  get attendance(): readonly AttendanceRow[] {
    return this.#persona.attendance.rows();
  }

  get times(): readonly Times[] {
    return this.#persona.attendance.times();
  }

  get quizzes(): readonly QuizRow[] {
    return this.#persona.quizzes;
  }

  get presence(): readonly PresenceRow[] {
    return this.#persona.presence;
  }

  get sources(): readonly Source[] {
    return sources(this.#persona);
  }
}

/** The organiser's own list stands above the registrations. */
function listed(persona: Persona): readonly RosterRow[] {
  if (persona.roster.length === 0) return persona.roster;
  const is = (list: RosterRow["list"]) => persona.roster.filter((row) => row.list === list);
  return [...is("roster"), ...is("registration")];
}

/** A name counts among the keys only if rows without an address stand behind it: namesakes have their own. */
function strongKeys(persona: Persona, attending: readonly Identity[]): string[] {
  const keys = new Set([persona.key]);
  if (isSplit(persona)) {
    const [address = ""] = persona.key.split("/");
    for (const key of keysOf(persona)) keys.add(splitKey(address, key));
    return [...keys].sort();
  }
  for (const email of persona.emails) keys.add(`email:${email}`);
  for (const nip of persona.nips) keys.add(`nip:${nip}`);
  const add = (who: Identity) => {
    if (who.email !== null || who.nip !== null) return;
    const key = persona.names.get(who.name)?.key ?? null;
    if (key !== null) keys.add(`name:${key}`);
  };
  attending.forEach(add);
  for (const rows of [persona.quizzes, persona.presence, persona.roster])
    for (const { who } of rows) add(who);
  return keys.size === 1 ? [persona.key] : [...keys].sort();
}

/**
 * Roster, else registration, else forms (as typed, with titles), else what was typed into the platform's registration,
 * else the display name without what is no name in it.
 */
function printedName(persona: Persona, attending: readonly Identity[]): string {
  for (const rows of [listed(persona), persona.quizzes, persona.presence]) {
    for (const { who } of rows) if (isName(persona, who.name)) return typeset(who.name);
  }
  // schools and offices put a class or a code into the last name
  const registered = [...persona.registered]
    .sort()
    .find((name) => isName(persona, name) && !/\p{N}/u.test(name));
  if (registered !== undefined) return typeset(registered);
  const shown = bestShown(persona, attending);
  if (shown !== null) return typeset(shown);
  return isAddressed(persona) ? "" : typeset([...persona.names.keys()][0] ?? "");
}

/**
 * Of several display names the one that is most of a name: not a device's, written in capitals and small letters, the
 * longest, the first by the alphabet. So neither the order of rows nor the names of files decide.
 */
function bestShown(persona: Persona, attending: readonly Identity[]): string | null {
  const shown = attending.flatMap(({ name }) => persona.names.get(name) ?? []);
  const [best] = shown
    .filter(({ key }) => key !== null)
    .map(({ cleaned, isOfDevice }) => ({
      cleaned,
      rank: (isOfDevice ? 0 : 2) + (isMixedCase(cleaned) ? 1 : 0),
    }))
    .sort(
      (a, b) => b.rank - a.rank || b.cleaned.length - a.cleaned.length || (a.cleaned < b.cleaned ? -1 : 1),
    );
  return best?.cleaned ?? null;
}

function isMixedCase(name: string): boolean {
  return /\p{Lu}/u.test(name) && /\p{Ll}/u.test(name);
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
  const roles = persona.attendance.roles();
  if (roles.has("host")) return "host";
  if (roles.has("panelist") && !roles.has("participant")) return "panelist";
  return "participant";
}

function sources(persona: Persona): Source[] {
  const attended = persona.attendance.sources();
  const rows = [persona.quizzes, persona.presence, persona.roster].flat();
  if (rows.length === 0) return attended;
  return [...attended.map((source) => ({ source })), ...rows].sort(bySource).map((row) => row.source);
}
