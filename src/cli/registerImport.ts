import { createReadStream, existsSync, linkSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Fault } from "../model/fault.js";
import { type Imported, importLines } from "../register/import.js";
import { inspect } from "../register/inspect.js";
import { openForWriting } from "../register/open.js";
import { draftIn, sweepDrafts, syncFolder } from "./draft.js";
import { Interrupted, stoppable } from "./interrupt.js";
import { placeOf, type RegisterOptions, type RegisterPlace } from "./registerPlace.js";
import { answer } from "./talk.js";

/** `lulus register import`: a register exactly as it was exported, or what one that is there lacks of it. */
export async function importRegister(file: string, options: RegisterOptions): Promise<number> {
  if (file !== "-" && !statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new Fault("input-missing", "there is no such file", {
      place: { file },
      hints: ["give what `lulus register export` wrote, or - for standard input"],
    });
  const place = placeOf(undefined, options);
  sweepDrafts(dirname(place.path));
  const { before, added } = await stoppable(() =>
    existsSync(place.path) ? take(place.path, file) : takeAsNew(place, file),
  );
  if (options.json)
    await answer(
      `${JSON.stringify({ schema: "lulus.register-import/1", register: place.shown, before, added })}\n`,
    );
  else await answer(`${place.shown}: ${added} entries added to ${before}\n`);
  return 0;
}

/** Made under another name, so that half a register never stands where a whole one is looked for. */
async function takeAsNew({ path, shown }: RegisterPlace, file: string): Promise<Imported> {
  const draft = draftIn(dirname(path));
  try {
    const imported = await take(draft, file);
    linkSync(draft, path);
    syncFolder(dirname(path));
    return imported;
  } catch (cause) {
    if (cause instanceof Fault || cause instanceof Interrupted) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("register-unwritable", `the register cannot be put in its place (${why})`, {
      place: { file: shown },
      cause,
    });
  } finally {
    for (const left of [draft, `${draft}-journal`]) rmSync(left, { force: true });
  }
}

async function take(path: string, file: string): Promise<Imported> {
  const store = openForWriting(path, () => new Date());
  try {
    return await store.transactionAround(async () => {
      const imported = await importLines(store, linesOf(file), file);
      for await (const { where, what } of inspect(store, null)) {
        throw new Fault("import-damaged", `what it makes is no whole register: ${where}: ${what}`, {
          place: { file },
          hints: ["the copy was damaged before it was exported: take another"],
        });
      }
      return imported;
    });
  } finally {
    store.close();
  }
}

function linesOf(file: string): AsyncIterable<string> {
  const input = file === "-" ? process.stdin : createReadStream(file);
  return createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
}
