import { type CommandRow, eventOption, json, type OptionRow } from "./row.js";

const noPassphrase: OptionRow = ["--no-passphrase", "do not encrypt it (trials and scripts)"];

export const keyRows: readonly CommandRow[] = [
  {
    usage: "key create [event]",
    says: "make the key that signs certificates, never over an existing one",
    options: [noPassphrase, ["--if-missing", "do nothing if there is one already"], json],
    examples: ["lulus key create", "lulus key create events/jatim-41 --no-passphrase --if-missing"],
    run: async ([event], options) => (await import("../key.js")).createIssuerKey(event, options),
  },
  {
    usage: "key show [event]",
    says: "the public key, to be given to others (PEM; --json: as a JSON Web Key Set)",
    options: [["--json", "every key that signed, as a JSON Web Key Set"]],
    examples: ["lulus key show", "lulus key show --json > keys.json"],
    run: async ([event], options) => (await import("../keyShow.js")).showKey(event, options),
  },
  {
    usage: "key rotate [event]",
    says: "put a new key in the place of the old, whose certificates still verify",
    options: [
      [
        "--compromised-since <date>",
        "others know the old key since this day: nothing that it signed is proven",
      ],
      noPassphrase,
      json,
    ],
    examples: ["lulus key rotate", "lulus key rotate --compromised-since 2026-11-20"],
    run: async ([event], options) => (await import("../keyRotate.js")).rotateKey(event, options),
  },
  {
    usage: "key compromised <kid>",
    says: "mark a retired key as known to others",
    options: [["--since <date>", "from this day on (today)"], eventOption],
    examples: ["lulus key compromised 9d3c5a7e1f20b468 --since 2026-11-20"],
    run: async ([kid], options) => (await import("../keyShow.js")).markCompromised(kid, options),
  },
  {
    usage: "key import <file>",
    says: "take an Ed25519 key made elsewhere: PKCS#8 in PEM, or a private JSON Web Key",
    options: [noPassphrase, eventOption, json],
    examples: ["lulus key import office-key.pem"],
    run: async ([file], options) => (await import("../keyImport.js")).importKey(file, options),
  },
];
