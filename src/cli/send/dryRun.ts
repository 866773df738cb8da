import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { Fault } from "../../model/fault.js";
import type { Register } from "../../register/register.js";
import { sweepDrafts, writeWhole } from "../draft.js";
import { shownPath } from "../eventFolder.js";
import { breathe } from "../interrupt.js";
import { progress } from "../progress.js";
import type { Talk } from "../talk.js";
import type { Mails } from "./mails.js";
import { isDue, standingOf } from "./standing.js";

/** What a dry run has written, and of whose PDF it knows that it is not the one that was issued. */
export interface Written {
  readonly count: number;
  readonly unready: ReadonlyMap<number, string>;
}

/**
 * The mails that the next run would send, as files that any mail program opens. Nothing goes out and nothing is noted.
 *
 * @param out absolute path of a folder, made if it is not there
 */
export async function writeMails(
  out: string,
  register: Register,
  mails: Mails,
  {
    event,
    covers,
    total,
  }: { event: string; covers: (of: { readonly number: string }) => boolean; total: number },
  talk: Talk,
): Promise<Written> {
  const now = new Date();
  const unready = new Map<number, string>();
  let count = 0;
  guarded(out, () => {
    mkdirSync(out, { recursive: true });
    sweepDrafts(out);
  });
  const bar = await progress("mails", total, talk);
  try {
    for (const each of register.mailed(event)) {
      await breathe();
      if (!covers(each) || !isDue(standingOf(each))) continue;
      const mail = await mails.write(each, null, now);
      bar.done();
      if ("unready" in mail) {
        unready.set(each.id, mail.unready);
        continue;
      }
      // the certificate's own file name, which was made safe for every system
      const file = join(out, each.file.replace(/\.pdf$/i, ".eml"));
      guarded(file, () => writeWhole(file, mail.raw));
      count += 1;
    }
  } finally {
    bar.end();
  }
  return { count, unready };
}

function guarded(path: string, write: () => void): void {
  try {
    write();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("output-unwritable", `the mail cannot be written (${why})`, {
      place: { file: shownPath(path) },
      cause,
      hints: ["name another folder: --out"],
    });
  }
}
