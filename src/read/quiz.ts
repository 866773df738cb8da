import { Fault } from "../model/fault.js";
import { compare, type Fraction, fromNumber, zero } from "../model/fraction.js";
import type { DateOrder, Interval, QuizRow, Score } from "../model/row.js";
import type { Column } from "./alias.js";
import { cleanEmail } from "./clean.js";
import { type Grids, inSheet } from "./grid.js";
import { Identities, type IdentityCells, isNobody } from "./identity.js";
import type { InputFile, Reading } from "./input.js";
import { Instants } from "./instant.js";
import { type Header, recognise } from "./layout.js";
import { openInput } from "./open.js";
import { DateEvidence } from "./order.js";
import { type QuizTool, quizAccepted, quizHints, quizTools, scoreColumn, tableTool } from "./quiztool.js";
import type { CsvRecord } from "./records.js";
import { type RespondentPlaces, respondentOf, respondentPlaces } from "./respondent.js";
import { isOver, maxOf, parseMax, ScoreColumn } from "./score.js";
import {
  eachRow,
  formColumns,
  hasNamed,
  missingColumns,
  missingScore,
  type NamedColumns,
  refuseNamedTwice,
  speakNamed,
} from "./table.js";
import { namesNobody, Tally } from "./tally.js";
import { readTime, seeTime } from "./time.js";
import { Zone } from "./zone.js";

export interface QuizOptions {
  /** the id of the quiz in the event file */
  readonly quiz: string;
  /** counts only where the file names no maximum */
  readonly max: number | null;
  readonly timezone: string;
  readonly dateOrder: DateOrder | null;
  readonly columns: NamedColumns | null;
  readonly format: string | null;
  readonly sessions: readonly Interval[];
  /** the sheet of a workbook, where several could be meant */
  readonly sheet: string | null;
}

/** Where the columns of one quiz file are. */
interface Places extends RespondentPlaces {
  readonly score: number;
  readonly max: number;
  readonly time: number;
  readonly state: number;
  readonly logins: readonly number[];
  readonly names: readonly number[];
  readonly rest: readonly number[];
}

/** Reads the results of one quiz: one row per answer handed in or only begun. */
export async function readQuiz(
  file: InputFile,
  how: QuizOptions,
  sink: (row: QuizRow) => void,
): Promise<Reading> {
  const input = await openInput(file, how.sheet);
  const header = await recognise(input, expectation(how));
  return inSheet(header.grid, () => readRows(header, how, sink));
}

async function readRows(header: Header, how: QuizOptions, sink: (row: QuizRow) => void): Promise<Reading> {
  const { path } = header.grid;
  refuseNamedTwice(header, how.columns);
  const tool = toolOf(header);
  const places = placesOf(header, tool, how.columns, path);

  const evidence = new DateEvidence();
  const column = new ScoreColumn();
  let questions = 0;
  const survey = ({ cells, line }: CsvRecord) => {
    if (tool.special?.(cells)) return;
    seeTime(evidence, cells[places.time], line);
    column.see(cells[places.score] ?? "");
    if (places.rest.length > 0) questions = Math.max(questions, sumOf(cells, [places.score, ...places.rest]));
  };
  await eachRow(header, survey, () => {});
  const zone = new Zone(how.timezone);
  if (header.grid.sheet !== null) evidence.refuseHalfTurned(path, how.dateOrder);
  const dates = evidence.decide(path, how.dateOrder, how.sessions, zone);

  const tally = new Tally(header.grid);
  const rows = new QuizRows(tally, new Instants(path, dates, zone), {
    how,
    tool,
    places,
    column,
    header,
    questions,
  });
  await eachRow(
    header,
    (record) => rows.read(record, sink),
    (fault) => tally.fault(fault),
  );
  rows.warn();
  return tally.finish(tool.format, dates);
}

function expectation({ columns, format }: QuizOptions) {
  if (columns === null) {
    const common = { accepted: quizAccepted, hints: quizHints, columnsOf: formColumns };
    return { ...common, layouts: quizTools, format, explain: missingScore };
  }
  return {
    layouts: [...quizTools.filter(({ refusal }) => refusal === undefined), tableTool],
    format,
    accepted: `a row with the columns ${speakNamed(columns)}`,
    hints: ["write the names of the columns as the first row of the table has them"],
    columnsOf: formColumns,
    accepts: (found: ReturnType<typeof formColumns>) => hasNamed(found, columns),
    explain: (input: Grids) => missingColumns(input, columns),
  };
}

function toolOf({ layout }: Header): QuizTool {
  return quizTools.find((tool) => tool === layout) ?? tableTool;
}

function placesOf(header: Header, tool: QuizTool, named: NamedColumns | null, file: string): Places {
  const { columns, line } = header;
  const all = (of: readonly Column[] = []) => of.map((each) => columns.first(each)).filter((at) => at >= 0);
  const score = scoreColumn(tool, columns, named?.score, file, line);
  const isOwn = named?.score === undefined;
  const people = respondentPlaces(columns, named);
  return {
    ...people,
    names: people.names.length > 0 ? people.names : all(tool.names),
    score,
    max: named?.max === undefined ? columns.first("maximum") : columns.named(named.max),
    time: tool.times.map((time) => columns.first(time)).find((at) => at >= 0) ?? -1,
    state: tool.finished === undefined ? -1 : columns.first("state"),
    logins: all(tool.logins),
    // of points that the organiser names instead, nobody knows the maximum
    rest: isOwn ? all(tool.rest) : [],
  };
}

interface Table {
  readonly how: QuizOptions;
  readonly tool: QuizTool;
  readonly places: Places;
  readonly column: ScoreColumn;
  readonly header: Header;
  /** how many there were, as far as the rows tell; 0: they do not */
  readonly questions: number;
}

/** The second pass: turns records into rows. */
class QuizRows {
  readonly #tally: Tally;
  readonly #instants: Instants;
  readonly #table: Table;
  readonly #identities: Identities;
  readonly #asked: Fraction | null;
  /** of all rows, as the file says it outside them */
  #max: Fraction | null;

  constructor(tally: Tally, instants: Instants, table: Table) {
    this.#tally = tally;
    this.#instants = instants;
    this.#table = table;
    this.#identities = new Identities(tally);
    this.#asked = maxOf(table.how.max);
    const title = table.header.columns.headers[table.places.score] ?? "";
    this.#max = table.tool.max?.(title) ?? maxOfRows(table);
  }

  read(record: CsvRecord, sink: (row: QuizRow) => void): void {
    const { cells, line } = record;
    const { tool, places, how } = this.#table;
    const special = tool.special?.(cells) ?? null;
    if (special?.kind === "maxima") this.#max = parseMax(cells[places.score] ?? "");
    if (special?.kind === "skipped") this.#tally.skip(special.because);
    if (special !== null) return;
    const who = this.#identities.of(this.#cellsOf(cells), line);
    if (isNobody(who)) {
      this.#tally.skip(namesNobody);
      return;
    }
    const score = this.#score(record);
    const at = readTime(this.#instants, this.#tally, cells[places.time], line);
    this.#tally.row();
    const row = { quiz: how.quiz, who, at, source: { file: this.#tally.file, line } };
    sink(score === "unreadable" ? { ...row, score: null, isUnreadable: true } : { ...row, score });
  }

  warn(): void {
    if (this.#table.column.isAllZero && this.#tally.rows > 0) {
      this.#tally.warn("quiz-all-zero", "every score is 0 without a maximum: was the form set up as a quiz?");
    }
    if (this.#asked !== null && this.#max !== null && compare(this.#asked, this.#max) !== 0) {
      this.#tally.warn(
        "quiz-max-ignored",
        "the file names its own maximum, so `max` of the event file counts for nothing here",
      );
    }
  }

  #cellsOf(cells: readonly string[]): IdentityCells {
    const { places, tool } = this.#table;
    const found = respondentOf(cells, places);
    const login = places.logins.map((at) => cells[at] ?? "").find((cell) => cleanEmail(cell) !== null);
    const name = tool.isLastFirst === true ? found.name.replace(/^([^,]+),\s*([^,]+)$/, "$2 $1") : found.name;
    return { ...found, name, email: found.email === "" ? (login ?? "") : found.email };
  }

  #score(record: CsvRecord): Score | null | "unreadable" {
    const { places, tool, column } = this.#table;
    const { cells } = record;
    const state = (cells[places.state] ?? "").trim().toLowerCase();
    if (places.state >= 0 && state !== "" && !tool.finished?.includes(state)) return null;
    const found = column.parse(cells[places.score] ?? "", this.#max ?? this.#asked);
    if (found === null) return null;
    if (found === "pending") {
      this.#tally.warn("score-pending", "handed in and not graded yet: it counts as no attempt", record.line);
      return null;
    }
    if (found === "unreadable")
      return this.#refuse(record, places.score, "points as in `8 / 10`, `8`, `7,5` or `80 %`");
    const max = found.max ?? this.#maxOf(record);
    if (compare(max, zero) <= 0) return this.#refuse(record, places.score, "a maximum above 0");
    const score = { points: found.points, max };
    if (isOver(score)) {
      this.#tally.warn(
        "score-over-max",
        `\`${(cells[places.score] ?? "").trim()}\` is more than the maximum`,
        record.line,
      );
    }
    return score;
  }

  #maxOf(record: CsvRecord): Fraction {
    const { places } = this.#table;
    const own = places.max < 0 ? null : parseMax(record.cells[places.max] ?? "");
    const max = own ?? this.#max ?? this.#asked;
    if (max !== null) return max;
    const found = (record.cells[places.score] ?? "").trim();
    throw new Fault(
      "quiz-max-missing",
      `\`${found}\` is a number of points, and nothing in the file says out of how many`,
      {
        place: record.placeOf(places.score),
        hints: [
          `say the maximum in the event file: \`quizzes: { ${this.#table.how.quiz}: { files: …, max: … } }\``,
          ...(this.#table.column.isAllZero ? ["every score is 0: was the form set up as a quiz?"] : []),
        ],
      },
    );
  }

  #refuse(record: CsvRecord, at: number, expected: string): "unreadable" {
    const found = (record.cells[at] ?? "").trim().slice(0, 60);
    const fault = new Fault("score-unreadable", `found \`${found}\`, expected ${expected}`, {
      place: record.placeOf(at),
    });
    // with another decimal mark than the rest of the column it is the column that is in doubt, and not a slip in a row
    if (/\d[.,]\d/.test(found)) this.#tally.fault(fault);
    else this.#tally.unreadable(fault, "what this person scored is left open");
    return "unreadable";
  }
}

/** The maximum that the rows of the table tell together. */
function maxOfRows({ tool, column, questions, how }: Table): Fraction | null {
  if (questions > 0) return fromNumber(questions);
  const isPercent = tool.isPercent === true && how.columns?.score === undefined;
  return isPercent ? column.percentMax : column.ownMax;
}

function sumOf(cells: readonly string[], places: readonly number[]): number {
  return places.reduce(
    (sum, at) => sum + (/^\d{1,6}$/.test((cells[at] ?? "").trim()) ? Number(cells[at]) : 0),
    0,
  );
}
