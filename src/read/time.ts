import { parseStamp } from "./date.js";
import type { Instants } from "./instant.js";
import type { DateEvidence } from "./order.js";
import type { Tally } from "./tally.js";

/** Notes the time of answering in the survey of a form. */
export function seeTime(evidence: DateEvidence, cell: string | undefined, line: number): void {
  if (cell !== undefined && cell !== "") evidence.see(parseStamp(cell), line, cell);
}

/** The time of answering. Nothing hangs on it alone, so one that cannot be read is a warning and `null`. */
export function readTime(
  instants: Instants,
  tally: Tally,
  cell: string | undefined,
  line: number,
): number | null {
  const text = (cell ?? "").trim();
  if (text === "" || text === "-") return null;
  const stamp = parseStamp(text);
  if (stamp !== null) return instants.epochOf(stamp, line, text);
  tally.warn(
    "time-unreadable",
    `\`${text.slice(0, 60)}\` is no date that is known; the answer counts without its time`,
    line,
  );
  return null;
}
