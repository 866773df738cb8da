import { formatCode } from "../credential/code.js";
import { parseHex } from "../credential/hex.js";
import type { Overview } from "../register/rows.js";
import { openPlace, placeOf, type RegisterOptions } from "./registerPlace.js";
import { answer, note, paintOut, printable } from "./talk.js";

/** `lulus register list`: what has been issued, in the order in which it was, and whether it still holds. */
export async function listRegister(asked: string | undefined, options: RegisterOptions): Promise<number> {
  const place = placeOf(asked, options);
  const register = openPlace(place);
  const count = { all: 0, withdrawn: 0 };
  try {
    register.admitText(place.event === null ? "all" : { event: place.event });
    const rows = counted(register.overview(place.event), count);
    await answer(options.json ? listJson(rows, place.shown) : listLines(rows, place.event === null));
    const held = count.all - count.withdrawn;
    const withdrawn = count.withdrawn === 0 ? "" : `, ${count.withdrawn} withdrawn`;
    if (!options.json) note(`${held} certificates hold${withdrawn}`, { quiet: options.quiet ?? false });
  } finally {
    register.close();
  }
  return 0;
}

function* counted(rows: Iterable<Overview>, count: { all: number; withdrawn: number }): Iterable<Overview> {
  for (const row of rows) {
    count.all += 1;
    if (row.state !== null) count.withdrawn += 1;
    yield row;
  }
}

function* listJson(rows: Iterable<Overview>, register: string): Iterable<string> {
  yield `${JSON.stringify({ schema: "lulus.register-list/1", register }).slice(0, -1)},"certificates":[`;
  let separator = "\n";
  for (const row of rows) {
    yield `${separator}${JSON.stringify(entryOf(row))}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}

function entryOf({ cti, state, successor, reason, at, sha256, id: _, ...row }: Overview) {
  return {
    ...row,
    code: formatCode(parseHex(cti)),
    state: state ?? "current",
    reason,
    withdrawn_at: at,
    successor,
    sha256,
  };
}

/** As many as are looked at together to set the columns. */
const PAGE = 500;

function* listLines(rows: Iterable<Overview>, withEvent: boolean): Iterable<string> {
  let held: string[][] = [];
  for (const row of rows) {
    held.push(cellsOf(row, withEvent));
    if (held.length < PAGE) continue;
    yield* inColumns(held);
    held = [];
  }
  yield* inColumns(held);
}

function cellsOf(
  { number, date, event, award, name, state, successor }: Overview,
  withEvent: boolean,
): string[] {
  const fate = state === null ? "" : successor === null ? state : `${state} by ${successor}`;
  return [number, date, ...(withEvent ? [event] : []), award, name, fate].map(printable);
}

function* inColumns(rows: readonly (readonly string[])[]): Iterable<string> {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length))) ?? [];
  for (const row of rows) {
    const fate = row.at(-1) ?? "";
    const cells = row.slice(0, -1).map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const line = cells.join("  ");
    yield fate === "" ? `${line.trimEnd()}\n` : `${line}  ${paintOut("yellow", fate)}\n`;
  }
}
