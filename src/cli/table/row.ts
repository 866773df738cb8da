import type { OptionValues } from "commander";

/** A command as a row: what it is called, what it says of itself, and what is imported when it is called. */
export interface CommandRow {
  /** as commander writes it; two words are a command of a group, as in `key create [event]` */
  readonly usage: string;
  readonly says: string;
  readonly options: readonly OptionRow[];
  /** what the first argument may be, offered by completion */
  readonly words?: readonly string[];
  /** at least one: it is what most people read of a help page */
  readonly examples: readonly [string, ...string[]];
  /**
   * Runs the command and answers with its exit status: 0 all done, 1 done and the answer is "not all", 2 could not.
   *
   * @param given one value for each argument of `usage`, in its order; `undefined` for one that was left out
   * @param table what there is besides
   */
  readonly run: (given: Given, options: Given, table: Table) => Promise<number>;
}

/** What commander has parsed, which it does not type: the row declares it, and the command's parameters name it. */
export type Given = OptionValues[string];

export type OptionRow = readonly [flags: string, says: string, more?: OptionMore];

export interface OptionMore {
  /** may be given more than once */
  readonly isRepeated?: true;
  readonly isHidden?: true;
  /** offered by completion; the command itself says what else it takes */
  readonly words?: readonly string[];
}

/** All that can be said on the command line. */
export interface Table {
  readonly rows: readonly CommandRow[];
  /** what the first word of a command of two words stands for */
  readonly groups: Readonly<Record<string, string>>;
  /** of every command */
  readonly options: readonly OptionRow[];
}

export const json: OptionRow = ["--json", "one JSON object instead of the words"];
export const jsonSummary: OptionRow = ["--json", "one JSON object instead of the summary"];
export const eventOption: OptionRow = [
  "--event <event>",
  "the event's folder or file (default: the one here)",
];
