import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/model/fault.js";
import { type CsvRecord, type Delimiter, eachRecord } from "../../src/read/records.js";
import { openText } from "../../src/read/text.js";
import { faultsOf, fileOf } from "./reading.js";

async function recordsOf(content: string, delimiter: Delimiter = ",", chunk = 65_536) {
  const records: { cells: readonly string[]; line: number }[] = [];
  const faults: Fault[] = [];
  const visit = ({ cells, line }: CsvRecord) => void records.push({ cells, line });
  const text = await openText(fileOf(content, "a.csv", chunk));
  await eachRecord(text, delimiter, visit, (fault) => faults.push(fault));
  return { records, faults };
}

const cell = fc.string({
  unit: fc.constantFrom("a", "é", "😀", " ", ",", ";", '"', "\n", "\t", "0", "'", "="),
  maxLength: 8,
});
const table = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 });

function written(rows: readonly string[][], delimiter: string, lineEnd: string): string {
  const quoted = (text: string) => (/[",;\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map(quoted).join(delimiter) + lineEnd).join("");
}

describe("records", () => {
  test("are the cells that were written, whatever they hold and however the file is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        table,
        fc.constantFrom<Delimiter>(",", ";", "\t"),
        fc.constantFrom("\n", "\r\n"),
        fc.integer({ min: 1, max: 40 }),
        async (rows, delimiter, lineEnd, chunk) => {
          const { records, faults } = await recordsOf(written(rows, delimiter, lineEnd), delimiter, chunk);
          expect(records.map(({ cells }) => cells)).toEqual(rows);
          expect(faults).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("are those that csv-parse finds", async () => {
    await fc.assert(
      fc.asyncProperty(table, fc.boolean(), async (rows, isClosed) => {
        const content = written(rows, ",", "\n").slice(0, isClosed ? undefined : -1);
        fc.pre(content !== "");
        const { records } = await recordsOf(content, ",", 5);
        const others: unknown = parse(content, { relax_column_count: true, relax_quotes: true });
        expect(records.map(({ cells }) => cells)).toEqual(others);
      }),
      { numRuns: 400 },
    );
  });

  test("are told the line on which they start", async () => {
    const { records } = await recordsOf('a,b\r\n"x\r\ny",2\r\n\r\nc,d');
    expect(records.map(({ line }) => line)).toEqual([1, 2, 4, 5]);
  });

  test("end at a lone carriage return only in a file that knows no other line end", async () => {
    expect((await recordsOf("a,b\rc,d\r")).records.map(({ cells }) => cells)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect((await recordsOf("a,b\nc\rx,d\n")).records.map(({ cells }) => cells)).toEqual([
      ["a", "b"],
      ["c\rx", "d"],
    ]);
  });

  test("say where a quote opens that is never closed", async () => {
    const [fault] = await faultsOf(recordsOf('a,b\nc,"d\ne,f\n'));
    expect(fault).toMatchObject({ code: "csv-quote-open", place: { file: "a.csv", line: 2, column: 3 } });
  });

  test("say where text follows a closing quote, and go on", async () => {
    const { records, faults } = await recordsOf('a,"b" c\nd,e\n');
    expect(faults).toMatchObject([{ code: "csv-quote-stray", place: { line: 1, column: 6 } }]);
    expect(records).toHaveLength(2);
  });

  test("of a megabyte in one cell, or of endless columns, are refused", async () => {
    const [long] = await faultsOf(recordsOf(`a,b\nc,"${"x".repeat(1_100_000)}"\n`));
    expect(long).toMatchObject({ code: "csv-too-long", place: { line: 2, column: 3 } });
    const [open] = await faultsOf(recordsOf(`a,b\n"c","${"x\n".repeat(4_000_000)}`));
    expect(open).toMatchObject({ code: "csv-too-long", place: { line: 2, column: 5 } });
    const [wide] = await faultsOf(recordsOf(`a,b\n${",".repeat(20_000)}\n`));
    expect(wide).toMatchObject({ code: "csv-too-wide", place: { line: 2 } });
  });
});
