import { readFileSync, rmSync } from "node:fs";
import { hostname } from "node:os";
import { dirname, join } from "node:path";
import type { Random } from "../world/random.js";
import { run, start } from "./command.js";
import { fresh, type Job, type Stage } from "./stage.js";
import { type Fault, flawsOfRefusal } from "./trial.js";

/*
 * Every system call that writes, as strace sees it. A job is traced once undisturbed; of each call to the folder it is
 * known then which of its thread it was, and there it is made to fail, or the process is killed before it.
 */

const traced = [
  ...[
    "openat",
    "open",
    "write",
    "writev",
    "pwrite64",
    "fsync",
    "fdatasync",
    "syncfs",
    "ftruncate",
    "fallocate",
  ],
  ...["close", "rename", "renameat", "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat"],
  ...["link", "linkat", "chmod", "fchmod", "utimensat", "copy_file_range"],
];

/** A call to a file of the folder. */
export interface Call {
  readonly name: string;
  /** which of its name and thread it was, from 1 */
  readonly when: number;
  readonly object: string;
}

/**
 * Strace as the child of what it watches, so that the process has the number that stands in the names of its drafts. Calls
 * are counted where they are about a file of the folder alone: what else a process writes comes as the clock has it.
 */
function strace(output: string, folder: string, job: Job, ...more: string[]): string[] {
  const folders = new Set([""]);
  const files = new Set(["lulus.db", "lulus.db-journal"]);
  for (const path of job.after.files.keys()) {
    for (let above = dirname(path); above !== "."; above = dirname(above)) folders.add(above);
    if (job.before.files.get(path) !== job.after.files.get(path)) files.add(path);
  }
  const host = hostname().replace(/[^A-Za-z0-9-]/g, "");
  const drafts = [...folders].flatMap((each) =>
    [0, 1, 2, 1000000].map((thread) => join(each, `.lulus-unfinished-${host}-$$-${thread}`)),
  );
  const paths = [...folders, ...files, ...drafts, ...drafts.map((draft) => `${draft}-journal`)];
  const watched = paths.map((path) => `-P "${join(folder, path)}"`).join(" ");
  const options = [
    "-f",
    "-qq",
    "-y",
    "-s",
    "256",
    "-e",
    `trace=${traced.join(",")}`,
    "-e",
    "signal=none",
    ...more,
  ];
  return ["sh", "-c", `exec strace -D ${options.join(" ")} -o ${output} ${watched} "$@"`, "sh"];
}

/** The calls of a job that write to its folder, in the order in which they come. */
export async function callsOf(stage: Stage, job: Job): Promise<Call[]> {
  const folder = fresh(stage, job);
  const output = join(stage.scratch, `${job.name}.strace`);
  const { status, stderr } = await run(stage.program, folder, job.command, {
    before: strace(output, folder, job),
  });
  if (status !== 0) throw new Error(`${job.name} under strace ended with ${status}: ${stderr}`);
  const calls = parseTrace(readFileSync(output, "utf8"), folder);
  rmSync(folder, { recursive: true });
  return calls;
}

const writing = /O_WRONLY|O_RDWR|O_CREAT/;

function parseTrace(text: string, folder: string): Call[] {
  const counts = new Map<string, number>();
  const calls: Call[] = [];
  for (const line of text.split("\n")) {
    const [, thread, name = "", parameters = ""] = /^(\d+)\s+(\w+)\((.*)$/.exec(line) ?? [];
    if (thread === undefined) continue;
    const when = (counts.get(`${thread} ${name}`) ?? 0) + 1;
    counts.set(`${thread} ${name}`, when);
    const object = objectOf(parameters, folder);
    if (object === null || (name.startsWith("open") && !writing.test(parameters))) continue;
    calls.push({ name, when, object });
  }
  return calls;
}

/** What of the folder a call is about; `null` where it is about something else. */
function objectOf(parameters: string, folder: string): string | null {
  const [, path = ""] = /[<"]([^<>"]*)[>"]/.exec(parameters.replace(/^AT_FDCWD<[^>]*>, /, "")) ?? [];
  const named = path.startsWith("/") ? path : join(folder, path);
  if (!named.startsWith(folder)) return null;
  const inside = named.slice(folder.length + 1);
  if (/^lulus\.db-journal/.test(inside)) return "journal";
  if (/^lulus\.db/.test(inside)) return "register";
  if (/unfinished|\.tmp/.test(inside)) return "draft";
  if (/\.pdf$/.test(inside)) return "certificate";
  return inside === "" || !inside.includes(".") ? "folder" : "file";
}

const errors: Readonly<Record<string, readonly string[]>> = {
  openat: ["ENOSPC", "EIO", "EMFILE", "EROFS"],
  write: ["ENOSPC", "EIO"],
  pwrite64: ["ENOSPC", "EIO"],
  fsync: ["EIO", "ENOSPC"],
  fdatasync: ["EIO"],
  syncfs: ["EIO"],
  close: ["EIO"],
  rename: ["EIO", "ENOSPC"],
  mkdir: ["ENOSPC", "EMFILE", "EROFS"],
  linkat: ["EIO"],
  link: ["EIO"],
};

/** One call of a job is struck: the process is killed there, or the call fails, once or from then on. */
export function strike(call: Call, what: string, isLasting: boolean): Fault {
  const [error, action] = what === "KILL" ? [false, "signal=KILL"] : [true, `error=${what}`];
  const when = isLasting ? `${call.when}+` : String(call.when);
  return {
    label: `${call.name} ${call.object} ${what}${isLasting ? " lasting" : ""}`,
    async disturb(folder, job, stage) {
      const output = `${folder}.strace`;
      const inject = ["-e", `inject=${call.name}:${action}:when=${when}`];
      const { ended } = start(stage.program, folder, job.command, {
        before: strace(output, folder, job, ...inject),
      });
      const result = await ended;
      const isInjected = readFileSync(output, "utf8").includes("(INJECTED)");
      rmSync(output);
      const wasKilled = result.signal === "SIGKILL";
      const isFelt = wasKilled || (error && isInjected);
      const outcome = !isFelt ? "not felt" : wasKilled ? "killed" : result.status === 0 ? "done" : "refused";
      // a journal that cannot be removed, or is needed because the register cannot be mended now, stays for the next run;
      // so does a draft that cannot be removed
      const mayLeave =
        ["journal", "register", "folder"].includes(call.object) ||
        (call.object === "draft" && call.name.startsWith("unlink"));
      const violations = wasKilled ? [] : flawsOfRefusal(result);
      return { ended: result, outcome, wasKilled: wasKilled || mayLeave, violations };
    },
  };
}

/** A call and what befalls it, so that rare calls come as often as frequent ones. */
export function drawStrike(calls: readonly Call[], random: Random): Fault {
  const kinds = new Map<string, Call[]>();
  for (const call of calls) {
    const kind = `${call.name} ${call.object}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), call]);
  }
  const call = random.pick(random.pick([...kinds.values()]));
  const what = random.pick(["KILL", ...(errors[call.name] ?? ["EIO"])]);
  // what is said goes through `write` as well, and an unclosed descriptor is no fault of a disk
  const mayLast = what !== "KILL" && ["openat", "pwrite64", "fsync", "rename", "mkdir"].includes(call.name);
  return strike(call, what, mayLast && random.chance(0.3));
}

/**
 * What a power cut after "done" would take away: files of the folder that were written or renamed and neither synced
 * themselves nor by a sync of the file system after that, and journals whose removal was not.
 */
export async function unsynced(stage: Stage, job: Job): Promise<string[]> {
  const folder = fresh(stage, job);
  const output = join(stage.scratch, `${job.name}.sync`);
  const { status, stderr } = await run(stage.program, folder, job.command, {
    before: strace(output, folder, job),
  });
  if (status !== 0) throw new Error(`${job.name} under strace ended with ${status}: ${stderr}`);
  const open = { content: new Set<string>(), name: new Set<string>() };
  for (const line of readFileSync(output, "utf8").split("\n")) {
    const [, name = "", parameters = ""] = /^\d+\s+(\w+)\((.*)$/.exec(line) ?? [];
    const paths = [...parameters.matchAll(/[<"](\/[^<>"]*)[>"]/g)].map(([, path = ""]) => path);
    const [path = "", target = ""] = paths.filter((each) => each.startsWith(folder));
    if (path !== "") follow(name, path, target, open);
  }
  rmSync(folder, { recursive: true });
  return [...new Set([...open.content, ...open.name])].map(
    (each) => `a power cut after "done" would take ${each.slice(folder.length + 1)} away`,
  );
}

/** What is on its way to the disk: the content of files, and their names in their folders. */
function follow(
  call: string,
  path: string,
  target: string,
  { content, name }: { readonly content: Set<string>; readonly name: Set<string> },
): void {
  if (call === "syncfs") for (const each of [content, name]) each.clear();
  else if (/^p?write/.test(call) || call === "ftruncate") content.add(path);
  else if (call === "fsync" || call === "fdatasync") {
    content.delete(path);
    for (const each of name) if (dirname(each) === path) name.delete(each);
  } else if (call === "rename" || call === "link") {
    if (content.delete(path)) content.add(target);
    name.add(target);
  } else if (call === "unlink") {
    content.delete(path);
    name.delete(path);
  }
}
