import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createRandom } from "./random.js";
import { makeMeetingSample, makeWebinarSample } from "./samples.js";
import { secondsPresent, type Truth } from "./truth.js";
import { allSituations, makeWorld, type WorldOptions } from "./world.js";

const everything: WorldOptions = { roster: true, presence: 1 };

function textOf(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files].map(([path, bytes]) => `${path}\n${Buffer.from(bytes).toString("base64")}`).join("\n");
}

function codesIn(truth: readonly Truth[]): Set<string> {
  return new Set(truth.flatMap((one) => one.readings.flatMap((reading) => reading.reasons)));
}

test("the same seed makes the same world, another seed another", () => {
  const first = makeWorld(7, everything);
  const again = makeWorld(7, everything);
  expect(textOf(again.files)).toBe(textOf(first.files));
  expect(again.truth).toEqual(first.truth);
  expect(textOf(makeWorld(8, everything).files)).not.toBe(textOf(first.files));
});

test("every situation occurs in a webinar or in a meeting with a waiting room", () => {
  const shown = new Set(
    [makeWorld(1, { ...everything, people: 1 }), makeWorld(1, { shape: "meeting-plain", people: 1 })].flatMap(
      (world) => world.truth.map((one) => one.situation),
    ),
  );
  expect(Object.keys(allSituations).filter((name) => !shown.has(name))).toEqual([]);
});

test("every kind of reason occurs", () => {
  expect([...codesIn(makeWorld(3, everything).truth)].sort()).toEqual([
    "attendance-none",
    "attendance-short",
    "email-shared",
    "name-ambiguous",
    "name-similar",
    "presence-missing",
    "quiz-below",
    "quiz-missing",
    "role-not-listed",
  ]);
});

test("no two people of a world answer to one identity", () => {
  for (const shape of ["webinar-padded", "meeting-block"] as const) {
    const identities = makeWorld(5, { shape, people: 3000 }).truth.map((one) => JSON.stringify(one.identity));
    expect(new Set(identities).size).toBe(identities.length);
  }
});

test("the bar is met by the second: on it and one short of it", () => {
  for (const sessions of [1, 2] as const) {
    const { truth } = makeWorld(11, { sessions });
    const secondsIn = (situation: string): number[] => {
      const one = truth.find((candidate) => candidate.situation === situation);
      return Object.values(one?.seconds ?? {});
    };
    expect(sum(secondsIn("exactly-on-the-bar"))).toBe(8100);
    expect(sum(secondsIn("one-second-short"))).toBe(8099);
    expect(sum(secondsIn("five-rejoins-of-ten-seconds"))).toBe(50);
  }
});

test("presence is what counting second by second gives", () => {
  const random = createRandom(2);
  const session = { id: "main", start: 100, end: 400 };
  for (let turn = 0; turn < 300; turn++) {
    const stretches = Array.from({ length: random.integer(0, 5) }, () => {
      const join = random.integer(0, 480);
      return { join, leave: join + random.integer(0, 120) };
    });
    let counted = 0;
    for (let second = session.start; second < session.end; second++) {
      if (stretches.some(({ join, leave }) => join <= second && second < leave)) counted++;
    }
    expect(secondsPresent(stretches, session)).toBe(counted);
  }
});

test("a name without an address comes near to nobody else's unless the situation says so", () => {
  const { truth } = makeWorld(21, { shape: "meeting-plain", people: 6000, quiz: "none" });
  const guests = truth.flatMap((one) =>
    "name" in one.identity && !/^(\+|iPhone|Galaxy)/.test(one.identity.name)
      ? [one.identity.name.toLowerCase()]
      : [],
  );
  expect(guests.length).toBeGreaterThan(100);
  for (const [place, guest] of guests.entries()) {
    for (const other of guests.slice(place + 1))
      expect(distance(guest, other), `${guest} / ${other}`).toBeGreaterThan(3);
  }
});

test("a hundred thousand people take seconds", () => {
  const { truth } = makeWorld(1, { people: 100_000, roster: true });
  expect(truth.length).toBeGreaterThan(99_000);
});

test.each([
  ["webinar", makeWebinarSample],
  ["meeting", makeMeetingSample],
] as const)("the sample %s lies in its folder as it was made", (event, make) => {
  for (const [path, bytes] of make().files) {
    const lying = readFileSync(new URL(`../../fixtures/${event}/${path}`, import.meta.url));
    expect(lying.equals(bytes), `${event}/${path}`).toBe(true);
  }
});

test("the sample webinar's page explains every situation and counts them rightly", () => {
  const page = readFileSync(new URL("../../fixtures/webinar/README.md", import.meta.url), "utf8");
  const { truth } = makeWebinarSample();
  const situations = new Set(truth.map((one) => one.situation));
  expect([...situations].filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  const surely = (decision: string) =>
    truth.filter(({ readings }) => readings.every((reading) => reading.decision === decision)).length;
  expect(page).toContain(
    `${truth.length} people: ${surely("eligible")} have met the conditions, ${surely("review")} are for`,
  );
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

/** Edit distance, plainly. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, place) => place);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
