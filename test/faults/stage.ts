import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ended, root, run } from "./command.js";
import { handInLate, writeEvent } from "./event.js";
import { type State, stateOf } from "./evidence.js";

/** A job on a folder, as it is begun, and as it ends where nothing disturbs it. */
export interface Job {
  readonly name: JobName;
  /** the command, and what a person types to go on */
  readonly command: readonly string[];
  readonly again: readonly (readonly string[])[];
  /** the folder to begin in; it is only copied */
  readonly folder: string;
  readonly before: State;
  readonly after: State;
  /** how long it takes undisturbed */
  readonly seconds: number;
}

/** What jobs are made for: the build on trial, and how large the event is. */
export interface Stage {
  readonly program: string;
  readonly scratch: string;
  readonly people: number;
  readonly jobs: ReadonlyMap<JobName, Job>;
}

export const jobNames = ["fresh", "late", "parts", "withdraw", "export", "import", "publish"] as const;
export type JobName = (typeof jobNames)[number];

interface Made {
  readonly command: readonly string[];
  readonly again?: readonly (readonly string[])[];
}

/** One row per job: makes its folder out of an issued one or from nothing, and says the command. */
const making: Readonly<Record<JobName, (folder: string, stage: Making) => Promise<Made>>> = {
  async fresh() {
    return { command: ["issue", "-q"] };
  },
  async late(folder, stage) {
    await stage.lulus(folder, "issue", "-q");
    damageFiles(folder);
    handInLate(folder, stage.people);
    return { command: ["issue", "-q", "--workers", "2"] };
  },
  async parts(folder, stage) {
    await stage.lulus(folder, "issue", "-q");
    damageFiles(folder);
    return { command: ["render", "-q", "--shard", "1/1"] };
  },
  async withdraw(folder, stage) {
    await stage.lulus(folder, "issue", "-q");
    const numbers = ["1", "2", "3"].map((seq) => `0000${seq}/gangguan-1/IX/2026`);
    writeFileSync(join(folder, "salah.csv"), ["number", ...numbers, ""].join("\n"));
    return { command: ["revoke", "--from", "salah.csv", "--reason", "mistake", "-q"] };
  },
  async export(folder, stage) {
    await stage.lulus(folder, "issue", "-q");
    return { command: ["register", "export", "--out", "register.jsonl", "-q"] };
  },
  async import(folder, stage) {
    await stage.lulus(folder, "issue", "-q");
    await stage.lulus(folder, "register", "export", "--out", "register.jsonl", "-q");
    rmSync(join(folder, "lulus.db"));
    const command = ["register", "import", "register.jsonl", "-q"];
    return { command };
  },
  async publish(folder, stage) {
    await stage.lulus(folder, "issue", "-q");
    return { command: ["publish", "--date", "2026-10-01", "-q"] };
  },
};

interface Making {
  readonly people: number;
  lulus(folder: string, ...parameters: string[]): Promise<Ended>;
}

/** Of the files there one is lost, one cut and one changed. */
function damageFiles(folder: string): void {
  const files = readdirSync(join(folder, "certificates")).filter((file) => file.endsWith(".pdf"));
  const [lost = "", cut = "", changed = ""] = files.map((file) => join(folder, "certificates", file));
  rmSync(lost);
  truncateSync(cut, 1000);
  appendFileSync(changed, "%");
}

/** Makes the folders of the jobs named, and does each once undisturbed. */
export async function setStage(
  people: number,
  names: readonly JobName[],
  program = join(root, "bin", "lulus.js"),
): Promise<Stage> {
  const scratch = mkdtempSync(join(tmpdir(), "lulus-faults-"));
  const lulus = async (folder: string, ...parameters: string[]) => {
    const ended = await run(join(root, "bin", "lulus.js"), folder, parameters);
    if (ended.status !== 0) throw new Error(`lulus ${parameters.join(" ")}: ${ended.stderr}`);
    return ended;
  };
  const event = join(scratch, "event");
  writeEvent(event, people);
  await lulus(event, "key", "create", "--no-passphrase", "-q");
  const jobs = new Map<JobName, Job>();
  for (const name of names) {
    const folder = join(scratch, name);
    copy(event, folder);
    const { command, again = [command] } = await making[name](folder, { people, lulus });
    const whole = join(scratch, `${name}-whole`);
    copy(folder, whole);
    const before = stateOf(folder);
    const { seconds } = await lulus(whole, ...command);
    jobs.set(name, { name, command, again, folder, before, after: stateOf(whole), seconds });
  }
  return { program, scratch, people, jobs };
}

/** A folder as the job is begun in. */
export function fresh(stage: Stage, job: Job): string {
  const folder = mkdtempSync(join(stage.scratch, `${job.name}-`));
  copy(job.folder, folder);
  return folder;
}

/** The folder as the job leaves it where nothing disturbs it. */
export function finished(stage: Stage, job: Job): string {
  const folder = mkdtempSync(join(stage.scratch, `${job.name}-`));
  copy(`${job.folder}-whole`, folder);
  return folder;
}

export function strike(stage: Stage): void {
  rmSync(stage.scratch, { recursive: true, force: true });
}

function copy(from: string, to: string): void {
  cpSync(from, to, { recursive: true, preserveTimestamps: true });
}
