import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import { exportLines } from "../register/export.js";
import { shownPath } from "./eventFolder.js";
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
    if (options.out === undefined) await answer(exportLines(store));
    else {
      const out = resolve(options.out);
      writeWhole(out, exportLines(store));
      note(shownPath(out), { quiet: options.quiet ?? false });
    }
  } finally {
    store.close();
  }
  return 0;
}

/** An older copy is only replaced by one that is whole and on the disk. */
function writeWhole(file: string, lines: Iterable<string>): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const handle = openSync(draft, "w", 0o600);
    try {
      for (const line of lines) writeSync(handle, line);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    renameSync(draft, file);
  } catch (cause) {
    rmSync(draft, { force: true });
    if (cause instanceof Fault) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("export-unwritable", `the export cannot be written (${why})`, {
      place: { file: shownPath(file) },
      cause,
    });
  }
}
