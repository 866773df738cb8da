import type { Decision } from "../model/decision.js";
import type { InputSummary } from "../model/row.js";
import { type Check, summarise } from "./check.js";
import { sentence } from "./sentence.js";

/** The object of `check --json`, in pieces, so that a hundred thousand people need no second copy in memory. */
export function* jsonReport(check: Check): Iterable<string> {
  const head = {
    schema: "lulus.check/1",
    event: check.event,
    inputs: check.inputs.map(inputEntry),
    summary: summarise(check),
    ...(check.whatIf === undefined ? {} : { what_if: whatIfEntry(check.whatIf) }),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"people":[`;
  let separator = "\n";
  for (const decision of check.decisions) {
    yield `${separator}${JSON.stringify(jsonPerson(check, decision))}`;
    separator = ",\n";
  }
  yield `\n],"warnings":${JSON.stringify(check.warnings)}}\n`;
}

function whatIfEntry({ changes, written }: NonNullable<Check["whatIf"]>): Record<string, unknown> {
  const entries = changes.map(({ key, value, before }) => ({
    key,
    value: value ?? null,
    instead_of: before ?? null,
  }));
  return { changes: entries, summary_as_written: written };
}

function inputEntry(input: InputSummary): Record<string, unknown> {
  return {
    path: input.path,
    sha256: input.sha256,
    format: input.format,
    encoding: input.encoding,
    delimiter: input.delimiter,
    sheet: input.sheet,
    date_order: input.dateOrder,
    date_order_because: input.dateOrderBecause,
    rows: input.rows,
    skipped: input.skipped,
    skipped_because: input.skippedBecause,
    people: input.people,
    duplicate_of: input.duplicateOf,
  };
}

/** One person of `check --json`. */
export function jsonPerson(check: Check, decision: Decision): Record<string, unknown> {
  const { person, figures } = decision;
  const sessions = Object.entries(figures.sessions).map(([id, { secondsMax, ...figure }]) => [
    id,
    secondsMax === undefined ? figure : { ...figure, seconds_max: secondsMax },
  ]);
  const awards = decision.outcome === "eligible" ? decision.awards : [];
  return {
    id: person.key,
    name: person.name,
    aliases: person.aliases,
    emails: person.emails,
    nip: person.nip,
    role: person.role,
    sessions: Object.fromEntries(sessions),
    quizzes: figures.quizzes,
    presence: figures.presence,
    decision: decision.outcome,
    award: awards[0] ?? null,
    awards,
    reasons: decision.reasons.map((reason) => ({
      code: reason.code,
      required: reason.required,
      actual: reason.actual,
      unit: reason.unit,
      about: reason.about,
      message: sentence(reason, check.language),
    })),
    sources: person.sources.map((source) => `${source.file}:${source.line}`),
  };
}
