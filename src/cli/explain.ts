import { comparable } from "../match/name.js";
import type { Decision } from "../model/decision.js";
import { Fault } from "../model/fault.js";
import { localTime } from "../model/zone.js";
import { explainLines } from "../report/explain.js";
import { jsonPerson } from "../report/json.js";
import { dryRun } from "./dryRun.js";
import { openEventFolder } from "./eventFolder.js";
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
  const { config, sessions } = folder.event;
  const background = {
    language: config.event.language,
    sessions,
    awards: config.awards,
    clock: (seconds: number) => localTime(seconds, config.event.timezone),
  };
  const found = find(person, check.decisions);
  if (options.json)
    await answer(
      `${JSON.stringify({ schema: "lulus.explain/1", people: found.map((one) => jsonPerson(check, one)) })}\n`,
    );
  else await answer(found.map((one) => `${explainLines(one, background, paintOut).join("\n")}\n`).join("\n"));
  return 0;
}

/** By address, number or key; else by name, compared as matching compares; else by a part of it. Namesakes are all told. */
function find(person: string, decisions: readonly Decision[]): readonly Decision[] {
  const wanted = person.trim().toLowerCase();
  const name = comparable(person).key;
  const searches: ((decision: Decision) => boolean)[] = [
    ({ person: { key, keys, emails, nip } }) => [key, ...keys, ...emails, nip].includes(wanted),
    ({ person: { name: printed, aliases } }) =>
      name !== null && [printed, ...aliases].some((each) => comparable(each).key === name),
    ({ person: { name: printed, aliases } }) =>
      [printed, ...aliases].some((each) => each.toLowerCase().includes(wanted)),
  ];
  for (const search of searches) {
    const found = decisions.filter(search);
    if (found.length > 0) return found;
  }
  throw new Fault("person-unknown", `nobody in the inputs is "${person}"`, {
    hints: ["give an e-mail address, a NIP, or a part of the name; `lulus check --json` lists everybody"],
  });
}
