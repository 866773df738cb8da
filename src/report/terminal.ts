import type { Decision, Reason, ReasonCode } from "../model/decision.js";
import type { InputSummary } from "../model/row.js";
import { type Check, summarise } from "./check.js";
import { sentence } from "./sentence.js";
import { whatIfLines } from "./whatIf.js";
import { type Words, wordsOf } from "./words.js";

/** Colours a piece of text, or leaves it alone where there is no terminal. */
export type Paint = (style: "bold" | "dim" | "green" | "yellow" | "red" | "cyan", text: string) => string;

const longestList = 12;

/** The dry run at a glance, in the language of the event. Ends with a line break. */
export function terminalReport(check: Check, paint: Paint): string {
  const words = wordsOf(check.language);
  const sections = [
    [`${paint("bold", check.title)}  ${paint("dim", check.event)}`],
    whatIfLines(check).map((line) => paint("yellow", line)),
    check.inputs.map((input) => inputLine(input, words, paint)),
    totals(check, words, paint),
    reasons(check, words, paint),
    nearMisses(check, words, paint),
    reviews(check, words, paint),
    unmatched(check, words, paint),
    warnings(check, words, paint),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function inputLine(input: InputSummary, words: Words, paint: Paint): string {
  const settled = [
    input.encoding,
    ...(input.delimiter === null ? [] : [input.delimiter === "\t" ? "tab" : `"${input.delimiter}"`]),
    ...(input.sheet === null ? [] : [`"${input.sheet}"`]),
    ...(input.dateOrder === null ? [] : [`${input.dateOrder} (${input.dateOrderBecause ?? ""})`]),
  ];
  if (input.duplicateOf !== null) {
    return `  ${input.path}  ${paint("yellow", `${words.sameAs} ${input.duplicateOf}`)}`;
  }
  const skipped = Object.entries(input.skippedBecause).map(([why, count]) => `${count} × ${why}`);
  const counts = `${input.rows} ${words.rows}, ${input.people} ${words.people}`;
  const passed = input.skipped === 0 ? "" : `, ${input.skipped} ${words.skipped} (${skipped.join(", ")})`;
  return `  ${input.path}  ${paint("dim", `${input.format} · ${settled.join(" · ")}`)}\n    ${counts}${passed}`;
}

function totals(check: Check, words: Words, paint: Paint): string[] {
  const summary = summarise(check);
  const width = String(summary.people).length;
  const count = (value: number) => String(value).padStart(width);
  const awards = Object.entries(summary.awards).map(([id, people]) => `${id} ${people}`);
  return [
    `  ${paint("bold", count(summary.people))}  ${words.people}`,
    `  ${paint("green", count(summary.eligible))}  ${words.eligible}  ${paint("dim", awards.join(", "))}`,
    `  ${paint("red", count(summary.ineligible))}  ${words.ineligible}`,
    `  ${paint("yellow", count(summary.review))}  ${words.review}`,
  ];
}

function reasons(check: Check, words: Words, paint: Paint): string[] {
  const counts = new Map<ReasonCode, number>();
  for (const decision of check.decisions) {
    for (const { code } of decision.reasons) counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const width = String(Math.max(...counts.values())).length;
  const lines = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return [
    paint("bold", words.reasons),
    ...lines.map(
      ([code, count]) => `  ${String(count).padStart(width)}  ${code}  ${paint("dim", words.codes[code])}`,
    ),
  ];
}

/** Short by a tenth of the bar at most, in one thing only: whom a committee asks about first. */
function nearMisses(check: Check, words: Words, paint: Paint): string[] {
  const near = check.decisions.flatMap((decision) => {
    const [reason, ...more] = decision.reasons;
    if (decision.outcome !== "ineligible" || reason === undefined || more.length > 0) return [];
    const gap = gapOf(reason);
    return gap === null || gap > 0.1 ? [] : [{ decision, reason, gap }];
  });
  near.sort((a, b) => a.gap - b.gap);
  return listed(words.nearMisses, near, words, paint, ({ decision, reason }) =>
    personLine(decision, reason, check),
  );
}

function gapOf(reason: Reason): number | null {
  const { required, actual } = reason;
  if (typeof required !== "number" || typeof actual !== "number" || required === 0) return null;
  return reason.unit === "forms" || reason.unit === "sessions" ? null : (required - actual) / required;
}

function reviews(check: Check, words: Words, paint: Paint): string[] {
  const held = check.decisions.flatMap((decision) => {
    const [reason] = decision.reasons;
    return decision.outcome === "review" && reason !== undefined ? [{ decision, reason }] : [];
  });
  return listed(words.forReview, held, words, paint, ({ decision, reason }) =>
    personLine(decision, reason, check),
  );
}

function personLine(decision: Decision, reason: Reason, check: Check): string {
  const { person } = decision;
  const who = [person.name || person.key, ...person.emails.slice(0, 1)].join(" · ");
  return `${who}: ${sentence(reason, check.language)}`;
}

/** People on one side only: they came and took no quiz, or took one and are in no attendance export. */
function unmatched(check: Check, words: Words, paint: Paint): string[] {
  const hasQuizzes = check.decisions.some((decision) => decision.person.quizzes.length > 0);
  if (!hasQuizzes) return [];
  const came = check.decisions.filter((decision) =>
    decision.person.attendance.some((row) => row.kind !== "absent"),
  );
  const unexamined = came.filter((decision) => decision.person.quizzes.length === 0);
  const unseen = check.decisions.filter(
    (decision) => decision.person.quizzes.length > 0 && decision.person.attendance.length === 0,
  );
  return [
    paint("bold", words.unmatched),
    `  ${unexamined.length}  ${words.attendanceOnly}`,
    `  ${unseen.length}  ${words.quizOnly}`,
  ];
}

function warnings(check: Check, words: Words, paint: Paint): string[] {
  return listed(words.warnings, check.warnings, words, paint, (warning) => {
    const place = [warning.file, warning.line].filter((part) => part !== undefined).join(":");
    return `${place === "" ? "" : `${place}: `}${warning.message}`;
  });
}

function listed<T>(
  title: string,
  items: readonly T[],
  words: Words,
  paint: Paint,
  line: (item: T) => string,
): string[] {
  if (items.length === 0) return [];
  const rest = items.length - longestList;
  return [
    `${paint("bold", title)}  ${paint("dim", String(items.length))}`,
    ...items.slice(0, longestList).map((item) => `  ${line(item)}`),
    ...(rest > 0 ? [paint("dim", `  … ${rest} ${words.more}`)] : []),
  ];
}
