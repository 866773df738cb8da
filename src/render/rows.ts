import { type Facts, type ListRow, printable } from "./placeholder.js";

/** Stands for the number of the row, from 1. */
export const rowNumber = "$index";

/** The facts inside of one row of a list: its own fields before all others. */
export function rowsAsFacts(row: ListRow, index: number, facts: Facts): Facts {
  const fact = (name: string) => {
    if (name === rowNumber) return index + 1;
    return Object.hasOwn(row, name) ? printable(row[name]) : name.includes(".") ? facts(name) : null;
  };
  return Object.assign(fact, { rows: facts.rows });
}
