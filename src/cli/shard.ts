import { Fault } from "../model/fault.js";

/** One part of a job that several machines do: `index` counts from 0. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

interface Scheduler {
  readonly name: string;
  readonly index: string;
  readonly count: string;
  /** what its first task is called: a number, or the variable that says it */
  readonly first: 0 | 1 | string;
}

/** One row per scheduler that numbers the tasks it starts. */
const schedulers: readonly Scheduler[] = [
  { name: "Kubernetes", index: "JOB_COMPLETION_INDEX", count: "JOB_COMPLETIONS", first: 0 },
  {
    name: "Slurm",
    index: "SLURM_ARRAY_TASK_ID",
    count: "SLURM_ARRAY_TASK_COUNT",
    first: "SLURM_ARRAY_TASK_MIN",
  },
  { name: "GitLab", index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", first: 1 },
  { name: "AWS Batch", index: "AWS_BATCH_JOB_ARRAY_INDEX", count: "AWS_BATCH_JOB_ARRAY_SIZE", first: 0 },
  { name: "Cloud Run", index: "CLOUD_RUN_TASK_INDEX", count: "CLOUD_RUN_TASK_COUNT", first: 0 },
  { name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", count: "BUILDKITE_PARALLEL_JOB_COUNT", first: 0 },
  { name: "CircleCI", index: "CIRCLE_NODE_INDEX", count: "CIRCLE_NODE_TOTAL", first: 0 },
];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * `2/8`: the second of eight parts; `auto`: which one this task is, as its scheduler says.
 *
 * @throws Fault for a part that does not exist, and for `auto` where no scheduler says anything
 */
export function parseShard(text: string, environment: Environment): Shard {
  if (text === "auto") return fromScheduler(environment);
  const [, index, count] = /^(\d{1,6})\/(\d{1,6})$/.exec(text) ?? [];
  const shard = { index: Number(index) - 1, count: Number(count) };
  if (exists(shard)) return shard;
  throw new Fault("shard-unknown", `"${text}" is no part of a job`, {
    hints: [
      "expected for instance 2/8, the second of eight; or auto under a scheduler that numbers its tasks",
    ],
  });
}

/** Whether the part holds the certificate at this place; parts are as even as can be, and neighbours stay together. */
export function holdsPlace({ index, count }: Shard, place: number, total: number): boolean {
  return place >= Math.floor((index * total) / count) && place < Math.floor(((index + 1) * total) / count);
}

function fromScheduler(environment: Environment): Shard {
  const found = schedulers.find(({ index }) => environment[index] !== undefined);
  if (found === undefined) {
    throw new Fault("shard-unknown", "no scheduler says which part of the job this is", {
      hints: [
        `known: ${schedulers.map(({ name, index, count }) => `${name} (${index}, ${count})`).join(", ")}`,
        "or name the part: --shard 2/8",
      ],
    });
  }
  const [index, count] = [environment[found.index], environment[found.count]];
  if (count === undefined) {
    throw new Fault("shard-unknown", `${found.index} is ${index}, but ${found.count} is not set`, {
      hints: [`set ${found.count} to how many tasks there are, or name the part: --shard 2/8`],
    });
  }
  const first = typeof found.first === "number" ? found.first : Number(environment[found.first] ?? 0);
  const shard = { index: Number(index) - first, count: Number(count) };
  if (exists(shard)) return shard;
  throw new Fault(
    "shard-unknown",
    `${found.index} is ${index} and ${found.count} is ${count}: no such part`,
    {
      hints: ["number the tasks without gaps, or name the part: --shard 2/8"],
    },
  );
}

function exists({ index, count }: Shard): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(count) && index >= 0 && index < count;
}
