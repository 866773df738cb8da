import { parseChange } from "../model/change.js";
import { Fault } from "../model/fault.js";
import type { Check } from "../report/check.js";
import { jsonReport } from "../report/json.js";
import { terminalReport } from "../report/terminal.js";
import { writeReview } from "./decisions.js";
import { dryRun } from "./dryRun.js";
import { openEventFolder } from "./eventFolder.js";
import { admitReports, writeReports } from "./reports.js";
import { signingWords } from "./signing/signer.js";
import { answer, note, paintOut, talkOf } from "./talk.js";
import { openTemplates } from "./templates.js";

export interface CheckOptions {
  readonly json?: boolean;
  readonly report: readonly string[];
  readonly review?: string;
  readonly strict?: boolean;
  readonly quiet?: boolean;
  readonly set?: readonly string[];
}

/** `lulus check`: 1 under `--strict` while people are left for review, else 0. */
export async function check(argument: string | undefined, options: CheckOptions): Promise<number> {
  const folder = openEventFolder(argument, (options.set ?? []).map(parseChange));
  admitReports(options.report, folder);
  refuseUndecided(options);
  const found = await dryRun(folder, openTemplates(folder), {
    talk: talkOf(options),
    review: options.review,
  });
  await writeReports(found, options.report, folder, talkOf(options));
  if (options.review !== undefined) await writeReview(options.review, found, folder, talkOf(options));
  await answer(options.json ? jsonReport(found) : terminalReport(found, paintOut, process.stdout.columns));
  const signing = signingWords(folder);
  if (signing !== null) note(signing, talkOf(options));
  return statusUnder(options, found);
}

/** Questions of a what-if are not the event's: nobody should be asked them. */
function refuseUndecided({ review, set }: CheckOptions): void {
  if (review === undefined || (set ?? []).length === 0) return;
  throw new Fault(
    "set-with-review",
    "--review asks about the event as it is written, --set about another one",
    {
      hints: ["run `lulus check` with one of the two"],
    },
  );
}

/** Reports are written all the same; the status only tells a script that somebody has to decide. */
export function statusUnder(options: { readonly strict?: boolean }, found: Check): number {
  return options.strict && found.decisions.some((decision) => decision.outcome === "review") ? 1 : 0;
}
