import type { Random } from "../world/random.js";
import { type Call, drawStrike, unsynced } from "./calls.js";
import { damagedFiles, damagedRegister } from "./damage.js";
import { interrupt, kill, together } from "./kills.js";
import { dyingThread, fewFiles, fullDisk, littleMemory, mayMount, readOnly, smallFiles } from "./limits.js";
import { type Job, type JobName, jobNames, type Stage } from "./stage.js";
import { trial, type Verdict } from "./trial.js";

/** A kind of fault, tried many times. */
export interface Campaign {
  readonly about: string;
  /** unless somebody asks for more or less */
  readonly trials: number;
  readonly people: number;
  readonly jobs: readonly JobName[];
  readonly one: (stage: Stage, job: Job, random: Random, prepared: Prepared) => Promise<Verdict>;
  /** a program without which it is left out */
  readonly needs?: string;
  readonly isPossible?: (stage: Stage) => boolean;
}

/** What is found out once, before the trials. */
export interface Prepared {
  readonly calls: ReadonlyMap<string, readonly Call[]>;
}

const issuing = ["fresh", "late"] as const;
const writing = jobNames;

const table = {
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
} satisfies Record<string, Campaign>;

export type CampaignName = keyof typeof table;
export const campaigns: Readonly<Record<CampaignName, Campaign>> = table;

export function isCampaign(name: string): name is CampaignName {
  return Object.hasOwn(table, name);
}
