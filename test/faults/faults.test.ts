import { spawnSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { needs } from "../tools.js";
import type { CampaignName } from "./campaigns.js";
import { cut, guards, takeOut } from "./guards.js";
import { hold } from "./hold.js";
import { type Stage, setStage, strike } from "./stage.js";

/** The first trials of `npm run faults`, which tries as many as one likes. */
describe("whatever goes wrong, nothing is lost and nothing is there twice", { timeout: 240_000 }, () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage(12, ["fresh", "late"]);
  });
  afterAll(() => strike(stage));

  const some = (name: CampaignName, trials: number, seed = 1) =>
    hold(name, stage, { trials, seed, atOnce: 2 });

  test.skipIf(!needs("strace"))("a call that writes fails, or is the last of the process", async () => {
    const { violations, counts } = await some("calls", 6);
    expect(violations).toEqual([]);
    const outcomes = new Set([...counts.values()].flatMap((each) => [...each.keys()]));
    expect([...outcomes]).toEqual(expect.arrayContaining(["killed", "refused"]));
  });

  test.each([
    ["kill -9", "kills", 2],
    ["Ctrl-C, or a scheduler that asks to stop", "signals", 1],
    ["several runs at once", "together", 1],
    ["certificates damaged or gone", "files", 1],
  ] as const)("%s", async (_, name, trials) => {
    expect((await some(name, trials)).violations).toEqual([]);
  });

  test.skipIf(!needs("python3"))("a register of which a bit has flipped, or the end is gone", async () => {
    expect((await some("register", 2)).violations).toEqual([]);
  });

  test("a program without a guard is found out", async () => {
    const program = takeOut("hash");
    const held = await hold("files", { ...stage, program }, { trials: 8, seed: 1, atOnce: 2 }, true);
    rmSync(join(dirname(program), "..", ".."), { recursive: true });
    expect(held.violations).not.toEqual([]);
  });

  test.each(Object.keys(guards))(
    "the guard %s, which `npm run faults -- guards` takes out, is still there",
    (name) => {
      const path = join(stage.scratch, `${name}.mjs`);
      writeFileSync(path, cut(name).text);
      expect(spawnSync(process.execPath, ["--check", path]).status).toBe(0);
    },
  );
});
