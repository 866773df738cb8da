import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { newFolder } from "../cli/lulus.js";

/*
 * What a workflow notices of the service that runs it: its steps one after another in a shell, the repository as it is
 * now, variables, secrets, and places to put things. Other services (npm's registry, the forge itself) are not here.
 */

/** Something that happened at the forge. */
export interface Happening {
  /** a bare repository */
  readonly remote: string;
  readonly branch: string;
  /** what expressions see: `github.event_name` and so on */
  readonly context: Readonly<Record<string, string>>;
  /** first in the `PATH` */
  readonly bin: string;
  /** besides what the workflow sets */
  readonly env: Readonly<Record<string, string>>;
}

export interface Ran {
  /** name of the step that failed; `null` if none did */
  readonly failed: string | null;
  /** all that was said */
  readonly log: string;
  /** folders with what was handed over, by name */
  readonly artifacts: ReadonlyMap<string, string>;
  readonly summary: string;
}

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

/** Runs the jobs of a GitHub workflow whose `if` holds, each in a fresh clone. */
export function onGitHub(file: string, happening: Happening): Ran[] {
  const { jobs, env = {} } = parse(readFileSync(file, "utf8")) as {
    jobs: Record<string, Job>;
    env?: Record<string, string>;
  };
  return Object.values(jobs)
    .filter((job) => job.if === undefined || evaluate(job.if, happening.context) === "true")
    .map((job) => runJob(job, { ...env, ...job.env }, happening));
}

function runJob(job: Job, env: Readonly<Record<string, string>>, happening: Happening): Ran {
  const machine = newFolder();
  const [workspace, temp] = [join(machine, "workspace"), join(machine, "temp")];
  const summary = join(machine, "summary.md");
  mkdirSync(temp);
  writeFileSync(summary, "");
  const fixed = { GITHUB_STEP_SUMMARY: summary, GITHUB_REF_NAME: happening.branch, GITHUB_RUN_NUMBER: "7" };
  const shared: Record<string, string> = { ...env, ...fixed, RUNNER_TEMP: temp, ...happening.env };
  const context = { ...happening.context, "runner.temp": temp, "env.EVENT": shared.EVENT ?? "" };
  const artifacts = new Map<string, string>();
  let log = "";
  for (const step of job.steps) {
    const filled = fill(step.env ?? {}, context);
    const name = step.name ?? step.uses ?? "";
    if (step.uses?.startsWith("actions/checkout@")) {
      log += clone(happening, workspace);
    } else if (step.uses?.startsWith("actions/upload-artifact@")) {
      const given = fill(step.with ?? {}, context);
      const path = resolve(workspace, given.path ?? "");
      if (!existsSync(path) || readdirSync(path).length === 0)
        return { failed: name, log, artifacts, summary: "" };
      artifacts.set(given.name ?? "", path);
    } else if (step.run !== undefined) {
      const ended = shell(step.run, workspace, happening.bin, { ...shared, ...filled });
      log += ended.said;
      if (ended.status !== 0) return { failed: name, log, artifacts, summary: readFileSync(summary, "utf8") };
    } else if (!step.uses?.startsWith("actions/setup-node@")) throw new Error(`what is ${name}?`);
  }
  return { failed: null, log, artifacts, summary: readFileSync(summary, "utf8") };
}

/** Runs the script of one job of a GitLab pipeline in a fresh clone. */
export function onGitLab(file: string, job: "check" | "issue", happening: Happening): Ran {
  const pipeline = parse(readFileSync(file, "utf8"));
  const workspace = join(newFolder(), "workspace");
  let log = clone(happening, workspace);
  const env = {
    ...pipeline.variables,
    CI_COMMIT_BRANCH: happening.branch,
    CI_PIPELINE_IID: "7",
    ...happening.env,
  };
  const artifacts = new Map<string, string>();
  for (const line of pipeline[job].script) {
    const ended = shell(line, workspace, happening.bin, env);
    log += ended.said;
    if (ended.status !== 0) return { failed: line, log, artifacts, summary: "" };
  }
  for (const path of pipeline[job].artifacts.paths) {
    const place = resolve(workspace, String(path).replace("$EVENT", env.EVENT));
    if (existsSync(place)) artifacts.set(place.split("/").at(-1) ?? "", place);
  }
  return { failed: null, log, artifacts, summary: "" };
}

function clone({ remote, branch }: Happening, workspace: string): string {
  const { stderr, status } = spawnSync("git", ["clone", "-q", "--branch", branch, remote, workspace], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return "";
}

/** As both services do it: a stop at the first failure. */
function shell(script: string, cwd: string, bin: string, env: Readonly<Record<string, string>>) {
  const { status, stdout } = spawnSync("bash", ["-e", "-c", `{ ${script}\n} 2>&1`], {
    cwd,
    encoding: "utf8",
    env: { PATH: `${bin}:${process.env.PATH}`, HOME: join(cwd, ".."), CI: "true", ...env },
  });
  return { status, said: `$ ${script}\n${stdout}` };
}

function fill(values: Readonly<Record<string, unknown>>, context: Readonly<Record<string, string>>) {
  const entries = Object.entries(values).map(([key, value]) => [
    key,
    String(value).replace(/\$\{\{\s*(.*?)\s*\}\}/g, (_, expression) => evaluate(expression, context)),
  ]);
  return Object.fromEntries(entries) as Record<string, string>;
}

/** A name of the context, or a comparison of one with a word. @throws for a name that the service does not know */
function evaluate(expression: string, context: Readonly<Record<string, string>>): string {
  const [, name = "", operator, word] = /^([\w.]+)(?:\s*(==|!=)\s*'([^']*)')?$/.exec(expression) ?? [];
  const value = context[name];
  if (value === undefined) throw new Error(`nothing is known of ${expression}`);
  if (operator === undefined) return value;
  return String((value === word) === (operator === "=="));
}

/** A forge with one repository that holds the files given. */
export function forgeWith(folder: string): { remote: string; commit(write: (clone: string) => void): void } {
  const remote = join(newFolder(), "event.git");
  const work = join(newFolder(), "work");
  const git = (...words: readonly string[]) => {
    const { status, stderr } = spawnSync("git", [...words], { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  };
  git("init", "-q", "--bare", "--initial-branch=main", remote);
  git("-C", remote, "config", "receive.advertisePushOptions", "true");
  git("clone", "-q", remote, work);
  const commit = (write: (clone: string) => void) => {
    git("-C", work, "checkout", "-q", "-B", "main");
    spawnSync("git", ["-C", work, "pull", "-q", "--rebase", "origin", "main"]);
    write(work);
    git("-C", work, "add", "-A");
    git(
      "-C",
      work,
      "-c",
      "user.name=Panitia",
      "-c",
      "user.email=panitia@x.example",
      "commit",
      "-qm",
      "inputs",
    );
    git("-C", work, "push", "-q", "origin", "main");
  };
  commit((clone) => cpSync(folder, clone, { recursive: true }));
  return { remote, commit };
}
