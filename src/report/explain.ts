import type { Decision, Reason } from "../model/decision.js";
import type { Award, Language } from "../model/event.js";
import type { Interval, Source } from "../model/row.js";
import { formatNumber, sentence } from "./sentence.js";
import type { Paint } from "./terminal.js";

/** What is needed to tell how a decision came about, besides the decision. */
export interface Background {
  readonly language: Language;
  readonly sessions: readonly (Interval & { readonly id: string })[];
  readonly awards: readonly Pick<Award, "id" | "when">[];
  /** local time of day of seconds since 1970, with the date where it is not the session's */
  readonly clock: (seconds: number) => string;
}

const words = {
  en: {
    came: "came",
    absent: "registered, did not come",
    total: "sum of",
    until: "until",
    unknown: "?",
    attempt: "attempt",
    none: "no attempt",
    form: "form filled in",
    list: "listed",
    rule: "rule",
    short: "short",
    of: "of",
    identity: "found under",
  },
  id: {
    came: "hadir",
    absent: "terdaftar, tidak hadir",
    total: "jumlah",
    until: "sampai",
    unknown: "?",
    attempt: "percobaan",
    none: "bukan percobaan",
    form: "mengisi daftar hadir",
    list: "tercantum",
    rule: "syarat",
    short: "kurang",
    of: "dari",
    identity: "ditemukan sebagai",
  },
} as const;

/** One decision with every line it rests on, for people. */
export function explainLines(decision: Decision, background: Background, paint: Paint): string[] {
  const { person } = decision;
  const say = words[background.language];
  const style = decision.outcome === "eligible" ? "green" : decision.outcome === "review" ? "yellow" : "red";
  const awards = decision.outcome === "eligible" ? ` (${decision.awards.join(", ")})` : "";
  return [
    `${paint("bold", person.name || person.key)}  ${paint(style, `${decision.outcome}${awards}`)}`,
    `  ${say.identity} ${person.keys.join(", ")}${person.aliases.length === 0 ? "" : ` · ${person.aliases.join(" · ")}`}`,
    ...decision.reasons.map(
      (reason) =>
        `  ${paint(style, "→")} ${sentence(reason, background.language)}${shortBy(decision, reason, background)}`,
    ),
    ...background.sessions.flatMap((session) => sessionLines(decision, session, background, paint)),
    ...quizLines(decision, background, paint),
    ...person.presence.map((row) => `  ${row.form}: ${say.form}  ${place(row.source, paint)}`),
    ...background.awards.map((award) =>
      paint("dim", `  ${say.rule} ${award.id}: ${JSON.stringify(award.when)}`),
    ),
  ];
}

function place(source: Source, paint: Paint): string {
  return paint("dim", `${source.file}:${source.line}`);
}

function sessionLines(
  decision: Decision,
  session: Background["sessions"][number],
  background: Background,
  paint: Paint,
): string[] {
  const say = words[background.language];
  const figure = decision.figures.sessions[session.id];
  const rows = decision.person.attendance.filter((row) => row.session === null || row.session === session.id);
  const lines = rows.flatMap((row) => {
    if (row.kind === "absent") return [`    ${say.absent}  ${place(row.source, paint)}`];
    if (row.kind === "total")
      return [`    ${say.total} ${duration(row.seconds)}  ${place(row.source, paint)}`];
    if (row.join >= session.end || (row.leave ?? session.end) <= session.start) return [];
    const leave = row.leave === null ? say.unknown : background.clock(row.leave);
    return [
      `    ${background.clock(row.join)}–${leave}  ${paint("dim", row.who.name)}  ${place(row.source, paint)}`,
    ];
  });
  if (figure === undefined) return lines;
  const most = figure.secondsMax === undefined ? "" : `–${duration(figure.secondsMax)}`;
  const percent = formatNumber(figure.percent, background.language);
  const whole = duration(session.end - session.start);
  return [`  ${session.id}: ${duration(figure.seconds)}${most} ${say.of} ${whole} = ${percent} %`, ...lines];
}

function quizLines(decision: Decision, background: Background, paint: Paint): string[] {
  const say = words[background.language];
  return decision.person.quizzes.map((row) => {
    const score = row.score;
    const points = score === null ? say.none : `${fraction(score.points)} / ${fraction(score.max)}`;
    return `  ${row.quiz}: ${say.attempt} ${points}  ${place(row.source, paint)}`;
  });
}

function fraction({ num, den }: { readonly num: bigint; readonly den: bigint }): string {
  return String(Number(num) / Number(den));
}

/** `1:42:07`: hours, minutes and seconds. */
export function duration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** ` (0:17:00 short)`, for attendance over all sessions. */
function shortBy(decision: Decision, reason: Reason, background: Background): string {
  if (reason.code !== "attendance-short" || typeof reason.required !== "number") return "";
  const length = background.sessions.reduce((sum, session) => sum + session.end - session.start, 0);
  const required = reason.unit === "percent" ? (reason.required * length) / 100 : reason.required * 60;
  if (reason.unit === "sessions") return "";
  const seconds = Object.values(decision.figures.sessions).reduce((sum, figure) => sum + figure.seconds, 0);
  return ` (${words[background.language].short} ${duration(Math.ceil(required - seconds))})`;
}
