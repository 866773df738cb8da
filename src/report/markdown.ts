import type { Decision } from "../model/decision.js";
import { type Alternatives, alternatives } from "./alternatives.js";
import { type Check, summarise } from "./check.js";
import { fill, type Labels, labelsOf } from "./labels.js";
import { code, plain } from "./markdownText.js";
import {
  awardTitle,
  barTitle,
  differenceOf,
  formatBar,
  formatCount,
  formatDifference,
  skippedBecause,
} from "./phrase.js";
import { sentence } from "./sentence.js";
import { nearMisses, reasonTally, reviewCases, unmatched } from "./tally.js";
import { whatIfLines } from "./whatIf.js";
import { wordsOf } from "./words.js";

/** A comment on GitHub holds no more characters; GitLab and Gitea take more. */
const longest = 65_536;

/** The summary for a pull request. Lists are shortened until it fits into one comment, and say by how much. */
export async function markdownReport(check: Check): Promise<string> {
  const variants = await alternatives(check);
  for (const most of [400, 200, 100, 50, 25, 12, 6, 3, 1]) {
    const text = summary(check, variants, most);
    if (text.length <= longest) return text;
  }
  return summary(check, [], 0).slice(0, longest);
}

function summary(check: Check, variants: readonly Alternatives[], most: number): string {
  const parts = { check, labels: labelsOf(check.language), most };
  return [
    `## ${plain(check.title)}`,
    ...notice(parts),
    ...totals(parts),
    ...reasons(parts),
    ...whatIfTable(parts, variants),
    ...reviews(parts),
    ...nearly(parts),
    ...sides(parts),
    ...warnings(parts),
    ...inputs(parts),
  ]
    .join("\n\n")
    .concat("\n");
}

/** That this is no dry run of the event as it is written. */
function notice({ check }: Parts): string[] {
  const lines = whatIfLines(check);
  return lines.length === 0 ? [] : [lines.map((line) => `> ${plain(line)}  `).join("\n")];
}

interface Parts {
  readonly check: Check;
  readonly labels: Labels;
  /** rows of each list */
  readonly most: number;
}

function totals({ check, labels }: Parts): string[] {
  const { people, eligible, ineligible, review, awards } = summarise(check);
  const count = (value: number) => formatCount(value, check.language);
  const given =
    check.awards.length < 2
      ? []
      : [
          check.awards
            .map((id) => `${plain(awardTitle(check, id))}: **${count(awards[id] ?? 0)}**`)
            .join(" · "),
        ];
  return [
    `${code(check.event)} · ${plain(check.issuer)}`,
    table(
      [labels.people, labels.eligible, labels.ineligible, labels.review],
      [[people, eligible, ineligible, review].map((value) => `**${count(value)}**`)],
      "rrrr",
    ),
    ...given,
  ];
}

function reasons({ check, labels }: Parts): string[] {
  const words = wordsOf(check.language);
  const rows = reasonTally(check).map(([reason, count]) => [
    formatCount(count, check.language),
    plain(words.codes[reason]),
    code(reason),
  ]);
  return rows.length === 0
    ? []
    : [`### ${labels.reasons}`, table([labels.count, labels.meaning, labels.code], rows, "rll")];
}

function whatIfTable({ check, labels, most }: Parts, variants: readonly Alternatives[]): string[] {
  const rows = variants.flatMap(({ bar, now, variants: each }) =>
    each.map((variant) => [
      `${plain(barTitle(bar, check.language))}${check.awards.length > 1 ? ` (${plain(awardTitle(check, bar.award))})` : ""}`,
      fill(labels.insteadOf, {
        value: `**${formatBar(variant.value, bar, check.language)}**`,
        now: formatBar(now.value, bar, check.language),
      }),
      formatDifference(differenceOf(check, now, variant), check.language),
      formatCount(variant.eligible, check.language),
    ]),
  );
  const header = [labels.whatIf, labels.whatIfBar, labels.difference, labels.eligible];
  return folded(labels.whatIf, rows, header, "llrr", { labels, most });
}

function reviews({ check, labels, most }: Parts): string[] {
  const rows = reviewCases(check).map(({ decision }) => [...who(decision), why(decision, check)]);
  return folded(labels.review, rows, [labels.name, labels.email, labels.reason], "lll", { labels, most });
}

function nearly({ check, labels, most }: Parts): string[] {
  const rows = nearMisses(check).map(({ decision }) => [...who(decision), why(decision, check)]);
  return folded(labels.nearMisses, rows, [labels.name, labels.email, labels.reason], "lll", { labels, most });
}

function sides({ check, labels, most }: Parts): string[] {
  const found = unmatched(check);
  return (["quizOnly", "attendanceOnly", "listOnly"] as const).flatMap((side) => {
    const rows = found[side].map((decision) => {
      const [first] = decision.person.sources;
      return [...who(decision), first === undefined ? "" : code(`${first.file}:${first.line}`)];
    });
    return folded(labels[side], rows, [labels.name, labels.email, labels.line], "lll", { labels, most });
  });
}

function warnings({ check, labels, most }: Parts): string[] {
  const rows = check.warnings.map(({ file, line, message }) => [
    file === undefined ? "" : code([file, line].filter((part) => part !== undefined).join(":")),
    plain(message),
  ]);
  return folded(labels.warnings, rows, [labels.file, labels.message], "ll", { labels, most });
}

function inputs({ check, labels, most }: Parts): string[] {
  const rows = check.inputs.map((input) => [
    code(input.path),
    input.duplicateOf === null
      ? [code(input.format), ...(input.dateOrder === null ? [] : [code(input.dateOrder)])].join(" ")
      : plain(fill(labels.sameAs, { file: input.duplicateOf })),
    formatCount(input.rows, check.language),
    formatCount(input.people, check.language),
    `${formatCount(input.skipped, check.language)}${input.skipped > 0 ? ` (${plain(skippedBecause(input))})` : ""}`,
    code(input.sha256.slice(0, 12)),
  ]);
  const header = [labels.file, labels.format, labels.rows, labels.people, labels.skipped, "SHA-256"];
  return folded(labels.inputs, rows, header, "llrrll", { labels, most });
}

function who({ person }: Decision): string[] {
  const [email] = person.emails;
  return [plain(person.name || person.key), email === undefined ? "" : code(email)];
}

function why({ reasons }: Decision, check: Check): string {
  return reasons.map((reason) => plain(sentence(reason, check.language))).join("; ");
}

/** A list that opens when asked for, its heading with the number of all. */
function folded(
  title: string,
  rows: readonly (readonly string[])[],
  header: readonly string[],
  alignment: string,
  { labels, most }: Pick<Parts, "labels" | "most">,
): string[] {
  if (rows.length === 0) return [];
  const rest = rows.length - most;
  return [
    [
      "<details>",
      `<summary><b>${title}</b> (${rows.length})</summary>`,
      "",
      table(header, rows.slice(0, most), alignment),
      ...(rest > 0 ? ["", fill(labels.andMore, { n: rest })] : []),
      "",
      "</details>",
    ].join("\n"),
  ];
}

function table(header: readonly string[], rows: readonly (readonly string[])[], alignment: string): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = [...alignment].map((side) => (side === "r" ? "---:" : ":---"));
  return [line(header), line(rule), ...rows.map(line)].join("\n");
}
