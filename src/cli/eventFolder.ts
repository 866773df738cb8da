import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { type Event, parseEvent } from "../model/eventFile.js";
import { Fault } from "../model/fault.js";

/** An event and where it lies. Every path of the event file is relative to `dir`. */
export interface EventFolder {
  readonly dir: string;
  /** the event file, as the person would write it from where they are */
  readonly shown: string;
  readonly event: Event;
  /** hex SHA-256 of the event file */
  readonly sha256: string;
}

/**
 * Opens `event.yaml`, given as the file or its folder; the current folder where nothing is given.
 *
 * @throws Fault or Faults if there is none or something in it is wrong
 */
export function openEventFolder(argument: string | undefined): EventFolder {
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
  const event = parseEvent(bytes.toString("utf8"), shown);
  return { dir: dirname(file), shown, event, sha256: createHash("sha256").update(bytes).digest("hex") };
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** A path as short as the person would write it, with forward slashes. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return (short === "" ? "." : short).split(sep).join("/");
}
