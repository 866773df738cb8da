import type { Decision } from "../model/decision.js";
import type { Award, Language } from "../model/event.js";
import type { Warning } from "../model/fault.js";
import type { InputSummary, Interval } from "../model/row.js";
import type { Ruling } from "../model/ruling.js";

/** An award as reports tell of it: what it is called and what it asks for. */
export type Condition = Pick<Award, "id" | "label" | "when">;

/** What a dry run found: everything a report, of whatever kind, is made from. */
export interface Check {
  readonly event: string;
  readonly title: string;
  readonly series: string | null;
  readonly issuer: string;
  readonly language: Language;
  readonly timezone: string;
  readonly sessions: readonly (Interval & { readonly id: string })[];
  readonly inputs: readonly InputSummary[];
  readonly decisions: readonly Decision[];
  readonly warnings: readonly Warning[];
  /** what the organiser ruled before */
  readonly rulings: readonly Ruling[];
  /** award ids in the order of the event file */
  readonly awards: readonly string[];
  /** the awards with their bars, in the same order */
  readonly conditions: readonly Condition[];
  /** Judges the same people again under other bars, everything else as it was. Pure; takes as long as judging does. */
  readonly judgeUnder: (conditions: readonly Condition[]) => Promise<readonly Decision[]>;
  /** present where this is no dry run of the event as it is written */
  readonly whatIf?: WhatIf | undefined;
}

/** What is otherwise than in the event file, and how the event comes out as it is written, if that is known. */
export interface WhatIf {
  readonly changes: readonly { readonly key: string; readonly value: unknown; readonly before: unknown }[];
  readonly written: Summary | null;
}

export interface Summary {
  readonly people: number;
  readonly eligible: number;
  readonly ineligible: number;
  readonly review: number;
  /** people per award; every award of the event is there */
  readonly awards: Readonly<Record<string, number>>;
}

export function summarise(check: Pick<Check, "awards" | "decisions">): Summary {
  const awards = Object.fromEntries(check.awards.map((id) => [id, 0]));
  const totals = { eligible: 0, ineligible: 0, review: 0 };
  for (const decision of check.decisions) {
    totals[decision.outcome] += 1;
    if (decision.outcome !== "eligible") continue;
    for (const award of decision.awards) awards[award] = (awards[award] ?? 0) + 1;
  }
  return { people: check.decisions.length, ...totals, awards };
}
