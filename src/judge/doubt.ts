import type { Reason } from "../model/decision.js";
import type { Doubt, Person } from "../model/person.js";
import { type Outcome, type Rules, sameAwards, verdictOn } from "./verdict.js";

type ByKey<T> = ReadonlyMap<string, T>;

/**
 * Whom a doubt holds back: those for whom its answer could change the decision, and the rows in question if they do so
 * for anybody or would earn an award under a name that may not be a person's.
 *
 * @returns reasons by key, one per kind of doubt, with all others whom it is about, the likeliest first
 */
export function heldByDoubt(
  doubts: readonly Doubt[],
  people: ByKey<Person>,
  verdicts: ByKey<Outcome>,
  rules: Rules,
): Map<string, Reason[]> {
  const held = new Map<string, Held[]>();
  const hold = (key: string, doubt: Doubt, others: readonly string[]): void => {
    const mine = held.get(key) ?? [];
    const known = mine.find(({ code, alike }) => code === doubt.code && alike === (doubt.alike ?? false));
    const same = known ?? {
      code: doubt.code,
      alike: doubt.alike ?? false,
      about: new Set(),
      others: new Set(),
    };
    for (const name of doubt.names) same.about.add(name);
    for (const other of others) same.others.add(other);
    if (known === undefined) held.set(key, [...mine, same]);
  };
  for (const doubt of doubts) {
    const rows = people.get(doubt.rows);
    const alone = verdicts.get(doubt.rows);
    if (rows === undefined || alone === undefined) continue;
    // asked for once: whatever these rows say is made anew each time
    const { times, quizzes, presence, role } = rows;
    const evidence = { times, quizzes, presence, role };
    const changed = doubt.candidates.filter((key) => {
      const candidate = people.get(key);
      const before = verdicts.get(key);
      if (candidate === undefined || before === undefined) return false;
      const together = verdictOn([candidate, evidence], rules);
      if (agree(before, together)) return false;
      // neither has the better evidence: whoever passes alone would pass as both
      return candidate.emails.length > 0 || rows.emails.length > 0 || !agree(alone, together);
    });
    for (const key of changed) hold(key, doubt, [doubt.rows]);
    if (changed.length > 0 || (isNobodySure(doubt, rows) && alone.possible.length > 0))
      hold(doubt.rows, doubt, doubt.candidates);
  }
  return new Map([...held].map(([key, list]) => [key, list.map(reasonOf)]));
}

interface Held {
  readonly code: Doubt["code"];
  readonly alike: boolean;
  readonly about: Set<string>;
  readonly others: Set<string>;
}

function agree(a: Outcome, b: Outcome): boolean {
  return sameAwards(a.awards, b.awards) && sameAwards(a.possible, b.possible);
}

/** Whether these rows may be nobody of their own, so that an award to them would be a guess. */
function isNobodySure({ code, alike }: Doubt, rows: Person): boolean {
  if (code === "email-shared" || alike) return true;
  return code === "name-ambiguous" && rows.nip === null;
}

/** Some names are borne by hundreds; a person reads a few. */
const toldAtMost = 6;

function reasonOf({ code, alike, about, others }: Held): Reason {
  const names = [...about];
  const told =
    names.length > toldAtMost ? [...names.slice(0, toldAtMost), `+ ${names.length - toldAtMost}`] : names;
  const reason: Reason = {
    code,
    required: null,
    actual: null,
    unit: null,
    about: told,
    others: [...others],
  };
  return alike ? { ...reason, alike } : reason;
}
