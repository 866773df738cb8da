import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ThreadCrew } from "../../src/cli/crew.js";
import { frozenOf, materialOf } from "../../src/cli/material.js";
import { Register } from "../../src/register/register.js";
import type { Registered } from "../../src/register/rows.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

const dying = new URL("dyingHand.js", import.meta.url);

describe("threads that stamp", () => {
  const folder = newFolder();
  let ranges: Registered[][] = [];
  let register: Register;
  beforeAll(async () => {
    writeFiles(folder, Object.entries(smallEvent));
    await lulus(["key", "create", folder, "--no-passphrase"]);
    await lulus(["issue", folder]);
    const found = Register.read(join(folder, "lulus.db"));
    if (found === null) throw new Error("no register");
    register = found;
    ranges = register.certificates("coba-1").map((one) => [one]);
    return () => register.close();
  });

  async function stampAll(deaths: number, workers: number) {
    const output = join(newFolder(), "out");
    writeFileSync(`${output}-deaths`, String(deaths));
    const said: string[] = [];
    const [batch] = register.batches("coba-1");
    if (batch === undefined) throw new Error("no batch");
    const material = materialOf(frozenOf(batch, register));
    const crew = new ThreadCrew(
      workers,
      output,
      () => material,
      (text) => said.push(text),
      dying,
    );
    const results = await Promise.allSettled(ranges.map((range) => crew.stamp(batch.id, range)));
    await crew.end();
    return { output, said, results };
  }

  test("give the files that one thread gives", async () => {
    const { output, said, results } = await stampAll(0, 2);
    expect(said).toEqual([]);
    expect(results.map((result) => result.status === "fulfilled" && result.value)).toEqual(
      ranges.map((range) => range.map(({ sha256 }) => sha256)),
    );
    for (const file of readdirSync(output))
      expect(readFileSync(join(output, file)).equals(readFileSync(join(folder, "certificates", file)))).toBe(
        true,
      );
  });

  test("that die are told about, and their range is done once more", async () => {
    const { output, said, results } = await stampAll(1, 1);
    expect(said).toEqual([
      expect.stringMatching(/a thread died .* its 1 certificates are rendered once more/),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
    expect(readdirSync(output)).toHaveLength(2);
  });

  test("that die twice over one range give it up, and the others go on", async () => {
    const { output, results } = await stampAll(2, 1);
    expect(results).toMatchObject([
      { status: "rejected", reason: { code: "worker-died" } },
      { status: "fulfilled" },
    ]);
    expect(readdirSync(output)).toHaveLength(1);
  });
});
