import type { Account, AwardAccount } from "../model/account.js";
import type { Language } from "../model/event.js";
import { type ExplainWords, explainWords } from "./explainWords.js";
import { formatNumber } from "./sentence.js";
import type { Paint } from "./terminal.js";

/** The rules in words, one line a condition: what is asked, what is there, what is missing. */
export function awardLines(award: AwardAccount, language: Language, paint: Paint): string[] {
  const say = explainWords(language);
  return [
    `${mark(award.met, paint)} ${say.award} ${paint("bold", award.award)}`,
    ...conditionLines(award.conditions, { language, say, paint }, "    "),
  ];
}

interface Telling {
  readonly language: Language;
  readonly say: ExplainWords;
  readonly paint: Paint;
}

function conditionLines(conditions: readonly Account[], telling: Telling, indent: string): string[] {
  const { say, paint } = telling;
  return conditions.flatMap((account) => {
    const asked = paint("dim", askedFor(account, telling));
    const missing = missingIn(account, telling);
    const tail = missing === "" ? "" : `: ${paint(account.met === null ? "yellow" : "red", missing)}`;
    const there = thereIn(account, telling);
    const line = `${indent}${mark(account.met, paint)} ${[asked, there].filter((part) => part !== "").join(" · ")}${tail}`;
    if (account.kind !== "any") return [line];
    return [
      line,
      ...account.sets.flatMap((set, index) => [
        ...(index === 0 ? [] : [`${indent}  ${paint("dim", say.orElse)}`]),
        ...conditionLines(set, telling, `${indent}  `),
      ]),
    ];
  });
}

function mark(met: boolean | null, paint: Paint): string {
  if (met === null) return paint("yellow", "?");
  return met ? paint("green", "✓") : paint("red", "✗");
}

function askedFor(account: Account, { language, say }: Telling): string {
  const number = (value: number) => formatNumber(value, language);
  switch (account.kind) {
    case "attendance":
      return account.unit === "percent"
        ? `${say.attendance}: ${say.atLeast} ${number(account.bar)} % ${say.allSessions} (${duration(account.required)} ${say.of} ${duration(account.length)})`
        : `${say.attendance}: ${say.atLeast} ${counted(account.bar, "minute", language)}`;
    case "sessions": {
      const names = account.of.map(({ session }) => session).join(", ");
      const bars = [
        ...(account.percent === null ? [] : [`${number(account.percent)} %`]),
        ...(account.minutes === null ? [] : [counted(account.minutes, "minute", language)]),
      ];
      const bar = bars.length === 0 ? say.anyTime : `${say.atLeast} ${bars.join(` ${say.and} `)}`;
      return `${say.sessions}: ${account.min} ${say.of} ${names}, ${say.each} ${bar}`;
    }
    case "quiz": {
      const bar =
        account.unit === "percent" ? `${number(account.bar)} %` : counted(account.bar, "point", language);
      return `${account.quiz}: ${say.atLeast} ${bar}`;
    }
    case "presence":
      return `${say.forms}: ${account.min} ${say.of} ${account.of.map(({ form }) => form).join(", ")}`;
    case "role":
      return `${say.role}: ${account.roles.join(` ${say.orElse} `)}`;
    case "any":
      return say.oneOf;
  }
}

function thereIn(account: Account, { language, say }: Telling): string {
  const number = (value: number) => formatNumber(value, language);
  const list = (names: readonly string[]) => (names.length === 0 ? say.none : names.join(", "));
  switch (account.kind) {
    case "attendance":
      if (account.seconds === account.secondsMax) return duration(account.seconds);
      return `${say.between} ${duration(account.seconds)} ${say.and} ${duration(account.secondsMax)}`;
    case "sessions":
      return list(account.of.flatMap(({ session, attended }) => (attended === true ? [session] : [])));
    case "quiz":
      if (account.points === null || account.max === null) return say.noAttempt;
      return `${number(account.points)} / ${number(account.max)}`;
    case "presence":
      return list(account.of.flatMap(({ form, there }) => (there ? [form] : [])));
    case "role":
      return account.actual;
    case "any":
      return "";
  }
}

function missingIn(account: Account, { language, say }: Telling): string {
  if (account.met === true) return "";
  switch (account.kind) {
    case "attendance":
      return say.short(span(account.required - account.seconds, language));
    case "sessions": {
      const there = account.of.filter(({ attended }) => attended === true).length;
      return say.short(counted(account.min - there, "session", language));
    }
    case "quiz":
      return account.short === null ? "" : say.short(counted(account.short, "point", language));
    case "presence": {
      const lacking = account.of.flatMap(({ form, there }) => (there ? [] : [form]));
      const short = account.min - (account.of.length - lacking.length);
      return `${say.short(counted(short, "form", language))} (${lacking.join(", ")})`;
    }
    default:
      return "";
  }
}

function counted(value: number, unit: keyof ExplainWords["units"], language: Language): string {
  const [one, many] = explainWords(language).units[unit];
  return `${formatNumber(value, language)} ${value === 1 ? one : many}`;
}

/** `17 minutes`, `1 hour 3 seconds`: a stretch of time in words. */
export function span(seconds: number, language: Language): string {
  const parts = [
    [Math.floor(seconds / 3600), "hour"],
    [Math.floor(seconds / 60) % 60, "minute"],
    [seconds % 60, "second"],
  ] as const;
  const told = parts.flatMap(([value, unit]) => (value === 0 ? [] : [counted(value, unit, language)]));
  return told.length === 0 ? counted(0, "second", language) : told.join(" ");
}

/** `1:42:07`: hours, minutes and seconds. */
export function duration(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}
