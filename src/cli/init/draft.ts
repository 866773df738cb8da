import type { Language } from "../../model/event.js";
import { comments } from "./comments.js";
import type { DraftSession } from "./session.js";

/** Everything that a new event file says. */
export interface Draft {
  readonly language: Language;
  readonly id: string;
  readonly title: string;
  readonly timezone: string;
  readonly sessions: readonly DraftSession[];
  readonly issuer: string;
  readonly url: string;
  readonly template: string;
  /** paths or globs, relative to the event file */
  readonly attendance: readonly string[];
  readonly quizzes: readonly string[];
  /** percent */
  readonly minAttendance: number;
  /** percent; counts only where there is a quiz */
  readonly minScore: number;
  /** the sessions are what an export showed, and nobody has said that they are right */
  readonly areSessionsGuessed: boolean;
  /** only to try with: what it is made of belongs to nobody */
  readonly isSample: boolean;
}

/** Addresses of this kind belong to nobody, so that a trial never leads a stranger to somebody's site. */
export const placeholderUrl = "https://sertifikat.example/v";
const placeholderAddress = "sertifikat@instansi.example";

/** The text of `event.yaml`, with comments that teach, in the event's language. */
export function formatEvent(draft: Draft): string {
  const say = comments[draft.language];
  const hasQuiz = draft.quizzes.length > 0;
  const lines = [
    "# yaml-language-server: $schema=./event.schema.json",
    ...say.top.map((line) => `# ${line}`),
    "",
    "event:",
    noted(`  id: ${draft.id}`, say.id),
    `  title: ${scalar(draft.title)}`,
    noted(`  language: ${draft.language}`, say.language),
    noted(`  timezone: ${draft.timezone}`, say.timezone),
    noted("  sessions:", draft.areSessionsGuessed ? say.sessionsGuessed : say.sessions),
    ...draft.sessions.map(
      ({ id, date, start, end }) => `    - { id: ${id}, start: ${date} ${start}, end: ${date} ${end} }`,
    ),
    "",
    "issuer:",
    noted(`  name: ${scalar(draft.issuer)}`, say.issuer),
    "",
    "inputs:",
    noted(`  attendance: ${paths(draft.attendance)}`, say.attendance),
    ...(hasQuiz
      ? ["  quizzes:", noted(`    post-test: { files: ${paths(draft.quizzes)}, attempts: best }`, say.quiz)]
      : [noted("  # quizzes: { post-test: quiz/*.csv }", say.noQuiz)]),
    noted("  # roster: roster.csv", say.roster),
    "",
    noted("awards:", say.awards),
    "  - id: participant",
    noted(`    label: ${say.label}`, say.labelNote),
    noted(`    template: ${scalar(draft.template)}`, say.template),
    noted("    when:", say.when),
    noted(`      attendance: { min_percent: ${draft.minAttendance} }`, say.bar),
    ...(hasQuiz
      ? [`      quizzes: { post-test: { min_percent: ${draft.minScore} } }`]
      : [`      # quizzes: { post-test: { min_percent: ${draft.minScore} } }`]),
    "",
    "certificate:",
    noted(`  number: "{seq:4}/{event.id}/{month:roman}/{year}"`, say.number),
    ...say.fields.map((line) => `  # ${line}`),
    "",
    "verify:",
    noted(`  url: ${scalar(draft.url)}`, draft.url === placeholderUrl ? say.urlPlaceholder : say.url),
    "",
    ...mailLines(draft),
    "",
  ];
  return lines.join("\n");
}

function mailLines({ isSample, issuer, language }: Draft): string[] {
  const say = comments[language];
  const from = JSON.stringify(`${issuer.replace(/[<>",;]/g, "")} <${placeholderAddress}>`);
  if (!isSample) return [`# ${say.mail}`, `# mail: { from: ${from} }`];
  return [`# ${say.mailPlaceholder}`, `mail: { from: ${from} }`];
}

const COLUMN = 44;

function noted(line: string, comment: string): string {
  return `${line.padEnd(COLUMN)} # ${comment}`;
}

function paths(all: readonly string[]): string {
  const [only] = all;
  return all.length === 1 && only !== undefined ? scalar(only) : `[${all.map(scalar).join(", ")}]`;
}

/** Plain where nobody could read it as something else, else in double quotes, which JSON and YAML share. */
function scalar(text: string): string {
  const isPlain =
    /^[\p{L}/.][\p{L}\p{N} ()/._*:-]*$/u.test(text) &&
    !/: |:$| $/.test(text) &&
    !/^(?:true|false|yes|no|on|off|null|y|n|\.\w*)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
