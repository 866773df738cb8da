import { activeCell } from "../model/cell.js";
import { Fault, type Place, refuse } from "../model/fault.js";
import {
  answersTo,
  formatQuestion,
  parseQuestion,
  type ReviewColumn,
  type ReviewRow,
  type ReviewSheet,
  type Ruling,
  type RulingWord,
  reviewColumn,
  rulingWords,
} from "../model/ruling.js";
import { nearest } from "../model/yaml.js";
import type { InputFile } from "./input.js";
import { type CsvRecord, type Delimiter, eachRecord } from "./records.js";
import { openText, type Text } from "./text.js";

/*
 * A tired human being fills this file in with a spreadsheet: it may come back with semicolons or tabs, in Windows-1252
 * or UTF-16, with blank rows, columns of their own and words in capitals or Indonesian. Only what cannot be
 * understood is an error, and then nothing is applied.
 */

const words: ReadonlyMap<string, RulingWord> = new Map([
  ...rulingWords.map((word) => [word, word] as const),
  ...Object.entries({
    sama: "same",
    beda: "different",
    berbeda: "different",
    lain: "different",
    terbitkan: "issue",
    terbit: "issue",
    tolak: "deny",
    ditolak: "deny",
    nama: "name",
  } as const),
]);

/** @throws Fault or Faults for a file that is none of ours, and for every row whose ruling cannot be understood */
export async function readDecisions(file: InputFile): Promise<ReviewSheet> {
  const text = await openText(file);
  for (const delimiter of [",", ";", "\t"] as const) {
    const sheet = await read(text, delimiter);
    if (sheet !== null) return sheet;
  }
  throw new Fault("decisions-unrecognised", "found no header with the columns `person` and `ruling`", {
    place: { file: file.path, line: 1 },
    hints: ["keep the header that `lulus check --review` wrote: person, question, evidence, ruling, reason"],
  });
}

/** `null`: with this delimiter there is no header. */
async function read(text: Text, delimiter: Delimiter): Promise<ReviewSheet | null> {
  let header: readonly string[] | null = null;
  let at: ReadonlyMap<ReviewColumn, number> = new Map();
  const rows: ReviewRow[] = [];
  const faults: Fault[] = [];
  const visit = (record: CsvRecord): undefined => {
    if (record.cells.every((cell) => cell.trim() === "")) return undefined;
    if (header !== null) rows.push(rowOf(record, at, text.path, faults));
    else {
      at = placesOf(record.cells);
      if (at.has("person") && at.has("ruling")) header = record.cells;
    }
    return undefined;
  };
  await eachRecord(text, delimiter, visit, (fault) => faults.push(fault));
  if (header === null) return null;
  refuse([...faults, ...contradictions(rows)]);
  return { delimiter, header, rows };
}

function placesOf(cells: readonly string[]): Map<ReviewColumn, number> {
  const at = new Map<ReviewColumn, number>();
  for (const [index, cell] of cells.entries()) {
    const column = reviewColumn(cell);
    if (column !== undefined && !at.has(column)) at.set(column, index);
  }
  return at;
}

function rowOf(
  record: CsvRecord,
  at: ReadonlyMap<ReviewColumn, number>,
  file: string,
  faults: Fault[],
): ReviewRow {
  const cell = (column: ReviewColumn) => activeCell(record.cells[at.get(column) ?? -1] ?? "").trim();
  const asked = { person: cell("person"), ...parseQuestion(cell("question")) };
  const ours = [...at].filter(([column]) => column !== "reason").map(([, index]) => index);
  const hasNote = record.cells.some((text, index) => !ours.includes(index) && text.trim() !== "");
  const written = cell("ruling");
  const open: ReviewRow = { cells: record.cells, asked, ruling: null, hasNote };
  if (written === "") return open;
  const place = (column: ReviewColumn): Place => record.placeOf(at.get(column) ?? 0);
  const word = words.get(written.toLowerCase().replace(/[\s.!]+$/u, ""));
  const fault = wrong(written, word, asked, cell("reason"), place);
  if (fault !== null) faults.push(fault);
  if (fault !== null || word === undefined) return open;
  const source = { file, line: record.line };
  return { ...open, ruling: { ...asked, word, text: cell("reason"), source } };
}

function wrong(
  written: string,
  word: RulingWord | undefined,
  asked: ReviewRow["asked"],
  reason: string,
  place: (column: ReviewColumn) => Place,
): Fault | null {
  const accepted = answersTo(asked);
  if (word === undefined) {
    const near = nearest(written, [...words.keys()]);
    const hints = [`known: ${rulingWords.join(", ")} (sama, beda, terbitkan, tolak, nama)`];
    if (near !== undefined) hints.unshift(`did you mean \`${near}\`?`);
    return new Fault("ruling-unknown", `"${written.slice(0, 60)}" is no ruling`, {
      place: place("ruling"),
      hints,
    });
  }
  if (asked.person === "")
    return new Fault("ruling-unknown", `the ruling \`${word}\` stands beside no person`, {
      place: place("person"),
      hints: ["write an e-mail address, a number or a name under `person`"],
    });
  if (!accepted.includes(word))
    return new Fault("ruling-unfit", `\`${word}\` is no answer to ${formatQuestion(asked).slice(0, 120)}`, {
      place: place("ruling"),
      hints: [
        `expected ${accepted.join(", ")}`,
        "rule on anything else in a row of its own, with an empty `question`",
      ],
    });
  if (word === "name" && reason === "")
    return new Fault("ruling-unknown", "the ruling `name` needs the name to print under `reason`", {
      place: place("reason"),
      hints: ["write the name under `reason` as it is to be printed"],
    });
  return null;
}

/** Two answers to one question: which one holds is not for us to guess. */
function contradictions(rows: readonly ReviewRow[]): Fault[] {
  const first = new Map<string, Ruling>();
  return rows.flatMap(({ ruling }) => {
    if (ruling === null) return [];
    const slot = slotOf(ruling);
    const before = first.get(slot);
    if (before === undefined) first.set(slot, ruling);
    const isOther =
      before !== undefined &&
      (before.word !== ruling.word || (ruling.word === "name" && before.text !== ruling.text));
    if (!isOther) return [];
    return [
      new Fault(
        "ruling-contradicts",
        `\`${ruling.word}\` on "${ruling.person}" contradicts \`${before.word}\` in line ${before.source.line}`,
        { place: ruling.source, hints: ["leave one of the two rows"] },
      ),
    ];
  });
}

function slotOf({ person, other, word, question }: Ruling): string {
  const whom = person.toLowerCase();
  if (word === "issue" || word === "deny") return `outcome\n${whom}`;
  if (word === "name") return `name\n${whom}`;
  if (other === null) return `alone\n${question}\n${whom}`;
  return ["pair", ...[whom, other.toLowerCase()].sort()].join("\n");
}
