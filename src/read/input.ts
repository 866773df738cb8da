import type { Warning } from "../model/fault.js";
import type { InputSummary } from "../model/row.js";

/** A file of the event as the stage needs it: named, and readable from its start as often as wanted. */
export interface InputFile {
  /** relative to `event.yaml`, forward slashes; said in every place, never used to recognise anything */
  readonly path: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What was read of one file besides its rows, which went to the sink. */
export interface Reading {
  /** `duplicateOf` is always `null` here: only the caller sees all files */
  readonly summary: InputSummary;
  readonly warnings: readonly Warning[];
}
