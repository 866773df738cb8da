import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  mkdirSync,
  opendirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { threadId } from "node:worker_threads";
import { Fault } from "../model/fault.js";
import { shownPath } from "./eventFolder.js";

/*
 * What is there already is never written into: the new file is written under another name first, and renamed, which also
 * replaces a link that somebody planted instead of following it. Where nothing is there, the file is made under its own
 * name, which saves a third of the time; what a killed run leaves of one is not whole, so that the next run writes it
 * again. Threads, processes and machines may write into one folder together.
 */

const unfinished = ".lulus-unfinished";
/** Nobody writes at one file for so long. */
const ABANDONED_MS = 60_000;
const here = hostname().replace(/[^A-Za-z0-9-]/g, "");

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
    this.#draft = join(path, `${unfinished}-${here}-${process.pid}-${threadId}`);
    this.#guarded("", () => mkdirSync(path, { recursive: true }));
    this.wasEmpty = this.#guarded("", () => isEmpty(path));
  }

  /** Removes what a killed run left behind, and nothing that another one is writing just now. */
  sweep(): void {
    this.#guarded("", () => {
      for (const name of readdirSync(this.path)) {
        if (name.startsWith(unfinished) && isAbandoned(join(this.path, name), name))
          rmSync(join(this.path, name), { force: true });
      }
    });
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
      closeSync(descriptor);
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
    const read = (descriptor: number) => this.#readAll(descriptor);
    return this.#create(file, bytes, read) ?? this.#replace(file, [bytes], read);
  }

  /** Writes a file piece by piece, and leaves it alone where it is the same already. @returns whether it was not */
  writeIfChanged(file: string, pieces: Iterable<string>): boolean {
    let isNew = false;
    const before = this.#hashOfLarge(file);
    const hash = createHash("sha256");
    const counted = function* () {
      for (const piece of pieces) {
        const bytes = Buffer.from(piece);
        hash.update(bytes);
        yield bytes;
      }
    };
    this.#replace(file, counted(), () => {
      isNew = hash.digest("hex") !== before;
      return isNew ? true : null;
    });
    return isNew;
  }

  /**
   * Done is only said of what a power cut cannot take away. One call for the whole file system takes a fraction of the
   * time that a call for each file takes.
   *
   * @param files what was written, asked for only where there is no such call
   */
  makeDurable(files: () => Iterable<string>): void {
    if (
      process.platform === "linux" &&
      spawnSync("sync", ["-f", this.path], { stdio: "ignore" }).status === 0
    )
      return;
    for (const file of files()) this.#guarded(file, () => syncFile(join(this.path, file)));
    if (process.platform !== "win32") this.#guarded("", () => syncFile(this.path));
  }

  /** @returns `null` where something has this name */
  #create<T>(file: string, bytes: Uint8Array, look: (descriptor: number) => T): T | null {
    const path = join(this.path, file);
    return this.#guarded(file, () => {
      const descriptor = openNew(path);
      if (descriptor === null) return null;
      try {
        writeAll(descriptor, bytes);
        return look(descriptor);
      } catch (error) {
        rmSync(path, { force: true });
        throw error;
      } finally {
        closeSync(descriptor);
      }
    });
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
        "make room or let the folder be written to, and run the same command again: it goes on where it stopped",
      ],
    });
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

/** A file of this name is what a killed run of the same number left, or a trap: it is never written into. */
function openDraft(path: string): number {
  const descriptor = openNew(path);
  if (descriptor !== null) return descriptor;
  rmSync(path);
  return openSync(path, fresh, 0o644);
}

/** Never through a link. @returns `null` where something has this name */
function openNew(path: string): number | null {
  try {
    return openSync(path, fresh, 0o644);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return null;
    throw error;
  }
}

const fresh = constants.O_CREAT | constants.O_RDWR | constants.O_EXCL;

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

/** Of this machine, the process tells; of another one, the age. */
function isAbandoned(path: string, name: string): boolean {
  const [, host, pid] = /^\.lulus-unfinished-(.*)-(\d+)-\d+$/.exec(name) ?? [];
  if (host === here && pid !== undefined && !isRunning(Number(pid))) return true;
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
  return Date.now() - written > ABANDONED_MS;
}

function isRunning(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function syncFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
