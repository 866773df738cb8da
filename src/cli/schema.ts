import { z } from "zod";
import { eventSchema } from "../model/event.js";
import { Fault } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import { templateSchema } from "../render/schema.js";
import { answer } from "./talk.js";

/** The files that people write, and what editors are to say of them. */
const kinds = {
  event: { schema: eventSchema, title: "lulus: event.yaml" },
  template: { schema: templateSchema, title: "lulus: template.yaml" },
} as const;

/** `lulus schema`: JSON Schema (draft 7) of a file, for completion and checking in editors. */
export async function schema(kind: string | undefined): Promise<number> {
  const wanted = kind ?? "event";
  if (!isKind(wanted)) {
    const near = nearest(wanted, Object.keys(kinds));
    throw new Fault("usage", `there is no schema of "${wanted}"; expected event or template`, {
      hints: near === undefined ? [] : [`did you mean \`lulus schema ${near}\`?`],
    });
  }
  await answer(formatSchema(wanted));
  return 0;
}

/**
 * The schema as JSON text.
 *
 * It is of what is written, before defaults and short forms are filled in. What no schema can say (a rule that names a
 * quiz which the event does not have) is left to `lulus check`.
 */
export function formatSchema(kind: keyof typeof kinds): string {
  const { schema: of, title } = kinds[kind];
  const { $schema, ...rest } = z.toJSONSchema(of, { target: "draft-7", io: "input" });
  return `${JSON.stringify({ $schema, title, ...rest }, null, 2)}\n`;
}

function isKind(word: string): word is keyof typeof kinds {
  return Object.hasOwn(kinds, word);
}
