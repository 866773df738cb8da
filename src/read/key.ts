import { z } from "zod";
import { Fault, refuse } from "../model/fault.js";
import { add, type Fraction, fromNumber, parseDecimal, zero } from "../model/fraction.js";
import { parseYaml } from "../model/yaml.js";

/** The right answers to the questions of a quiz whose export has answers and no scores. */
export interface AnswerKey {
  readonly file: string;
  readonly questions: readonly Question[];
  /** the points of all questions together */
  readonly max: Fraction;
}

export interface Question {
  readonly text: string;
  readonly points: Fraction;
  /** whether this is one of the right answers; `"unclear"` where a list may mean any of its answers or all of them */
  judge(answer: string): boolean | "unclear";
}

const scalar = z.union([z.string().min(1), z.number(), z.boolean()], "expected an answer");
const answers = z.union([scalar, z.array(scalar).min(1)]);
const points = z.number().nonnegative().default(1);
const spelledOut = z
  .strictObject({ answer: answers.optional(), any: answers.optional(), all: answers.optional(), points })
  .refine(
    ({ answer, any, all }) => [answer, any, all].filter((each) => each !== undefined).length === 1,
    "expected one of `answer`, `any` and `all`",
  );
const entry = z.union([answers, spelledOut]);
const listed = z.array(
  z
    .strictObject({
      question: z.union([z.string().min(1), z.number()]),
      answer: answers.optional(),
      any: answers.optional(),
      all: answers.optional(),
      points,
    })
    .refine(
      ({ answer, any, all }) => [answer, any, all].filter((each) => each !== undefined).length === 1,
      "expected one of `answer`, `any` and `all`",
    ),
);
const byText = z.record(z.string().min(1), entry);
const schema = z.union([z.strictObject({ questions: z.union([listed.min(1), byText]) }), byText]);

type Written = z.output<typeof spelledOut>;

/**
 * Parses an answer key: `question: answer`, where the answer may be a list of right ones, or spelled out as
 * `{ answer | any | all, points }`; the whole may stand under `questions`, also as a list.
 *
 * @throws Fault or Faults with line and column, also for a question that stands twice
 */
export function parseKey(text: string, file: string): AnswerKey {
  const { value, locate } = parseYaml(text, file, schema);
  const inner = "questions" in value && typeof value.questions === "object" ? value.questions : value;
  const pairs: [string, Written][] = Array.isArray(inner)
    ? (inner as z.output<typeof listed>).map(({ question, ...written }) => [String(question), written])
    : Object.entries(inner as z.output<typeof byText>).map(([question, written]) => [
        question,
        isSpelledOut(written) ? written : { answer: written, points: 1 },
      ]);
  if (pairs.length === 0) {
    throw new Fault("key-empty", "the answer key has no question", {
      place: { file },
      hints: ["write one line for each: `Question text: right answer`"],
    });
  }
  const folded = pairs.map(([question]) => foldQuestion(question));
  refuse(
    pairs.flatMap(([question], index) =>
      folded.indexOf(folded[index] ?? "") === index
        ? []
        : [
            new Fault("key-question-twice", `the question \`${question}\` stands twice`, {
              place: locate(Array.isArray(inner) ? ["questions", index] : [question]),
            }),
          ],
    ),
  );
  const questions = pairs.map(([question, written]) => questionOf(question, written));
  return { file, questions, max: questions.reduce((sum, each) => add(sum, each.points), zero) };
}

function isSpelledOut(written: z.output<typeof entry>): written is Written {
  return typeof written === "object" && !Array.isArray(written);
}

function questionOf(text: string, { answer, any, all, points }: Written): Question {
  const accepted = [answer ?? any ?? all ?? []].flat().map(String);
  const isList = Array.isArray(answer) && answer.length > 1;
  return {
    text,
    points: fromNumber(points),
    judge(given) {
      if (all !== undefined) return isSame(choicesOf(given), accepted.map(foldAnswer));
      if (accepted.some((each) => isAnswer(given, each))) return true;
      const chosen = choicesOf(given);
      const isMeant =
        chosen.length > 1 && chosen.every((choice) => accepted.some((each) => foldAnswer(each) === choice));
      if (isMeant && any !== undefined) return true;
      return isMeant && isList ? "unclear" : false;
    },
  };
}

/** Several choices are joined by semicolons, in the order in which the poll shows or the person chose them. */
function isAnswer(given: string, accepted: string): boolean {
  const [a, b] = [foldAnswer(given), foldAnswer(accepted)];
  if (a === b) return true;
  const [left, right] = [parseDecimal(a), parseDecimal(b)];
  if (left !== null && right !== null) return left.num * right.den === right.num * left.den;
  return (a.includes(";") || b.includes(";")) && isSame(choicesOf(given), choicesOf(accepted));
}

function choicesOf(answer: string): string[] {
  return answer
    .split(";")
    .map(foldAnswer)
    .filter((choice) => choice !== "");
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  const [left, right] = [new Set(a), new Set(b)];
  return left.size === right.size && [...left].every((each) => right.has(each));
}

function foldAnswer(text: string): string {
  return fold(text).replace(/[ .;]+$/, "");
}

/** A question for comparison: Unicode form, case, blanks and closing marks aside. */
export function foldQuestion(text: string): string {
  return fold(text).replace(/[ ?？.。:：*!]+$/u, "");
}

/** What tools put around a question: its number, and in brackets its kind. */
function bareQuestion(text: string): string {
  const inner = fold(text)
    .replace(/^(?:q(?:uestion)?|soal|pertanyaan)? ?\d{1,3} ?[.):] ?/, "")
    .replace(/ ?\((?:single|multiple) choice\)$/, "");
  return foldQuestion(inner);
}

function fold(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Cf}\p{Cs}]/gu, "")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(/[‘’ʼ`]/g, "'")
    .replace(/[“”]/g, '"')
    .trim()
    .toLowerCase();
}

/** The question of a key that a header or cell means; -1: none. */
export class QuestionFinder {
  readonly #exact = new Map<string, number>();
  readonly #bare = new Map<string, number>();

  constructor({ questions }: AnswerKey) {
    for (const [index, { text }] of questions.entries()) {
      this.#exact.set(foldQuestion(text), index);
      const bare = bareQuestion(text);
      // two questions that differ only in their number can only be told by it
      this.#bare.set(bare, this.#bare.has(bare) ? -1 : index);
    }
  }

  find(text: string): number {
    return this.#exact.get(foldQuestion(text)) ?? this.#bare.get(bareQuestion(text)) ?? -1;
  }
}
