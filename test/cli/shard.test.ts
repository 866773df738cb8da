import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdsPlace, parseShard } from "../../src/cli/shard.js";

describe("a part of a job", () => {
  test("holds each certificate in exactly one of all parts, and all parts are as large as each other within one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 1, max: 40 }), (total, count) => {
        const sizes = Array.from(
          { length: count },
          (_, index) =>
            Array.from({ length: total }, (_, place) => place).filter((place) =>
              holdsPlace({ index, count }, place, total),
            ).length,
        );
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(total);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  test.each([
    ["Kubernetes", { JOB_COMPLETION_INDEX: "0", JOB_COMPLETIONS: "8" }, 0],
    ["Slurm", { SLURM_ARRAY_TASK_ID: "12", SLURM_ARRAY_TASK_MIN: "10", SLURM_ARRAY_TASK_COUNT: "8" }, 2],
    ["GitLab", { CI_NODE_INDEX: "8", CI_NODE_TOTAL: "8" }, 7],
    ["AWS Batch", { AWS_BATCH_JOB_ARRAY_INDEX: "3", AWS_BATCH_JOB_ARRAY_SIZE: "8" }, 3],
    ["Cloud Run", { CLOUD_RUN_TASK_INDEX: "7", CLOUD_RUN_TASK_COUNT: "8" }, 7],
  ])("is known from %s", (_, environment, index) => {
    expect(parseShard("auto", environment)).toEqual({ index, count: 8 });
  });

  test.each([
    ["0/8", {}, /"0\/8" is no part/],
    ["9/8", {}, /"9\/8" is no part/],
    ["2 of 8", {}, /"2 of 8" is no part/],
    ["auto", {}, /no scheduler says/],
    ["auto", { JOB_COMPLETION_INDEX: "2" }, /JOB_COMPLETIONS is not set/],
    ["auto", { CI_NODE_INDEX: "0", CI_NODE_TOTAL: "8" }, /no such part/],
  ])("%s under %o is refused", (text, environment, message) => {
    expect(() => parseShard(text, environment)).toThrow(message);
  });
});
