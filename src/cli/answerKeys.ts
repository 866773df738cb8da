import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault, type Place, type Warning } from "../model/fault.js";
import type { InputSummary } from "../model/row.js";
import { AnswerSheets } from "../read/answers.js";
import { parseKey } from "../read/key.js";
import type { EventFolder } from "./eventFolder.js";

/** A quiz whose exports have answers instead of scores. */
export interface KeyedQuiz {
  readonly quiz: string;
  readonly sheets: AnswerSheets;
  /** of the key, which decides as much as any export */
  readonly summary: InputSummary;
  readonly warnings: readonly Warning[];
}

/**
 * The answer keys that the event names, one for each quiz that has one.
 *
 * @throws Fault or Faults if a key is not there or wrong
 */
export function readKeys({ dir, event }: EventFolder): KeyedQuiz[] {
  return Object.entries(event.config.inputs.quizzes ?? {}).flatMap(([quiz, { answers: path, max }]) => {
    if (path === undefined) return [];
    const bytes = bytesOf(join(dir, path), () => {
      const place = event.locate(["inputs", "quizzes", quiz, "answers"]);
      return new Fault("input-missing", `"${path}" is no file`, {
        place,
        hints: ["write the answer key there, with a line `question: answer` for each question"],
      });
    });
    const key = parseKey(bytes.toString("utf8"), path);
    const sheets = new AnswerSheets(quiz, key);
    const summary = summaryOf(path, bytes, key.questions.length);
    const place = event.locate(["inputs", "quizzes", quiz, "max"]);
    return [{ quiz, sheets, summary, warnings: max === undefined ? [] : [maxIgnored(place)] }];
  });
}

function maxIgnored({ file, line }: Place): Warning {
  const message = "`max` counts for nothing beside `answers`: the points of the answer key are the maximum";
  return { code: "quiz-max-ignored", message, file, line };
}

function bytesOf(path: string, missing: () => Fault): Buffer {
  try {
    return readFileSync(path);
  } catch {
    throw missing();
  }
}

function summaryOf(path: string, bytes: Buffer, questions: number): InputSummary {
  return {
    path,
    sha256: createHash("sha256").update(bytes).digest("hex"),
    format: "answer-key",
    encoding: "utf-8",
    delimiter: null,
    sheet: null,
    dateOrder: null,
    dateOrderBecause: null,
    rows: questions,
    skipped: 0,
    skippedBecause: {},
    people: 0,
    duplicateOf: null,
  };
}
