import { distance } from "fastest-levenshtein";
import type { Warning } from "../model/fault.js";
import type { Doubt } from "../model/person.js";
import type { Identity, Source } from "../model/row.js";
import { couldBeSame } from "./name.js";
import { isSplit, type Persona } from "./persona.js";

/** What is worth saying of the evidence although it settles who is who. */

/** An address with a foreign letter will not receive its mail, even where no decision hangs on it. */
export function alikeWarning({ names }: Doubt): Warning {
  return {
    code: "address-look-alike",
    message: `two addresses look the same and are not: ${names.join(" / ")}; they are kept apart`,
  };
}

/** An office that sends everybody's answers from one address gets one certificate: somebody should know. */
export function differingNames(persona: Persona): Warning[] {
  if (persona.emails.size === 0 || isSplit(persona)) return [];
  const rows: readonly { readonly who: Identity; readonly source: Source }[] = [
    ...persona.quizzes,
    ...persona.presence,
    ...persona.roster,
  ];
  let first: { readonly key: string; readonly row: (typeof rows)[number] } | null = null;
  for (const row of rows) {
    const key = persona.names.get(row.who.name)?.key ?? null;
    if (key === null || row.who.email === null) continue;
    if (first === null) first = { key, row };
    if (first.key === key || first.row.who.email !== row.who.email) continue;
    if (couldBeSame(first.key, key, distance)) continue;
    return [
      {
        code: "email-names-differ",
        message: `${row.who.email} stands beside clearly different names (${told(first.row)}; ${told(row)}) and counts as one person; the ruling \`different\` on the address parts them`,
        file: row.source.file,
        line: row.source.line,
      },
    ];
  }
  return [];
}

function told({ who, source }: { readonly who: Identity; readonly source: Source }): string {
  return `${who.name}, ${source.file}:${source.line}`;
}
