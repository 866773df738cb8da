import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { formatCode, parseCode } from "../credential/code.js";
import { hexOf, parseHex } from "../credential/hex.js";
import { Fault, refuse } from "../model/fault.js";
import { isWithdrawalReason, type WithdrawalReason, withdrawalReasons } from "../model/withdrawal.js";
import { nearest } from "../model/yaml.js";
import { HeldRegister } from "../register/held.js";
import { Register } from "../register/register.js";
import type { Registered } from "../register/rows.js";
import { type EventFolder, openEventFolder, shownPath } from "./eventFolder.js";
import { answer, note } from "./talk.js";

export interface RevokeOptions {
  readonly reason?: string;
  readonly note?: string;
  readonly from?: string;
  readonly event?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `lulus revoke`: withdraws certificates, all of those named or none. Nothing is deleted. */
export async function revoke(numbers: readonly string[], options: RevokeOptions): Promise<number> {
  const reason = admitReason(options.reason);
  const folder = openEventFolder(options.event);
  const asked = [...numbers, ...(options.from === undefined ? [] : numbersIn(options.from))];
  if (asked.length === 0) {
    throw new Fault("usage", "no certificate is named", {
      hints: ["name numbers, or a list of them with --from list.csv"],
    });
  }
  const register = openRegister(folder);
  try {
    const found = findAll(register, asked);
    const open = found.filter((one) => register.withdrawalOf(one) === null);
    register.transaction(() => {
      for (const one of open)
        register.withdraw(one, { state: "revoked", reason, note: options.note ?? "" }, null);
    });
    await tell(found, open, reason, options);
  } finally {
    register.close();
  }
  return 0;
}

/** The register of an event, held for writing. @throws Fault if nothing was issued yet */
export function openRegister(folder: EventFolder): HeldRegister {
  const path = resolve(folder.dir, folder.event.config.register);
  const reader = Register.read(path);
  if (reader === null) {
    throw new Fault("register-missing", "nothing has been issued yet: there is no register", {
      place: { file: shownPath(path) },
    });
  }
  reader.close();
  return HeldRegister.open(path, () => new Date());
}

export function admitReason(word: string | undefined): WithdrawalReason {
  const known = Object.keys(withdrawalReasons);
  if (word !== undefined && isWithdrawalReason(word)) return word;
  const found = word === undefined ? "there is no --reason" : `"${word}" is no reason that is known`;
  const near = word === undefined ? undefined : nearest(word, known);
  throw new Fault("usage", `${found}; expected one of ${known.join(", ")}`, {
    hints: [
      near === undefined
        ? "the word is published with the withdrawal; your own words go into --note and stay in the register"
        : `did you mean "${near}"?`,
    ],
  });
}

/** Every certificate that is named, by number or code, once each. @throws Fault or Faults naming all that are not there */
export function findAll(register: Register, asked: readonly string[]): Registered[] {
  const found = new Map<number, Registered>();
  const missing: Fault[] = [];
  for (const name of asked) {
    const one = register.find(name) ?? register.find(idOfCode(name) ?? "");
    if (one === null) missing.push(unknown(name, register));
    else found.set(one.id, one);
  }
  refuse(missing);
  return [...found.values()];
}

function idOfCode(text: string): string | null {
  try {
    return hexOf(parseCode(text));
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function unknown(name: string, register: Register): Fault {
  const near = nearest(name, register.numbersLike(name));
  return new Fault("number-unknown", `the register has no certificate "${name}"`, {
    hints: [
      near === undefined
        ? "give the number or the code as printed; `lulus register list` shows all"
        : `did you mean "${near}"?`,
    ],
  });
}

/** The column `number` (or `nomor`), else the first; as `certificates.csv` has it, shortened by hand. */
function numbersIn(file: string): string[] {
  let rows: string[][];
  try {
    const text = readFileSync(file, "utf8");
    const delimiter = (text.split("\n", 1)[0] ?? "").includes(";") ? ";" : ",";
    rows = parse(text, {
      bom: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      delimiter,
    });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault("list-unreadable", `the list cannot be read (${why})`, { place: { file }, cause });
  }
  const header = (rows[0] ?? []).map((cell) => cell.toLowerCase());
  const at = header.findIndex((cell) => ["number", "nomor", "no. sertifikat"].includes(cell));
  const numbers = rows.slice(at < 0 ? 0 : 1).map((row) => (row[Math.max(0, at)] ?? "").replace(/^'/, ""));
  return numbers.filter((number) => number !== "");
}

async function tell(
  found: readonly Registered[],
  open: readonly Registered[],
  reason: WithdrawalReason,
  options: RevokeOptions,
): Promise<void> {
  const entry = ({ certificate }: Registered) => ({
    number: certificate.number,
    code: formatCode(parseHex(certificate.cti)),
    name: certificate.name,
  });
  const revoked = open.map(entry);
  const already = found.filter((one) => !open.includes(one)).map(entry);
  if (options.json) {
    await answer(`${JSON.stringify({ schema: "lulus.revoke/1", reason, revoked, already })}\n`);
    return;
  }
  const lines = [
    ...revoked.map(({ number, name }) => `revoked  ${number}  ${name}\n`),
    ...already.map(({ number, name }) => `was withdrawn before  ${number}  ${name}\n`),
  ];
  await answer(lines);
  if (open.length > 0)
    note("publish the site again (`lulus publish`), so that whoever checks learns it", {
      quiet: options.quiet ?? false,
    });
}
