import { eventSchema, type Language, timezone } from "../../model/event.js";
import { Fault } from "../../model/fault.js";
import { parseLocal } from "../../model/zone.js";
import type { DraftSession } from "./session.js";

/** What the command line says about the new event; `undefined`: nothing. */
export interface InitOptions {
  readonly title?: string;
  readonly id?: string;
  readonly language?: string;
  readonly timezone?: string;
  readonly session: readonly string[];
  readonly attendance: readonly string[];
  readonly quiz: readonly string[];
  readonly minAttendance?: string;
  readonly minScore?: string;
  readonly issuer?: string;
  readonly url?: string;
  readonly template?: string;
  readonly example?: boolean;
  readonly yes?: boolean;
  /** commander's forms of `--no-passphrase` and `--no-key` */
  readonly passphrase: boolean;
  readonly key: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** The options, each checked. */
export interface Wish {
  readonly title: string | null;
  readonly id: string | null;
  readonly language: Language | null;
  readonly timezone: string | null;
  readonly sessions: readonly DraftSession[];
  readonly minAttendance: number | null;
  readonly minScore: number | null;
  readonly issuer: string | null;
  readonly url: string | null;
}

/** @throws Fault for an option whose value does not fit */
export function parseWish(options: InitOptions): Wish {
  const wish = <T>(
    flag: string,
    text: string | undefined,
    parse: (text: string) => T | null,
    expected: string,
  ) => {
    if (text === undefined) return null;
    const value = parse(text);
    if (value !== null) return value;
    throw new Fault("usage", `found \`${flag} ${text}\`, expected ${expected}`);
  };
  return {
    title: wish("--title", options.title, parseText, "some text"),
    id: wish("--id", options.id, parseId, "lower-case letters, digits and hyphens, as in jatim-2024-41"),
    language: wish("--language", options.language, parseLanguage, "id or en"),
    timezone: wish("--timezone", options.timezone, parseZone, "a time zone as in Asia/Jakarta"),
    sessions: numbered(
      options.session.map(
        (text) =>
          wish("--session", text, parseSession, "a date and two times as in 2024-10-24 08:30-11:30") as Times,
      ),
    ),
    minAttendance: wish("--min-attendance", options.minAttendance, parsePercent, "a number from 0 to 100"),
    minScore: wish("--min-score", options.minScore, parsePercent, "a number from 0 to 100"),
    issuer: wish("--issuer", options.issuer, parseText, "some text"),
    url: wish("--url", options.url, parseUrl, "an address as in https://example.go.id/v"),
  };
}

export function parseText(text: string): string | null {
  return fits(eventSchema.shape.issuer.shape.name, text.trim());
}

export function parsePercent(text: string): number | null {
  const number = Number(text.trim().replace(/\s*%$/, "").replace(",", "."));
  return text.trim() !== "" && number >= 0 && number <= 100 ? number : null;
}

export function parseUrl(text: string): string | null {
  return fits(eventSchema.shape.verify.shape.url, text.trim());
}

function parseId(text: string): string | null {
  return fits(eventSchema.shape.event.shape.id, text);
}

function parseZone(text: string): string | null {
  return fits(timezone, text);
}

function parseLanguage(text: string): Language | null {
  return text === "id" || text === "en" ? text : null;
}

function fits<T>(
  schema: { safeParse(value: unknown): { success: boolean; data?: T | undefined } },
  value: T,
): T | null {
  return schema.safeParse(value).data ?? null;
}

type Times = Omit<DraftSession, "id">;

const spoken = /^(\d{4}-\d{2}-\d{2})[ T]+(\d{1,2}[:.]\d{2})\s*(?:-|–|\.\.|s\.?d\.?|to)\s*(\d{1,2}[:.]\d{2})$/;

/** A date and two times, as in `2024-10-24 08:30-11:30`; `null` for anything else. */
function parseSession(text: string): Times | null {
  const [, date = "", from = "", to = ""] = spoken.exec(text.trim()) ?? [];
  const [start, end] = [from, to].map((time) => time.replace(".", ":").padStart(5, "0"));
  if (start === undefined || end === undefined) return null;
  try {
    return parseLocal(`${date} ${end}`, "UTC") > parseLocal(`${date} ${start}`, "UTC")
      ? { date, start, end }
      : null;
  } catch {
    return null;
  }
}

/** Several of them, parted by commas; `null` if one does not fit. */
export function parseSessions(text: string): DraftSession[] | null {
  const times = text.split(/[,;]/).map(parseSession);
  return times.every((each) => each !== null) ? numbered(times) : null;
}

export function formatSession({ date, start, end }: DraftSession): string {
  return `${date} ${start}-${end}`;
}

function numbered(times: readonly Times[]): DraftSession[] {
  return times.map((each, index) => ({ id: times.length === 1 ? "main" : `day${index + 1}`, ...each }));
}
