import { type CommandRow, eventOption, json, type OptionRow } from "./row.js";

const registerOption: OptionRow = ["--register <file>", "the register itself, where there is no event file"];

/** What is done with the register of what was issued. */
export const registerRows: readonly CommandRow[] = [
  {
    usage: "register list [event]",
    says: "what has been issued, of one event or all, and whether it still holds",
    options: [registerOption, json],
    examples: [
      "lulus register list",
      "lulus register list jatim-2024-41 | head",
      "lulus register list --json | jq -r '.certificates[].number'",
    ],
    run: async ([event], options) => (await import("../registerList.js")).listRegister(event, options),
  },
  {
    usage: "register show <number>",
    says: "everything about one certificate, by number or code, and what it was decided on",
    options: [eventOption, registerOption, json],
    examples: [
      "lulus register show 0042/jatim-2024-41/X/2024",
      "lulus register show 4BAS-7D6B-7Z7D-GK7Q --json",
    ],
    run: async ([number], options) => (await import("../registerShow.js")).showRegistered(number, options),
  },
  {
    usage: "register check [event]",
    says: "is the register as it was written? follows the log, every row and content; status 1 if it is not",
    options: [
      [
        "--site <dir|url|file>",
        "the published site, or its register.json: tells whether the end was cut off",
      ],
      registerOption,
      json,
    ],
    examples: [
      "lulus register check",
      "lulus register check --site site",
      "lulus register check --register lulus.db --json",
    ],
    run: async ([event], options) => (await import("../registerCheck.js")).checkRegister(event, options),
  },
  {
    usage: "register export [event]",
    says: "the whole register as JSON Lines, to be kept under version control and restored from",
    options: [
      ["--out <file>", "write a file, whole or not at all, instead of standard output"],
      registerOption,
    ],
    examples: [
      "lulus register export --out register.jsonl",
      "lulus register export | gzip > register.jsonl.gz",
    ],
    run: async ([event], options) => (await import("../registerExport.js")).exportRegister(event, options),
  },
  {
    usage: "register import <file>",
    says: "restore a register from its export, exactly; or add what the one that is there lacks of it",
    options: [eventOption, registerOption, json],
    examples: [
      "lulus register import register.jsonl",
      "lulus register import register.jsonl --register restored.db",
    ],
    run: async ([file], options) => (await import("../registerImport.js")).importRegister(file, options),
  },
];
