import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contentOf, lulus, newFolder } from "../cli/lulus.js";
import { writeEvent } from "../faults/event.js";
import { needs } from "../tools.js";

/** The recipes of docs/shards.md as their engines would call them; test/shards tries a real Slurm. */

const root = fileURLToPath(new URL("../../", import.meta.url));
const recipe = (name: string) => join(root, "docs/shards", name);

let numbered = "";
let whole = new Map<string, string>();

beforeAll(async () => {
  const folder = join(newFolder(), "event");
  writeEvent(folder, 24);
  await lulus(["key", "create", folder, "--no-passphrase"]);
  const { status, stdout, stderr } = await lulus(["issue", folder, "--no-render"]);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/^12 issued, 0 written/)]);
  expect(stderr).toContain("`lulus render` writes the 12 that have no file yet");
  expect(readdirSync(folder)).not.toContain("certificates");
  numbered = join(newFolder(), "numbered");
  cpSync(folder, numbered, { recursive: true });
  expect(await lulus(["render", folder])).toMatchObject({ status: 0 });
  whole = contentOf(join(folder, "certificates"));
});

/** An event's folder whose certificates are numbered and not rendered. */
function event(): string {
  const folder = join(newFolder(), "event");
  cpSync(numbered, folder, { recursive: true });
  return folder;
}

/** A folder for the `PATH` with `lulus` in it, which dies in the middle of its work when it is called with a word for the first time. */
function bin(dyingOver = "nothing"): string {
  const folder = newFolder();
  const program = `"${process.execPath}" "${join(root, "bin/lulus.js")}"`;
  const script = `#!/bin/sh
case "$*" in *${dyingOver}*)
  if mkdir "${folder}/died" 2>/dev/null; then
    ${program} "$@" & sleep 0.4; kill -9 $!; exit 137
  fi ;;
esac
exec ${program} "$@"
`;
  writeFileSync(join(folder, "lulus"), script, { mode: 0o755 });
  return folder;
}

function shell(command: string, cwd: string, path: string, env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", command], {
    cwd,
    env: { PATH: `${path}:${process.env.PATH}`, HOME: process.env.HOME ?? "", ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

async function expectWhole(folder: string): Promise<void> {
  expect(contentOf(join(folder, "certificates"))).toEqual(whole);
  const { status, stdout } = await lulus(["render", folder]);
  expect([status, stdout]).toEqual([0, expect.stringMatching(/; 12 certificates/)]);
  expect(contentOf(join(folder, "certificates"))).toEqual(whole);
}

describe("certificates rendered in parts are those of one run", () => {
  test.skipIf(!needs("parallel"))("by GNU parallel, one part killed and begun again by it", async () => {
    const folder = event();
    const path = bin("2/3");
    const { status, stderr } = shell(`${recipe("parallel.sh")} 3 --jobs 2`, folder, path);
    expect([status, stderr]).toEqual([0, expect.any(String)]);
    expect(readdirSync(path)).toContain("died");
    await expectWhole(folder);
  });

  test("by the tasks of a Slurm array, one of them killed and requeued", async () => {
    const folder = event();
    const script = readFileSync(recipe("slurm.sh"), "utf8");
    const [, first, last] = /^#SBATCH --array=(\d+)-(\d+)$/m.exec(script) ?? [];
    expect([Number(first), Number(last)]).toEqual([0, 7]);
    const path = bin("auto");
    const task = (id: number) =>
      shell(recipe("slurm.sh"), folder, path, {
        ...{ SLURM_ARRAY_TASK_ID: String(id), SLURM_ARRAY_TASK_MIN: "0", SLURM_ARRAY_TASK_COUNT: "3" },
      }).status;
    expect([task(0), task(0), task(1), task(2)]).toEqual([137, 0, 0, 0]);
    await expectWhole(folder);
  });

  test("by the pods of an indexed job of Kubernetes", async () => {
    const folder = event();
    const { spec } = parse(readFileSync(recipe("kubernetes.yml"), "utf8"));
    const [container] = spec.template.spec.containers;
    const [{ name, value }] = container.env;
    expect([spec.completionMode, name, Number(value)]).toEqual([
      "Indexed",
      "JOB_COMPLETIONS",
      spec.completions,
    ]);
    expect([container.command, spec.template.spec.restartPolicy]).toEqual([["sh", "-c"], "Never"]);
    const path = bin();
    for (const index of ["1", "0"])
      expect(
        shell(container.args[0], folder, path, { JOB_COMPLETION_INDEX: index, JOB_COMPLETIONS: "2" }),
      ).toMatchObject({ status: 0 });
    await expectWhole(folder);
  });

  test("by a matrix of GitHub Actions, from the exported register alone", async () => {
    const { env, jobs } = parse(readFileSync(recipe("github.yml"), "utf8"));
    const parts: number[] = jobs.part.strategy.matrix.part;
    expect(parts).toEqual(Array.from({ length: Number(env.PARTS) }, (_, index) => index + 1));
    expect(jobs.whole.needs).toBe("part");
    const script = (job: string, step: string): string =>
      jobs[job].steps.find(({ name }: { name?: string }) => name === step).run;
    const origin = event();
    const exported = shell("lulus register export --out register.jsonl", origin, bin());
    expect(exported).toMatchObject({ status: 0 });
    const clone = () => {
      const folder = newFolder();
      for (const file of ["event.yaml", "register.jsonl"]) cpSync(join(origin, file), join(folder, file));
      return folder;
    };
    const fetched = clone();
    mkdirSync(join(fetched, "certificates"));
    for (const part of ["1", "2"]) {
      const temp = newFolder();
      const around = { EVENT: ".", PARTS: "2", PART: part, RUNNER_TEMP: temp };
      expect(shell(script("part", "Render a part"), clone(), bin(), around)).toMatchObject({ status: 0 });
      cpSync(join(temp, "part"), join(fetched, "certificates"), { recursive: true });
    }
    const ended = shell(script("whole", "Look whether all is there"), fetched, bin(), { EVENT: "." });
    expect(ended).toMatchObject({ status: 0, stdout: expect.stringMatching(/; 12 certificates/) });
    await expectWhole(fetched);
  });
});
