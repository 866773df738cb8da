import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, extname } from "node:path";
import { Fault } from "../model/fault.js";
import type { Check } from "../report/check.js";
import { csvReport } from "../report/csv.js";
import { jsonReport } from "../report/json.js";

/** One row per kind of report, by the ending of its file. */
const kinds: Readonly<Record<string, (check: Check) => string>> = {
  ".csv": csvReport,
  ".json": (check) => [...jsonReport(check)].join(""),
};

/** @throws Fault for an ending that is no kind of report, before anything is read or written */
export function admitReports(files: readonly string[]): void {
  for (const file of files) {
    if (kinds[extname(file).toLowerCase()] !== undefined) continue;
    throw new Fault("report-kind", `"${file}" is no kind of report`, {
      hints: [`known: ${Object.keys(kinds).join(", ")}`],
    });
  }
}

/** Writes the report once per file; the ending says which kind. */
export function writeReports(check: Check, files: readonly string[]): void {
  for (const file of files) {
    const format = kinds[extname(file).toLowerCase()];
    if (format === undefined) continue;
    try {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, format(check));
    } catch (error) {
      throw new Fault(
        "report-unwritable",
        `the report cannot be written (${error instanceof Error ? error.message : String(error)})`,
        {
          place: { file },
          cause: error,
          hints: ["name a folder that exists and can be written to"],
        },
      );
    }
  }
}
