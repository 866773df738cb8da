import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { ThreadCrew } from "../../src/cli/crew.js";
import { frozenOf } from "../../src/cli/material.js";
import { Register } from "../../src/register/register.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

const dying = new URL("dyingHand.js", import.meta.url);

describe("threads that stamp", () => {
  const folder = newFolder();
  let ids: number[] = [];
  let register: Register;
  beforeAll(async () => {
    writeFiles(folder, Object.entries(smallEvent));
    await lulus(["key", "create", folder, "--no-passphrase"]);
    await lulus(["issue", folder]);
    const found = Register.read(join(folder, "lulus.db"));
    if (found === null) throw new Error("no register");
    register = found;
    ids = register.certificates("coba-1").map(({ id }) => id);
    return () => register.close();
  });

  /** @param deaths how often a thread dies when it is given this to do */
  async function stampAll(deaths: number, workers: number, over: "compile" | "range" = "range") {
    const output = join(newFolder(), "out");
    writeFileSync(`${output}-deaths`, `${over} ${deaths}`);
    const said: string[] = [];
    const [batch] = register.batches("coba-1");
    if (batch === undefined) throw new Error("no batch");
    const crew = new ThreadCrew(workers, output, (text) => said.push(text), dying);
    const material = await Promise.allSettled([crew.compile(batch.id, frozenOf(batch, register))]);
    const results =
      material[0]?.status === "rejected"
        ? material
        : await Promise.allSettled(
            ids.map((id) => crew.stamp({ batch: batch.id, ids: [id], samples: [] }, register.packedOf([id]))),
          );
    await crew.end();
    return { output, said, results };
  }

  test("give the files that one thread gives", async () => {
    const { output, said, results } = await stampAll(0, 2);
    expect(said).toEqual([]);
    // nothing that the register has not been told
    expect(results).toEqual(ids.map(() => ({ status: "fulfilled", value: [] })));
    expect(readdirSync(output)).toHaveLength(ids.length);
    for (const file of readdirSync(output))
      expect(readFileSync(join(output, file)).equals(readFileSync(join(folder, "certificates", file)))).toBe(
        true,
      );
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

  test("that die over the template are told about, and it is compiled once more", async () => {
    const { said, results } = await stampAll(1, 1, "compile");
    expect(said).toEqual([expect.stringMatching(/a thread died .* the template is compiled once more/)]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
  });

  test("that die twice over the template give up", async () => {
    const { results } = await stampAll(2, 2, "compile");
    expect(results).toMatchObject([{ status: "rejected", reason: { code: "worker-died" } }]);
  });
});
