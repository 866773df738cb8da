import { createHash } from "node:crypto";
import { Fault } from "../model/fault.js";
import { chainHash, genesis } from "./chain.js";
import { jsonColumns, type Line, parseLine } from "./lines.js";
import { Log } from "./log.js";
import { insertSealed, type Row, sealedColumns, subjectOf } from "./sealed.js";
import type { Store } from "./store.js";
import { detailOf } from "./walk.js";

type Entry = Extract<Line, { is: "entry" }>;

/** What an import found in the register, and what it added. */
export interface Imported {
  readonly before: number;
  readonly added: number;
}

/**
 * Takes the lines of an exported register. What the register holds already must be the beginning of it, entry for
 * entry; the rest is added exactly as it was. Call it inside a transaction, and inspect what came of it before that ends.
 *
 * @param file as the person knows it
 * @throws Fault `import-malformed`, `import-cut`, `register-other`
 */
export async function importLines(
  store: Store,
  lines: AsyncIterable<string>,
  file: string,
): Promise<Imported> {
  const log = new Log(store, () => new Date(0));
  const before = log.head().size;
  const taking = new Taking(store, log, before, file);
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text !== "") taking.take(parseLine(text, file, number), number);
  }
  taking.end(number);
  return { before, added: taking.added };
}

class Taking {
  readonly #store: Store;
  readonly #log: Log;
  readonly #before: number;
  readonly #file: string;
  #state: "start" | "middle" | "end" = "start";
  #last = { size: 0, head: genesis };
  added = 0;

  constructor(store: Store, log: Log, before: number, file: string) {
    this.#store = store;
    this.#log = log;
    this.#before = before;
    this.#file = file;
  }

  take(line: Line, number: number): void {
    if ((line.is === "header") !== (this.#state === "start") || this.#state === "end")
      throw this.#malformed(number, "the line stands where none of its kind belongs");
    this.#state = line.is === "end" ? "end" : "middle";
    if (line.is === "content") this.#content(line, number);
    if (line.is === "entry") this.#entry(line, number);
    if (line.is === "end" && (line.size !== this.#last.size || line.head !== this.#last.head))
      throw this.#malformed(number, "the file ends otherwise than its last line says");
  }

  end(number: number): void {
    if (this.#state !== "end") {
      throw new Fault(
        "import-cut",
        "the file breaks off: the line with `size` and `head` that ends it is missing",
        {
          place: { file: this.#file, line: number },
          hints: ["export once more, or take another copy"],
        },
      );
    }
    if (this.#last.size < this.#before && this.#log.headAt(this.#last.size) !== this.#last.head)
      throw this.#other(number);
  }

  #content({ content, base64 }: Extract<Line, { is: "content" }>, number: number): void {
    const bytes = Buffer.from(base64, "base64");
    if (createHash("sha256").update(bytes).digest("hex") !== content)
      throw this.#malformed(number, "the content is not what its hash says");
    this.#store.run("INSERT OR IGNORE INTO blob (sha256, bytes) VALUES (?, ?)", content, bytes);
  }

  #entry(line: Entry, number: number): void {
    if (line.entry !== this.#last.size + 1)
      throw this.#malformed(number, `entry ${this.#last.size + 1} is missing`);
    if (line.entry <= this.#before) this.#compare(line, number);
    else this.#add(line, number);
    this.#last = { size: line.entry, head: line.hash };
  }

  /** An entry that the register has: everything before it is then the same as well. */
  #compare(line: Entry, number: number): void {
    if (this.#log.headAt(line.entry) !== line.hash) throw this.#other(number);
  }

  #add(line: Entry, number: number): void {
    const detail = textOf(line.detail);
    const certificate = line.certificate ?? null;
    this.#row(line, number);
    const cti =
      certificate === null
        ? null
        : this.#store.scalar("SELECT cti FROM certificate WHERE id = ?", certificate);
    const entry = {
      id: line.entry,
      at: line.at,
      kind: line.kind,
      certificate: typeof cti === "string" ? cti : null,
      detail,
    };
    if (chainHash(this.#last.head, entry) !== line.hash)
      throw this.#malformed(number, `entry ${line.entry} does not have the hash that it should`);
    this.#store.run(
      "INSERT INTO log (id, at, kind, certificate, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
      ...[line.entry, line.at, line.kind, certificate, detail, line.hash],
    );
    this.#holders(line);
    this.added += 1;
  }

  #row({ entry, kind, certificate, detail, row }: Entry, number: number): void {
    if (row === undefined) return;
    const subject = subjectOf(kind, certificate ?? null, detailOf({ detail: textOf(detail) }));
    if (subject === null) throw this.#malformed(number, `entry ${entry} brings a row that it cannot have`);
    const columns: readonly string[] = sealedColumns[subject.table];
    if (Object.keys(row).sort().join() !== [...columns].sort().join())
      throw this.#malformed(number, `the row of entry ${entry} does not have the columns of its table`);
    const { row: hash } = insertSealed(this.#store, subject.table, this.#valuesOf(row, number));
    if (subject.row !== null && hash !== subject.row)
      throw this.#malformed(number, `the row of entry ${entry} is not the one that was entered`);
  }

  #valuesOf(row: Readonly<Record<string, unknown>>, number: number): Row {
    return Object.fromEntries(
      Object.entries(row).map(([column, value]) => {
        if (jsonColumns.has(column)) return [column, textOf(value)];
        if (typeof value === "string" || typeof value === "number" || value === null) return [column, value];
        throw this.#malformed(number, `the column "${column}" is neither text nor number`);
      }),
    );
  }

  #holders({ certificate, detail }: Entry): void {
    const { keys } = detailOf({ detail: textOf(detail) });
    if (!Array.isArray(keys)) return;
    this.#store.run(
      `INSERT OR IGNORE INTO holder (event, award, key, person)
       SELECT c.event, c.award, k.value, c.person FROM certificate c, json_each(?) k WHERE c.id = ?`,
      JSON.stringify(keys),
      certificate,
    );
  }

  #malformed(number: number, what: string): Fault {
    return new Fault("import-malformed", what, {
      place: { file: this.#file, line: number },
      hints: ["the file was changed since it was exported: take another copy"],
    });
  }

  #other(number: number): Fault {
    return new Fault("register-other", "the register that is there is not the beginning of this one", {
      place: { file: this.#file, line: number },
      hints: [
        "import into a new file: --register restored.db",
        "compare the two with `lulus register check`",
      ],
    });
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
