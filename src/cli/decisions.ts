import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Ruling } from "../model/ruling.js";
import { parseDecisions } from "../read/decisions.js";
import type { Check } from "../report/check.js";
import { questionsOf, reviewFile } from "../report/review.js";
import { type EventFolder, shownPath } from "./eventFolder.js";
import { note, type Talk } from "./talk.js";

/** The rulings of the event so far; none where the file has not been written yet. */
export function readRulings(folder: EventFolder): Ruling[] {
  const named = folder.event.config.inputs.decisions;
  if (named === undefined) return [];
  const path = resolve(folder.dir, named);
  return existsSync(path) ? parseDecisions(readFileSync(path, "utf8"), named) : [];
}

/** Writes the doubtful cases as rows to fill in; rulings that stand in the file already stay. */
export function writeReview(file: string, check: Check, folder: EventFolder, talk: Talk): void {
  const before = existsSync(file) ? parseDecisions(readFileSync(file, "utf8"), shownPath(file)) : [];
  const questions = questionsOf(check);
  writeFileSync(file, reviewFile(questions, before));
  note(`${questions.length} questions in ${shownPath(file)}`, talk);
  const named = folder.event.config.inputs.decisions;
  if (named === undefined || resolve(folder.dir, named) !== resolve(file)) {
    note(
      "hint: put it under `inputs.decisions` of the event file, and fill in the column `ruling`: same, different, issue, deny or name",
      talk,
    );
  }
}
