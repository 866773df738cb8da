import { Command, Option } from "commander";
import type { CommandRow, OptionRow } from "./table/row.js";
import { table } from "./table/rows.js";
import { version } from "./version.js";

/*
 * Only this file knows commander. What a command needs is imported when it is called, so that `--version` and `--help`
 * need nothing but the table.
 */

const { rows, groups, options } = table;

/** The command line, ready to be parsed; `process.exitCode` gets the status of the command that ran. */
export function program(): Command {
  const lulus = new Command("lulus")
    .description(
      "Certificates after a webinar: who has met the conditions, why, and a PDF that proves itself.",
    )
    .version(version)
    .showSuggestionAfterError()
    .showHelpAfterError("hint: lulus --help")
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(inOurManner(text)) })
    .addHelpText(
      "after",
      examples(["lulus check", "lulus issue", "lulus verify certificates/*.pdf --event ."]),
    );
  for (const option of options) addOption(option, lulus);
  for (const row of rows) add(row, lulus);
  return lulus;
}

function add(row: CommandRow, lulus: Command): void {
  const [first = "", second = ""] = row.usage.split(" ");
  const isGrouped = first in groups;
  const above = isGrouped ? groupOf(first, lulus) : lulus;
  const command = above
    .command(isGrouped ? row.usage.slice(first.length + 1) : row.usage)
    .description(row.says)
    .showHelpAfterError(`hint: lulus ${isGrouped ? `${first} ${second}` : first} --help`)
    .addHelpText("after", examples(row.examples));
  for (const option of row.options) addOption(option, command);
  command.action(async () => {
    process.exitCode = await row.run(command.processedArgs, command.optsWithGlobals(), table);
  });
}

/** A remedy stands on a line of its own, as with every other error. */
function inOurManner(text: string): string {
  return text.replace(/\(Did you mean (.+)\?\)/, "hint: did you mean $1?");
}

function groupOf(name: string, lulus: Command): Command {
  const known = lulus.commands.find((command) => command.name() === name);
  if (known !== undefined) return known;
  return lulus
    .command(name)
    .description(groups[name] ?? "")
    .showHelpAfterError(`hint: lulus ${name} --help`)
    .addHelpText("after", () => examples(examplesOf(name)));
}

/** The first example of each command of a group. */
function examplesOf(group: string): string[] {
  return rows.filter(({ usage }) => usage.startsWith(`${group} `)).map(({ examples: [first] }) => first);
}

function addOption([flags, says, more = {}]: OptionRow, command: Command): void {
  const option = new Option(flags, says).hideHelp(more.isHidden ?? false);
  if (more.isRepeated) option.argParser(collect);
  command.addOption(option);
  // a default of the option itself would be told in its help, as `[]`
  if (more.isRepeated) command.setOptionValueWithSource(option.attributeName(), [], "default");
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join("\n")}`;
}
