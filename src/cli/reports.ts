import { mkdirSync } from "node:fs";
import { dirname, extname, relative, resolve } from "node:path";
import { Fault } from "../model/fault.js";
import type { Check } from "../report/check.js";
import { writeDurably } from "./draft.js";
import type { EventFolder } from "./eventFolder.js";
import { shownPath } from "./eventFolder.js";
import { Interrupted } from "./interrupt.js";
import { note, type Talk } from "./talk.js";

type Content = string | Uint8Array | Iterable<string>;

/** One row per kind of report, by the ending of its file. */
const kinds: Readonly<Record<string, (check: Check) => Promise<Content>>> = {
  ".html": async (check) => (await import("../report/page/page.js")).pageReport(check),
  ".xlsx": async (check) => (await import("../report/workbook.js")).workbookReport(check),
  ".csv": async (check) => (await import("../report/csv.js")).csvReport(check),
  ".md": async (check) => (await import("../report/markdown.js")).markdownReport(check),
  ".json": async (check) => (await import("../report/json.js")).jsonReport(check),
};

/** What `--report` takes, for people. */
const reportEndings = Object.keys(kinds).join(", ");

/**
 * Refuses what can never be a report, before anything is read or written.
 *
 * @throws Fault for an ending that is no kind of report, for a place among the certificates, and for the event file
 */
export function admitReports(files: readonly string[], folder: EventFolder): void {
  const output = resolve(folder.dir, folder.event.config.output);
  for (const file of files) {
    if (kinds[extname(file).toLowerCase()] === undefined) {
      throw new Fault("report-kind", `"${file}" is no kind of report`, {
        hints: [`known endings: ${reportEndings}`],
      });
    }
    if (isInside(resolve(file), output)) {
      throw new Fault("report-among-certificates", `"${file}" lies in the folder of certificates`, {
        hints: ["only certificates and certificates.csv lie there: name another folder for the report"],
      });
    }
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && !way.startsWith("..") && resolve(folder, way) === path;
}

/**
 * Writes the report once per file; the ending says which kind. A file appears whole or not at all, missing folders are made.
 *
 * @throws Fault if a report would overwrite an input, or cannot be written
 */
export async function writeReports(
  check: Check,
  files: readonly string[],
  folder: EventFolder,
  talk: Talk,
): Promise<void> {
  const precious = new Set(inputsOf(check, folder).map((path) => resolve(folder.dir, path)));
  for (const file of files) {
    if (!precious.has(resolve(file))) continue;
    throw new Fault(
      "report-over-input",
      `"${file}" is an input of the event, and a report would overwrite it`,
      {
        hints: ["name another file for the report"],
      },
    );
  }
  for (const file of new Set(files)) {
    const content = await kinds[extname(file).toLowerCase()]?.(check);
    if (content === undefined) continue;
    await write(file, content);
    note(`report: ${shownPath(resolve(file))}`, talk);
  }
}

function inputsOf(check: Check, folder: EventFolder): string[] {
  const { inputs } = folder.event.config;
  return [...check.inputs.map(({ path }) => path), inputs.decisions ?? "decisions.csv"];
}

async function write(file: string, content: Content): Promise<void> {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const isWhole = typeof content === "string" || content instanceof Uint8Array;
    await writeDurably(file, isWhole ? [content] : content);
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new Fault("report-unwritable", `the report cannot be written (${why})`, {
      place: { file },
      cause: error,
      hints: ["name a file in a folder that exists and can be written to"],
    });
  }
}
