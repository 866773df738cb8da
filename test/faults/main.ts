import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { type CampaignName, campaigns, isCampaign } from "./campaigns.js";
import { copyOfBuild, guards, takeOut } from "./guards.js";
import { hold } from "./hold.js";
import { type JobName, jobNames, type Stage, setStage, strike } from "./stage.js";

/*
 * `npm run faults -- [NAME…] [--trials N] [--people N] [--seed N]`: without a name all campaigns in short, and `guards`, which
 * takes one guard of the program after the other out and wants each to be missed. It prints how often each fault was
 * tried and how it was felt, and ends with 1 if a single thing was not as it must be.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: "string" },
    people: { type: "string" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    "at-once": { type: "string", default: String(availableParallelism()) },
    /** jobs, where not all that fit: `fresh,late` */
    jobs: { type: "string" },
    /** of the guards, only this one */
    only: { type: "string" },
  },
});
const seed = Number(values.seed);
const atOnce = Number(values["at-once"]);

const names = positionals.length === 0 ? [...Object.keys(campaigns), "guards"] : positionals;
const unknown = names.find((name) => name !== "guards" && !isCampaign(name));
if (unknown !== undefined) {
  console.error(`"${unknown}" is no campaign; known:`);
  for (const [name, { about }] of Object.entries(campaigns)) console.error(`  ${name.padEnd(10)} ${about}`);
  console.error(`  ${"guards".padEnd(10)} whether a guard that is taken out of the program is missed`);
  console.error(
    `  ${"mail".padEnd(10)} whether a mail is sent twice or lost when sending is killed (by itself)`,
  );
  process.exit(2);
}
let violations = 0;
const build = copyOfBuild();
process.once("exit", () => rmSync(build, { recursive: true, force: true }));
for (const name of names) violations += isCampaign(name) ? await report(name) : await withoutGuards();
process.exitCode = violations === 0 ? 0 : 1;

/** @returns how many violations there were */
async function report(name: CampaignName): Promise<number> {
  const campaign = campaigns[name];
  if (!isInstalled(campaign.needs)) {
    console.log(`${name}: left out, since ${campaign.needs} is not installed\n`);
    return 0;
  }
  const jobs = jobNames.filter((job) => (values.jobs?.split(",") ?? campaign.jobs).includes(job));
  return await on(
    Number(values.people ?? campaign.people),
    jobs,
    join(build, "bin", "lulus.js"),
    async (stage) => {
      if (campaign.isPossible?.(stage) === false) {
        console.log(`${name}: left out, since this machine does not allow it\n`);
        return 0;
      }
      const trials = Number(values.trials ?? campaign.trials);
      console.log(`${name}: ${campaign.about}; ${trials} trials, ${stage.people} people, seed ${seed}`);
      const held = await hold(name, stage, { trials, seed, atOnce }, false, (text) => console.error(text));
      for (const [label, outcomes] of [...held.counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const total = [...outcomes.values()].reduce((sum, each) => sum + each, 0);
        const each = [...outcomes].map(([outcome, times]) => `${outcome} ${times}`).join(", ");
        console.log(`  ${String(total).padStart(5)}  ${label}: ${each}`);
      }
      for (const violation of held.violations) console.log(`VIOLATION ${violation}`);
      console.log(`${name}: ${held.trials} trials, ${held.violations.length} violations\n`);
      return held.violations.length;
    },
  );
}

/** @returns how many guards can be taken out without being missed */
async function withoutGuards(): Promise<number> {
  let unmissed = 0;
  for (const [name, guard] of Object.entries(guards)) {
    if ((values.only ?? name) !== name || !isInstalled(campaigns[guard.campaign].needs)) continue;
    const program = takeOut(name);
    const people = Number(values.people ?? campaigns[guard.campaign].people);
    unmissed += await on(people, [guard.job], program, async (stage) => {
      const trials = Number(values.trials ?? 200);
      const held = await hold(guard.campaign, stage, { trials, seed, atOnce }, true);
      const [first] = held.violations;
      if (first === undefined)
        console.log(`NOT MISSED without "${name}" (${guard.about}): ${held.trials} trials`);
      else console.log(`without "${name}" (${guard.about}): missed in ${held.trials} trials\n    ${first}`);
      return first === undefined ? 1 : 0;
    });
    rmSync(join(dirname(program), "..", ".."), { recursive: true });
  }
  return unmissed;
}

function isInstalled(program: string | undefined): boolean {
  return program === undefined || spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

async function on<T>(
  people: number,
  jobs: readonly JobName[],
  program: string,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stage = await setStage(people, jobs, program);
  const leave = () => {
    strike(stage);
    process.exit(130);
  };
  process.once("SIGINT", leave);
  try {
    return await use(stage);
  } finally {
    process.off("SIGINT", leave);
    strike(stage);
  }
}
