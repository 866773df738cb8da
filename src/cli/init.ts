import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createKey } from "../credential/key.js";
import type { Language } from "../model/event.js";
import { parseEvent } from "../model/eventFile.js";
import { Fault } from "../model/fault.js";
import { shownPath } from "./eventFolder.js";
import { type Draft, formatEvent, placeholderUrl } from "./init/draft.js";
import { type Finds, find } from "./init/finds.js";
import { sampleAttendance, sampleQuiz } from "./init/sample.js";
import type { DraftSession } from "./init/session.js";
import { type InitOptions, parseWish, type Wish } from "./init/wish.js";
import { words } from "./init/words.js";
import { writeNewKey } from "./key.js";
import { canAsk, newPassphrase } from "./passphrase.js";
import { formatSchema } from "./schema.js";
import { answer, note } from "./talk.js";

interface Written {
  readonly path: string;
  /** `false`: it was there and was left alone */
  readonly created: boolean;
}

/** `lulus init`: a folder on which `check` and `issue` run at once. Nothing that is there is ever written over. */
export async function init(argument: string | undefined, options: InitOptions): Promise<number> {
  const dir = resolve(argument ?? ".");
  if (existsSync(join(dir, "event.yaml"))) throw eventExists(dir);
  const wish = parseWish(options);
  const isAsking = canAsk() && !options.example && !options.yes && !options.json;
  const conversation = isAsking ? await import("./init/conversation.js") : null;
  try {
    const language = wish.language ?? (await conversation?.askLanguage(spokenLanguage())) ?? "id";
    const timezone = wish.timezone ?? localZone();
    const named = { attendance: options.attendance, quizzes: options.quiz };
    const finds = options.example ? nothing : await find(dir, named, timezone);
    if (conversation === null && finds.isDateOpen && wish.sessions.length === 0) throw datesOpen(finds);
    const proposed = propose(wish, finds, language, timezone, options.template ?? "classic");
    const draft = (await conversation?.askEvent(proposed, wish, finds)) ?? proposed;
    const passphrase = await passphraseOf(options, async () => conversation?.askWhetherEncrypted(language));
    const final = { ...draft, id: wish.id ?? idOf(draft.title, draft.sessions) };
    const written = layOut(dir, final, finds, passphrase);
    await tell(dir, final, finds, written, passphrase, options);
    return 0;
  } catch (error) {
    if (conversation === null || !(error instanceof conversation.Cancelled)) throw error;
    note(words[wish.language ?? spokenLanguage()].cancelled);
    return 130;
  }
}

const nothing: Finds = {
  attendance: [],
  quizzes: [],
  unknown: [],
  title: null,
  sessions: [],
  isDateOpen: false,
};

function eventExists(dir: string): Fault {
  return new Fault("event-exists", "there is an event already", {
    place: { file: shownPath(join(dir, "event.yaml")) },
    hints: ["nothing was changed; name another folder, as in: lulus init events/new"],
  });
}

function datesOpen({ attendance }: Finds): Fault {
  return new Fault(
    "date-order-ambiguous",
    "its dates can be read in two ways, and nothing in it settles it",
    {
      place: { file: attendance[0] ?? "" },
      hints: ['say when the sessions were, as in: --session "2024-10-24 08:30-11:30"'],
    },
  );
}

function spokenLanguage(): Language {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("en") ? "en" : "id";
}

/** That of the machine, unless it is a server's. */
function localZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return /^(?:UTC|GMT|Etc\/.*|Universal)$/.test(timeZone) ? "Asia/Jakarta" : timeZone;
}

/** What is said, else what the folder shows, else a default that works. */
function propose(wish: Wish, finds: Finds, language: Language, timezone: string, template: string): Draft {
  const say = words[language];
  const isSample = isEmpty(finds);
  const known = wish.sessions.length > 0 ? wish.sessions : finds.sessions;
  const sessions =
    known.length > 0 ? known : [{ id: "main", date: today(timezone), start: "09:00", end: "11:00" }];
  const title = wish.title ?? finds.title ?? say.defaults.title;
  return {
    language,
    id: idOf(title, sessions),
    title,
    timezone,
    sessions,
    issuer: wish.issuer ?? say.defaults.issuer,
    url: wish.url ?? placeholderUrl,
    template,
    attendance: finds.attendance.length > 0 ? finds.attendance : ["attendance/*.csv"],
    quizzes: isSample ? ["quiz/*.csv"] : finds.quizzes,
    minAttendance: wish.minAttendance ?? 75,
    minScore: wish.minScore ?? 70,
    areSessionsGuessed: wish.sessions.length === 0 && finds.attendance.length > 0,
    isSample,
  };
}

function isEmpty({ attendance, quizzes }: Finds): boolean {
  return attendance.length + quizzes.length === 0;
}

function today(timezone: string): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short" }).format(new Date());
}

/** Short, since it stands in every number: the first words of the title, and the year. */
function idOf(title: string, sessions: readonly DraftSession[]): string {
  const letters = title.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const parts = letters.split(/[^a-z0-9]+/).filter((part) => part !== "");
  let id = "";
  for (const part of parts) {
    if (id !== "" && id.length + part.length > 20) break;
    id += `${id === "" ? "" : "-"}${part.slice(0, 20)}`;
  }
  return `${id || "event"}-${sessions[0]?.date.slice(0, 4) ?? ""}`;
}

/** `undefined`: no key is wanted. Where nobody can be asked there is none, which is said. */
async function passphraseOf(
  options: InitOptions,
  ask: () => Promise<boolean | undefined>,
): Promise<string | null | undefined> {
  if (!options.key) return undefined;
  if (!options.passphrase || options.example) return null;
  const isGiven = Boolean(process.env.LULUS_KEY_PASSPHRASE_FILE || process.env.LULUS_KEY_PASSPHRASE);
  if (!isGiven && !(await ask())) return null;
  return await newPassphrase("New passphrase for the signing key");
}

const ignored = `# the signing key is secret; what a retired key signed is checked with retired.json
keys/*
!keys/retired.json
# personal data, and what can be made again
certificates/
outbox/
lulus.db*
`;

function layOut(dir: string, draft: Draft, finds: Finds, passphrase: string | null | undefined): Written[] {
  const event = formatEvent(draft);
  // what would stop the next command stops this one, before anything is written
  parseEvent(event, "event.yaml");
  const [session] = draft.sessions;
  const files: [string, string][] = [
    ["event.yaml", event],
    ["event.schema.json", formatSchema("event")],
    [".gitignore", ignored],
  ];
  if (isEmpty(finds) && session !== undefined) {
    files.push(["attendance/zoom.csv", sampleAttendance(draft.title, session)]);
    files.push(["quiz/post-test.csv", sampleQuiz(session)]);
  }
  const written = files.map(([path, text]) => writeNew(dir, path, text));
  if (passphrase === undefined) return written;
  const key = join(dir, "keys", "issuer.pem");
  const created = !existsSync(key);
  if (created) writeNewKey(key, createKey(passphrase));
  return [...written, { path: "keys/issuer.pem", created }];
}

function writeNew(dir: string, path: string, text: string): Written {
  const file = join(dir, path);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text, { flag: "wx" });
    return { path, created: true };
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "EEXIST" && path !== "event.yaml" && existsSync(file)) return { path, created: false };
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("event-unwritable", `the file cannot be written (${why})`, {
      place: { file: shownPath(file) },
      cause,
      hints: ["name a folder that may be written to, as in: lulus init events/new"],
    });
  }
}

async function tell(
  dir: string,
  draft: Draft,
  finds: Finds,
  written: readonly Written[],
  passphrase: string | null | undefined,
  options: InitOptions,
): Promise<void> {
  const say = words[draft.language];
  const talk = { quiet: options.quiet ?? false };
  const shown = shownPath(dir);
  const next = [
    ...(shown === "." ? [] : [`cd ${quoted(shown)}`]),
    "lulus check",
    "lulus issue",
    // the sample says who writes mails; an event of one's own does not yet
    isEmpty(finds) ? "lulus send --dry-run" : "lulus verify certificates --event .",
  ];
  if (passphrase === undefined) next.splice(-2, 0, "lulus key create");
  if (options.json) {
    await answer(
      `${JSON.stringify({ schema: "lulus.init/1", dir: shown, event: draft.id, files: written, next })}\n`,
    );
    return;
  }
  await answer(
    written.map(({ path, created }) => `${shownPath(join(dir, path))}${created ? "" : "  (was there)"}\n`),
  );
  if (finds.unknown.length > 0) note(`\n${say.unknown(finds.unknown)}`, talk);
  if (finds.attendance.length === 0 && !isEmpty(finds)) note(say.noAttendance, talk);
  if (draft.areSessionsGuessed) note(say.guessed, talk);
  if (passphrase === null) note(say.plainKey, talk);
  if (draft.url === placeholderUrl) note(say.placeholder, talk);
  note([`\n${say.next}`, ...next.map((line) => `  ${line}`)].join("\n"), talk);
}

function quoted(path: string): string {
  return /^[\w./-]+$/.test(path) ? path : `"${path}"`;
}
