import { Columns } from "./column.js";
import type { IdentityCells } from "./identity.js";
import type { CsvRecord } from "./records.js";
import { type RespondentPlaces, respondentOf, respondentPlaces } from "./respondent.js";
import { formColumns, type NamedColumns } from "./table.js";
import { isTimeZone } from "./zone.js";

/** One row of answers, as it stands. */
export interface Answered {
  readonly who: IdentityCells;
  readonly time: string;
  /** IANA zone of the time, where the header states one */
  readonly zone: string | null;
  /** question as the report has it, and answer; `""`: shown and left out */
  readonly answers: readonly (readonly [question: string, answer: string])[];
  /** the row holds one answer of several that were handed in together */
  readonly isSingle: boolean;
}

/** Rows under one header. */
interface Section {
  readonly people: RespondentPlaces;
  readonly order: number;
  readonly time: number;
  readonly zone: string | null;
  /** columns that are questions, with their text as written */
  readonly questions: readonly (readonly [at: number, text: string])[];
  /** columns that hold the question and the answer, one row for each */
  readonly pair: readonly [question: number, answer: number] | null;
  /** header cells before this are known; questions and answers alternate behind it where the header names none */
  readonly end: number;
}

/**
 * Goes through a table of answers. A Zoom poll report has many: one for each poll, or for each question, with lists
 * of polls and titles between; questions stand in the header, in the rows, or in turn with the answers.
 */
export class AnswerWalk {
  readonly #isPoll: boolean;
  readonly #named: NamedColumns | null;
  readonly #isQuestion: (header: string) => boolean;
  readonly #below: number;
  #section: Section | null = null;

  /**
   * @param below the line of the only header of a table that is no poll
   * @param isQuestion whether a header is a question of the key, although it may look like a name or an address
   */
  constructor(
    { isPoll, below }: { readonly isPoll: boolean; readonly below: number },
    isQuestion: (header: string) => boolean,
    named: NamedColumns | null,
  ) {
    this.#isPoll = isPoll;
    this.#below = below;
    this.#isQuestion = isQuestion;
    this.#named = named;
  }

  /** `null`: the row says nothing about anybody. */
  visit({ cells, line }: CsvRecord): Answered | null {
    if (!this.#isPoll && line <= this.#below) {
      if (line === this.#below) this.#section = this.#sectionOf(cells);
      return null;
    }
    if (cells.every((cell) => cell.trim() === "")) return null;
    if (this.#isPoll && this.#isStructure(cells)) return null;
    return this.#section === null ? null : answeredOf(cells, this.#section);
  }

  /** Rows of answers are numbered, so what somebody answered is never taken for a header or a title. */
  #isStructure(cells: readonly string[]): boolean {
    const section = this.#section;
    if (section !== null && /^\s*\d+\s*$/.test(cells[section.order] ?? "")) return false;
    const columns = new Columns(cells);
    if (columns.has("order")) {
      this.#section = formColumns(cells).has("submitted") ? this.#sectionOf(cells) : null;
      return true;
    }
    const isTitle = cells.filter((cell) => cell.trim() !== "").length === 1;
    if (isTitle) return true;
    const isHead = columns.has("topic") || columns.has("generated") || columns.has("meetingId");
    if (isHead) this.#section = null;
    return isHead;
  }

  #sectionOf(cells: readonly string[]): Section {
    const plain = cells.map((cell) => (this.#isQuestion(cell) ? "" : cell));
    const columns = formColumns(plain);
    // A poll calls its columns by their names, so what only begins like one is a question.
    const people = this.#isPoll ? new Columns(plain) : columns;
    return sectionOf(cells, columns, respondentPlaces(people, this.#named));
  }
}

function sectionOf(cells: readonly string[], columns: Columns, people: RespondentPlaces): Section {
  const submitted = columns.first("submitted");
  const time = submitted >= 0 ? submitted : columns.first("timestamp");
  const order = columns.first("order");
  const [question, answer] = [columns.first("question"), columns.first("answer")];
  const known = [
    ...people.emails,
    ...people.names,
    people.firstName,
    people.lastName,
    people.nip,
    time,
    order,
  ];
  const questions = cells.flatMap((text, at) =>
    text.trim() === "" || known.includes(at) ? [] : [[at, text] as const],
  );
  const pair = question >= 0 && answer >= 0 && submitted >= 0 ? ([question, answer] as const) : null;
  return {
    people,
    order,
    time,
    zone: zoneOf(cells[time] ?? ""),
    questions,
    pair,
    end: Math.max(...known) + 1,
  };
}

/** `Submitted Time (America/Los_Angeles)` is the only place where Zoom says a zone. */
function zoneOf(header: string): string | null {
  const name = /\(([^()]+)\)\s*$/.exec(header)?.[1]?.trim() ?? "";
  return isTimeZone(name) ? name : null;
}

function answeredOf(cells: readonly string[], section: Section): Answered {
  const { people, time, zone, pair } = section;
  return {
    who: respondentOf(cells, people),
    time: cells[time] ?? "",
    zone,
    answers: answersOf(cells, section),
    isSingle: pair !== null,
  };
}

function answersOf(
  cells: readonly string[],
  { questions, pair, end }: Section,
): (readonly [string, string])[] {
  if (pair !== null) return [[cells[pair[0]] ?? "", cells[pair[1]] ?? ""]];
  if (questions.length > 0) return questions.map(([at, text]) => [text, cells[at] ?? ""]);
  const found: [string, string][] = [];
  for (let at = end; at + 1 < cells.length; at += 2) {
    if ((cells[at] ?? "").trim() !== "") found.push([cells[at] ?? "", cells[at + 1] ?? ""]);
  }
  return found;
}
