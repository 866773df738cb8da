import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ThreadCrew } from "../../src/cli/crew.js";
import { frozenOf, materialOf } from "../../src/cli/material.js";
import { type Issued, issuedEvent } from "./issued.js";
import { newFolder } from "./lulus.js";

const dying = new URL("dyingHand.js", import.meta.url);

describe("threads that stamp", () => {
  let issued: Issued;
  beforeAll(async () => {
    issued = await issuedEvent();
    return () => issued.register.close();
  });

  /** @param deaths how often a thread dies when it is given this to do */
  async function stampAll(deaths: number, workers: number) {
    const output = join(newFolder(), "out");
    writeFileSync(`${output}-deaths`, `${deaths}`);
    const said: string[] = [];
    const { register, batch, certificates } = issued;
    const crew = new ThreadCrew(workers, output, (text) => said.push(text), dying);
    const material = await materialOf(frozenOf(batch, register));
    const results = await Promise.allSettled(
      certificates.map(({ id }) =>
        crew.stamp({ batch: batch.id, ids: [id], samples: [] }, material, register.packedOf([id])),
      ),
    );
    await crew.end();
    return { output, said, results };
  }

  test("give the files that one thread gives", async () => {
    const { output, said, results } = await stampAll(0, 2);
    expect(said).toEqual([]);
    // nothing that the register has not been told
    expect(results).toEqual(Array(2).fill({ status: "fulfilled", value: [] }));
    expect(readdirSync(output)).toHaveLength(2);
    for (const file of readdirSync(output))
      expect(
        readFileSync(join(output, file)).equals(readFileSync(join(issued.folder, "certificates", file))),
      ).toBe(true);
  });

  test("that die are told about, and their range is done once more", async () => {
    const { output, said, results } = await stampAll(1, 1);
    expect(said).toEqual([expect.stringMatching(/a thread died .* its certificate is rendered once more/)]);
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
