import type { AttendanceRow, Identity, PresenceRow, QuizRow, RosterRow } from "../model/row.js";
import { Attendance } from "./attendance.js";
import { Few, FewEntries } from "./few.js";
import { Ledger } from "./ledger.js";
import { type Comparable, comparable } from "./name.js";

/**
 * Rows that bear the same strongest evidence: one address, else one number, else one comparable name,
 * else (a device, a telephone number) the display name itself. The first step of matching; it compares nobody.
 */
export interface Persona {
  readonly key: string;
  /** every key it was found under before it was joined with others, its own among them */
  readonly found: string[];
  readonly emails: Few<string>;
  readonly typedEmails: Few<string>;
  readonly nips: Few<string>;
  /** as written → what of it can be compared */
  readonly names: FewEntries<string, Comparable>;
  /** those of the names that were given when registering with the platform */
  readonly registered: Few<string>;
  readonly attendance: Attendance;
  quizzes: QuizRow[];
  presence: PresenceRow[];
  roster: RosterRow[];
}

/** Whether the persona is more than a name: an address or a number stands behind it. */
export function isAddressed(persona: Persona): boolean {
  return persona.emails.size > 0 || persona.nips.size > 0;
}

/** Whether this is one of several people who share an address, told apart by their names as the organiser ruled. */
export function isSplit({ key }: Persona): boolean {
  return key.startsWith("email:") && key.includes("/");
}

/** The key of one of several people who share an address. No address has a slash in its domain. */
export function splitKey(address: string, name: string): string {
  return `${address}/${name}`;
}

/** Namesakes are told apart by their addresses. */
export function display(persona: Persona): string {
  const name = [...persona.names.keys()].sort()[0] ?? "";
  const address = [...persona.emails].sort()[0];
  if (address !== undefined) return `${name} <${address}>`.trim();
  const number = [...persona.nips].sort()[0];
  return number === undefined ? name || persona.key : `${name} (${number})`.trim();
}

/** Whether the persona bears a name at all, or only that of a device. */
export function isNamed(persona: Persona): boolean {
  return isAddressed(persona) || keysOf(persona).size > 0;
}

/** Whether nothing but devices with a word of a name bear it: rows of a platform, and nobody who wrote the name. */
export function isOnlyDevice(persona: Persona): boolean {
  if (isAddressed(persona)) return false;
  const names = [...persona.names.values()];
  const isWritten = persona.quizzes.length + persona.presence.length + persona.roster.length > 0;
  return !isWritten && names.every(({ isOfDevice }) => isOfDevice);
}

/** The comparable names of a persona. */
export function keysOf(persona: Persona): Set<string> {
  const keys = new Set<string>();
  for (const { key } of persona.names.values()) if (key !== null) keys.add(key);
  return keys;
}

const rememberedAtMost = 200_000;

/** Most have one row of a kind or none; an array that something is pushed to makes room for sixteen more. */
function withRow<T>(rows: T[], row: T): T[] {
  if (rows.length === 0) return [row];
  rows.push(row);
  return rows;
}

/** Takes rows one by one, in any order, and groups them. */
export class Personas {
  readonly #all = new Map<string, Persona>();
  readonly #comparable = new Map<string, Comparable>();
  readonly #ledger = new Ledger();
  /** whose the identities of attendance are: the same one comes with many connections */
  readonly #attending = new Map<Identity, Persona>();

  addAttendance(row: AttendanceRow): void {
    let persona = this.#attending.get(row.who);
    if (persona === undefined) {
      persona = this.#of(row.who);
      if (this.#attending.size >= rememberedAtMost) this.#attending.clear();
      this.#attending.set(row.who, persona);
    }
    persona.attendance.add(row);
  }

  addQuiz(row: QuizRow): void {
    const persona = this.#of(row.who);
    persona.quizzes = withRow(persona.quizzes, row);
  }

  addPresence(row: PresenceRow): void {
    const persona = this.#of(row.who);
    persona.presence = withRow(persona.presence, row);
  }

  addRoster(row: RosterRow): void {
    const persona = this.#of(row.who);
    persona.roster = withRow(persona.roster, row);
  }

  get all(): Iterable<Persona> {
    this.#attending.clear();
    return this.#all.values();
  }

  #of(who: Identity): Persona {
    const name = this.#compare(who.name);
    const key = personaKey(who, name);
    let persona = this.#all.get(key);
    if (persona === undefined) {
      persona = emptyPersona(key, new Attendance(this.#ledger));
      this.#all.set(key, persona);
    }
    if (who.email !== null) persona.emails.add(who.email);
    if (who.typedEmail) persona.typedEmails.add(who.typedEmail);
    if (who.nip !== null) persona.nips.add(who.nip);
    if (who.name !== "") persona.names.set(who.name, name);
    if (who.registered !== undefined) {
      persona.names.set(who.registered, this.#compare(who.registered));
      persona.registered.add(who.registered);
    }
    return persona;
  }

  #compare(written: string): Comparable {
    let found = this.#comparable.get(written);
    if (found === undefined) {
      found = comparable(written);
      this.#comparable.set(written, found);
    }
    return found;
  }
}

function personaKey(who: Identity, name: Comparable): string {
  if (who.email !== null) return `email:${who.email}`;
  if (who.nip !== null) return `nip:${who.nip}`;
  if (name.key !== null) return `name:${name.key}`;
  return `display:${who.name.normalize("NFC").trim().toLowerCase()}`;
}

export function emptyPersona(key: string, attendance: Attendance): Persona {
  return {
    key,
    found: [key],
    emails: new Few(),
    typedEmails: new Few(),
    nips: new Few(),
    names: new FewEntries(),
    registered: new Few(),
    attendance,
    quizzes: [],
    presence: [],
    roster: [],
  };
}

/** Everything of `other` becomes `persona`'s. */
export function absorb(persona: Persona, other: Persona): void {
  persona.found.push(...other.found);
  for (const set of ["emails", "typedEmails", "nips", "registered"] as const) {
    for (const value of other[set]) persona[set].add(value);
  }
  for (const [written, name] of other.names) persona.names.set(written, name);
  persona.attendance.absorb(other.attendance);
  for (const row of other.quizzes) persona.quizzes.push(row);
  for (const row of other.presence) persona.presence.push(row);
  for (const row of other.roster) persona.roster.push(row);
}
