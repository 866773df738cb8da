import { Fault, type Warning } from "../model/fault.js";
import type { DateOrder, Identity, Interval, QuizRow } from "../model/row.js";
import { nearest } from "../model/yaml.js";
import { attemptsOf, type Respondent, type Submission } from "./attempt.js";
import { cleanEmail, isNothing } from "./clean.js";
import type { Columns } from "./column.js";
import { inSheet } from "./grid.js";
import { Identities, type IdentityCells, isNobody } from "./identity.js";
import type { InputFile, Reading } from "./input.js";
import { Instants } from "./instant.js";
import { type AnswerKey, foldQuestion, QuestionFinder } from "./key.js";
import { type Header, type Layout, recognise } from "./layout.js";
import { openInput } from "./open.js";
import { DateEvidence } from "./order.js";
import { type Answered, AnswerWalk } from "./poll.js";
import { formColumns, hasNamed, missingColumns, type NamedColumns, speakNamed } from "./table.js";
import { namesNobody, Tally } from "./tally.js";
import { readTime, seeTime } from "./time.js";
import { anonymous } from "./word.js";
import { Zone } from "./zone.js";

export interface AnswersOptions {
  readonly timezone: string;
  readonly dateOrder: DateOrder | null;
  readonly columns: NamedColumns | null;
  readonly sessions: readonly Interval[];
  readonly sheet: string | null;
}

/** Tables of answers; the second is any form whose questions are in the key. */
const layouts: readonly Layout[] = [
  { format: "zoom-poll", needs: [["order"], ["submitted"]] },
  { format: "answers", needs: [["email", "name", "firstName", "nip"]] },
];

/** A question that the key has not; of a poll it is said, of a form it may be anything else that was asked. */
interface Unknown {
  readonly text: string;
  readonly file: string;
  readonly line: number;
  readonly isPoll: boolean;
}

const anonymousNames = new Set(anonymous.map((name) => name.toLowerCase()));

/**
 * Reads the answers to one quiz from all of its files and scores them by the key. Polls of one webinar may come in
 * several files, so attempts can be told only when all of them are read: then ask for `finish`.
 */
export class AnswerSheets {
  readonly #quiz: string;
  readonly #key: AnswerKey;
  readonly #finder: QuestionFinder;
  readonly #people = new Map<string, Respondent>();
  readonly #asked = new Set<number>();
  readonly #unknown = new Map<string, Unknown>();

  constructor(quiz: string, key: AnswerKey) {
    this.#quiz = quiz;
    this.#key = key;
    this.#finder = new QuestionFinder(key);
  }

  /** @throws Fault or Faults as every reading does; also for an answer of which the key does not say whether it is right */
  async read(file: InputFile, how: AnswersOptions): Promise<Reading> {
    const input = await openInput(file, how.sheet);
    const { columns } = how;
    const header = await recognise(input, {
      layouts,
      format: null,
      accepted:
        columns === null
          ? "a Zoom poll report, or a table with a column for each question of the answer key"
          : `a row with the columns ${speakNamed(columns)}`,
      hints: ["the questions of the answer key must stand in the report as the key has them"],
      columnsOf: formColumns,
      accepts: (found) => this.#isKnown(found) && hasNamed(found, columns),
      explain: async (given) => (columns === null ? [] : missingColumns(given, columns)),
    });
    return inSheet(header.grid, () => this.#readRows(header, how));
  }

  /** The attempts of everybody, and what the key and the reports do not share. */
  finish(sink: (row: QuizRow) => void): Warning[] {
    for (const respondent of this.#people.values()) {
      const rows = attemptsOf(respondent, this.#quiz, this.#key);
      for (const row of rows) sink(row);
      // whoever answered only questions that do not count is known all the same
      if (rows.length === 0) {
        const { who, source } = respondent;
        sink({ quiz: this.#quiz, who, score: null, at: null, source });
      }
    }
    return [...this.#unscored(), ...this.#unasked()];
  }

  #isKnown(columns: Columns): boolean {
    return columns.has("order") || columns.headers.some((header) => this.#finder.find(header) >= 0);
  }

  async #readRows({ grid, layout, line }: Header, how: AnswersOptions): Promise<Reading> {
    const isPoll = layout.format === "zoom-poll";
    const walk = () =>
      new AnswerWalk({ isPoll, below: line }, (header) => this.#finder.find(header) >= 0, how.columns);
    const evidence = new DateEvidence();
    const survey = walk();
    await grid.each(
      (record) => {
        const answered = survey.visit(record);
        if (answered !== null) seeTime(evidence, answered.time, record.line);
        return undefined;
      },
      () => {},
    );
    if (grid.sheet !== null) evidence.refuseHalfTurned(grid.path, how.dateOrder);
    const dates = evidence.decide(grid.path, how.dateOrder, how.sessions, new Zone(how.timezone));
    const tally = new Tally(grid);
    const identities = new Identities(tally);
    const instantsOf = zones((zone) => new Instants(grid.path, dates, zone), how.timezone);
    const reading = walk();
    await grid.each(
      (record) => {
        const answered = reading.visit(record);
        if (answered === null) return undefined;
        if (isAnonymous(answered.who)) {
          tally.skip("anonymous answer");
          return undefined;
        }
        const who = identities.of(answered.who, record.line);
        if (isNobody(who)) tally.skip(namesNobody);
        else {
          tally.row();
          const at = readTime(instantsOf(answered.zone), tally, answered.time, record.line);
          this.#note(
            named(who),
            { ...answered, isPoll },
            {
              at,
              source: { file: grid.path, line: record.line },
              answers: new Map(),
            },
          );
        }
        return undefined;
      },
      (fault) => tally.fault(fault),
    );
    return tally.finish(layout.format, dates);
  }

  #note(
    who: Identity,
    { answers, isSingle, isPoll }: Answered & { isPoll: boolean },
    submission: Submission,
  ): void {
    const key = who.email ?? who.nip ?? foldQuestion(who.name);
    const respondent = this.#people.get(key) ?? { who, source: submission.source, submissions: [] };
    this.#people.set(key, respondent);
    const last = respondent.submissions.at(-1);
    const isPartOfLast = isSingle && last !== undefined && last.at === submission.at && last.at !== null;
    const into = isPartOfLast ? last : submission;
    let isScored = false;
    for (const [text, answer] of answers) {
      const question = this.#finder.find(text);
      if (question < 0) this.#noteUnknown(text, { ...submission.source, isPoll });
      else {
        isScored = true;
        if (isRepeated(respondent, submission, question, answer)) continue;
        this.#asked.add(question);
        this.#refuseUnclear(question, answer, submission.source);
        if (into === last && into.answers.has(question)) {
          respondent.submissions.push({ ...submission, answers: new Map([[question, answer]]) });
        } else into.answers.set(question, answer);
      }
    }
    if (isScored && into === submission && into.answers.size > 0) respondent.submissions.push(submission);
  }

  #noteUnknown(text: string, where: Omit<Unknown, "text">): void {
    const folded = foldQuestion(text);
    if (folded !== "" && !this.#unknown.has(folded)) this.#unknown.set(folded, { text, ...where });
  }

  #refuseUnclear(index: number, answer: string, { file, line }: Submission["source"]): void {
    const question = this.#key.questions[index];
    if (isNothing(answer) || question?.judge(answer) !== "unclear") return;
    throw new Fault(
      "key-unclear",
      `\`${answer.slice(0, 80)}\` chooses several of the answers that the key lists for \`${question.text.slice(0, 80)}\``,
      {
        place: { file, line },
        hints: [
          `say in ${this.#key.file} whether one of them is enough, \`{ any: […] }\`, or all are needed and no other, \`{ all: […] }\``,
        ],
      },
    );
  }

  #unscored(): Warning[] {
    const polled = [...this.#unknown.values()].filter(({ isPoll }) => isPoll);
    return polled.map(({ text, file, line }) => ({
      code: "question-not-in-key",
      message: `the question \`${text.trim().slice(0, 120)}\` is not in the answer key and counts for nothing`,
      file,
      line,
    }));
  }

  #unasked(): Warning[] {
    const reported = [...this.#unknown.values()].map(({ text }) => text.trim());
    return this.#key.questions.flatMap(({ text }, index) => {
      if (this.#asked.has(index)) return [];
      const near = nearest(text, reported);
      const remedy = near === undefined ? "take it out if it was not asked" : `did you mean \`${near}\`?`;
      const message = `the question \`${text.slice(0, 120)}\` of the key is in no report, so nobody has its points: ${remedy}`;
      return [{ code: "question-not-asked", message, file: this.#key.file }];
    });
  }
}

/** Polls are downloaded again and again: the same answer of the same second in another file is no second attempt. */
function isRepeated(
  { submissions }: Respondent,
  { at, source }: Submission,
  question: number,
  answer: string,
): boolean {
  const isSame = (other: Submission) =>
    other.at === at && other.source.file !== source.file && other.answers.get(question) === answer;
  return at !== null && submissions.some(isSame);
}

function isAnonymous({ name, email }: IdentityCells): boolean {
  return cleanEmail(email) === null && anonymousNames.has(name.trim().toLowerCase());
}

/** Somebody known by the address alone. */
function named(who: Identity): Identity {
  return anonymousNames.has(who.name.toLowerCase()) ? { ...who, name: "" } : who;
}

/** Poll reports may state a zone of their own; each is set up once. */
function zones(instants: (zone: Zone) => Instants, usual: string): (own: string | null) => Instants {
  const known = new Map<string, Instants>();
  return (own) => {
    const name = own ?? usual;
    const found = known.get(name) ?? instants(new Zone(name));
    known.set(name, found);
    return found;
  };
}
