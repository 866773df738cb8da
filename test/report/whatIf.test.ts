import { describe, expect, test } from "vitest";
import { alternatives } from "../../src/report/alternatives.js";
import { barsOf, withBar } from "../../src/report/bar.js";
import { type Check, summarise } from "../../src/report/check.js";
import { distributions } from "../../src/report/distribution.js";
import { copyOf, newFolder } from "../cli/lulus.js";
import { checked, setInEvent } from "./checked.js";
import { writeNasty } from "./nasty.js";

const events = [
  ["a webinar with one award", () => copyOf("webinar")],
  ["a meeting in two files", () => copyOf("meeting")],
  ["two days, a form, two awards and alternatives", () => writeNasty(newFolder())],
] as const;

describe.each(events)("what if, of %s", (_, make) => {
  test("says what comes out when the event file says so", async () => {
    const folder = make();
    const check = await checked(folder);
    const tables = await alternatives(check);
    expect(tables.length).toBeGreaterThan(1);
    for (const { bar, now, variants } of tables) {
      expect(now).toMatchObject(summaryOf(check, bar.award));
      // the outermost on both sides: every one would take as long again
      for (const variant of new Set([variants[0], variants.at(-1)])) {
        if (variant === undefined) continue;
        const award = check.awards.indexOf(bar.award);
        setInEvent(folder, ["awards", award, ...bar.path], variant.value);
        expect(variant).toMatchObject(summaryOf(await checked(folder), bar.award));
        setInEvent(folder, ["awards", award, ...bar.path], bar.value);
      }
    }
  });

  test("more people are eligible under a lower bar, never fewer", async () => {
    for (const { bar, now, variants } of await alternatives(await checked(make()))) {
      const steps = [...variants, now].sort((a, b) => a.value - b.value);
      const sure = steps.map(({ eligible, review }) => eligible + review);
      expect(sure, bar.path.join(".")).toEqual([...sure].sort((a, b) => b - a));
    }
  });

  test("a bar set to what it is changes nothing", async () => {
    const check = await checked(make());
    for (const bar of barsOf(check.conditions)) {
      const again = await check.judgeUnder(withBar(check.conditions, bar, bar.value));
      expect(again).toEqual(check.decisions);
    }
  });
});

function summaryOf(check: Check, award: string) {
  const { eligible, review, awards } = summarise(check);
  return { eligible, review, given: awards[award] };
}

describe("the charts", () => {
  test("show everybody with a figure once, under the outcome of the decision", async () => {
    const check = await checked(copyOf("webinar"));
    const [attendance, quiz] = distributions(check);
    const count = (outcome: string, has: (decision: Check["decisions"][number]) => boolean) =>
      check.decisions.filter((decision) => decision.outcome === outcome && has(decision)).length;
    for (const outcome of ["eligible", "review", "ineligible"] as const) {
      const total = (bins: readonly { readonly [key in typeof outcome]: number }[] = []) =>
        bins.reduce((sum, bin) => sum + bin[outcome], 0);
      expect(total(attendance?.bins)).toBe(
        count(outcome, ({ figures }) => (figures.sessions.main?.seconds ?? 0) > 0),
      );
      expect(total(quiz?.bins)).toBe(
        count(outcome, ({ figures }) => figures.quizzes["post-test"] !== undefined),
      );
    }
  });

  test("count as having reached a bar whom judging under that bar alone lets through", async () => {
    const check = await checked(writeNasty(newFolder()));
    const lines = distributions(check).flatMap(({ lines, ...of }) => lines.map((line) => ({ ...line, of })));
    expect(lines.length).toBeGreaterThan(4);
    for (const { bar, reached, of } of lines) {
      const unit =
        bar.unit === "percent" ? "min_percent" : bar.unit === "minutes" ? "min_minutes" : "min_points";
      const rule = { [unit]: bar.value };
      const when =
        of.measure === "quiz"
          ? { quizzes: { [of.of]: rule } }
          : { attendance: of.measure === "session" ? { sessions: { min: 1, of: [of.of], ...rule } } : rule };
      const decisions = await check.judgeUnder([{ id: "participant", when }]);
      expect(reached, bar.path.join(".")).toBe(
        decisions.filter(({ outcome }) => outcome !== "ineligible").length,
      );
    }
  });

  test("put nobody who is a second short on the other side of the bar", async () => {
    const check = await checked(copyOf("webinar"));
    const [attendance] = distributions(check);
    const short = check.decisions.filter(({ reasons: [reason] }) => reason?.actual === 74.99);
    expect(short.length).toBeGreaterThan(0);
    const reached = check.decisions.filter(
      ({ figures }) => (figures.sessions.main?.seconds ?? 0) >= 8100,
    ).length;
    expect(attendance?.lines[0]?.reached).toBe(reached);
  });
});
