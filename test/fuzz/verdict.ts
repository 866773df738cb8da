import { judge } from "../../src/judge/judge.js";
import { match } from "../../src/match/match.js";
import { Personas } from "../../src/match/persona.js";
import { Fault, Faults } from "../../src/model/fault.js";
import type { Identity, Source } from "../../src/model/row.js";
import { jsonReport } from "../../src/report/json.js";
import { terminalReport } from "../../src/report/terminal.js";
import type { Read, Seed } from "./corpus.js";

/** `people`: read; `empty`: read, and said that nobody is in it; `fault`: refused as it should be; else what went wrong. */
export interface Verdict {
  readonly outcome: "people" | "empty" | "fault" | "violation";
  /** codes of the faults, or what is wrong */
  readonly what: string;
}

const controls = /[\p{Cc}\p{Cs}]/u;

/** Reads a damaged file as its seed was meant to be read, and goes on to the report if it can be read. */
export async function verdictOn({ read }: Seed, bytes: Buffer): Promise<Verdict> {
  let reading: Read;
  try {
    reading = await read(bytes);
  } catch (error) {
    return refused(error);
  }
  const flaw = flawOf(reading) ?? decided(reading);
  if (flaw !== null) return { outcome: "violation", what: flaw };
  return { outcome: reading.people.length > 0 ? "people" : "empty", what: "" };
}

function refused(error: unknown): Verdict {
  const faults = error instanceof Faults ? error.faults : [error];
  for (const fault of faults) {
    if (!(fault instanceof Fault)) {
      const said = fault instanceof Error ? (fault.stack ?? fault.message) : String(fault);
      return { outcome: "violation", what: `an error that is no fault: ${said}` };
    }
    const { code, message, place } = fault;
    if (place?.file === undefined)
      return { outcome: "violation", what: `${code} without a file: ${message}` };
    if (message === "") return { outcome: "violation", what: `${code} says nothing` };
    if (message.length > 2000)
      return { outcome: "violation", what: `${code} says too much: ${message.length} letters` };
  }
  const codes = faults.flatMap((fault) => (fault instanceof Fault ? [fault.code] : []));
  return { outcome: "fault", what: [...new Set(codes)].join(" ") };
}

/** What of a reading must not be. */
function flawOf({ people, rows, warnings }: Read): string | null {
  const codes = new Set(warnings.map(({ code }) => code));
  if (rows !== null && people.length !== rows)
    return `the summary says ${rows} rows, and ${people.length} came`;
  if (people.length === 0 && !codes.has("session-empty")) return "nobody, and nothing is said about it";
  for (const { who, source } of people) {
    const flaw = flawOfIdentity(who, codes) ?? flawOfSource(source);
    if (flaw !== null) return `${flaw} (line ${source.line})`;
  }
  return null;
}

function flawOfIdentity({ name, email, nip }: Identity, said: ReadonlySet<string>): string | null {
  if (name.includes("\ufffd") && !said.has("name-damaged"))
    return "a letter is lost, and nothing is said about it";
  if (controls.test(name)) return `a control character in the name ${JSON.stringify(name)}`;
  if (name.normalize("NFC") !== name) return `a name that is not NFC: ${JSON.stringify(name)}`;
  if (email !== null && (controls.test(email) || /[\s,;<>"]/.test(email)))
    return `the address ${JSON.stringify(email)}`;
  if (nip !== null && (nip === "" || controls.test(nip))) return `the number ${JSON.stringify(nip)}`;
  return null;
}

function flawOfSource({ file, line }: Source): string | null {
  return file !== "" && Number.isInteger(line) && line > 0
    ? null
    : `a source that is no line: ${file}:${line}`;
}

const session = { id: "main", start: 1_790_000_000, end: 1_790_010_800 };

/** Matches, judges and reports what was read; what goes wrong there is a flaw as well. */
function decided({ add }: Read): string | null {
  const personas = new Personas();
  add(personas);
  try {
    const matched = match(personas);
    const decisions = judge(matched, {
      sessions: [session],
      quizzes: { "post-test": "best" },
      forms: ["awal"],
      awards: [
        { id: "a", when: { attendance: { min_percent: 75 }, quizzes: { "post-test": { min_percent: 70 } } } },
      ],
      all: false,
    });
    const check = {
      event: "e",
      title: "E",
      series: null,
      issuer: "I",
      language: "en",
      timezone: "Asia/Jakarta",
      sessions: [session],
      inputs: [],
      decisions,
      warnings: matched.warnings,
      rulings: [],
      awards: ["a"],
      conditions: [],
      judgeUnder: async () => decisions,
    } as const;
    JSON.parse([...jsonReport(check)].join(""));
    terminalReport(check, (_, text) => text);
    return decisions.length === matched.people.length ? null : "somebody has no decision";
  } catch (error) {
    return `after reading: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}
