import { Fault, Faults, formatPlace } from "../../model/fault.js";

/** What one look has found. */
export interface Finding {
  /** what was looked at; stable */
  readonly check: string;
  readonly state: "ok" | "warning" | "problem";
  /** one line, lower case */
  readonly message: string;
  /** `file:line:column`, as far as it is known */
  readonly place?: string;
  readonly hints: readonly string[];
}

export function ok(check: string, message: string): Finding {
  return { check, state: "ok", message, hints: [] };
}

export function warning(check: string, message: string, ...hints: readonly string[]): Finding {
  return { check, state: "warning", message, hints };
}

export function problem(check: string, message: string, ...hints: readonly string[]): Finding {
  return { check, state: "problem", message, hints };
}

/** What a fault says, as findings. @throws whatever is no fault: a mistake of ours is not the folder's */
export function problemsOf(check: string, error: unknown): Finding[] {
  const faults = error instanceof Faults ? error.faults : [error];
  return faults.map((fault) => {
    if (!(fault instanceof Fault)) throw fault;
    const place = fault.place === undefined ? {} : { place: formatPlace(fault.place) };
    return { check, state: "problem", message: fault.message, ...place, hints: fault.hints };
  });
}

/** The findings of a look that may be refused with a fault. */
export async function look(check: string, at: () => Finding[] | Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await at();
  } catch (error) {
    return problemsOf(check, error);
  }
}
