import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Fault } from "../model/fault.js";
import type { ReviewSheet, Ruling } from "../model/ruling.js";
import { readDecisions } from "../read/decisions.js";
import type { Check } from "../report/check.js";
import { questionsOf, reviewFile } from "../report/review.js";
import { writeDurably } from "./draft.js";
import { type EventFolder, shownPath } from "./eventFolder.js";
import { Interrupted } from "./interrupt.js";
import { note, type Talk } from "./talk.js";

/** Where rulings are looked for if the event file names no place. */
const usual = "decisions.csv";

/**
 * The organiser's rulings: those of the event, and those of the file that `--review` names, so that the file which was
 * filled in is the file that counts. A file that has not been written yet holds none.
 */
export async function readRulings(folder: EventFolder, review?: string): Promise<Ruling[]> {
  const files = [...new Set([decisionsOf(folder), ...(review === undefined ? [] : [resolve(review)])])];
  const sheets = [];
  for (const file of files) sheets.push(await openSheet(file));
  return sheets.flatMap((sheet) => rulingsOf(sheet));
}

function decisionsOf(folder: EventFolder): string {
  return resolve(folder.dir, folder.event.config.inputs.decisions ?? usual);
}

function rulingsOf(sheet: ReviewSheet | null): Ruling[] {
  return (sheet?.rows ?? []).flatMap(({ ruling }) => (ruling === null ? [] : [ruling]));
}

async function openSheet(file: string): Promise<ReviewSheet | null> {
  if (!existsSync(file) || statSync(file).size === 0) return null;
  return await readDecisions({ path: shownPath(file), open: () => createReadStream(file) });
}

/** Writes the doubtful cases as rows to fill in; whatever stands in the file already stays. */
export async function writeReview(
  file: string,
  check: Check,
  folder: EventFolder,
  talk: Talk,
): Promise<void> {
  const path = resolve(file);
  const before = await openSheet(path);
  const questions = questionsOf(check);
  await replace(path, reviewFile(questions, before));
  const answered = rulingsOf(before).length;
  const also = answered === 0 ? "" : `, ${answered} answered before`;
  note(
    `${questions.length} ${questions.length === 1 ? "question" : "questions"} in ${shownPath(path)}${also}`,
    talk,
  );
  if (questions.length > 0)
    note(
      "hint: fill in the column `ruling`: same, different, issue, deny or name, and run the command again",
      talk,
    );
  if (path !== decisionsOf(folder))
    note(
      `hint: \`issue\` takes rulings from ${shownPath(decisionsOf(folder))} only: name this file under \`inputs.decisions\` of the event file`,
      talk,
    );
}

/** Whole or not at all: what a committee has ruled must survive a full disk. */
async function replace(path: string, text: string): Promise<void> {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  try {
    await writeDurably(path, [text]);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    throw new Fault(
      "review-unwritable",
      `the questions cannot be written (${error instanceof Error ? error.message : String(error)})`,
      {
        place: { file: shownPath(path) },
        cause: error,
        hints: ["close the file in the spreadsheet, or name a folder that exists and can be written to"],
      },
    );
  }
}
