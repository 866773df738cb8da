import { type CommandRow, eventOption, json, jsonSummary } from "./row.js";

/** What is done with an event, in the order of an evening. */
export const eventRows: readonly CommandRow[] = [
  {
    usage: "check [event]",
    says: "the dry run: read, match, judge, report; writes nothing but the report",
    options: [
      jsonSummary,
      [
        "--report <file>",
        "also write a report: .html, .xlsx, .csv, .md or .json; may be given more than once",
        { isRepeated: true },
      ],
      ["--review <file>", "write the doubtful cases as rows to fill in: same, different, issue, deny, name"],
      ["--strict", "end with status 1 while people are left for review"],
      [
        "--set <key=value>",
        "what if? another value for one key of the event file; may be given more than once",
        { isRepeated: true },
      ],
    ],
    examples: [
      "lulus check",
      "lulus check events/jatim-41 --report report.html --report report.xlsx",
      "lulus check --review decisions.csv",
      "lulus check --set awards.participant.when.attendance.min_percent=70",
      "lulus check --json | jq .summary",
    ],
    run: async ([event], options) => (await import("../check.js")).check(event, options),
  },
  {
    usage: "issue [event]",
    says: "check, then number, sign and render; a second run changes nothing that is whole",
    options: [
      ["--dry-run", "exactly `check`"],
      jsonSummary,
      ["--report <file>", "also write the report of the check", { isRepeated: true }],
      ["--strict", "end with status 1 while people are left for review"],
      ["--set <key=value>", "", { isRepeated: true, isHidden: true }],
      ["--workers <count>", "threads that render (default: as many as are worth it)"],
    ],
    examples: ["lulus issue --dry-run", "lulus issue", "lulus issue events/jatim-41 --quiet --json"],
    run: async ([event], options) => (await import("../issue.js")).issue(event, options),
  },
  {
    usage: "render [event]",
    says: "the certificates once more from the register, to the same bytes; heals what is missing or changed",
    options: [
      ["--only <numbers...>", "these alone"],
      ["--shard <i/n>", "one part of several, for as many machines; auto: as the scheduler says"],
      ["--out <folder>", "into another folder than the event's own"],
      ["--merge <file>", "into one PDF for the printer"],
      ["--zip <file>", "into one archive, with the list of them"],
      ["--workers <count>", "threads that render (default: as many as are worth it)"],
      jsonSummary,
    ],
    examples: [
      "lulus render",
      "lulus render --only 0007/jatim-41/X/2024 0012/jatim-41/X/2024 --out again",
      "lulus render --merge all.pdf",
      "lulus render --shard 2/8 --out /mnt/certificates",
    ],
    run: async ([event], options) => (await import("../render.js")).render(event, options),
  },
  {
    usage: "preview [event]",
    says: "the certificate in the browser, live: longest name, shortest name, every award",
    options: [
      ["--png <file|folder>", "write one picture, or every award, case and page into a folder, and end"],
      ["--award <id>", "with --png: this award only"],
      [
        "--case <id>",
        "with --png: typical, longest, shortest, utmost, mononym or bare",
        { words: ["typical", "longest", "shortest", "utmost", "mononym", "bare"] },
      ],
      ["--dpi <number>", "with --png: resolution (150)"],
      ["--port <number>", "listen on this port (any that is free)"],
      ["--json", "the address, or the files, as one JSON object"],
    ],
    examples: [
      "lulus preview",
      "lulus preview --png sample.png --case longest",
      "lulus preview events/jatim-41 --png previews/",
    ],
    run: async ([event], options) => (await import("../preview.js")).preview(event, options),
  },
  {
    usage: "explain <person>",
    says: "how one decision came about, with file and line",
    options: [eventOption, json],
    examples: ["lulus explain siti@example.go.id", 'lulus explain "Siti Aminah" --event events/jatim-41'],
    run: async ([person], options) => (await import("../explain.js")).explain(person, options),
  },
  {
    usage: "publish [event]",
    says: "the static verification site: page, issuer keys, status list",
    options: [
      ["--out <dir>", "the folder to write (default: site beside event.yaml)"],
      ["--single-file <file>", "one HTML page with everything in it, for use without a network"],
      ["--date <date>", "date of the lists (today, UTC)"],
      json,
    ],
    examples: ["lulus publish", "lulus publish --out ../docs/v", "lulus publish --single-file check.html"],
    run: async ([event], options) => (await import("../publish.js")).publish(event, options),
  },
];
