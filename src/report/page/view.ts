import type { Decision } from "../../model/decision.js";
import { localDate, localTime } from "../../model/zone.js";
import { type Alternatives, alternatives } from "../alternatives.js";
import { formatBarPath } from "../bar.js";
import { type Check, summarise } from "../check.js";
import { type Distribution, distributions } from "../distribution.js";
import { fill, labelsOf } from "../labels.js";
import {
  awardTitle,
  barTitle,
  differenceOf,
  distributionTitle,
  formatBar,
  formatCount,
  formatSigned,
  skippedBecause,
} from "../phrase.js";
import { formatNumber, sentence } from "../sentence.js";
import { nearMisses, reasonTally, unmatched } from "../tally.js";
import { whatIfLines } from "../whatIf.js";
import { wordsOf } from "../words.js";
import { chartOf } from "./chart.js";
import { pageWords } from "./wording.js";

/** Everything that stands on the page outside the table of people, as text. */
export type View = Awaited<ReturnType<typeof viewOf>>;

export async function viewOf(check: Check) {
  const { language } = check;
  const labels = labelsOf(language);
  return {
    language,
    labels,
    words: pageWords(language),
    title: check.title,
    notice: whatIfLines(check),
    series: check.series,
    issuer: check.issuer,
    event: check.event,
    timezone: check.timezone,
    sessions: check.sessions.map((session) => sessionView(session, check)),
    totals: totals(check),
    awards: awards(check),
    reasons: reasons(check),
    whatIf: (await alternatives(check)).map((table) => whatIfView(table, check)),
    charts: distributions(check).map((distribution, index) => chartView(distribution, index, check)),
    near: nearMisses(check).map(({ decision }) => personView(decision, check)),
    sides: sides(check),
    inputs: check.inputs.map((input) => ({
      ...input,
      delimiter: input.delimiter === "\t" ? labels.tab : input.delimiter,
      because: skippedBecause(input),
      sameAs: input.duplicateOf === null ? null : fill(labels.sameAs, { file: input.duplicateOf }),
      rows: formatCount(input.rows, language),
      people: formatCount(input.people, language),
      skipped: formatCount(input.skipped, language),
    })),
    warnings: check.warnings.map(({ code, message, file, line }) => ({
      code,
      message,
      place: [file, line].filter((part) => part !== undefined).join(":"),
    })),
    count: (value: number) => formatCount(value, language),
    fill,
  };
}

function sessionView({ id, start, end }: Check["sessions"][number], { timezone }: Check) {
  const day = localDate(start, timezone);
  const last = localDate(end, timezone);
  const until = `${last === day ? "" : `${last} `}${localTime(end, timezone).slice(0, 5)}`;
  return { id, when: `${day} ${localTime(start, timezone).slice(0, 5)}–${until}` };
}

const outcomes = ["eligible", "review", "ineligible"] as const;

/** The outcomes with their part of a stripe a thousand units long. */
function totals(check: Check) {
  const summary = summarise(check);
  let before = 0;
  return outcomes.map((outcome) => {
    const count = summary[outcome];
    const width = summary.people === 0 ? 0 : (count / summary.people) * 1000;
    const x = before;
    before += width;
    const share = summary.people === 0 ? 0 : Math.round((count / summary.people) * 1000) / 10;
    return {
      outcome,
      title: labelsOf(check.language)[outcome],
      count: formatCount(count, check.language),
      share: `${formatNumber(share, check.language)} %`,
      x: x.toFixed(2),
      width: width.toFixed(2),
    };
  });
}

function awards(check: Check) {
  const summary = summarise(check);
  return check.awards.map((id) => ({
    title: awardTitle(check, id),
    count: formatCount(summary.awards[id] ?? 0, check.language),
  }));
}

function reasons(check: Check) {
  const tally = reasonTally(check);
  const most = tally[0]?.[1] ?? 1;
  return tally.map(([code, count]) => ({
    code,
    meaning: wordsOf(check.language).codes[code],
    count: formatCount(count, check.language),
    width: ((count / most) * 100).toFixed(2),
  }));
}

function whatIfView({ bar, now, variants }: Alternatives, check: Check) {
  const { language } = check;
  const rows = [...variants, now].sort((a, b) => a.value - b.value);
  return {
    title: barTitle(bar, language),
    award: check.awards.length > 1 ? awardTitle(check, bar.award) : null,
    set: `lulus check --set ${formatBarPath(bar)}=${variants.findLast(({ value }) => value < now.value)?.value ?? now.value}`,
    rows: rows.map((variant) => ({
      bar: formatBar(variant.value, bar, language),
      value: variant.value,
      isNow: variant === now,
      eligible: formatCount(variant.eligible, language),
      given: formatCount(variant.given, language),
      review: formatCount(variant.review, language),
      difference: variant === now ? "" : formatSigned(differenceOf(check, now, variant), language),
      sign: Math.sign(differenceOf(check, now, variant)),
    })),
  };
}

function chartView(distribution: Distribution, index: number, check: Check) {
  const { language } = check;
  const labels = labelsOf(language);
  const words = pageWords(language);
  const count = (value: number) => formatCount(value, language);
  const tallest = distribution.bins.reduce((best, bin) => (sum(bin) > sum(best) ? bin : best));
  const { people, without, measure } = distribution;
  return {
    id: `chart-${index}`,
    title: distributionTitle(distribution, language),
    caption: measure === "quiz" ? words.scoreChart : words.attendanceChart,
    description: fill(words.chartDescription, {
      people: count(people),
      from: tallest.from,
      to: tallest.to,
      most: count(sum(tallest)),
    }),
    chart: chartOf(distribution),
    bins: distribution.bins,
    reached: distribution.lines.map(({ bar, reached }) => {
      const of = `${formatBar(bar.value, bar, language)}${check.awards.length > 1 ? ` (${awardTitle(check, bar.award)})` : ""}`;
      return fill(labels.reached, { n: count(reached), people: count(people), bar: of });
    }),
    without: without === 0 ? null : fill(labels.without[measure], { n: count(without) }),
  };
}

function sum(bin: Distribution["bins"][number]): number {
  return bin.eligible + bin.review + bin.ineligible;
}

function personView({ person, reasons }: Decision, check: Check) {
  return {
    name: person.name || person.key,
    email: person.emails[0] ?? "",
    why: reasons.map((reason) => sentence(reason, check.language)).join("; "),
    source: person.sources.map(({ file, line }) => `${file}:${line}`).slice(0, 3),
  };
}

function sides(check: Check) {
  const labels = labelsOf(check.language);
  const found = unmatched(check);
  return (["quizOnly", "attendanceOnly", "listOnly"] as const).map((side) => ({
    title: labels[side],
    count: formatCount(found[side].length, check.language),
    people: found[side].map((decision) => personView(decision, check)),
  }));
}
