import { type ChildProcess, spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

/** What became of a run of the command. */
export interface Ended {
  /** `null` where a signal ended it */
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A run that can be disturbed until it has ended. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** How the command is started. */
export interface Way {
  /** a program that starts it, as `strace` with its options */
  readonly before?: readonly string[];
  readonly node?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The project's folder, from the sources as from what is compiled of them. */
export const root = ((): string => {
  const here = dirname(fileURLToPath(import.meta.url));
  const [outside = ""] = here.split(join("node_modules", ".cache"));
  return outside === here ? join(here, "..", "..") : outside;
})();

/**
 * Starts the command.
 *
 * @param program its `bin/lulus.js`: of the project, or of a build that something was taken out of
 */
export function start(
  program: string,
  cwd: string,
  parameters: readonly string[],
  { before = [], node = [], env = {} }: Way = {},
): Running {
  const [file = "", ...rest] = [...before, process.execPath, ...node, program, ...parameters];
  const began = performance.now();
  const child = spawn(file, rest, {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "", NO_COLOR: "1", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status, signal) =>
      resolve({ status, signal, stdout, stderr, seconds: (performance.now() - began) / 1000 }),
    );
  });
  return { child, ended };
}

export function run(
  program: string,
  cwd: string,
  parameters: readonly string[],
  way: Way = {},
): Promise<Ended> {
  return start(program, cwd, parameters, way).ended;
}
