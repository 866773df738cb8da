import type { AwardAccount } from "../model/account.js";
import type { Decision, Reason } from "../model/decision.js";
import type { Language } from "../model/event.js";
import type { Person } from "../model/person.js";
import type { AttendanceRow, Interval, Source } from "../model/row.js";
import { answersTo, formatQuestion } from "../model/ruling.js";
import { awardLines, duration } from "./conditions.js";
import { type ExplainWords, explainWords } from "./explainWords.js";
import { formatNumber, sentence } from "./sentence.js";
import type { Paint } from "./terminal.js";

/** What is needed to tell how a decision came about, besides the decision. */
export interface Background {
  readonly language: Language;
  readonly sessions: readonly (Interval & { readonly id: string })[];
  readonly accounts: readonly AwardAccount[];
  /** local date and time of day of seconds since 1970 */
  readonly day: (seconds: number) => string;
  readonly clock: (seconds: number) => string;
  /** those whom a doubt is about, and the awards that they and this person would have together */
  readonly others: ReadonlyMap<string, { readonly decision: Decision; readonly together: readonly string[] }>;
  /** where rulings are written */
  readonly decisions: string;
}

interface Telling extends Background {
  readonly say: ExplainWords;
  readonly paint: Paint;
}

const styles = { eligible: "green", ineligible: "red", review: "yellow" } as const;

/** One decision with every line it rests on, for people. */
export function explainLines(decision: Decision, background: Background, paint: Paint): string[] {
  const telling = { ...background, say: explainWords(background.language), paint };
  return [
    ...headLines(decision, telling),
    "",
    ...background.sessions.flatMap((session) => sessionLines(decision, session, telling)),
    ...outsideLines(decision, telling),
    ...quizLines(decision, telling),
    ...decision.person.presence.map(
      (row) => `  ${row.form}: ${telling.say.form}  ${place(row.source, paint)}`,
    ),
    ...listLines(decision.person, telling),
    "",
    ...background.accounts.flatMap((award) =>
      awardLines(award, background.language, paint).map((line) => `  ${line}`),
    ),
    ...doubtLines(decision, telling),
  ];
}

function headLines(decision: Decision, { language, say, paint }: Telling): string[] {
  const { person, outcome } = decision;
  const style = styles[outcome];
  const awards = decision.outcome === "eligible" ? `: ${decision.awards.join(", ")}` : "";
  const known = [...person.emails, ...(person.nip === null ? [] : [person.nip])];
  const facts = [known.length === 0 ? person.key : known.join(", "), `${say.role} ${person.role}`];
  if (person.institution !== null) facts.push(person.institution);
  return [
    `${paint("bold", person.name || person.key)}  ${paint(style, `${say.outcomes[outcome]}${awards}`)}`,
    `  ${facts.join(" · ")}`,
    ...(person.aliases.length === 0 ? [] : [paint("dim", `  ${say.also}: ${person.aliases.join(" · ")}`)]),
    ...decision.reasons.map((reason) => `  ${paint(style, "→")} ${sentence(reason, language)}`),
  ];
}

function place(source: Source, paint: Paint): string {
  return paint("dim", `${source.file}:${source.line}`);
}

function sessionLines(decision: Decision, session: Telling["sessions"][number], telling: Telling): string[] {
  const { say, paint, language, day, clock } = telling;
  const figure = decision.figures.sessions[session.id];
  if (figure === undefined) return [];
  const rows = decision.person.attendance.filter((row) => isIn(row, session));
  const most = figure.secondsMax === undefined ? "" : `–${duration(figure.secondsMax)}`;
  const whole = duration(session.end - session.start);
  const when = paint("dim", `${day(session.start)} ${clock(session.start)}–${clock(session.end)}`);
  return [
    `  ${session.id}: ${duration(figure.seconds)}${most} ${say.of} ${whole} = ${formatNumber(figure.percent, language)} %  ${when}`,
    ...rows.map((row) => `    ${rowText(row, session, telling)}  ${place(row.source, paint)}`),
  ];
}

function isIn(row: AttendanceRow, session: Telling["sessions"][number]): boolean {
  if (row.session !== null && row.session !== session.id) return false;
  if (row.kind !== "connection") return true;
  return row.join < session.end && (row.leave ?? session.end) > session.start;
}

function rowText(row: AttendanceRow, session: Interval, { say, paint, day, clock }: Telling): string {
  if (row.kind === "absent") return say.absent;
  if (row.kind === "unreadable") return say.unreadable;
  if (row.kind === "total") return `${say.sum} ${duration(row.seconds)}`;
  const moment = (seconds: number) =>
    day(seconds) === day(session.start) ? clock(seconds) : `${day(seconds)} ${clock(seconds)}`;
  const leave = row.leave === null ? say.stillThere : moment(row.leave);
  return `${moment(row.join)}–${leave}  ${paint("dim", row.who.name)}`;
}

/** A row that counts nowhere is the first thing a complaint is about. */
function outsideLines(decision: Decision, telling: Telling): string[] {
  const { sessions, say, paint } = telling;
  const rows = decision.person.attendance.filter((row) => !sessions.some((session) => isIn(row, session)));
  if (rows.length === 0) return [];
  const nowhere = { start: Number.NaN, end: Number.NaN };
  const never: Telling = {
    ...telling,
    day: (seconds) => (Number.isNaN(seconds) ? "" : telling.day(seconds)),
  };
  return [
    `  ${say.outside}:`,
    ...rows.map((row) => `    ${rowText(row, nowhere, never)}  ${place(row.source, paint)}`),
  ];
}

/** Lines of the organiser's lists: they name a person and count nothing. */
function listLines(person: Person, { say, paint }: Telling): string[] {
  const lineOf = ({ file, line }: Source) => `${file}:${line}`;
  const rows = [...person.attendance, ...person.quizzes, ...person.presence];
  const told = new Set(rows.map(({ source }) => lineOf(source)));
  const lines = person.sources.filter((source) => !told.has(lineOf(source)));
  return lines.map((source) => `  ${say.listed}  ${place(source, paint)}`);
}

function quizLines({ person, figures }: Decision, { say, paint, language }: Telling): string[] {
  const quizzes = [...new Set(person.quizzes.map((row) => row.quiz))];
  return quizzes.flatMap((quiz) => {
    const rows = person.quizzes.filter((row) => row.quiz === quiz);
    const figure = figures.quizzes[quiz];
    const standing =
      figure === undefined
        ? say.noAttempt
        : `${formatNumber(figure.points, language)} / ${formatNumber(figure.max, language)} = ${formatNumber(figure.percent, language)} %  ${paint("dim", say.attempts(figure.attempts))}`;
    return [
      `  ${quiz}: ${standing}`,
      ...rows.map(({ score, isUnreadable, source }) => {
        const without = isUnreadable ? say.unreadableScore : say.unfinished;
        const points = score === null ? without : `${fraction(score.points)} / ${fraction(score.max)}`;
        return `    ${points}  ${place(source, paint)}`;
      }),
    ];
  });
}

function fraction({ num, den }: { readonly num: bigint; readonly den: bigint }): string {
  return String(Number(num) / Number(den));
}

/** For whom a human being has to decide: what the answer would change, and the row that gives it. */
function doubtLines(decision: Decision, telling: Telling): string[] {
  if (decision.outcome !== "review") return [];
  const { say, paint, decisions } = telling;
  const rows = decision.reasons.flatMap((reason) => questionLines(decision, reason, telling));
  return ["", `  ${paint("bold", say.doubt)}: ${say.settle(decisions)}`, ...rows];
}

function questionLines(
  decision: Decision,
  reason: Reason,
  { say, paint, language, others }: Telling,
): string[] {
  const about: readonly (string | null)[] = reason.others?.length ? reason.others : [null];
  return about.flatMap((other) => {
    const asked = { question: reason.code, other };
    const found = other === null ? undefined : others.get(other);
    const lines =
      found === undefined ? [`    ${sentence(reason, language)}`] : [otherLine(found, { say, paint })];
    const answers = answersTo(asked).map(
      (word) =>
        `      ${paint("cyan", csvRow([decision.person.key, formatQuestion(asked), "", word, ""]))}  ${paint("dim", say.ifAnswered[word])}`,
    );
    return [...lines, ...answers];
  });
}

function csvRow(cells: readonly string[]): string {
  return cells.map((cell) => (/[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(",");
}

function otherLine(
  { decision, together }: { readonly decision: Decision; readonly together: readonly string[] },
  { say, paint }: Pick<Telling, "say" | "paint">,
): string {
  const { name, key, emails, sources } = decision.person;
  const address = emails[0] === undefined ? "" : ` <${emails[0]}>`;
  const seconds = Object.entries(decision.figures.sessions).map(
    ([id, one]) => `${id} ${duration(one.seconds)}`,
  );
  const first = sources[0] === undefined ? "" : `  ${place(sources[0], paint)}`;
  const outcome =
    together.length === 0 ? say.outcomes.ineligible : `${say.outcomes.eligible}: ${together.join(", ")}`;
  return `    ${name || key}${address} · ${seconds.join(", ")}${first} · ${say.ifSame}: ${outcome}`;
}
