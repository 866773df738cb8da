import { spawnSync } from "node:child_process";
import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import { threadId } from "node:worker_threads";
import { breathe, stoppable } from "./interrupt.js";

/*
 * A file appears whole or not at all: it is written under another name in its folder first, and renamed, which also
 * replaces a link that somebody planted instead of following it. Threads, processes and machines may write into one
 * folder together; what a killed one left is removed by the next that writes there.
 */

const unfinished = ".lulus-unfinished";
/** Nobody writes at one file for so long. */
const ABANDONED_MS = 60_000;
const here = hostname().replace(/[^A-Za-z0-9-]/g, "");

/** The name of what this thread writes in a folder until it is whole: one file at a time, and a `slow` one beside it. */
export function draftIn(folder: string, pace: "quick" | "slow" = "quick"): string {
  const number = pace === "quick" ? threadId : SLOW + threadId;
  return join(folder, `${unfinished}-${here}-${process.pid}-${number}`);
}

/** More than there will ever be threads. */
const SLOW = 1_000_000;

/** A file of this name is what a killed run of the same number left, or a trap: it is never written into. */
export function openDraft(path: string, mode = 0o644): number {
  const fresh = constants.O_CREAT | constants.O_RDWR | constants.O_EXCL;
  try {
    return openSync(path, fresh, mode);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    rmSync(path);
    return openSync(path, fresh, mode);
  }
}

export function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done);
}

/** Removes what killed runs left in a folder, and nothing that another one is writing just now. */
export function sweepDrafts(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(unfinished) && isAbandoned(join(folder, name), name))
      rmSync(join(folder, name), { force: true });
  }
}

/** Of this machine, the process tells; of another one, the age. */
function isAbandoned(path: string, name: string): boolean {
  const [, host, pid] = /^\.lulus-unfinished-(.*)-(\d+)-\d+(?:-journal)?$/.exec(name) ?? [];
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

/** Writes a file that is read as a whole. It may still be lost in a power cut; see {@link writeDurably}. */
export function writeWhole(file: string, bytes: Uint8Array): void {
  const draft = draftIn(dirname(file));
  try {
    const descriptor = openDraft(draft);
    try {
      writeAll(descriptor, bytes);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

const PIECE = 1 << 20;

/** The same for what is precious or large: an older file is only replaced by one that is on the disk. */
export async function writeDurably(
  file: string,
  pieces: Iterable<string | Uint8Array>,
  mode = 0o644,
): Promise<void> {
  await stoppable(() => write(file, pieces, mode));
}

async function write(file: string, pieces: Iterable<string | Uint8Array>, mode: number): Promise<void> {
  const folder = dirname(file);
  sweepDrafts(folder);
  const draft = draftIn(folder);
  try {
    const descriptor = openDraft(draft, mode);
    try {
      for (const bytes of inLargePieces(pieces)) {
        writeAll(descriptor, bytes);
        await breathe();
      }
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
    syncFolder(folder);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

function* inLargePieces(pieces: Iterable<string | Uint8Array>): Iterable<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
    held.push(bytes);
    size += bytes.length;
    if (size < PIECE) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  yield Buffer.concat(held);
}

/**
 * Done is only said of what a power cut cannot take away. One call for the whole file system takes a fraction of the
 * time that a call for each file takes.
 *
 * @param folder where all of the files lie, at any depth
 * @param files their paths, asked for only where there is no such call
 */
export function syncAll(folder: string, files: () => Iterable<string>): void {
  if (process.platform === "linux" && syncFileSystem(folder)) return;
  const folders = new Set([folder]);
  for (const file of files()) {
    syncFile(file);
    folders.add(dirname(file));
  }
  for (const each of folders) syncFolder(each);
}

/**
 * @returns whether there is a program for it
 * @throws Error if the disk failed: asking once more, file by file, would be told that all is well
 */
function syncFileSystem(folder: string): boolean {
  const env = { ...process.env, LC_ALL: "C" };
  const { status, stderr } = spawnSync("sync", ["-f", folder], { env, encoding: "utf8" });
  if (status === 0) return true;
  if (/error|space|quota|read-only/i.test(stderr ?? "")) throw new Error(stderr.trim());
  return false;
}

/** What a folder holds, on the disk. */
export function syncFolder(folder: string): void {
  // a folder cannot be opened there
  if (process.platform !== "win32") syncFile(folder);
}

function syncFile(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
