import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Change } from "../model/change.js";
import { type Event, parseEvent } from "../model/eventFile.js";
import { Fault } from "../model/fault.js";

/** An event and where it lies. Every path of the event file is relative to `dir`. */
export interface EventFolder {
  readonly dir: string;
  /** the event file, as the person would write it from where they are */
  readonly shown: string;
  readonly event: Event;
  /** as the file has it, without what-ifs */
  readonly written: Event;
  /** hex SHA-256 of the event file */
  readonly sha256: string;
}

/**
 * Opens `event.yaml`, given as the file or its folder; the current folder where nothing is given.
 *
 * @param changes what-ifs
 * @throws Fault or Faults if there is none or something in it is wrong
 */
export function openEventFolder(argument: string | undefined, changes: readonly Change[] = []): EventFolder {
  const given = resolve(argument ?? ".");
  const file = isFolder(given) ? join(given, "event.yaml") : given;
  const shown = shownPath(file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new Fault("event-missing", `there is no event file "${shown}"`, {
      cause: error,
      hints: ["name the event's folder or its event.yaml, as in: lulus check events/jatim-41"],
    });
  }
  const text = bytes.toString("utf8");
  const written = parseEvent(text, shown);
  const event = changes.length === 0 ? written : parseEvent(text, shown, changes);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { dir: dirname(file), shown, event, written, sha256 };
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A path as short as the person would write it, with forward slashes. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return (short === "" ? "." : short).split(sep).join("/");
}
