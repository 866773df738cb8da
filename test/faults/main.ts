import { spawnSync } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { createRandom, type Random } from "../world/random.js";
import { type Call, callsOf, drawStrike, unsynced } from "./calls.js";
import { damagedFiles, damagedRegister } from "./damage.js";
import { takeOut } from "./guards.js";
import { interrupt, kill, together } from "./kills.js";
import { dyingThread, fewFiles, fullDisk, littleMemory, mayMount, readOnly, smallFiles } from "./limits.js";
import { type Job, type JobName, jobNames, type Stage, setStage, strike } from "./stage.js";
import { trial, type Verdict } from "./trial.js";

/*
 * `npm run faults -- NAME [--trials N] [--people N] [--seed N]`, or without a name all campaigns in short. It prints how
 * often each fault was tried and felt, and ends with 1 if a single thing was not as it must be.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: "string" },
    people: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    "at-once": { type: "string", default: String(availableParallelism()) },
    /** a guard to be taken out of a copy of the build: the campaign has to find violations then */
    without: { type: "string" },
    /** jobs, where not all that fit */
    jobs: { type: "string" },
  },
});

interface Campaign {
  readonly about: string;
  readonly trials: number;
  readonly people: number;
  readonly jobs: readonly JobName[];
  /** how often it is the job's turn to be tried */
  readonly one: (stage: Stage, job: Job, random: Random, prepared: Prepared) => Promise<Verdict>;
  readonly needs?: string;
  readonly isPossible?: (stage: Stage) => boolean;
}

interface Prepared {
  readonly calls: ReadonlyMap<string, readonly Call[]>;
}

const issuing = ["fresh", "late"] as const;
const writing = jobNames;

const campaigns: Readonly<Record<string, Campaign>> = {
  kills: {
    about: "kill -9 at random times, up to five times in a row",
    ...{ trials: 30, people: 400, jobs: writing },
    one: (stage, job, random) => trial(stage, job, kill(random, random.integer(1, 5))),
  },
  calls: {
    about: "every system call that writes: killed there, ENOSPC, EIO, EMFILE, EROFS",
    ...{ trials: 40, people: 24, jobs: writing, needs: "strace" },
    one: (stage, job, random, { calls }) => trial(stage, job, drawStrike(calls.get(job.name) ?? [], random)),
  },
  signals: {
    about: "SIGINT and SIGTERM at random times, once or twice",
    ...{ trials: 20, people: 3000, jobs: [...issuing, "parts"] },
    one: (stage, job, random) => trial(stage, job, interrupt(random)),
  },
  together: {
    about: "two or four runs at once",
    ...{ trials: 10, people: 200, jobs: issuing },
    one: (stage, job, random) => trial(stage, job, together(random)),
  },
  files: {
    about: "certificates damaged or gone",
    ...{ trials: 10, people: 200, jobs: ["fresh"] },
    one: damagedFiles,
  },
  register: {
    about: "bits flipped in the register, its end cut off",
    ...{ trials: 30, people: 24, jobs: ["fresh"], needs: "python3" },
    one: damagedRegister,
  },
  disk: {
    about: "a disk that runs full",
    ...{ trials: 10, people: 100, jobs: writing, isPossible: mayMount },
    one: (stage, job, random) =>
      trial(
        stage,
        job,
        fullDisk(random, () => 200),
      ),
  },
  readonly: {
    about: "a folder that cannot be written to",
    ...{ trials: 7, people: 24, jobs: writing, isPossible: mayMount },
    one: (stage, job) => trial(stage, job, readOnly()),
  },
  limits: {
    about: "ulimit -f, ulimit -n, little memory",
    ...{ trials: 15, people: 100, jobs: writing },
    one: (stage, job, random) => trial(stage, job, random.pick([smallFiles, fewFiles, littleMemory])(random)),
  },
  threads: {
    about: "a thread that stamps dies",
    ...{ trials: 8, people: 1200, jobs: ["fresh"] },
    one: (stage, job, random) => trial(stage, job, dyingThread(random)),
  },
  power: {
    about: "what a power cut after `done` would take away",
    ...{ trials: 7, people: 24, jobs: writing, needs: "strace" },
    async one(stage, job) {
      return { label: "power cut", job: job.name, outcome: "looked", violations: await unsynced(stage, job) };
    },
  },
};

const names = positionals.length === 0 ? Object.keys(campaigns) : positionals;
const unknown = names.find((name) => !Object.hasOwn(campaigns, name));
if (unknown !== undefined) {
  console.error(`"${unknown}" is no campaign; known:`);
  for (const [name, { about }] of Object.entries(campaigns)) console.error(`  ${name.padEnd(10)} ${about}`);
  process.exit(2);
}
let violations = 0;
for (const name of names) {
  const campaign = campaigns[name];
  if (campaign !== undefined) violations += await hold(name, campaign);
}
process.exitCode = violations === 0 ? 0 : 1;

async function hold(name: string, campaign: Campaign): Promise<number> {
  if (campaign.needs !== undefined && spawnSync("sh", ["-c", `command -v ${campaign.needs}`]).status !== 0) {
    console.log(`${name}: left out, since ${campaign.needs} is not installed`);
    return 0;
  }
  const people = Number(values.people ?? campaign.people);
  const chosen = values.jobs?.split(",") ?? campaign.jobs;
  const program = values.without === undefined ? undefined : takeOut(values.without);
  const stage = await setStage(
    people,
    jobNames.filter((job) => chosen.includes(job)),
    program,
  );
  process.once("SIGINT", () => {
    strike(stage);
    process.exit(130);
  });
  try {
    if (campaign.isPossible?.(stage) === false) {
      console.log(`${name}: left out, since this machine does not allow it`);
      return 0;
    }
    return await hold2(name, campaign, stage);
  } finally {
    strike(stage);
  }
}

async function hold2(name: string, campaign: Campaign, stage: Stage): Promise<number> {
  const trials = Number(values.trials ?? campaign.trials);
  console.log(`${name}: ${campaign.about}; ${trials} trials, ${stage.people} people, seed ${values.seed}`);
  const calls = new Map<string, Call[]>();
  if (name === "calls") for (const job of stage.jobs.values()) calls.set(job.name, await callsOf(stage, job));
  const jobs = [...stage.jobs.values()];
  const counts = new Map<string, Map<string, number>>();
  let [next, count] = [0, 0];
  const work = async () => {
    while (next < trials) {
      const number = next++;
      const random = createRandom(Number(values.seed) * 1_000_003 + number);
      const job = jobs[number % jobs.length];
      if (job === undefined) throw new TypeError("no job");
      const verdict = await campaign.one(stage, job, random, { calls });
      note(counts, verdict);
      count += verdict.violations.length === 0 ? 0 : 1;
      for (const violation of verdict.violations.slice(0, 5))
        console.log(
          `VIOLATION ${number} ${verdict.label} (${verdict.job}, ${verdict.outcome}): ${violation}`,
        );
    }
  };
  await Promise.all(Array.from({ length: Number(values["at-once"]) }, work));
  for (const [label, outcomes] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const total = [...outcomes.values()].reduce((sum, each) => sum + each, 0);
    const each = [...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(", ");
    console.log(`  ${String(total).padStart(5)}  ${label}: ${each}`);
  }
  console.log(`${name}: ${trials} trials, ${count} with violations\n`);
  return count;
}

function note(counts: Map<string, Map<string, number>>, { label, outcome }: Verdict): void {
  const outcomes = counts.get(label) ?? new Map<string, number>();
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  counts.set(label, outcomes);
}
