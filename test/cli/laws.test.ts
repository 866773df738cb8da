import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rulesOf } from "../../src/cli/dryRun.js";
import { openEventFolder } from "../../src/cli/eventFolder.js";
import { gather } from "../../src/cli/inputs.js";
import { judge } from "../../src/judge/judge.js";
import { match } from "../../src/match/match.js";
import type { Decision } from "../../src/model/decision.js";
import { makeWorld, type WorldOptions } from "../world/world.js";
import { newFolder, writeFiles } from "./lulus.js";

/** Laws over whole events: exports as files, read, matched and judged in this process. */

type Files = ReadonlyMap<string, Uint8Array>;

async function decide(files: Files, set: readonly string[] = []): Promise<Decision[]> {
  const changes = set.map((text) => {
    const [key = "", value = ""] = text.split("=");
    return { key, value: Number(value) };
  });
  const folder = openEventFolder(writeFiles(newFolder(), files), changes);
  const { personas } = await gather(folder);
  const matched = match(personas);
  return judge(matched, rulesOf(folder.event, []));
}

/** What a person would call the result: who, what, which figures, why; not in which lines it stood. */
function told(decisions: readonly Decision[]): string[] {
  return decisions.map(({ person, figures, outcome, reasons }) =>
    JSON.stringify([
      person.key,
      person.name,
      person.role,
      person.emails,
      person.nip,
      figures,
      outcome,
      reasons,
    ]),
  );
}

const outcomes = (decisions: readonly Decision[]) =>
  new Map(decisions.map(({ person, outcome }) => [person.key, outcome]));

/** Headers are the first line in these exports, and no cell holds a line break. */
const plain: WorldOptions = { shape: "meeting-plain", people: 60, roster: true, presence: 1 };

const textOf = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString("utf8");
const linesOf = (bytes: Uint8Array | undefined) => textOf(bytes).trimEnd().split("\n");
const bytesOf = (lines: readonly string[]) => new Uint8Array(Buffer.from(`${lines.join("\n")}\n`, "utf8"));

const attendance = (files: Files) => [...files.keys()].find((path) => path.startsWith("attendance/")) ?? "";

/** The quiz asks a question of two lines, so it is left as it is where lines are moved. */
const movable = (files: Files) => [
  attendance(files),
  "roster.csv",
  "presence/awal.csv",
  "presence/akhir.csv",
];

const seed = fc.integer({ min: 1, max: 1_000_000 });
const few = { numRuns: 12 };

describe("the same decisions", () => {
  test("whatever the order of the rows", async () => {
    await fc.assert(
      fc.asyncProperty(
        seed,
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
        async (n, keys) => {
          const { files } = makeWorld(n, plain);
          const shuffled = new Map(files);
          for (const path of movable(files)) {
            const [header = "", ...rows] = linesOf(files.get(path));
            const order = rows.map((row) => ({ row, key: keys.next().value ?? 0 }));
            order.sort((a, b) => a.key - b.key);
            shuffled.set(path, bytesOf([header, ...order.map(({ row }) => row)]));
          }
          // which spelling of a name came first may differ: what is printed comes from lists and forms
          const keysOf = (decisions: Decision[]) =>
            decisions.map(({ person, outcome, figures }) => [person.key, outcome, figures]);
          expect(keysOf(await decide(shuffled))).toEqual(keysOf(await decide(files)));
        },
      ),
      few,
    );
  });

  test("when an export comes in two parts, in any order of their names", async () => {
    await fc.assert(
      fc.asyncProperty(
        seed,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        async (n, at, swapped) => {
          const { files } = makeWorld(n, plain);
          const split = new Map(files);
          const path = attendance(files);
          const [header = "", ...rows] = linesOf(files.get(path));
          const middle = 1 + Math.floor(at * (rows.length - 2));
          const names = ["attendance/a.csv", "attendance/b.csv"];
          const [first = "", second = ""] = swapped ? names.reverse() : names;
          split.delete(path);
          split.set(first, bytesOf([header, ...rows.slice(0, middle)]));
          split.set(second, bytesOf([header, ...rows.slice(middle)]));
          const keysOf = (decisions: Decision[]) =>
            decisions.map(({ person, outcome, figures }) => [person.key, outcome, figures]);
          expect(keysOf(await decide(split))).toEqual(keysOf(await decide(files)));
        },
      ),
      few,
    );
  });

  test("when a file lies there twice under two names", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (n) => {
        const { files } = makeWorld(n, { ...plain, people: 30 });
        const doubled = new Map(files);
        const bytes = files.get(attendance(files));
        if (bytes !== undefined) doubled.set("attendance/participants (1).csv", bytes);
        expect(told(await decide(doubled))).toEqual(told(await decide(files)));
      }),
      few,
    );
  });

  test.each([
    ["with semicolons", (text: string) => Buffer.from(semicolons(text), "utf8")],
    [
      "with a byte-order mark and CR LF",
      (text: string) => Buffer.from(`\uFEFF${text.replaceAll("\n", "\r\n")}`, "utf8"),
    ],
    [
      "as Unicode text with tabs",
      (text: string) => Buffer.from(`\uFEFF${semicolons(text, "\t")}`, "utf16le"),
    ],
  ])("when every export is saved again %s", async (_, save) => {
    await fc.assert(
      fc.asyncProperty(seed, async (n) => {
        const { files } = makeWorld(n, { ...plain, people: 40 });
        const saved = new Map(files);
        for (const path of movable(files)) saved.set(path, new Uint8Array(save(textOf(files.get(path)))));
        expect(told(await decide(saved))).toEqual(told(await decide(files)));
      }),
      { numRuns: 6 },
    );
  });
});

/** Commas outside quotes become another delimiter. */
function semicolons(text: string, delimiter = ";"): string {
  return text.replace(/("(?:[^"]|"")*")|,/g, (_, cell?: string) => cell ?? delimiter);
}

describe("no decision goes the wrong way", () => {
  test("a raised bar makes nobody eligible", async () => {
    await fc.assert(
      fc.asyncProperty(
        seed,
        fc.integer({ min: 0, max: 25 }),
        fc.integer({ min: 0, max: 30 }),
        async (n, more, points) => {
          const { files } = makeWorld(n, {
            people: 60,
            shape: n % 2 === 0 ? "webinar" : "meeting-block",
            roster: true,
          });
          const before = outcomes(await decide(files));
          const raised = [
            `awards.participant.when.attendance.min_percent=${75 + more}`,
            `awards.participant.when.quizzes.post-test.min_percent=${70 + points}`,
          ];
          for (const [key, outcome] of outcomes(await decide(files, raised)))
            if (outcome === "eligible") expect(`${key} ${before.get(key)}`).toBe(`${key} eligible`);
        },
      ),
      few,
    );
  });

  test("an added connection makes nobody ineligible", async () => {
    await fc.assert(
      fc.asyncProperty(seed, fc.nat(), async (n, which) => {
        const { files } = makeWorld(n, { ...plain, people: 40 });
        const path = attendance(files);
        const [header = "", ...rows] = linesOf(files.get(path));
        const copied = (rows[which % rows.length] ?? "").replace(
          /"\d+\/[^"]*M","\d+\/[^"]*M"/,
          '"10/24/2024 08:30:00 AM","10/24/2024 11:30:00 AM"',
        );
        const before = outcomes(await decide(files));
        const after = outcomes(await decide(new Map([...files, [path, bytesOf([header, ...rows, copied])]])));
        for (const [key, outcome] of before)
          if (outcome === "eligible") expect(`${key} ${after.get(key)}`).not.toBe(`${key} ineligible`);
      }),
      few,
    );
  });

  test("everybody whom any line names is decided on once, and no line is lost or told twice", async () => {
    await fc.assert(
      fc.asyncProperty(seed, async (n) => {
        const { files } = makeWorld(n, { people: 60, shape: "webinar", roster: true, presence: 2 });
        const folder = openEventFolder(writeFiles(newFolder(), files));
        const { personas, inputs } = await gather(folder);
        const decisions = judge(match(personas), rulesOf(folder.event, []));
        const lines = decisions.flatMap(({ person }) =>
          person.sources.map(({ file, line }) => `${file}:${line}`),
        );
        expect(new Set(lines).size).toBe(lines.length);
        expect(lines.length).toBe(inputs.reduce((sum, { rows }) => sum + rows, 0));
        for (const { outcome, reasons } of decisions)
          if (outcome !== "eligible") expect(reasons).not.toEqual([]);
      }),
      few,
    );
  });
});
