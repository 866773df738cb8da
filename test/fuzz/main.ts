import { fork } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Campaign } from "./intake.js";

/*
 * `npm run fuzz -- intake --files 100000 --seed 1`. Files are tried in processes of their own, each of which says which
 * file it begins: so one that never ends is known by its number. `--only N --out DIR` writes that file down.
 */

const { values } = parseArgs({
  args: process.argv.slice(2),
  options: {
    files: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    workers: { type: "string", default: String(availableParallelism()) },
    fixtures: { type: "string", default: "fixtures" },
    only: { type: "string" },
    out: { type: "string", default: "." },
    /** of a worker: which files are its own */
    part: { type: "string" },
  },
});
const [files, seed, workers] = [values.files, values.seed, values.workers].map(Number) as [
  number,
  number,
  number,
];

interface Told {
  readonly number: number;
  readonly outcome?: string;
  readonly line?: string;
}

/** A file that takes longer than this has hung the process. */
const hangingSeconds = 60;

if (values.only !== undefined) await writeDown(Number(values.only));
else if (values.part !== undefined) await work(Number(values.part));
else process.exitCode = await lead();

async function writeDown(number: number): Promise<void> {
  const { bytes, seed: name, done, verdict } = await new Campaign(seed, values.fixtures).trial(number);
  mkdirSync(values.out, { recursive: true });
  const path = join(values.out, `fuzz-${seed}-${number}`);
  writeFileSync(path, bytes);
  console.log(`${path}\n${name} (${done.join(", ")}): ${verdict.outcome} ${verdict.what}`);
}

async function work(part: number): Promise<void> {
  const campaign = new Campaign(seed, values.fixtures);
  for (let number = part; number < files; number += workers) {
    process.send?.({ number } satisfies Told);
    const { verdict, seed: name, done } = await campaign.trial(number);
    const line = `${name} (${done.join(", ")}): ${verdict.what}`;
    process.send?.({
      number,
      outcome: verdict.outcome,
      ...(verdict.outcome === "people" ? {} : { line }),
    } satisfies Told);
  }
  process.disconnect?.();
}

async function lead(): Promise<number> {
  console.log(`${files} files, seed ${seed}`);
  const counts = new Map<string, number>();
  const codes = new Map<string, number>();
  const violations: string[] = [];
  const note = ({ number, outcome, line = "" }: Told) => {
    if (outcome === undefined) return;
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    if (outcome === "fault") {
      for (const code of line.slice(line.lastIndexOf("): ") + 3).split(" "))
        codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    if (outcome !== "violation") return;
    violations.push(line);
    if (violations.length <= 50) console.log(`${number} ${line}`);
  };
  await Promise.all(Array.from({ length: workers }, (_, part) => led(part, note)));
  console.log([...counts].map(([outcome, count]) => `${outcome} ${count}`).join(", "));
  const frequent = [...codes].sort((a, b) => b[1] - a[1]);
  console.log(frequent.map(([code, count]) => `  ${String(count).padStart(7)} ${code}`).join("\n"));
  const tried = [...counts.values()].reduce((sum, count) => sum + count, 0);
  console.log(`${tried} of ${files} files tried, ${violations.length} violations`);
  return tried === files && violations.length === 0 ? 0 : 1;
}

/** One worker until its end; `note` also learns of the file at which it hung or died. */
async function led(part: number, note: (told: Told) => void): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), [
    ...process.argv.slice(2),
    "--part",
    String(part),
    "--seed",
    String(seed),
  ]);
  let [last, since, isKilled] = [-1, Date.now(), false];
  child.on("message", (told: Told) => {
    [last, since] = [told.number, Date.now()];
    note(told);
  });
  const watch = setInterval(() => {
    if (Date.now() - since < hangingSeconds * 1000) return;
    isKilled = true;
    child.kill("SIGKILL");
  }, 1000);
  const status = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  clearInterval(watch);
  if (status !== 0)
    note({
      number: last,
      outcome: "violation",
      line: isKilled ? "hung" : `the process ended with ${status}`,
    });
}
