import { createHash } from "node:crypto";
import { z } from "zod";
import { Fault } from "../model/fault.js";
import type { Ruling } from "../model/ruling.js";
import type { Register } from "../register/register.js";
import type { BatchRow } from "../register/rows.js";
import type { Check } from "../report/check.js";
import type { EventFolder } from "./eventFolder.js";
import type { Templates } from "./templates.js";

/**
 * A run that was cut short is finished from what it froze, before anything else is begun. If what it was decided from
 * has changed meanwhile, nobody can tell whether the person wants the old run finished or another begun, so the
 * difference is shown and nothing is done. A run that was finished is simply followed by the next.
 *
 * @throws Fault `run-unfinished`
 */
export function admitResume(
  folder: EventFolder,
  found: Check,
  templates: Templates,
  register: Register,
): void {
  for (const { batch, open, of } of register.unfinished(folder.event.config.event.id)) {
    const changes = changesSince(batch, folder, found, templates);
    if (changes.length === 0) continue;
    const still = open === 1 ? "one certificate" : `${open} certificates`;
    const message = `an earlier run was cut short: ${still} of ${of} of the award "${batch.award}" still to be written, and since then its inputs have changed`;
    throw new Fault("run-unfinished", `${message}: ${changes.join("; ")}`, {
      place: { file: folder.shown },
      hints: [
        "finish that run as it was decided: `lulus render`, then `lulus issue` again for the newcomers",
        "or put the files back as they were and run `lulus issue`",
      ],
    });
  }
}

const frozen = z.object({
  event_file: z.string(),
  inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
  rulings: z.string().optional(),
});

function changesSince(batch: BatchRow, folder: EventFolder, found: Check, templates: Templates): string[] {
  const basis = frozen.safeParse(batch.basis);
  // a single certificate that was corrected is decided by a person, not from the inputs
  if (!basis.success || basis.data.inputs.length === 0) return [];
  const { event_file, inputs, rulings } = basis.data;
  const isListed = folder.event.config.awards.some(({ id }) => id === batch.award);
  return [
    ...(event_file === folder.sha256
      ? []
      : [`${folder.shown} changed (${short(event_file)} → ${short(folder.sha256)})`]),
    ...differences(byPath(inputs), byPath(found.inputs), ""),
    ...(rulings === undefined || rulings === rulingsHash(found.rulings) ? [] : ["the rulings changed"]),
    ...(isListed ? templateChanges(batch, templates) : [`the award "${batch.award}" is gone`]),
  ];
}

function templateChanges({ template, award }: BatchRow, templates: Templates): string[] {
  const { name, files, template: parsed } = templates.of(award);
  if (name !== template.name) return [`the template was "${template.name}" and is "${name}"`];
  const now = parsed.files.flatMap((path): [string, string][] => {
    const bytes = files.get(path);
    return bytes === undefined ? [] : [[path, createHash("sha256").update(bytes).digest("hex")]];
  });
  return differences(new Map(Object.entries(template.files)), new Map(now), `template ${name}: `);
}

function byPath(inputs: readonly { readonly path: string; readonly sha256: string }[]): Map<string, string> {
  return new Map(inputs.map(({ path, sha256 }) => [path, sha256]));
}

function differences(
  before: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  of: string,
): string[] {
  const paths = [...new Set([...before.keys(), ...now.keys()])].sort();
  return paths.flatMap((path) => {
    const [was, is] = [before.get(path), now.get(path)];
    if (was === is) return [];
    if (was === undefined) return [`${of}${path} is new`];
    return [
      is === undefined ? `${of}${path} is gone` : `${of}${path} changed (${short(was)} → ${short(is)})`,
    ];
  });
}

function short(hash: string): string {
  return hash.slice(0, 8);
}

/** Hex SHA-256 over rulings as far as they decide anything. */
export function rulingsHash(rulings: readonly Ruling[]): string {
  const words = rulings.map(({ question, person, other, word, text }) => [
    question,
    person,
    other ?? null,
    word,
    text ?? null,
  ]);
  return createHash("sha256").update(JSON.stringify(words)).digest("hex");
}
