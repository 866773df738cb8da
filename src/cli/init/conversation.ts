import { confirm, intro, isCancel, log, select, text } from "@clack/prompts";
import type { Language } from "../../model/event.js";
import type { Draft } from "./draft.js";
import type { Finds } from "./finds.js";
import type { DraftSession } from "./session.js";
import { formatSession, parsePercent, parseSessions, parseText, parseUrl, type Wish } from "./wish.js";
import { type Words, words } from "./words.js";

/** Everything is asked on stderr: stdout is for the answer. */
const output = process.stderr;

/** The person pressed Ctrl-C. */
export class Cancelled extends Error {}

export async function askLanguage(proposed: Language): Promise<Language> {
  return taken(
    await select<Language>({
      message: "Bahasa / Language",
      options: [
        { value: "id", label: "Bahasa Indonesia" },
        { value: "en", label: "English" },
      ],
      initialValue: proposed,
      output,
    }),
  );
}

/** Asks what no option has said, and proposes what the folder shows. */
export async function askEvent(draft: Draft, wish: Wish, finds: Finds): Promise<Draft> {
  const say = words[draft.language];
  intro(say.intro, { output });
  const isSample = finds.attendance.length + finds.quizzes.length === 0;
  log.info(isSample ? say.nothingFound : say.found(finds.attendance, finds.quizzes), { output });
  const title = wish.title ?? (await askText(say.title, draft.title, say));
  const sessions = wish.sessions.length > 0 ? wish.sessions : await askSessions(draft.sessions, say);
  const issuer = wish.issuer ?? (await askText(say.issuer, draft.issuer, say));
  const minAttendance = wish.minAttendance ?? (await askPercent(say.minAttendance, draft.minAttendance, say));
  const hasQuiz = draft.quizzes.length > 0;
  const minScore =
    wish.minScore ?? (hasQuiz ? await askPercent(say.minScore, draft.minScore, say) : draft.minScore);
  const url = wish.url ?? (await askUrl(say.url, draft.url, say));
  return { ...draft, title, sessions, issuer, minAttendance, minScore, url, areSessionsGuessed: false };
}

export async function askWhetherEncrypted(language: Language): Promise<boolean> {
  return taken(await confirm({ message: words[language].isEncrypted, initialValue: true, output }));
}

async function askText(message: string, proposed: string, say: Words): Promise<string> {
  return await ask({ message, proposed, parse: parseText, wanted: say.wanted.text });
}

async function askUrl(message: string, proposed: string, say: Words): Promise<string> {
  return await ask({ message, proposed, parse: parseUrl, wanted: say.wanted.url });
}

async function askPercent(message: string, proposed: number, say: Words): Promise<number> {
  return await ask({ message, proposed: String(proposed), parse: parsePercent, wanted: say.wanted.percent });
}

async function askSessions(proposed: readonly DraftSession[], say: Words): Promise<DraftSession[]> {
  const message = `${say.sessions} (${say.sessionsHint})`;
  const shown = proposed.map(formatSession).join(", ");
  return await ask({ message, proposed: shown, parse: parseSessions, wanted: say.wanted.session });
}

interface Question<T> {
  readonly message: string;
  readonly proposed: string;
  readonly parse: (text: string) => T | null;
  readonly wanted: string;
}

async function ask<T>({ message, proposed, parse, wanted }: Question<T>): Promise<T> {
  const given = taken(
    await text({
      message,
      initialValue: proposed,
      validate: (value) => (parse(value ?? "") === null ? wanted : undefined),
      output,
    }),
  );
  const value = parse(given);
  if (value === null) throw new TypeError(`"${given}" was admitted and cannot be parsed`);
  return value;
}

function taken<T>(value: T): Exclude<T, symbol> {
  if (isCancel(value)) throw new Cancelled();
  return value as Exclude<T, symbol>;
}
