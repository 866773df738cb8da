import { stringify } from "csv-stringify/sync";
import { inertCell } from "../model/cell.js";
import type { Decision } from "../model/decision.js";
import type { Check } from "./check.js";
import { sentence } from "./sentence.js";

/** The report for spreadsheets: one row a person, UTF-8 with byte-order mark (Excel needs it), formulas inert. */
export function csvReport(check: Check): string {
  const sessions = unique(check.decisions.flatMap((decision) => Object.keys(decision.figures.sessions)));
  const quizzes = unique(check.decisions.flatMap((decision) => Object.keys(decision.figures.quizzes)));
  const forms = unique(check.decisions.flatMap((decision) => Object.keys(decision.figures.presence)));
  const header = [
    ...["name", "emails", "nip", "institution", "role", "decision", "award", "reasons", "explanation"],
    ...sessions.flatMap((id) => [`${id} seconds`, `${id} seconds max`, `${id} percent`]),
    ...quizzes.flatMap((id) => [`${id} points`, `${id} max`, `${id} percent`, `${id} attempts`]),
    ...forms,
    ...["id", "aliases", "sources"],
  ];
  const rows = check.decisions.map((decision) => row(check, decision, sessions, quizzes, forms));
  return `\uFEFF${stringify(
    [header, ...rows].map((cells) => cells.map(inertCell)),
    { record_delimiter: "\r\n" },
  )}`;
}

function row(
  check: Check,
  decision: Decision,
  sessions: readonly string[],
  quizzes: readonly string[],
  forms: readonly string[],
): string[] {
  const { person, figures, reasons } = decision;
  return [
    person.name,
    person.emails.join(" "),
    person.nip ?? "",
    person.institution ?? "",
    person.role,
    decision.outcome,
    decision.outcome === "eligible" ? decision.awards.join(" ") : "",
    reasons.map((reason) => reason.code).join(" "),
    reasons.map((reason) => sentence(reason, check.language)).join("; "),
    ...sessions.flatMap((id) => {
      const figure = figures.sessions[id];
      if (figure === undefined) return ["", "", ""];
      return [figure.seconds, figure.secondsMax ?? figure.seconds, figure.percent].map(String);
    }),
    ...quizzes.flatMap((id) => {
      const figure = figures.quizzes[id];
      if (figure === undefined) return ["", "", "", ""];
      return [figure.points, figure.max, figure.percent, figure.attempts].map(String);
    }),
    ...forms.map((form) => (figures.presence[form] ? "1" : "0")),
    person.key,
    person.aliases.join(" | "),
    person.sources.map((source) => `${source.file}:${source.line}`).join(" "),
  ];
}

function unique(ids: readonly string[]): string[] {
  return [...new Set(ids)];
}
