import type { Decision, Reason } from "../model/decision.js";
import type { InputSummary } from "../model/row.js";
import { type Check, summarise } from "./check.js";
import { sentence } from "./sentence.js";
import { shown, wrapped } from "./shown.js";
import { nearMisses, reasonTally, reviewCases, unmatched } from "./tally.js";
import { whatIfLines } from "./whatIf.js";
import { type Words, wordsOf } from "./words.js";

/** Colours a piece of text, or leaves it alone where there is no terminal. */
export type Paint = (style: "bold" | "dim" | "green" | "yellow" | "red" | "cyan", text: string) => string;

const longestList = 12;

/**
 * The dry run at a glance, in the language of the event. Ends with a line break.
 *
 * @param width of the terminal in columns; without one nothing is wrapped, and a program can read it line by line
 */
export function terminalReport(check: Check, paint: Paint, width = Number.POSITIVE_INFINITY): string {
  const words = wordsOf(check.language);
  const sections = [
    [`${paint("bold", shown(check.title))}  ${paint("dim", check.event)}`],
    whatIfLines(check).map((line) => paint("yellow", shown(line))),
    check.inputs.map((input) => inputLine(input, words, paint, width)),
    totals(check, words, paint),
    reasons(check, words, paint),
    near(check, words, paint, width),
    reviews(check, words, paint, width),
    sides(check, words, paint, width),
    warnings(check, words, paint, width),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function inputLine(input: InputSummary, words: Words, paint: Paint, width: number): string {
  const settled = [
    input.encoding,
    ...(input.delimiter === null ? [] : [input.delimiter === "\t" ? "tab" : `"${input.delimiter}"`]),
    ...(input.sheet === null ? [] : [`"${input.sheet}"`]),
    ...(input.dateOrder === null ? [] : [`${input.dateOrder} (${input.dateOrderBecause ?? ""})`]),
  ];
  if (input.duplicateOf !== null) {
    return `  ${shown(input.path)}\n    ${paint("yellow", `${words.sameAs} ${shown(input.duplicateOf)}`)}`;
  }
  const skipped = Object.entries(input.skippedBecause).map(([why, count]) => `${count} × ${why}`);
  const counts = `${input.rows} ${words.rows}, ${input.people} ${words.people}`;
  const passed = input.skipped === 0 ? "" : `, ${input.skipped} ${words.skipped} (${skipped.join(", ")})`;
  const taken = wrapped(`    ${shown(`${input.format} · ${settled.join(" · ")}`)}`, width, "    ");
  const read = wrapped(`    ${counts}${shown(passed)}`, width, "    ");
  return `  ${shown(input.path)}\n${paint("dim", taken)}\n${read}`;
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
  const lines = reasonTally(check);
  if (lines.length === 0) return [];
  const width = String(lines[0]?.[1] ?? 0).length;
  return [
    paint("bold", words.reasons),
    ...lines.map(
      ([code, count]) => `  ${String(count).padStart(width)}  ${code}  ${paint("dim", words.codes[code])}`,
    ),
  ];
}

function near(check: Check, words: Words, paint: Paint, width: number): string[] {
  return listed(words.nearMisses, nearMisses(check), words, paint, ({ decision, reason }) =>
    personLine(decision, reason, check, width),
  );
}

function reviews(check: Check, words: Words, paint: Paint, width: number): string[] {
  const cases = listed(words.forReview, reviewCases(check), words, paint, ({ decision, reason }) =>
    personLine(decision, reason, check, width),
  );
  return cases.length === 0 ? [] : [...cases, paint("cyan", `  ${words.toSettle}`)];
}

/** Who it is, and below why: names and sentences together are wider than a terminal. */
function personLine({ person }: Decision, reason: Reason, check: Check, width: number): string {
  const who = [person.name || person.key, ...person.emails.slice(0, 1)].join(" · ");
  const why = wrapped(`    ${shown(sentence(reason, check.language))}`, width, "    ");
  return `${wrapped(shown(who), width - 2, "  ")}
${why}`;
}

function sides(check: Check, words: Words, paint: Paint, width: number): string[] {
  const { quizOnly, attendanceOnly, listOnly } = unmatched(check);
  const lines = [
    [attendanceOnly.length, words.attendanceOnly],
    [quizOnly.length, words.quizOnly],
    [listOnly.length, words.listOnly],
  ] as const;
  const some = lines.filter(([count]) => count > 0);
  if (some.length === 0) return [];
  const digits = Math.max(...some.map(([count]) => String(count).length));
  return [
    paint("bold", words.unmatched),
    ...some.map(([count, what]) =>
      wrapped(`  ${String(count).padStart(digits)}  ${what}`, width, " ".repeat(digits + 4)),
    ),
  ];
}

function warnings(check: Check, words: Words, paint: Paint, width: number): string[] {
  return listed(words.warnings, check.warnings, words, paint, (warning) => {
    const place = [warning.file, warning.line].filter((part) => part !== undefined).join(":");
    return wrapped(shown(`${place === "" ? "" : `${place}: `}${warning.message}`), width - 2, "    ");
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
