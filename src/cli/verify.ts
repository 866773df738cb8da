import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { Fault, refuse } from "../model/fault.js";
import { verifyText } from "../verify/credential.js";
import { verifyDocument } from "../verify/document.js";
import { exitStatus, type Verdict } from "../verify/verdict.js";
import { isFolder, shownPath } from "./eventFolder.js";
import { namedFiles } from "./files.js";
import { answer, complain, note, paintOut } from "./talk.js";
import { type Pinned, pin } from "./trust.js";
import { type Answered, verdictEntry, verdictLines } from "./verdictLines.js";

export interface VerifyOptions {
  readonly event?: string;
  readonly keys?: string;
  readonly site?: string;
  readonly register?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus verify`: 0 all genuine and current, 1 one of them not, 2 nobody can tell of one. */
export async function verify(given: readonly string[], options: VerifyOptions): Promise<number> {
  const pinned = await pin(options, new Date());
  const answered: Answered[] = [];
  const missing: Fault[] = [];
  // one that is not there does not keep the others from their answer
  const miss = (error: unknown): void => {
    if (!(error instanceof Fault && error.code === "input-missing")) throw error;
    missing.push(error);
  };
  for (const one of given.flatMap(namedFiles)) {
    for (const asked of inside(one, miss)) {
      const verdict = await verdictOn(asked, pinned).catch(miss);
      if (verdict !== undefined) answered.push({ asked, verdict });
    }
  }
  if (answered.length === 0) refuse(missing);
  if (options.json) await answer(verdictsJson(answered, pinned));
  else await answer(answered.map((one) => `${verdictLines(one, paintOut).join("\n")}\n`).join("\n"));
  if (pinned.sources.length === 0) {
    note(
      `hint: no issuer is known here: name the issuer's keys with --keys FILE, or an event with --event DIR`,
      { quiet: options.quiet ?? false },
    );
  }
  for (const fault of missing) complain(fault);
  return worst(answered, missing.length > 0);
}

/** A folder stands for the certificates in it. @param miss is told where there are none */
function inside(given: string, miss: (fault: Fault) => void): string[] {
  if (!isFolder(given)) return [given];
  const found = readdirSync(given)
    .filter((name) => /\.(pdf|png|jpe?g)$/i.test(name))
    .sort()
    .map((name) => join(given, name));
  if (found.length === 0)
    miss(new Fault("input-missing", "the folder holds no PDF and no picture", { place: { file: given } }));
  return found;
}

async function verdictOn(asked: string, { trust }: Pinned): Promise<Verdict> {
  if (asked === "-") return await verifyText(await readText(process.stdin), trust);
  if (statSync(asked, { throwIfNoEntry: false })?.isFile())
    return await verifyDocument(readFileSync(asked), trust);
  if (looksLikePath(asked)) {
    throw new Fault("input-missing", "there is no such file", {
      place: { file: shownPath(asked) },
      hints: [
        "give a PDF, a picture, a folder of them, the text of a QR code, its URL, or - for standard input",
      ],
    });
  }
  return await verifyText(asked, trust);
}

function looksLikePath(asked: string): boolean {
  return !asked.includes("#") && /\.(pdf|png|jpe?g|txt)$/i.test(asked);
}

function* verdictsJson(answered: readonly Answered[], { sources }: Pinned): Iterable<string> {
  yield `${JSON.stringify({ schema: "lulus.verify/1", trusted: sources }).slice(0, -1)},"results":[`;
  let separator = "\n";
  for (const one of answered) {
    yield `${separator}${JSON.stringify(verdictEntry(one))}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** A certificate that is not genuine weighs more than one of which nothing is known. */
function worst(answered: readonly Answered[], isMissing: boolean): number {
  const statuses = answered.map(({ verdict }) => exitStatus(verdict.code));
  if (statuses.includes(1)) return 1;
  return isMissing || statuses.includes(2) ? 2 : 0;
}
