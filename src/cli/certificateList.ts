import { formatLink } from "../credential/link.js";
import type { Register } from "../register/register.js";
import { listHeader, listRows } from "../report/list.js";
import { recordOf } from "./material.js";
import type { OutputFolder, SlowFile } from "./outputFolder.js";

/** Rows that are written at once. */
const ROWS = 250;

/** `certificates.csv` of an output folder, written a little at a time while others are waited for. */
export class CertificateList {
  readonly #file: SlowFile;
  readonly #pieces: Iterator<string>;

  constructor(register: Register, event: string, output: OutputFolder) {
    this.#file = output.slowly("certificates.csv");
    this.#pieces = listOf(register, event)[Symbol.iterator]();
  }

  /** Writes some milliseconds' worth of rows. @returns whether there may be more */
  writeSome(): boolean {
    const next = this.#pieces.next();
    if (!next.done) this.#file.write(next.value);
    return !next.done;
  }

  /** Writes what is left, and gives the file its name. @returns whether it is another than there was */
  end(): boolean {
    while (this.writeSome());
    return this.#file.end();
  }

  abandon(): void {
    this.#file.abandon();
  }
}

/** `certificates.csv`: all certificates of the event that hold, whoever rendered them. */
export function* listOf(register: Register, event: string): Iterable<string> {
  const addresses = new Map(
    register.batches(event).map((batch) => [batch.id, recordOf(batch).verify] as const),
  );
  const withdrawn = register.withdrawals(event);
  yield listHeader;
  let held: (readonly string[])[] = [];
  for (const { batch, number, name, email, award, file, cti, token } of register.listed(event)) {
    if (withdrawn.has(cti)) continue;
    const url = formatLink(addresses.get(batch) ?? "", token);
    held.push([number, name, email ?? "", award, file, url]);
    if (held.length < ROWS) continue;
    yield listRows(held);
    held = [];
  }
  yield listRows(held);
}
