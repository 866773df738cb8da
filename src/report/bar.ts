import type { Award } from "../model/event.js";
import type { Condition } from "./check.js";

type When = Award["when"];

/** What a bar measures: a share in percent, whole amounts, or how many sessions or forms. */
export type BarUnit = "percent" | "minutes" | "points" | "sessions" | "forms";

/** One number of the event file that people can fall short of. */
export interface Bar {
  readonly award: string;
  /** keys below `awards.<award>`, as `check --set` takes them: `when`, `attendance`, `min_percent` */
  readonly path: readonly (string | number)[];
  readonly measure: "attendance" | "session" | "quiz" | "presence";
  /** the sessions, the quiz or the forms it is asked of; empty for all sessions together */
  readonly about: readonly string[];
  readonly unit: BarUnit;
  readonly value: number;
}

/** Every bar of the awards, in the order of the event file. */
export function barsOf(conditions: readonly Condition[]): Bar[] {
  return conditions.flatMap(({ id, when }) => inside(when, ["when"]).map((bar) => ({ award: id, ...bar })));
}

type Found = Omit<Bar, "award">;

function inside(when: When, path: Bar["path"]): Found[] {
  return [
    ...attendanceBars(when.attendance, [...path, "attendance"]),
    ...Object.entries(when.quizzes ?? {}).flatMap(([quiz, rule]) => {
      const at = [...path, "quizzes", quiz];
      return [
        ...bar("quiz", [quiz], "percent", rule.min_percent, [...at, "min_percent"]),
        ...bar("quiz", [quiz], "points", rule.min_points, [...at, "min_points"]),
      ];
    }),
    ...(when.presence !== undefined && "min" in when.presence
      ? bar("presence", when.presence.of, "forms", when.presence.min, [...path, "presence", "min"])
      : []),
    ...(when.any ?? []).flatMap((set, index) => inside(set, [...path, "any", index])),
  ];
}

function attendanceBars(rule: When["attendance"], path: Bar["path"]): Found[] {
  if (rule === undefined) return [];
  const { sessions } = rule;
  const below = [...path, "sessions"];
  return [
    ...bar("attendance", [], "percent", rule.min_percent, [...path, "min_percent"]),
    ...bar("attendance", [], "minutes", rule.min_minutes, [...path, "min_minutes"]),
    ...(sessions === undefined
      ? []
      : [
          ...bar("session", sessions.of, "percent", sessions.min_percent, [...below, "min_percent"]),
          ...bar("session", sessions.of, "minutes", sessions.min_minutes, [...below, "min_minutes"]),
          ...bar("session", sessions.of, "sessions", sessions.min, [...below, "min"]),
        ]),
  ];
}

function bar(
  measure: Bar["measure"],
  about: readonly string[],
  unit: BarUnit,
  value: number | undefined,
  path: Bar["path"],
): Found[] {
  return value === undefined ? [] : [{ measure, about, unit, value, path }];
}

/** The awards with one bar set anew; the given ones stay as they are. */
export function withBar(conditions: readonly Condition[], bar: Bar, value: number): Condition[] {
  return conditions.map((condition) => {
    if (condition.id !== bar.award) return condition;
    const copy = structuredClone(condition);
    let at: unknown = copy;
    for (const key of bar.path.slice(0, -1)) at = isBranch(at) ? at[key] : undefined;
    const last = bar.path.at(-1);
    if (!isBranch(at) || last === undefined) throw new RangeError(`no bar at ${formatBarPath(bar)}`);
    at[last] = value;
    return copy;
  });
}

function isBranch(value: unknown): value is Record<string | number, unknown> {
  return typeof value === "object" && value !== null;
}

/** `awards.participant.when.attendance.min_percent`: the key of the event file. */
export function formatBarPath(bar: Bar): string {
  return ["awards", bar.award, ...bar.path].join(".");
}
