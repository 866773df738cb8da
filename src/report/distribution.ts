import type { Decision } from "../model/decision.js";
import { compare, fromNumber, multiply } from "../model/fraction.js";
import { type Bar, barsOf } from "./bar.js";
import type { Check } from "./check.js";

/** How many people lie in `[from, to)` percent, by outcome; the last bin holds 100 as well. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly eligible: number;
  readonly review: number;
  readonly ineligible: number;
}

/** A bar on the scale of percent, and how many of those shown reach it: the same comparison as judging makes. */
export interface Line {
  readonly bar: Bar;
  /** where it stands on the scale */
  readonly percent: number;
  readonly reached: number;
}

/** Attendance or the score of a quiz over everybody who has one. */
export interface Distribution {
  readonly measure: "attendance" | "session" | "quiz";
  /** the session or the quiz; `""` for all sessions together */
  readonly of: string;
  /** people with a figure */
  readonly people: number;
  /** people without: did not come, took no quiz */
  readonly without: number;
  readonly bins: readonly Bin[];
  readonly lines: readonly Line[];
}

const width = 5;

/** One distribution for attendance as the rules ask for it, and one per quiz; none where nobody has a figure. */
export function distributions(check: Check): Distribution[] {
  const bars = barsOf(check.conditions).filter(({ unit }) => unit !== "sessions" && unit !== "forms");
  const perSession = bars.some(({ measure }) => measure === "session")
    ? check.sessions.map((session) => attendance(check, "session", [session], bars))
    : [];
  const overall = bars.some(({ measure }) => measure === "attendance") || perSession.length === 0;
  const quizzes = [...new Set(check.decisions.flatMap(({ figures }) => Object.keys(figures.quizzes)))];
  return [
    ...(overall ? [attendance(check, "attendance", check.sessions, bars)] : []),
    ...perSession,
    ...quizzes.map((quiz) => scores(check, quiz, bars)),
  ].filter(({ people }) => people > 0);
}

function attendance(
  check: Check,
  measure: "attendance" | "session",
  sessions: Check["sessions"],
  bars: readonly Bar[],
): Distribution {
  const length = sessions.reduce((sum, { start, end }) => sum + end - start, 0);
  const of = measure === "session" ? (sessions[0]?.id ?? "") : "";
  const figures = check.decisions.flatMap((decision) => {
    const seconds = sessions.reduce((sum, { id }) => sum + (decision.figures.sessions[id]?.seconds ?? 0), 0);
    return seconds === 0 ? [] : [{ decision, part: seconds, whole: length }];
  });
  const mine = bars.filter((bar) => bar.measure === measure && (of === "" || bar.about.includes(of)));
  const lines = mine.map((bar) => ({
    bar,
    percent: bar.unit === "percent" ? bar.value : (bar.value * 6000) / length,
    reached: figures.filter((figure) => reaches(bar.unit === "percent" ? figure : minutes(figure), bar))
      .length,
  }));
  return distribution(measure, of, check, figures, lines);
}

function scores(check: Check, quiz: string, bars: readonly Bar[]): Distribution {
  const figures = check.decisions.flatMap((decision) => {
    const figure = decision.figures.quizzes[quiz];
    return figure === undefined ? [] : [{ decision, part: figure.points, whole: figure.max }];
  });
  const maxima = new Set(figures.map(({ whole }) => whole));
  const [max = 0] = maxima;
  const lines = bars
    .filter(({ measure, about }) => measure === "quiz" && about[0] === quiz)
    // points have no place on a scale of percent where attempts have different maxima
    .filter(({ unit }) => unit === "percent" || (maxima.size === 1 && max > 0))
    .map((bar) => ({
      bar,
      percent: bar.unit === "percent" ? bar.value : (bar.value * 100) / max,
      reached: figures.filter((figure) => reaches(bar.unit === "percent" ? figure : points(figure), bar))
        .length,
    }));
  return distribution("quiz", quiz, check, figures, lines);
}

interface Figure {
  readonly decision: Decision;
  readonly part: number;
  readonly whole: number;
}

/** `part / whole` as if the bar were in percent. */
function minutes(figure: Figure): Figure {
  return { ...figure, whole: 6000 };
}

function points(figure: Figure): Figure {
  return { ...figure, whole: 100 };
}

/** Exact, as judging compares: a rounded percent must not put anybody on the wrong side of a bar. */
function reaches({ part, whole }: Figure, bar: Bar): boolean {
  const hundredfold = multiply(fromNumber(part), { num: 100n, den: 1n });
  return compare(hundredfold, multiply(fromNumber(bar.value), fromNumber(whole))) >= 0 && whole > 0;
}

function distribution(
  measure: Distribution["measure"],
  of: string,
  check: Check,
  figures: readonly Figure[],
  lines: readonly Line[],
): Distribution {
  const bins = Array.from({ length: 100 / width }, (_, index) => ({
    from: index * width,
    to: (index + 1) * width,
    eligible: 0,
    review: 0,
    ineligible: 0,
  }));
  for (const { decision, part, whole } of figures) {
    const percent = whole === 0 ? 0 : (part * 100) / whole;
    const bin = bins[Math.max(0, Math.min(bins.length - 1, Math.floor(percent / width)))];
    if (bin !== undefined) bin[decision.outcome] += 1;
  }
  const people = figures.length;
  return { measure, of, people, without: check.decisions.length - people, bins, lines };
}
