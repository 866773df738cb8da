import type { AttendanceRow, PresenceRow, QuizRow, Source } from "./row.js";
import type { Times } from "./times.js";

/**
 * One human being as found across all inputs.
 *
 * `key` identifies the person between runs: the strongest evidence there is (`email:…`, `nip:…`, `name:…`);
 * `keys` holds all of them, so that a person who is later found by better evidence is still the same person.
 */
export interface Person {
  readonly key: string;
  readonly keys: readonly string[];
  /** the name to print, NFC; `""` where no input gives one that can be a name */
  readonly name: string;
  /** other spellings, as written and cleaned */
  readonly aliases: readonly string[];
  readonly emails: readonly string[];
  readonly nip: string | null;
  readonly institution: string | null;
  readonly role: string;
  /** made each time that somebody asks: of a large event all at once would fill the memory */
  readonly attendance: readonly AttendanceRow[];
  /** what the attendance says of times; made each time, and quicker than the rows */
  readonly times: readonly Times[];
  readonly quizzes: readonly QuizRow[];
  readonly presence: readonly PresenceRow[];
  /** every line that speaks of the person, in the order of files and lines; made each time */
  readonly sources: readonly Source[];
}

/**
 * A question that matching could not settle: would these people be one, or is this one person several?
 * Judging asks whether the answer could change a decision, and holds the people if so.
 *
 * - `name-ambiguous`: rows without an address (`rows`, a person of its own) whose name several `candidates` bear;
 *   or rows under a name that is no one's (a device, a telephone number), with no candidates.
 * - `name-similar`: `rows` and one candidate whose name differs in a letter or two; with `alike`, whose address looks
 *   the same and is written with other letters.
 * - `email-shared`: one address used at the same time under clearly different names; `rows` is that person.
 */
export interface Doubt {
  readonly code: "name-ambiguous" | "name-similar" | "email-shared";
  /** key of the person in question */
  readonly rows: string;
  /** keys of those who may be the same person */
  readonly candidates: readonly string[];
  /** the names in question, as written */
  readonly names: readonly string[];
  readonly alike?: boolean | undefined;
}

export interface Matched {
  readonly people: readonly Person[];
  readonly doubts: readonly Doubt[];
}
