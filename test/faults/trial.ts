import { rmSync } from "node:fs";
import type { Random } from "../world/random.js";
import { type Ended, run } from "./command.js";
import { violationsIn } from "./evidence.js";
import { fresh, type Job, type Stage } from "./stage.js";

/** Something that can go wrong, done to one run of a job. */
export interface Fault {
  /** what is counted together */
  readonly label: string;
  /** the folder to begin in, where it is not as the job's own */
  readonly folder?: (stage: Stage, job: Job) => string;
  /** Runs the job once, or several times, and disturbs it. */
  readonly disturb: (folder: string, job: Job, stage: Stage) => Promise<Disturbed>;
  /** what a person does before going on: more room, fewer limits */
  readonly mend?: (folder: string) => void;
  /** after it all */
  readonly clear?: (folder: string) => void;
}

/** What became of a disturbed run. */
export interface Disturbed {
  readonly ended: Ended;
  /** how it is counted: "killed", "refused", "done", or that the fault came too late to be felt */
  readonly outcome: string;
  readonly wasKilled: boolean;
  readonly violations: readonly string[];
}

export interface Verdict {
  readonly label: string;
  readonly job: string;
  readonly outcome: string;
  readonly violations: readonly string[];
}

const MOST_ATTEMPTS = 3;

/** Disturbs a job, looks at what it left, goes on as a person would, and looks again. */
export async function trial(stage: Stage, job: Job, fault: Fault): Promise<Verdict> {
  const folder = (fault.folder ?? fresh)(stage, job);
  const violations: string[] = [];
  let outcome = "broken";
  try {
    const disturbed = await fault.disturb(folder, job, stage);
    outcome = disturbed.outcome;
    violations.push(...disturbed.violations);
    const isDone = disturbed.ended.status === 0;
    violations.push(
      ...violationsIn(folder, job.before, job.after, { isDone, wasKilled: disturbed.wasKilled }),
    );
    fault.mend?.(folder);
    violations.push(...(await goOn(stage, job, folder)));
  } catch (error) {
    violations.push(
      `the trial broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  } finally {
    fault.clear?.(folder);
    rmSync(folder, { recursive: true, force: true });
  }
  return { label: fault.label, job: job.name, outcome, violations: [...new Set(violations)] };
}

async function goOn(stage: Stage, job: Job, folder: string): Promise<string[]> {
  for (const command of job.again) {
    let ended: Ended | null = null;
    for (let attempt = 0; attempt < MOST_ATTEMPTS && ended?.status !== 0; attempt += 1)
      ended = await run(stage.program, folder, command);
    if (ended?.status !== 0) return [`it cannot be gone on with (${ended?.status}): ${ended?.stderr.trim()}`];
  }
  return violationsIn(folder, job.before, job.after, { isDone: true, wasKilled: false });
}

/** What a run that could not do the job has to say. */
export function flawsOfRefusal({ status, signal, stderr }: Ended): string[] {
  if (status === 0) return [];
  const said = stderr.trim().slice(0, 600);
  if (status !== 2) return [`it ended with ${status ?? signal} instead of 2: ${said}`];
  if (/mistake in lulus/.test(stderr)) return [`it calls the fault its own mistake: ${said}`];
  return /^error: .+\[[a-z-]+\]$/m.test(stderr) ? [] : [`it ended with 2 and did not say why: ${said}`];
}

/** A time until a run of the job may be disturbed, most of them while it is at work. */
export function moment(job: Job, random: Random): number {
  return random.integer(0, Math.ceil(job.seconds * 1100));
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
