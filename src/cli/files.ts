import { createHash } from "node:crypto";
import { createReadStream, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { globSync, isDynamicPattern } from "tinyglobby";
import { Fault, type Place } from "../model/fault.js";
import type { InputFile } from "../read/input.js";

/** An input where it lies. */
export interface FolderFile extends InputFile {
  /** in bytes */
  readonly size: number;
}

/**
 * The files that paths and globs of the event file mean, each once, in a stable order.
 *
 * @param dir the event's folder
 * @param place where the paths stand in the event file
 * @throws Fault for a path that is not there and a glob that finds nothing
 */
export function inputFiles(dir: string, patterns: string | readonly string[], place: Place): FolderFile[] {
  const found = [patterns].flat().flatMap((pattern) => expand(dir, pattern, place));
  return [...new Set(found)].map((path) => ({
    path,
    size: statSync(join(dir, path)).size,
    open: () => createReadStream(join(dir, path), { highWaterMark: 1 << 18 }),
  }));
}

function expand(dir: string, pattern: string, place: Place): string[] {
  const slashed = pattern.replaceAll("\\", "/");
  if (statSync(join(dir, slashed), { throwIfNoEntry: false })?.isFile()) return [slashed];
  const found = isDynamicPattern(slashed)
    ? globSync(slashed, { cwd: dir, onlyFiles: true, expandDirectories: false }).sort()
    : [];
  if (found.length > 0) return found;
  throw new Fault("input-missing", `"${pattern}" is no file and matches none`, {
    place,
    hints: [`paths are relative to the event file: put the export into ${dir}, or correct the path`],
  });
}

/**
 * The files that an argument of the command line means. On Windows the shell leaves `*` to the program, and elsewhere
 * whatever is quoted. What is no pattern, or matches nothing, is given back as it stands: its reader says what is wrong with it.
 */
export function namedFiles(argument: string): string[] {
  const slashed = argument.replaceAll("\\", "/");
  if (/#|:\/\//.test(argument) || !isDynamicPattern(slashed) || existsSync(argument)) return [argument];
  const found = globSync(slashed, { onlyFiles: true, expandDirectories: false }).sort();
  return found.length === 0 ? [argument] : found;
}

/** The same file, each part of it told once, however often it is opened. */
export function watched(
  file: FolderFile,
  { done }: { done(bytes: number): void | Promise<void> },
): FolderFile {
  let furthest = 0;
  return {
    ...file,
    async *open() {
      let at = 0;
      for await (const chunk of file.open()) {
        at += chunk.length;
        if (at > furthest) await done(at - furthest);
        furthest = Math.max(furthest, at);
        yield chunk;
      }
    },
  };
}

/** Hex SHA-256 of the file's bytes. */
export async function hashFile(file: InputFile): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of file.open()) hash.update(chunk);
  return hash.digest("hex");
}
