import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { Fault } from "../model/fault.js";
import { shownPath } from "./eventFolder.js";

const unfinished = ".lulus-unfinished";

/**
 * The folder of certificates. A file appears whole or not at all: it is written under another name first, and
 * renamed, which also replaces a link that somebody planted instead of following it.
 */
export class OutputFolder {
  readonly path: string;
  readonly #written = new Set<string>();

  constructor(path: string) {
    this.path = path;
    this.#guarded("", () => {
      mkdirSync(path, { recursive: true });
      // what a killed run left behind
      for (const name of readdirSync(path)) if (name.startsWith(unfinished)) rmSync(join(path, name));
    });
  }

  /** For people. */
  shown(file: string): string {
    return shownPath(join(this.path, file));
  }

  /** Hex SHA-256 of a file, `null` where there is none that can be read. */
  hash(file: string): string | null {
    try {
      return createHash("sha256")
        .update(readFileSync(join(this.path, file)))
        .digest("hex");
    } catch {
      return null;
    }
  }

  /** Writes a file and returns the bytes as they can be read afterwards. */
  write(file: string, bytes: Uint8Array): Buffer {
    const path = join(this.path, file);
    const draft = join(this.path, `${unfinished}-${process.pid}`);
    return this.#guarded(file, () => {
      const descriptor = openSync(draft, constants.O_CREAT | constants.O_WRONLY | constants.O_EXCL, 0o644);
      try {
        for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, path);
      this.#written.add(path);
      return readFileSync(path);
    });
  }

  writeIfChanged(file: string, bytes: Buffer): void {
    if (this.hash(file) !== createHash("sha256").update(bytes).digest("hex")) this.write(file, bytes);
  }

  /** Done is only said of what a power cut cannot take away. */
  makeDurable(): void {
    for (const path of this.#written) this.#guarded(path, () => sync(path));
    if (this.#written.size > 0 && process.platform !== "win32") this.#guarded("", () => sync(this.path));
    this.#written.clear();
  }

  #guarded<T>(file: string, use: () => T): T {
    try {
      return use();
    } catch (error) {
      if (error instanceof Fault) throw error;
      rmSync(join(this.path, `${unfinished}-${process.pid}`), { force: true });
      throw new Fault(
        "output-unwritable",
        `the certificate cannot be written (${error instanceof Error ? error.message : String(error)})`,
        {
          place: { file: this.shown(file) },
          cause: error,
          hints: [
            "make room or let the folder be written to, and run the same command again: it goes on where it stopped",
          ],
        },
      );
    }
  }
}

function sync(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
