import { accountFor } from "../judge/account.js";
import { verdictOn } from "../judge/verdict.js";
import { comparable } from "../match/name.js";
import type { Decision } from "../model/decision.js";
import { Fault } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import { localDate, localTime } from "../model/zone.js";
import type { Check } from "../report/check.js";
import { type Background, explainLines } from "../report/explain.js";
import { jsonPerson } from "../report/json.js";
import { dryRun, rulesOf } from "./dryRun.js";
import { type EventFolder, openEventFolder } from "./eventFolder.js";
import { answer, paintOut } from "./talk.js";
import { openTemplates } from "./templates.js";

export interface ExplainOptions {
  readonly event?: string;
  readonly json?: boolean;
}

/** `lulus explain <person>`: how one decision came about, with file and line. */
export async function explain(person: string, options: ExplainOptions): Promise<number> {
  const folder = openEventFolder(options.event);
  const check = await dryRun(folder, openTemplates(folder));
  const decision = find(person, check.decisions);
  const background = backgroundOf(decision, check, folder);
  if (options.json) {
    const people = [{ ...jsonPerson(check, decision), conditions: background.accounts }];
    const found = { schema: "lulus.explain/1", event: check.event, people };
    await answer(`${JSON.stringify(found, underscored)}\n`);
  } else await answer(`${explainLines(decision, background, paintOut).join("\n")}\n`);
  return 0;
}

/** Keys of our JSON have underscores. */
function underscored(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("secondsMax" in value)) return value;
  const { secondsMax, ...more } = value;
  return { ...more, seconds_max: secondsMax };
}

function backgroundOf({ person, reasons }: Decision, check: Check, { event }: EventFolder): Background {
  const { config, sessions } = event;
  const { timezone, language } = config.event;
  const rules = rulesOf(event, check.rulings);
  const about = new Set(reasons.flatMap(({ others }) => others ?? []));
  const others = check.decisions
    .filter((other) => about.has(other.person.key))
    .map((other) => {
      const together = verdictOn([person, other.person], rules).awards;
      return [other.person.key, { decision: other, together }] as const;
    });
  return {
    language,
    sessions,
    accounts: accountFor(person, rules),
    day: (seconds) => localDate(seconds, timezone),
    clock: (seconds) => localTime(seconds, timezone),
    others: new Map(others),
    decisions: config.inputs.decisions ?? "decisions.csv",
  };
}

/**
 * By address, number or key; else by name, compared as matching compares; else by a part of it.
 *
 * @throws Fault for nobody, and for several, who are listed
 */
function find(person: string, decisions: readonly Decision[]): Decision {
  const wanted = person.trim().toLowerCase();
  const digits = wanted.replace(/[\s.-]/g, "");
  const name = comparable(person).key;
  const searches: ((decision: Decision) => boolean)[] = [
    ({ person: { key } }) => key === wanted,
    ({ person: { keys, emails, nip } }) =>
      [...keys, ...emails].includes(wanted) || (nip !== null && nip === digits),
    ({ person: { name: printed, aliases } }) =>
      name !== null && [printed, ...aliases].some((each) => comparable(each).key === name),
    ({ person: { name: printed, aliases, emails } }) =>
      wanted !== "" && [printed, ...aliases, ...emails].some((each) => each.toLowerCase().includes(wanted)),
  ];
  for (const search of searches) {
    const [only, ...more] = decisions.filter(search);
    if (only !== undefined && more.length === 0) return only;
    if (only !== undefined) throw several(person, [only, ...more]);
  }
  throw nobody(person, decisions);
}

const listedAtMost = 20;

function several(person: string, found: readonly Decision[]): Fault {
  const listed = found.slice(0, listedAtMost).map(({ person: { key, name, emails, nip }, outcome }) => {
    const facts = [name || key, ...emails.slice(0, 1), ...(nip === null ? [] : [nip]), outcome];
    return `lulus explain "${key}"  (${facts.join(" · ")})`;
  });
  const more = found.length - listed.length;
  return new Fault("person-ambiguous", `"${person}" is ${found.length} people`, {
    hints: [...listed, ...(more > 0 ? [`${more} more: write more of the name, or an e-mail address`] : [])],
  });
}

function nobody(person: string, decisions: readonly Decision[]): Fault {
  const known = decisions.flatMap(({ person: { name, emails } }) => [name, ...emails]);
  const near = nearest(person, known);
  const hints = near === undefined ? [] : [`did you mean "${near}"?`];
  return new Fault("person-unknown", `nobody in the inputs is "${person}"`, {
    hints: [
      ...hints,
      "give an e-mail address, a NIP, or a part of the name; `lulus check --json` lists everybody",
    ],
  });
}
