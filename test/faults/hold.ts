import { createRandom } from "../world/random.js";
import { type Call, callsOf } from "./calls.js";
import { type CampaignName, campaigns } from "./campaigns.js";
import type { Job, Stage } from "./stage.js";
import type { Verdict } from "./trial.js";

export interface Held {
  readonly trials: number;
  /** every violation, with what it takes to see it again */
  readonly violations: readonly string[];
  /** label → outcome → how often */
  readonly counts: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** A long campaign says now and then how far it is. */
const TOLD = 50;

/**
 * Holds a campaign: its trials, several at once, each with a random of its own, so that one of them can be repeated.
 *
 * @param isEnough whether to stop at the first violation
 * @param tell is told now and then how far it is
 */
export async function hold(
  name: CampaignName,
  stage: Stage,
  { trials, seed, atOnce }: { readonly trials: number; readonly seed: number; readonly atOnce: number },
  isEnough = false,
  tell: (text: string) => void = () => {},
): Promise<Held> {
  const campaign = campaigns[name];
  const jobs: Job[] = [...stage.jobs.values()].filter((job) => campaign.jobs.includes(job.name));
  const calls = new Map<string, Call[]>();
  if (name === "calls") for (const job of jobs) calls.set(job.name, await callsOf(stage, job));
  const violations: string[] = [];
  const counts = new Map<string, Map<string, number>>();
  let [next, done] = [0, 0];
  const work = async () => {
    while (next < trials && !(isEnough && violations.length > 0)) {
      const number = next++;
      const job = jobs[number % jobs.length];
      if (job === undefined) throw new TypeError("no job");
      const verdict = await campaign.one(stage, job, createRandom(seed * 1_000_003 + number), { calls });
      count(counts, verdict);
      const where = `${name} ${number} ${verdict.label} (${verdict.job}, ${verdict.outcome})`;
      done += 1;
      if (done % TOLD === 0) tell(`${name}: ${done} of ${trials}, ${violations.length} violations so far`);
      violations.push(...verdict.violations.slice(0, 5).map((violation) => `${where}: ${violation}`));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return { trials: next, violations, counts };
}

function count(counts: Map<string, Map<string, number>>, { label, outcome }: Verdict): void {
  const outcomes = counts.get(label) ?? new Map<string, number>();
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  counts.set(label, outcomes);
}
