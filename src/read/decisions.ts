import { parse } from "csv-parse/sync";
import { Fault, refuse } from "../model/fault.js";
import { parseQuestion, type Ruling, rulingWords } from "../model/ruling.js";

const columns = ["person", "question", "ruling", "reason"] as const;

/**
 * The organiser's rulings: the file that `check --review` wrote, filled in. Rows without a ruling are still open.
 *
 * @throws Fault or Faults for columns that are missing and words that are no ruling
 */
export function parseDecisions(text: string, file: string): Ruling[] {
  const delimiter = /^[^\r\n]*;/.test(text) && !/^[^\r\n]*,/.test(text) ? ";" : ",";
  const rows = records(text, delimiter, file);
  const [header] = rows;
  const at = new Map((header?.cells ?? []).map((cell, index) => [cell.trim().toLowerCase(), index]));
  refuse(
    columns.flatMap((column) =>
      at.has(column)
        ? []
        : [
            new Fault("column-missing", `there is no column "${column}"`, {
              place: { file, line: 1 },
              hints: ["keep the header that `lulus check --review` wrote"],
            }),
          ],
    ),
  );
  const faults: Fault[] = [];
  const rulings = rows.slice(1).flatMap(({ cells, line }) => {
    const cell = (column: string) => (cells[at.get(column) ?? -1] ?? "").trim().replace(/^'(?=[=+\-@])/, "");
    const written = cell("ruling").toLowerCase();
    if (written === "") return [];
    const word = rulingWords.find((each) => each === written);
    const text = cell("reason");
    if (word === undefined || (word === "name" && text === "")) {
      const what =
        word === undefined
          ? `"${cell("ruling")}" is no ruling`
          : "the ruling `name` needs the name to print under `reason`";
      faults.push(
        new Fault("ruling-unknown", what, {
          place: { file, line },
          hints: [`known: ${rulingWords.join(", ")}`],
        }),
      );
      return [];
    }
    return [
      { person: cell("person"), ...parseQuestion(cell("question")), word, text, source: { file, line } },
    ];
  });
  refuse(faults);
  return rulings;
}

function records(text: string, delimiter: string, file: string): { cells: string[]; line: number }[] {
  try {
    const parsed = parse(text, {
      bom: true,
      delimiter,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    });
    return (parsed as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      cells: record,
      line: info.lines,
    }));
  } catch (error) {
    throw new Fault(
      "decisions-unreadable",
      `the rulings cannot be read (${error instanceof Error ? error.message : String(error)})`,
      { place: { file }, cause: error },
    );
  }
}
