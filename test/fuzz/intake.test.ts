import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { Campaign } from "./intake.js";

const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** The first files of the campaign `npm run fuzz -- intake`, which tries as many as one likes. */
describe("files damaged in transit, by spreadsheets and by enemies", () => {
  const campaign = new Campaign(1, fixtures);

  test("were sound before", async () => {
    expect(await campaign.unsound()).toEqual([]);
  });

  test("end in people, in a warning that there are none, or in a fault with its place", async () => {
    const violations: string[] = [];
    const outcomes = new Set<string>();
    for (let number = 0; number < 400; number += 1) {
      const { seed, done, verdict } = await campaign.trial(number);
      outcomes.add(verdict.outcome);
      if (verdict.outcome === "violation")
        violations.push(`${number} ${seed} (${done.join(", ")}): ${verdict.what}`);
    }
    expect(violations).toEqual([]);
    expect(outcomes).toEqual(new Set(["people", "empty", "fault"]));
  });
});
