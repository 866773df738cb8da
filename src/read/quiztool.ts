import type { Fraction } from "../model/fraction.js";
import { type Column, loose } from "./alias.js";
import { type Columns, refuseTwice } from "./column.js";
import type { Layout } from "./layout.js";
import { parseMax } from "./score.js";
import { scoreMissing } from "./table.js";

/** One tool's table of results: how to find in it what every quiz has. */
export interface QuizTool extends Layout {
  /** columns with the time of answering, the best first */
  readonly times: readonly Column[];
  /** the column of points; -1: this header does not tell which it is */
  score(columns: Columns): number;
  /** the maximum, where the header itself says it */
  max?(header: string): Fraction | null;
  /** columns with a state, of which only these words mean that the attempt was handed in */
  readonly finished?: readonly string[];
  /** a row below the header that is no person: it gives the maximum of each column, or counts for nothing */
  special?(
    cells: readonly string[],
  ): { readonly kind: "maxima" } | { readonly kind: "skipped"; readonly because: string } | null;
  /** names are written `Last, First` */
  readonly isLastFirst?: boolean;
  /** columns that may hold an address although they are named for something else */
  readonly logins?: readonly Column[];
  /** columns that hold the name where none is called one */
  readonly names?: readonly Column[];
  /** columns that add up to the number of questions beside that of the score */
  readonly rest?: readonly Column[];
  /** a number without a sign is a percentage, or a share of one */
  readonly isPercent?: boolean;
}

const first = (column: Column) => (columns: Columns) => columns.first(column);

/** `Grade/10.00` is out of ten. */
function maxOfHeader(header: string): Fraction | null {
  return header.includes("/") ? parseMax(header.slice(header.lastIndexOf("/") + 1)) : null;
}

const pollRefusal = {
  code: "format-poll",
  message: "found a Zoom poll report, which has answers but no scores",
  hints: [
    "name the right answers under this quiz in the event file: `answers: key.yaml`, with a line `question: answer` for each",
    "or give the quiz as a form that scores it (Google Forms, Microsoft Forms, Moodle), and name that export here",
  ],
};

const somebody: readonly Column[] = ["email", "name", "firstName", "nip"];

/** Any other table: with a column that is called score, or whose columns the organiser names. */
export const tableTool: QuizTool = {
  format: "table",
  needs: [],
  times: ["timestamp"],
  score: (columns) => (columns.has("score") ? columns.first("score") : columns.first("grade")),
  max: (header) => (loose.grade?.test(header) === true ? maxOfHeader(header) : null),
};

/** The tools, the more particular first. */
export const quizTools: readonly QuizTool[] = [
  {
    format: "zoom-poll",
    needs: [["order"], ["submitted"]],
    refusal: pollRefusal,
    times: [],
    score: () => -1,
  },
  {
    format: "moodle-quiz",
    needs: [["grade"], ["state", "started", "finished"]],
    times: ["finished", "started"],
    score: first("grade"),
    max: maxOfHeader,
    finished: ["finished", "selesai", "finalizado", "finalizada", "terminado", "concluída", "終了"],
    special: (cells) =>
      cells.some((cell) => /^(?:overall average|rata-rata keseluruhan|promedio general)$/i.test(cell.trim()))
        ? { kind: "skipped", because: "average of all attempts" }
        : null,
  },
  {
    format: "canvas-gradebook",
    needs: [["student"], ["canvasId"], ["section"]],
    times: [],
    score: (columns) => sole(columns, /.\(\d+\)$/),
    special: (cells) => {
      const lead = (cells[0] ?? "").trim().toLowerCase();
      if (lead === "points possible") return { kind: "maxima" };
      if (lead === "student, test") return { kind: "skipped", because: "the test student of Canvas" };
      const isManual = lead === "" && cells.some((cell) => /^manual posting$/i.test(cell.trim()));
      return isManual ? { kind: "skipped", because: "a line about posting" } : null;
    },
    isLastFirst: true,
    logins: ["login"],
  },
  {
    format: "moodle-gradebook",
    needs: [["firstName"], ["lastName"], ["downloaded", "courseTotal"]],
    times: [],
    score: gradebookColumn,
  },
  {
    format: "microsoft-forms",
    needs: [["began"], ["completed"], ["points"]],
    times: ["completed"],
    score: first("points"),
  },
  {
    // The points of Kahoot reward haste, so the correct answers count.
    format: "kahoot",
    needs: [["player"], ["playerPoints"], ["correct"]],
    times: [],
    score: first("correct"),
    names: ["player"],
    rest: ["incorrect", "unanswered"],
  },
  {
    format: "quizizz",
    needs: [["accuracy"], ["name", "firstName", "player", "email"]],
    times: ["finished", "started"],
    score: first("accuracy"),
    names: ["player"],
    isPercent: true,
  },
  {
    format: "google-forms",
    needs: [["timestamp"], ["score"], ["email", "name", "nip"]],
    times: ["timestamp"],
    score: first("score"),
  },
  {
    format: "google-forms",
    needs: [["timestamp"], ["email", "name", "nip"]],
    refusal: {
      code: "quiz-without-score",
      message: "found answers of a form without a column `Score` (`Skor`): the form was not set up as a quiz",
      hints: [
        "name the column that holds the points: `columns: { score: … }` under this quiz",
        "or name the right answers: `answers: key.yaml`, with a line `question: answer` for each",
      ],
    },
    times: [],
    score: () => -1,
  },
  // Without a column of that name, the organiser names the one that holds the points.
  { ...tableTool, needs: [["score", "grade"], somebody] },
];

export const quizAccepted =
  "the results of a quiz from Google Forms, Microsoft Forms, Moodle, Canvas, Kahoot or Quizizz, or any table whose columns are named";

export const quizHints: readonly string[] = [
  "name the columns under this quiz in the event file: `columns: { email: …, name: …, score: …, max: … }`",
];

/** Which column holds the points, by name if it was named. Refuses a table that has several and none was named. */
export function scoreColumn(
  tool: QuizTool,
  columns: Columns,
  named: string | undefined,
  file: string,
  line: number,
): number {
  const at = named === undefined ? tool.score(columns) : columns.named(named);
  refuseTwice(columns, [at], { file, line });
  if (at >= 0) return at;
  throw scoreMissing({ file, line }, columns.titles);
}

function sole(columns: Columns, pattern: RegExp): number {
  const found = columns.headers.flatMap((header, index) => (pattern.test(header) ? [index] : []));
  return found.length === 1 ? (found[0] ?? -1) : -1;
}

/** Moodle shows one quiz in up to three columns; that of percentages has its maximum with it. */
function gradebookColumn(columns: Columns): number {
  const kinds = [/\((?:percentage|persentase|porcentaje|porcentagem)\)$/, /\((?:real|nyata)\)$/, /./];
  const quizzes = columns.headers.flatMap((header, at) =>
    /^(?:quiz|kuis|cuestionario|questionário):/.test(header) &&
    !/\((?:letter|huruf|letra|conceito)\)$/.test(header)
      ? [{ at, title: header.replace(/\([^()]*\)$/, ""), kind: kinds.findIndex((kind) => kind.test(header)) }]
      : [],
  );
  if (new Set(quizzes.map(({ title }) => title)).size !== 1) return -1;
  return quizzes.sort((a, b) => a.kind - b.kind)[0]?.at ?? -1;
}
