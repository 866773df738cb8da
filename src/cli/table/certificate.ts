import { type CommandRow, eventOption, json } from "./row.js";

/** What is done with certificates that were issued. */
export const certificateRows: readonly CommandRow[] = [
  {
    usage: "verify <file|text|url...>",
    says: "is it genuine, and current? reads a PDF, a picture of it, the QR's text or the URL; needs no network",
    options: [
      [
        "--event <event>",
        "the issuer's keys and the register of this event (default: event.yaml here, if there is one)",
      ],
      ["--keys <file>", "the issuer's public keys: PEM or keys.json"],
      [
        "--site <dir|url>",
        "the issuer's published site, for the status (and the keys, where none are named)",
      ],
      ["--register <file>", "a register: compares each PDF with what was issued"],
      ["--json", "one JSON object instead of the words"],
    ],
    examples: [
      "lulus verify certificates/0001.pdf --event .",
      "lulus verify photo.png --keys keys.json",
      'lulus verify "https://example.go.id/v#6789…" --keys issuer.pem',
      "lulus verify inbox/ --keys keys.json --site https://example.go.id/v --json",
    ],
    run: async ([given], options) => (await import("../verify.js")).verify(given, options),
  },
  {
    usage: "revoke [number...]",
    says: "withdraw certificates, by number or code; nothing is deleted",
    options: [
      [
        "--reason <word>",
        "why: mistake, identity, conditions, fraud, request or other; it is published",
        { words: ["mistake", "identity", "conditions", "fraud", "request", "other"] },
      ],
      ["--note <text>", "your own words, for the register alone"],
      ["--from <file>", "a CSV list with a column `number`, for a bad batch"],
      eventOption,
      json,
    ],
    examples: [
      "lulus revoke 0042/jatim-2024-41/X/2024 --reason mistake",
      'lulus revoke --from wrong.csv --reason conditions --note "quiz of another event"',
    ],
    run: async ([numbers], options) => (await import("../revoke.js")).revoke(numbers, options),
  },
  {
    usage: "reissue <number>",
    says: "correct a certificate: a new one with its own number, the old one marked as replaced",
    options: [
      ["--name <name>", "the name to print"],
      [
        "--set <field=text>",
        "another field that the template prints, as in institution=…",
        { isRepeated: true },
      ],
      ["--reason <word>", "why (correction); it is published"],
      ["--note <text>", "your own words, for the register alone"],
      eventOption,
      json,
    ],
    examples: ['lulus reissue 0042/jatim-2024-41/X/2024 --name "Siti Aminah, S.Kep., Ns."'],
    run: async ([number], options) => (await import("../reissue.js")).reissue(number, options),
  },
  {
    usage: "export openbadges [event]",
    says: "each certificate that holds as an Open Badge 3.0, for wallets",
    options: [
      ["--out <dir>", "the folder to write (default: openbadges beside event.yaml)"],
      ["--only <number...>", "these certificates only"],
      json,
    ],
    examples: ["lulus export openbadges", "lulus export openbadges --out wallets/"],
    run: async ([event], options) => (await import("../exportBadges.js")).exportBadges(event, options),
  },
  {
    usage: "export bsre [event]",
    says: "where each certificate's electronic signature goes, for the signing service of BSrE: one JSON object a line",
    options: [["--only <number...>", "these certificates only"]],
    examples: ["lulus export bsre > signatures.jsonl"],
    run: async ([event], options) => (await import("../exportBsre.js")).exportBsre(event, options),
  },
];
