import type { CommandRow, OptionRow, Table } from "../table/row.js";

/** A place on the command line behind some words, and what may come next. */
export interface Spot {
  /** the words that lead here: none, a command, a group, or a group and its command */
  readonly path: readonly string[];
  readonly commands: readonly { readonly name: string; readonly says: string }[];
  readonly options: readonly SpotOption[];
  /** `null`: nothing more comes, or nobody can guess what */
  readonly argument: Kind | null;
}

export interface SpotOption {
  readonly long: string;
  readonly short: string | null;
  readonly says: string;
  readonly isRepeated: boolean;
  readonly value: Kind | null;
}

/** What is offered for a value; `free` is a value that cannot be guessed. */
export type Kind =
  | { readonly of: "words"; readonly words: readonly string[] }
  | { readonly of: "files" | "folders" | "free" };

const help: OptionRow = ["-h, --help", "display help for command"];
const version: OptionRow = ["-V, --version", "output the version number"];

/** Every spot of the table; the first is that behind the program's own name. */
export function spotsOf({ rows, groups, options }: Table): Spot[] {
  const everywhere = [...options, help];
  const named = rows.map((row) => ({ row, path: pathOf(row, groups) }));
  const tops = [...new Set(named.map(({ path: [first = ""] }) => first))];
  const commandsUnder = (group: string) =>
    named.flatMap(({ row, path: [first, second] }) =>
      first === group && second !== undefined ? [{ name: second, says: row.says }] : [],
    );
  return [
    {
      path: [],
      commands: tops.map((name) => ({ name, says: groups[name] ?? saysOf(name, named) })),
      options: [...everywhere, version].map(optionOf),
      argument: null,
    },
    ...Object.keys(groups).map((group) => ({
      path: [group],
      commands: commandsUnder(group),
      options: everywhere.map(optionOf),
      argument: null,
    })),
    ...named.map(({ row, path }) => ({
      path,
      commands: [],
      options: [...row.options.filter(([, , more]) => more?.isHidden !== true), ...everywhere].map(optionOf),
      argument: argumentOf(row),
    })),
  ];
}

function pathOf({ usage }: CommandRow, groups: Table["groups"]): string[] {
  const words = usage.split(" ");
  return words.slice(0, Object.hasOwn(groups, words[0] ?? "") ? 2 : 1);
}

function saysOf(name: string, named: readonly { row: CommandRow; path: readonly string[] }[]): string {
  return named.find(({ path }) => path.length === 1 && path[0] === name)?.row.says ?? "";
}

function argumentOf({ usage, words }: CommandRow): Kind | null {
  if (words !== undefined) return { of: "words", words };
  const [placeholder] = /[<[].+$/.exec(usage) ?? [];
  return placeholder === undefined ? null : kindOf(placeholder);
}

function optionOf([flags, says, more = {}]: OptionRow): SpotOption {
  const [, short = null, long = flags, placeholder] = /^(?:(-\w), )?(--[\w-]+)(?: (.+))?$/.exec(flags) ?? [];
  const value =
    placeholder === undefined
      ? null
      : more.words === undefined
        ? kindOf(placeholder)
        : ({ of: "words", words: more.words } as const);
  return { long, short, says, isRepeated: more.isRepeated ?? false, value };
}

/** A placeholder says what it stands for: an event is a file or its folder. */
function kindOf(placeholder: string): Kind {
  if (/\b(?:file|event)\b/.test(placeholder)) return { of: "files" };
  return { of: /\b(?:dir|folder)\b/.test(placeholder) ? "folders" : "free" };
}
