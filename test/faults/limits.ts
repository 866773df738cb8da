import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Random } from "../world/random.js";
import { start, type Way } from "./command.js";
import type { Job, Stage } from "./stage.js";
import { type Fault, flawsOfRefusal } from "./trial.js";

/** Too little of something: room, files, memory, permission; and threads that die. */

function mount(...parameters: string[]): void {
  execFileSync("mount", parameters, { stdio: "pipe" });
}

/** Whether this machine lets us mount. */
export function mayMount(stage: Stage): boolean {
  const place = join(stage.scratch, "mount");
  mkdirSync(place);
  const { status } = spawnSync("mount", ["-t", "tmpfs", "lulus", place]);
  if (status === 0) spawnSync("umount", [place]);
  rmdirSync(place);
  return status === 0;
}

/** A disk that is full before the job is done, and has room again afterwards. */
export function fullDisk(random: Random, pages: (job: Job) => number): Fault {
  return {
    label: "disk full",
    folder(stage, job) {
      const place = join(stage.scratch, `disk-${random.integer(0, 1e9)}`);
      mkdirSync(place);
      mount("-t", "tmpfs", "-o", "size=256m", "lulus", place);
      cpSync(job.folder, place, { recursive: true, preserveTimestamps: true });
      const used = Number(execFileSync("du", ["-sk", place], { encoding: "utf8" }).split("\t")[0]);
      mount("-o", `remount,size=${used + 4 * random.integer(0, pages(job))}k`, place);
      return place;
    },
    disturb: (folder, job, stage) => limited(folder, job, stage, {}),
    mend: (folder) => mount("-o", "remount,size=256m", folder),
    clear: (folder) => void spawnSync("umount", ["-l", folder]),
  };
}

/** A folder that cannot be written to. */
export function readOnly(): Fault {
  return {
    label: "read-only folder",
    disturb(folder, job, stage) {
      const isRoot = process.getuid?.() === 0;
      if (isRoot) {
        mount("--bind", folder, folder);
        mount("-o", "remount,ro,bind", folder);
      } else chmodSync(folder, 0o555);
      return limited(folder, job, stage, {});
    },
    mend(folder) {
      if (process.getuid?.() === 0) spawnSync("umount", ["-l", folder]);
      else chmodSync(folder, 0o755);
    },
  };
}

/** Files may not grow beyond a size: some are allowed, some are not. */
export function smallFiles(random: Random): Fault {
  const blocks = random.integer(1, 400);
  return {
    label: "ulimit -f",
    async disturb(folder, job, stage) {
      const disturbed = await limited(folder, job, stage, { before: ulimit("f", blocks) });
      // a register that may not be written to cannot be mended either: its journal waits for the next run
      return { ...disturbed, wasKilled: disturbed.outcome !== "done" };
    },
  };
}

export function fewFiles(random: Random): Fault {
  const count = random.integer(18, 40);
  return {
    label: "ulimit -n",
    disturb: (folder, job, stage) =>
      limited(folder, job, stage, { before: ulimit("n", count) }, "node itself"),
  };
}

function ulimit(what: string, count: number): string[] {
  return ["sh", "-c", `ulimit -${what} ${count} && exec "$@"`, "sh"];
}

/** Less memory than the job takes: Node ends the process as hard as a kill does. */
export function littleMemory(random: Random): Fault {
  const megabytes = random.integer(20, 60);
  return {
    label: "little memory",
    disturb: (folder, job, stage) =>
      limited(folder, job, stage, { node: [`--max-old-space-size=${megabytes}`] }, "node itself"),
  };
}

/** @param other how a run is counted that was ended neither by us nor by itself */
async function limited(folder: string, job: Job, stage: Stage, way: Way, other?: string) {
  const ended = await start(stage.program, folder, job.command, way).ended;
  const isKilled = ended.signal !== null || ended.status === 134;
  const isByNode = other !== undefined && (isKilled || !/^error: /m.test(ended.stderr)) && ended.status !== 0;
  if (isByNode) return { ended, outcome: other, wasKilled: true, violations: [] };
  const outcome = ended.status === 0 ? "done" : "refused";
  return { ended, outcome, wasKilled: false, violations: flawsOfRefusal(ended) };
}

/** Loaded into every thread: the first that stamps dies after a while, in one of two manners. */
const mortal = `
import { existsSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
const { LULUS_MORTAL: mark = "", LULUS_MORTAL_AFTER: after = "0", LULUS_MORTAL_HOW: how } = process.env;
if (!isMainThread && !existsSync(mark)) {
  writeFileSync(mark, "");
  setTimeout(() => { if (how === "exit") process.exit(1); throw new Error("a fault of the machine"); }, Number(after));
}
`;

/** A thread that stamps dies. The others go on, and its share is done once more. */
export function dyingThread(random: Random): Fault {
  const [after, how] = [random.integer(0, 400), random.pick(["exit", "throw"])];
  return {
    label: "thread dies",
    async disturb(folder, job, stage) {
      const script = join(stage.scratch, "mortal.mjs");
      writeFileSync(script, mortal);
      const mark = join(stage.scratch, `mortal-${random.integer(0, 1e9)}`);
      const env = { LULUS_MORTAL: mark, LULUS_MORTAL_AFTER: String(after), LULUS_MORTAL_HOW: how };
      const parameters = [...job.command.filter((word) => word !== "-q"), "--workers", "2"];
      const { ended } = start(stage.program, folder, parameters, { node: ["--import", script], env });
      const result = await ended;
      const isTold = /a thread died/.test(result.stderr);
      const violations = result.status === 0 ? [] : [`it ended with ${result.status}: ${result.stderr}`];
      return {
        ended: result,
        outcome: isTold ? "told and replaced" : "not felt",
        wasKilled: false,
        violations,
      };
    },
  };
}
