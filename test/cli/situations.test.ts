import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRulings } from "../../src/cli/decisions.js";
import { rulesOf } from "../../src/cli/dryRun.js";
import { openEventFolder } from "../../src/cli/eventFolder.js";
import { gather } from "../../src/cli/inputs.js";
import { judge } from "../../src/judge/judge.js";
import { match } from "../../src/match/match.js";
import type { Decision, QuizFigure } from "../../src/model/decision.js";

const root = fileURLToPath(new URL("../../fixtures/event/", import.meta.url));

/** What must come out, by the key of each person; nobody else may be there. */
interface Expected {
  /** `eligible` and the awards, or the outcome and every reason */
  readonly people: Readonly<Record<string, string>>;
  readonly seconds?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly quizzes?: Readonly<Record<string, Readonly<Record<string, QuizFigure>>>>;
  readonly names?: Readonly<Record<string, string>>;
  readonly warnings?: readonly string[];
}

function spoken(decision: Decision): string {
  const why = decision.outcome === "eligible" ? decision.awards : decision.reasons.map(({ code }) => code);
  return [decision.outcome, ...why].join(" ");
}

describe("an event with", () => {
  test.each(readdirSync(root))("%s", async (situation) => {
    const expected: Expected = JSON.parse(readFileSync(`${root}${situation}/expected.json`, "utf8"));
    const folder = openEventFolder(`${root}${situation}`);
    const { personas, warnings } = await gather(folder);
    const matched = match(personas, await readRulings(folder));
    const decisions = judge(matched, rulesOf(folder.event, matched.rulings));
    const by = <T>(told: (decision: Decision) => T) =>
      Object.fromEntries(decisions.map((decision) => [decision.person.key, told(decision)]));
    expect(by(spoken)).toEqual(expected.people);
    const seconds = by(({ figures }) =>
      Object.fromEntries(Object.entries(figures.sessions).map(([id, figure]) => [id, figure.seconds])),
    );
    expect(seconds).toMatchObject(expected.seconds ?? {});
    expect(by(({ figures }) => figures.quizzes)).toMatchObject(expected.quizzes ?? {});
    expect(by(({ person }) => person.name)).toMatchObject(expected.names ?? {});
    expect([...warnings, ...matched.warnings].map(({ code }) => code)).toEqual(expected.warnings ?? []);
  });
});
