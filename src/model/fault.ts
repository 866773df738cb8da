/** Where something stands: a file as the person knows it, line and column counted from 1. */
export interface Place {
  readonly file: string;
  /** of a workbook */
  readonly sheet?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * Something in the input that stops the job, said so that a person can mend it.
 *
 * The message is lower case without a full stop, quotes what was found and says what would
 * be accepted. Each hint is one remedy. Codes are stable; scripts may rely on them.
 */
export class Fault extends Error {
  readonly code: string;
  readonly place: Place | undefined;
  readonly hints: readonly string[];

  constructor(
    code: string,
    message: string,
    more: { place?: Place; hints?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "Fault";
    this.code = code;
    this.place = more.place;
    this.hints = more.hints ?? [];
  }
}

/** All the faults of one run, so that nobody has to mend them one at a time. Never empty. */
export class Faults extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map((fault) => fault.message).join("\n"));
    this.name = "Faults";
    this.faults = faults;
  }
}

/** Throws if there are any: one as itself, several together. */
export function refuse(faults: readonly Fault[]): void {
  const [first] = faults;
  if (first === undefined) return;
  throw faults.length === 1 ? first : new Faults(faults);
}

/** `file:line:column`, as far as it is known; `file[sheet]:row:column` in a workbook. */
export function formatPlace(place: Place): string {
  const file = place.sheet === undefined ? place.file : `${place.file}[${place.sheet}]`;
  return [file, place.line, place.column].filter((part) => part !== undefined).join(":");
}

/** Something worth saying that stops nothing. Codes are stable. */
export interface Warning {
  readonly code: string;
  readonly message: string;
  readonly file?: string | undefined;
  readonly line?: number | undefined;
}
