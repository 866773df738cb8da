import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { dryRun } from "../../src/cli/dryRun.js";
import { openEventFolder } from "../../src/cli/eventFolder.js";
import { openTemplates } from "../../src/cli/templates.js";
import type { Check } from "../../src/report/check.js";

/** The check of an event folder, as the command makes it. */
export async function checked(folder: string): Promise<Check> {
  const opened = openEventFolder(folder);
  return await dryRun(opened, openTemplates(opened));
}

/** Sets one key of the event file, as an organiser would with an editor. */
export function setInEvent(folder: string, path: readonly (string | number)[], value: number): void {
  const file = join(folder, "event.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  document.setIn(path, value);
  writeFileSync(file, String(document));
}
