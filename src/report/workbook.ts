import type { Blob } from "node:buffer";
import type Stream from "node:stream";
import { unzipSync, zipSync } from "fflate";
import type { CellObject, Feature } from "write-excel-file/node";
import type { Decision } from "../model/decision.js";
import type { Check } from "./check.js";
import { fill, labelsOf } from "./labels.js";
import { awardTitle, percentReached, roleTitle, skippedBecause } from "./phrase.js";
import { sentence } from "./sentence.js";
import { reasonTally } from "./tally.js";
import { wordsOf } from "./words.js";

/** One column of a sheet: its heading, its width in characters, and its cell for each thing that the sheet lists. */
interface Column<T> {
  readonly title: string;
  readonly width: number;
  readonly cell: (of: T) => CellObject | null;
}

/** Excel admits 32,767 characters in a cell. */
const longestCell = 32_000;

interface Sheet {
  readonly sheet: string;
  readonly columns: { readonly width: number }[];
  readonly data: (CellObject | null)[][];
}

/**
 * The report as an Excel workbook: people, reasons, inputs, warnings. Numbers are numbers, text is text and stays it
 * when somebody edits the cell. The same check gives the same bytes.
 */
export async function workbookReport(check: Check): Promise<Uint8Array> {
  const { default: writeExcelFile } = await import("write-excel-file/node");
  const sheets = [people(check), reasons(check), inputs(check), warnings(check)];
  const file = await writeExcelFile(
    sheets.map((sheet) => ({ ...sheet, stickyRowsCount: 1 })),
    { features: [filterOver(sheets)] },
  ).toBuffer();
  return withoutClock(file);
}

function sheet<T>(name: string, columns: readonly Column<T>[], rows: readonly T[]): Sheet {
  const header = columns.map(
    ({ title }): CellObject => ({
      value: title,
      type: String,
      fontWeight: "bold",
      backgroundColor: "#e8edf2",
      alignVertical: "center",
    }),
  );
  return {
    sheet: name,
    columns: columns.map(({ width }) => ({ width })),
    data: [header, ...rows.map((row) => columns.map(({ cell }) => cell(row)))],
  };
}

/** `@` declares the cell as text: a number of eighteen digits stays whole, and `=1+1` stays a strange name. */
function text(value: string | null): CellObject | null {
  if (value === null || value === "") return null;
  // the writer looks strings up in a plain object, where it finds `constructor` before anybody put it there
  const safe = value in Object.prototype ? `${value} ` : value.slice(0, longestCell);
  return { value: safe, type: String, format: "@" };
}

function number(value: number | undefined, format: string): CellObject | null {
  return value === undefined ? null : { value, type: Number, format };
}

function people(check: Check): Sheet {
  const labels = labelsOf(check.language);
  const quizzes = [...new Set(check.decisions.flatMap(({ figures }) => Object.keys(figures.quizzes)))];
  const forms = [...new Set(check.decisions.flatMap(({ figures }) => Object.keys(figures.presence)))];
  const awards = (of: Decision) => (of.outcome === "eligible" ? of.awards : []);
  const columns: Column<Decision>[] = [
    { title: labels.name, width: 36, cell: ({ person }) => text(person.name) },
    { title: labels.email, width: 32, cell: ({ person }) => text(person.emails.join(" ")) },
    { title: labels.nip, width: 22, cell: ({ person }) => text(person.nip) },
    { title: labels.institution, width: 24, cell: ({ person }) => text(person.institution) },
    { title: labels.role, width: 12, cell: ({ person }) => text(roleTitle(person.role, check.language)) },
    { title: labels.decision, width: 22, cell: ({ outcome }) => text(labels[outcome]) },
    {
      title: labels.award,
      width: 16,
      cell: (of) =>
        text(
          awards(of)
            .map((id) => awardTitle(check, id))
            .join(", "),
        ),
    },
    {
      title: labels.reason,
      width: 56,
      cell: ({ reasons: all }) => text(all.map((reason) => sentence(reason, check.language)).join("; ")),
    },
    ...check.sessions.flatMap(({ id, start, end }): Column<Decision>[] => [
      {
        title: `${id}: ${labels.duration}`,
        width: 14,
        cell: ({ figures }) => number((figures.sessions[id]?.seconds ?? 0) / 86_400, "[h]:mm:ss"),
      },
      {
        title: `${id}: ${labels.percent}`,
        width: 12,
        cell: ({ figures }) =>
          number(percentReached(figures.sessions[id]?.seconds ?? 0, end - start) / 100, "0.00%"),
      },
    ]),
    ...quizzes.flatMap((id): Column<Decision>[] => [
      {
        title: `${id}: ${labels.points}`,
        width: 12,
        cell: ({ figures }) => number(figures.quizzes[id]?.points, "General"),
      },
      {
        title: `${id}: ${labels.max}`,
        width: 12,
        cell: ({ figures }) => number(figures.quizzes[id]?.max, "General"),
      },
      {
        title: `${id}: ${labels.percent}`,
        width: 12,
        cell: ({ figures }) => {
          const figure = figures.quizzes[id];
          return number(figure && percentReached(figure.points, figure.max) / 100, "0.00%");
        },
      },
      {
        title: `${id}: ${labels.attempts}`,
        width: 12,
        cell: ({ figures }) => number(figures.quizzes[id]?.attempts, "0"),
      },
    ]),
    ...forms.map(
      (form): Column<Decision> => ({
        title: form,
        width: 12,
        cell: ({ figures }) => number(figures.presence[form] ? 1 : 0, "0"),
      }),
    ),
    { title: labels.aliases, width: 36, cell: ({ person }) => text(person.aliases.join(" | ")) },
    {
      title: labels.sources,
      width: 48,
      cell: ({ person }) => text(person.sources.map(({ file, line }) => `${file}:${line}`).join(" ")),
    },
    { title: labels.id, width: 32, cell: ({ person }) => text(person.key) },
  ];
  return sheet(labels.people, columns, check.decisions);
}

function reasons(check: Check): Sheet {
  const labels = labelsOf(check.language);
  const words = wordsOf(check.language);
  return sheet(
    labels.reasons,
    [
      { title: labels.count, width: 10, cell: ([, count]) => number(count, "#,##0") },
      { title: labels.meaning, width: 44, cell: ([code]) => text(words.codes[code]) },
      { title: labels.code, width: 22, cell: ([code]) => text(code) },
    ],
    reasonTally(check),
  );
}

function inputs(check: Check): Sheet {
  const labels = labelsOf(check.language);
  return sheet(
    labels.inputs,
    [
      { title: labels.file, width: 48, cell: ({ path }) => text(path) },
      {
        title: labels.format,
        width: 32,
        cell: ({ format, duplicateOf }) =>
          text(duplicateOf === null ? format : fill(labels.sameAs, { file: duplicateOf })),
      },
      { title: labels.encoding, width: 14, cell: ({ encoding }) => text(encoding) },
      {
        title: labels.delimiter,
        width: 10,
        cell: ({ delimiter }) => text(delimiter === "\t" ? labels.tab : delimiter),
      },
      { title: labels.sheet, width: 14, cell: ({ sheet }) => text(sheet) },
      { title: labels.dateOrder, width: 10, cell: ({ dateOrder }) => text(dateOrder) },
      { title: labels.because, width: 44, cell: ({ dateOrderBecause }) => text(dateOrderBecause) },
      { title: labels.rows, width: 10, cell: ({ rows }) => number(rows, "#,##0") },
      { title: labels.people, width: 10, cell: (input) => number(input.people, "#,##0") },
      { title: labels.skipped, width: 10, cell: ({ skipped }) => number(skipped, "#,##0") },
      { title: labels.because, width: 36, cell: (input) => text(skippedBecause(input)) },
      { title: "SHA-256", width: 68, cell: ({ sha256 }) => text(sha256) },
    ],
    check.inputs,
  );
}

function warnings(check: Check): Sheet {
  const labels = labelsOf(check.language);
  return sheet(
    labels.warnings,
    [
      { title: labels.file, width: 48, cell: ({ file }) => text(file ?? null) },
      { title: labels.line, width: 8, cell: ({ line }) => number(line, "0") },
      { title: labels.code, width: 24, cell: ({ code }) => text(code) },
      { title: labels.message, width: 80, cell: ({ message }) => text(message) },
    ],
    check.warnings,
  );
}

/** Arrows on the heading row, to sort and filter by. */
function filterOver(sheets: readonly Sheet[]): Feature<Buffer | Blob | Stream> {
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform: (xml, _, { sheetIndex }) => {
            const data = sheets[sheetIndex]?.data ?? [];
            const last = `${letters(data[0]?.length ?? 1)}${data.length}`;
            return xml.replace("</sheetData>", `</sheetData><autoFilter ref="A1:${last}"/>`);
          },
        },
      },
    },
  };
}

/** 1 → A, 27 → AA. */
function letters(column: number): string {
  return column === 0
    ? ""
    : letters(Math.floor((column - 1) / 26)) + String.fromCharCode(65 + ((column - 1) % 26));
}

/** The writer stamps each part of the file with the time of day; the year is the earliest that a ZIP knows. */
function withoutClock(file: Uint8Array): Uint8Array {
  const mtime = new Date(1980, 0, 1);
  const parts = Object.entries(unzipSync(file)).sort(([a], [b]) =>
    a === contentTypes ? -1 : b === contentTypes ? 1 : 0,
  );
  return zipSync(Object.fromEntries(parts), { mtime, level: 6 });
}

const contentTypes = "[Content_Types].xml";
