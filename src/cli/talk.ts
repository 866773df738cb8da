import { styleText } from "node:util";
import { Fault, Faults, formatPlace } from "../model/fault.js";
import type { Paint } from "../report/terminal.js";

/*
 * The rules for talking to people stand here and nowhere else:
 * the answer goes to stdout, everything said about it to stderr; colour and progress only where a terminal reads;
 * an error is one line with its place, each remedy a line of its own; a reader who stops reading is no error.
 */

export interface Talk {
  readonly quiet: boolean;
  /** a script reads: progress is told as objects */
  readonly json?: boolean;
}

/** How a command talks, by its options. */
export function talkOf({ quiet, json }: { readonly quiet?: boolean; readonly json?: boolean }): Talk {
  return { quiet: quiet ?? false, json: json ?? false };
}

/** Whether nobody sits there, although there may be a terminal: some CI services give one. */
export function isCi(): boolean {
  return !["", "0", "false"].includes(process.env.CI ?? "");
}

/** Writes the answer and waits until it is out: an early exit would cut what a pipe has not taken yet. */
export async function answer(text: string | Iterable<string>): Promise<void> {
  for (const piece of batched(typeof text === "string" ? [text] : text)) {
    if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once("drain", resolve));
  }
  await new Promise<void>((resolve) => process.stdout.write("", () => resolve()));
}

function* batched(pieces: Iterable<string>): Iterable<string> {
  let held = "";
  for (const piece of pieces) {
    held += piece;
    if (held.length < 1 << 16) continue;
    yield held;
    held = "";
  }
  if (held !== "") yield held;
}

/** Says something about the answer. */
export function note(text: string, { quiet }: Talk = { quiet: false }): void {
  if (!quiet) process.stderr.write(`${text}\n`);
}

export const paintOut: Paint = (style, text) => styleText(style, text, { stream: process.stdout });
export const paintErr: Paint = (style, text) => styleText(style, text, { stream: process.stderr });

/** Tells what went wrong, each fault with its place and remedies. */
export function complain(error: unknown): void {
  const faults = error instanceof Faults ? error.faults : [error];
  for (const fault of faults) complainOne(fault);
}

function complainOne(error: unknown): void {
  const label = paintErr("red", "error");
  if (isOfSystem(error)) {
    note(`${label}: the system cannot do what is needed (${error.message}) [system]`);
    note(`${paintErr("cyan", "hint")}: see to room, memory and open files, and run the same command again`);
    return;
  }
  if (!(error instanceof Fault)) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    note(`${label}: this is a mistake in lulus, not in your files\n${detail}`);
    note(`${paintErr("cyan", "hint")}: please report it with the lines above`);
    return;
  }
  const place = error.place === undefined ? "" : `${printable(formatPlace(error.place))}: `;
  note(`${label}: ${place}${printable(error.message)} ${paintErr("dim", `[${error.code}]`)}`);
  for (const hint of error.hints) note(`${paintErr("cyan", "hint")}: ${printable(hint)}`);
}

/** What no command expects, since it may come at any time: too many open files, no memory, a failing disk. */
function isOfSystem(error: unknown): error is NodeJS.ErrnoException {
  const known = ["EMFILE", "ENFILE", "ENOMEM", "ENOSPC", "EDQUOT", "EFBIG", "EIO", "EROFS"];
  return error instanceof Error && "code" in error && known.includes(String(error.code));
}

/** Quoted input may hold control characters, which a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    character === "\n" ? character : `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/** `head` and `less` close the pipe when they have seen enough. */
export function endQuietlyOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(process.exitCode ?? 0);
      // an answer that cannot be written, to a full disk for instance, was not given; what is said about it may be lost
      if (stream === process.stderr) return;
      note(`error: the answer cannot be written (${error.message}) [output-unwritable]`);
      process.exit(2);
    });
  }
}
