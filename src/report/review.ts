import { stringify } from "csv-stringify/sync";
import { inertCell } from "../model/cell.js";
import type { Decision, Reason } from "../model/decision.js";
import {
  formatQuestion,
  type Question,
  type ReviewSheet,
  reviewColumn,
  reviewColumns,
} from "../model/ruling.js";
import type { Check } from "./check.js";
import { formatNumber, sentence } from "./sentence.js";
import { wordsOf } from "./words.js";

/** Every doubtful case of a check as a question to the organiser; one per pair of people who may be one. */
export function questionsOf(check: Check): Question[] {
  const asked = new Set<string>();
  return allQuestions(check).filter((question) => {
    const slot = slotOf(question);
    return !asked.has(slot) && asked.add(slot);
  });
}

function slotOf({ person, question, other }: Pick<Question, "person" | "question" | "other">): string {
  return [question, ...[person, other ?? ""].sort()].join("\n").toLowerCase();
}

function allQuestions(check: Check): Question[] {
  const byKey = new Map(check.decisions.map((decision) => [decision.person.key, decision]));
  return check.decisions.flatMap((decision) => {
    if (decision.outcome !== "review") return [];
    return decision.reasons.flatMap((reason) => {
      const others = reason.others ?? [];
      return (others.length === 0 ? [null] : others).map((other): Question => {
        const about = other === null ? undefined : byKey.get(other);
        const evidence = evidenceOf(decision, reason, about, check);
        return { person: decision.person.key, question: reason.code, other, evidence };
      });
    });
  });
}

/** What a committee needs to answer without opening the exports: the question, and the figures of both. */
function evidenceOf(
  decision: Decision,
  reason: Reason,
  other: Decision | undefined,
  { language }: Check,
): string {
  if (other === undefined) return `${sentence(reason, language)} · ${figures(decision, language)}`;
  const letters = reason.alike ? sentence(reason, language) : wordsOf(language).codes[reason.code];
  return [letters, who(decision, language), who(other, language)].join(" · ");
}

function who(decision: Decision, language: Check["language"]): string {
  const { key, name, emails } = decision.person;
  const address = emails[0] === undefined ? "" : ` <${emails[0]}>`;
  return `${name || key}${address}: ${figures(decision, language)}`;
}

function figures({ figures, person }: Decision, language: Check["language"]): string {
  const sessions = Object.entries(figures.sessions).map(
    ([id, { seconds, percent }]) =>
      `${id} ${Math.floor(seconds / 60)} min (${formatNumber(percent, language)} %)`,
  );
  const quizzes = Object.entries(figures.quizzes).map(
    ([id, { points, max }]) => `${id} ${formatNumber(points, language)}/${formatNumber(max, language)}`,
  );
  const forms = Object.entries(figures.presence).flatMap(([id, there]) => (there ? [id] : []));
  const lines = person.sources.slice(0, 2).map(({ file, line }) => `${file}:${line}`);
  const more = person.sources.length > 2 ? [`+ ${person.sources.length - 2}`] : [];
  return `${[...sessions, ...quizzes, ...forms].join(", ")} [${[...lines, ...more].join(", ")}]`;
}

/**
 * The file to fill in. What a human being wrote stays as it stands, rulings, notes and columns of their own; what is
 * asked for the first time is added; what nobody asks any more and nobody wrote on is dropped.
 */
export function reviewFile(questions: readonly Question[], before: ReviewSheet | null): string {
  const header = before?.header ?? reviewColumns;
  const open = new Set(questions.map(slotOf));
  const kept = (before?.rows ?? []).filter(
    ({ ruling, hasNote, asked }) => ruling !== null || hasNote || open.has(slotOf(asked)),
  );
  const standing = new Set(kept.flatMap(({ ruling, asked }) => (ruling === null ? [slotOf(asked)] : [])));
  const added = questions
    .filter((question) => !standing.has(slotOf(question)))
    .map((question) => rowOf(question, header));
  const rows = [header, ...kept.map(({ cells }) => cells), ...added];
  return `\uFEFF${stringify(
    rows.map((cells) => cells.map(inertCell)),
    { record_delimiter: "\r\n", delimiter: before?.delimiter ?? "," },
  )}`;
}

function rowOf(question: Question, header: readonly string[]): string[] {
  const ours: Readonly<Record<string, string>> = {
    person: question.person,
    question: formatQuestion(question),
    evidence: question.evidence,
  };
  return header.map((title) => ours[reviewColumn(title) ?? ""] ?? "");
}
