import { stringify } from "csv-stringify/sync";
import { inertCell } from "../model/cell.js";
import { formatQuestion, type Question, type Ruling } from "../model/ruling.js";
import type { Check } from "./check.js";
import { sentence } from "./sentence.js";

/** Every doubtful case of a check as a question to the organiser; one per pair of people who may be one. */
export function questionsOf(check: Check): Question[] {
  const asked = new Set<string>();
  return allQuestions(check).filter(({ person, question, other }) => {
    const pair = [question, ...[person, other ?? ""].sort()].join("\n");
    return !asked.has(pair) && asked.add(pair);
  });
}

function allQuestions(check: Check): Question[] {
  return check.decisions.flatMap((decision) => {
    if (decision.outcome !== "review") return [];
    return decision.reasons.flatMap((reason) => {
      const evidence = [
        decision.person.name,
        figures(decision.figures.sessions),
        sentence(reason, check.language),
      ];
      const asked = { person: decision.person.key, question: reason.code, evidence: evidence.join(" · ") };
      const others = reason.others ?? [];
      return (others.length === 0 ? [null] : others).map((other): Question => ({ ...asked, other }));
    });
  });
}

function figures(sessions: Check["decisions"][number]["figures"]["sessions"]): string {
  return Object.entries(sessions)
    .map(([id, { seconds, percent }]) => `${id} ${Math.floor(seconds / 60)} min (${percent} %)`)
    .join(", ");
}

/** The file to fill in: what was ruled stays, what is asked for the first time is added, nothing is asked twice. */
export function reviewFile(questions: readonly Question[], ruled: readonly Ruling[]): string {
  const header = ["person", "question", "evidence", "ruling", "reason"];
  const answered = ruled.map((ruling) => [
    ruling.person,
    ruling.question === "*" ? "" : formatQuestion(ruling),
    "",
    ruling.word,
    ruling.text,
  ]);
  const known = new Set(answered.map(([person, question]) => `${person}\n${question}`));
  const open = questions
    .filter((question) => !known.has(`${question.person}\n${formatQuestion(question)}`))
    .map((question) => [question.person, formatQuestion(question), question.evidence, "", ""]);
  return `\uFEFF${stringify(
    [header, ...answered, ...open].map((cells) => cells.map(inertCell)),
    { record_delimiter: "\r\n" },
  )}`;
}
