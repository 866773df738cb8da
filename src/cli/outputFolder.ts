import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  opendirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { Fault } from "../model/fault.js";
import { draftIn, openDraft, sweepDrafts, syncAll, writeAll } from "./draft.js";
import { shownPath } from "./eventFolder.js";

/** A file that grows; see {@link OutputFolder.slowly}. */
export interface SlowFile {
  write(piece: string): void;
  /** @returns whether it is another than there was */
  end(): boolean;
  /** leaves nothing of it */
  abandon(): void;
}

/** The folder of certificates, made if it is not there. */
export class OutputFolder {
  readonly path: string;
  /** whether nothing lay in it at the start, so that nothing has to be looked for */
  readonly wasEmpty: boolean;
  readonly #draft: string;
  /** what was read last; used again, so that reading back makes no garbage */
  #read = Buffer.alloc(1 << 17);

  constructor(path: string) {
    this.path = path;
    this.#draft = draftIn(path);
    this.#guarded("", () => mkdirSync(path, { recursive: true }));
    this.wasEmpty = this.#guarded("", () => isEmpty(path));
  }

  /** Removes what a killed run left behind, and nothing that another one is writing just now. */
  sweep(): void {
    this.#guarded("", () => sweepDrafts(this.path));
  }

  /** For people. */
  shown(file: string): string {
    return shownPath(join(this.path, file));
  }

  /** The names of what lies in the folder. */
  names(): Set<string> {
    return new Set(this.#guarded("", () => readdirSync(this.path)));
  }

  /** The bytes of a file, valid until the next call; `null` where there is none, or none that is a file of its own. */
  read(file: string): Buffer | null {
    const path = join(this.path, file);
    // most are not there yet, and an error is dear
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return null;
    let descriptor: number;
    try {
      descriptor = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    } catch {
      return null;
    }
    try {
      return this.#readAll(descriptor);
    } catch {
      return null;
    } finally {
      closeRead(descriptor);
    }
  }

  #readAll(descriptor: number): Buffer {
    const { size } = fstatSync(descriptor);
    if (size > this.#read.length) this.#read = Buffer.alloc(2 * size);
    let done = 0;
    for (let got = -1; done < size && got !== 0; done += got)
      got = readSync(descriptor, this.#read, done, size - done, done);
    return this.#read.subarray(0, done);
  }

  /** Hex SHA-256 of a file, `null` where there is none that can be read. */
  hash(file: string): string | null {
    const bytes = this.read(file);
    return bytes === null ? null : createHash("sha256").update(bytes).digest("hex");
  }

  /** Writes a file and returns the bytes as they can be read afterwards, valid until the next call. */
  write(file: string, bytes: Uint8Array): Buffer {
    return this.#replace(file, [bytes], (descriptor) => this.#readAll(descriptor));
  }

  /**
   * A file that is written piece by piece while others are written whole; it gets its name at the end, and an older one
   * that is the same is left alone.
   */
  slowly(file: string): SlowFile {
    const draft = draftIn(this.path, "slow");
    const before = this.#hashOfLarge(file);
    const hash = createHash("sha256");
    const guarded = <T>(use: () => T): T =>
      this.#guarded(file, () => {
        try {
          return use();
        } catch (error) {
          rmSync(draft, { force: true });
          throw error;
        }
      });
    const descriptor = guarded(() => openDraft(draft));
    let isOpen = true;
    const close = () => {
      if (isOpen) {
        isOpen = false;
        closeSync(descriptor);
      }
    };
    return {
      write: (piece) => {
        const bytes = Buffer.from(piece);
        hash.update(bytes);
        guarded(() => writeAll(descriptor, bytes));
      },
      end: () =>
        guarded(() => {
          close();
          const isNew = hash.digest("hex") !== before;
          if (isNew) renameSync(draft, join(this.path, file));
          else rmSync(draft);
          return isNew;
        }),
      abandon: () =>
        guarded(() => {
          close();
          rmSync(draft, { force: true });
        }),
    };
  }

  /** @param files what was written, asked for only where each has to be synced */
  makeDurable(files: () => Iterable<string>): void {
    const { path } = this;
    const paths = function* () {
      for (const file of files()) yield join(path, file);
    };
    this.#guarded("", () => syncAll(path, paths));
  }

  /** @param look what is made of the file as it can be read, before it gets its name; `null` to leave the old one */
  #replace<T>(file: string, pieces: Iterable<Uint8Array>, look: (descriptor: number) => T): T {
    return this.#guarded(file, () => {
      const descriptor = openDraft(this.#draft);
      let found: T;
      try {
        for (const bytes of pieces) writeAll(descriptor, bytes);
        found = look(descriptor);
      } finally {
        closeSync(descriptor);
      }
      if (found === null) rmSync(this.#draft);
      else renameSync(this.#draft, join(this.path, file));
      return found;
    });
  }

  #hashOfLarge(file: string): string | null {
    try {
      return createHash("sha256")
        .update(readFileSync(join(this.path, file)))
        .digest("hex");
    } catch {
      return null;
    }
  }

  #guarded<T>(file: string, use: () => T): T {
    try {
      return use();
    } catch (error) {
      if (error instanceof Fault) throw error;
      rmSync(this.#draft, { force: true });
      throw this.#unwritable(file, error instanceof Error ? error.message : String(error), error);
    }
  }

  #unwritable(file: string, why: string, cause?: unknown): Fault {
    return new Fault("output-unwritable", `the certificate cannot be written (${why})`, {
      place: { file: this.shown(file) },
      cause,
      hints: [
        `make room or let the folder be written to${this.#room()}, and run the same command again: it goes on where it stopped`,
      ],
    });
  }

  #room(): string {
    try {
      const { bavail, bsize } = statfsSync(this.path);
      return ` (${((bavail * bsize) / 1e6).toFixed(1)} MB are free)`;
    } catch {
      return "";
    }
  }
}

/** What was read is read, whatever a failing disk says then. */
function closeRead(descriptor: number): void {
  try {
    closeSync(descriptor);
  } catch {
    // the system has forgotten it all the same
  }
}

function isEmpty(path: string): boolean {
  const folder = opendirSync(path);
  try {
    return folder.readSync() === null;
  } finally {
    folder.closeSync();
  }
}
