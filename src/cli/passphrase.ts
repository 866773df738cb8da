import { readFileSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { Fault } from "../model/fault.js";
import { isCi } from "./talk.js";

/**
 * The passphrase of a key: from the file that `LULUS_KEY_PASSPHRASE_FILE` names, from `LULUS_KEY_PASSPHRASE`, else asked
 * for on a terminal; never an option, which every user of the machine could read.
 *
 * @param variable of the environment, for another key than the issuer's
 * @returns `null` where there is none and nobody can be asked
 */
export async function takePassphrase(
  question: string,
  variable = "LULUS_KEY_PASSPHRASE",
): Promise<string | null> {
  const file = process.env[`${variable}_FILE`];
  const given = process.env[variable];
  delete process.env[variable];
  if (file) return readPassphrase(file, variable);
  if (given) return given;
  return canAsk() ? await ask(question) : null;
}

const TRIES = 3;

/**
 * Opens something with its passphrase. A slip of somebody who types it is asked for again.
 *
 * @throws Fault as `open` does, where nobody types or nothing typed was right
 */
export async function tryPassphrases<T>(
  question: string,
  open: (passphrase: string | null) => T,
): Promise<T> {
  for (let left = isTyped() ? TRIES : 1; ; left -= 1) {
    const passphrase = await takePassphrase(question);
    try {
      return open(passphrase);
    } catch (error) {
      const isSlip = error instanceof Fault && error.code === "key-passphrase-wrong";
      if (!isSlip || left === 1) throw error;
      process.stderr.write("That does not open it. Once more, please.\n");
    }
  }
}

/** Asks twice, since a slip in a new passphrase would lock the key for ever. */
export async function newPassphrase(question: string): Promise<string | null> {
  if (!isTyped()) return await takePassphrase(question);
  const first = await ask(question);
  const again = await ask("The same again");
  if (first === again) return first;
  throw new Fault("passphrase-differs", "the two passphrases differ; no key was made", {
    hints: ["run the command again"],
  });
}

/** Whether somebody will be asked for the key's passphrase, who may slip. */
function isTyped(): boolean {
  const { LULUS_KEY_PASSPHRASE: given, LULUS_KEY_PASSPHRASE_FILE: file } = process.env;
  return !given && !file && canAsk();
}

export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true && !isCi();
}

function readPassphrase(file: string, variable: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (error) {
    throw new Fault("passphrase-missing", "the passphrase file cannot be read", {
      place: { file },
      cause: error,
      hints: [`${variable}_FILE names a file that holds the passphrase on its first line`],
    });
  }
}

/** Reads a line without showing it. */
export async function ask(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  try {
    return await reader.question("");
  } finally {
    reader.close();
    process.stderr.write("\n");
  }
}
