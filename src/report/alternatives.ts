import { type Bar, barsOf, withBar } from "./bar.js";
import { type Check, summarise } from "./check.js";

/** What would come out with one bar elsewhere and everything else as it is; found by judging everybody again. */
export interface Variant {
  readonly value: number;
  readonly eligible: number;
  readonly review: number;
  /** people with the award that the bar belongs to */
  readonly given: number;
}

export interface Alternatives {
  readonly bar: Bar;
  /** with the bar as it is */
  readonly now: Variant;
  /** ascending by value; `now` is not among them */
  readonly variants: readonly Variant[];
}

const steps = {
  percent: [-20, -15, -10, -5, 5, 10],
  minutes: [-30, -20, -10, -5, 5, 10],
  sessions: [-2, -1, 1],
  forms: [-2, -1, 1],
} as const;

/** Every bar that could stand elsewhere. Judges once per variant: for thirty thousand people, some seconds in all. */
export async function alternatives(check: Check): Promise<Alternatives[]> {
  const found: Alternatives[] = [];
  for (const bar of barsOf(check.conditions)) {
    const variants: Variant[] = [];
    for (const value of variantsOf(bar, check)) {
      const decisions = await check.judgeUnder(withBar(check.conditions, bar, value));
      variants.push(variant({ ...check, decisions }, bar.award, value));
    }
    if (variants.length > 0) found.push({ bar, now: variant(check, bar.award, bar.value), variants });
  }
  return found;
}

function variant(check: Pick<Check, "awards" | "decisions">, award: string, value: number): Variant {
  const { eligible, review, awards } = summarise(check);
  return { value, eligible, review, given: awards[award] ?? 0 };
}

/** The values worth asking for: round steps around the bar, within what the event file admits. */
function variantsOf(bar: Bar, check: Check): number[] {
  const by = bar.unit === "points" ? pointSteps(bar, check) : steps[bar.unit];
  const most = highest(bar, check);
  const least = bar.unit === "sessions" || bar.unit === "forms" ? 1 : 0;
  return by
    .map((step) => Math.round((bar.value + step) * 100) / 100)
    .filter((value) => value >= least && value <= most);
}

function highest(bar: Bar, check: Check): number {
  if (bar.unit === "percent") return 100;
  if (bar.unit === "sessions" || bar.unit === "forms") return bar.about.length;
  return bar.unit === "minutes" ? longest(bar, check) : highestMax(bar, check);
}

function longest(bar: Bar, check: Check): number {
  const minutes = check.sessions
    .filter(({ id }) => bar.about.length === 0 || bar.about.includes(id))
    .map(({ start, end }) => (end - start) / 60);
  return bar.measure === "session" ? Math.max(0, ...minutes) : minutes.reduce((sum, each) => sum + each, 0);
}

function highestMax(bar: Bar, check: Check): number {
  const [quiz = ""] = bar.about;
  return check.decisions.reduce((max, { figures }) => Math.max(max, figures.quizzes[quiz]?.max ?? 0), 0);
}

/** A twentieth of the maximum, but no part of a point. */
function pointSteps(bar: Bar, check: Check): number[] {
  const step = Math.max(1, Math.round(highestMax(bar, check) / 20));
  return [-4, -3, -2, -1, 1, 2].map((times) => times * step);
}
