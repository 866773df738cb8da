import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { exportLines } from "../register/export.js";
import { admitText } from "../register/legible.js";
import { writeDurably } from "./draft.js";
import { shownPath } from "./eventFolder.js";
import { Interrupted } from "./interrupt.js";
import { openStore, placeOf, type RegisterOptions } from "./registerPlace.js";
import { answer, note } from "./talk.js";

export interface RegisterExportOptions extends RegisterOptions {
  readonly out?: string;
}

/** `lulus register export`: the whole register as text, for version control and as a copy to restore from. */
export async function exportRegister(
  asked: string | undefined,
  options: RegisterExportOptions,
): Promise<number> {
  const store = openStore(placeOf(asked, options));
  try {
    admitText(store, "all");
    if (options.out === undefined) await answer(exportLines(store));
    else {
      const out = resolve(options.out);
      await writeCopy(out, exportLines(store));
      note(shownPath(out), { quiet: options.quiet ?? false });
    }
  } finally {
    store.close();
  }
  return 0;
}

/** An older copy is only replaced by one that is whole and on the disk; it names people. */
async function writeCopy(file: string, lines: Iterable<string>): Promise<void> {
  try {
    await writeDurably(file, lines, 0o600);
  } catch (cause) {
    if (cause instanceof Fault || cause instanceof Interrupted) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("export-unwritable", `the export cannot be written (${why})`, {
      place: { file: shownPath(file) },
      cause,
    });
  }
}
