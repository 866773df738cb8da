import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge, type Rules } from "../../src/judge/judge.js";
import type { Conditions } from "../../src/model/event.js";
import { absent, came, listed, matched, type Row, scored, signed, total } from "../rows.js";

const session = { id: "main", start: 0, end: 180 * 60 };
const usual: Conditions = { attendance: { min_percent: 75 }, quizzes: { "post-test": { min_percent: 70 } } };

function rules(when: Conditions, more: Partial<Rules> = {}): Rules {
  return {
    sessions: [session],
    quizzes: { "post-test": "best" },
    forms: ["awal", "akhir"],
    awards: [{ id: "participant", when }],
    all: false,
    ...more,
  };
}

const decide = (when: Conditions, ...rows: readonly Row[]) => judge(matched(...rows), rules(when));
const outcomes = (when: Conditions, ...rows: readonly Row[]) =>
  decide(when, ...rows).map((decision) => [
    decision.outcome,
    ...decision.reasons.map((reason) => reason.code),
  ]);

const siti = "Siti Aminah <siti@x.example>";

describe("bars are inclusive and exact", () => {
  test("2:15:00 of three hours is 75 %", () => {
    expect(outcomes({ attendance: { min_percent: 75 } }, came(siti, 0, 135))).toEqual([["eligible"]]);
  });

  test("2:14:59 is short, and is not told as 75 %", () => {
    const [decision] = decide({ attendance: { min_percent: 75 } }, came(siti, 0, 135 - 1 / 60));
    expect(decision).toMatchObject({
      outcome: "ineligible",
      reasons: [{ code: "attendance-short", required: 75, actual: 74.99 }],
    });
  });

  test("minutes are compared in seconds", () => {
    expect(outcomes({ attendance: { min_minutes: 135 } }, came(siti, 0, 135))).toEqual([["eligible"]]);
    expect(outcomes({ attendance: { min_minutes: 135 } }, came(siti, 0, 134.99))).toEqual([
      ["ineligible", "attendance-short"],
    ]);
  });

  test("2 of 3 is below 66.67 % and reaches 66.66 %", () => {
    const quiz = (min_percent: number): Conditions => ({ quizzes: { "post-test": { min_percent } } });
    expect(outcomes(quiz(66.67), scored(siti, 2, 3))).toEqual([["ineligible", "quiz-below"]]);
    expect(outcomes(quiz(66.66), scored(siti, 2, 3))).toEqual([["eligible"]]);
  });
});

describe("every reason that a decision has is told", () => {
  test("short and below", () => {
    expect(outcomes(usual, came(siti, 0, 60), scored(siti, 3))).toEqual([
      ["ineligible", "attendance-short", "quiz-below"],
    ]);
  });

  test("absent and without a quiz", () => {
    expect(outcomes(usual, absent(siti))).toEqual([["ineligible", "attendance-none", "quiz-missing"]]);
  });

  test("an unfinished attempt is none, a zero is one", () => {
    expect(outcomes(usual, came(siti, 0, 180), scored(siti, null))).toEqual([["ineligible", "quiz-missing"]]);
    expect(outcomes(usual, came(siti, 0, 180), scored(siti, 0))).toEqual([["ineligible", "quiz-below"]]);
  });

  test("forms that lack are named", () => {
    const [decision] = decide({ presence: { forms: ["awal", "akhir"] } }, signed(siti, "awal"));
    expect(decision?.reasons).toMatchObject([
      { code: "presence-missing", required: 2, actual: 1, about: ["akhir"] },
    ]);
    expect(outcomes({ presence: { min: 1, of: ["awal", "akhir"] } }, signed(siti, "awal"))).toEqual([
      ["eligible"],
    ]);
  });
});

describe("which attempt counts", () => {
  const attempts = [scored(siti, 6, 10, 100), scored(siti, 8, 10, 300), scored(siti, 7, 10, 200)];
  test.each([
    ["best", 8],
    ["first", 6],
    ["latest", 8],
    ["average", 7],
  ] as const)("%s of 60, 80, 70", (policy, points) => {
    const [decision] = judge(matched(...attempts), rules({}, { quizzes: { "post-test": policy } }));
    expect(decision?.figures.quizzes["post-test"]).toEqual({
      points,
      max: 10,
      percent: points * 10,
      attempts: 3,
    });
  });
});

describe("awards", () => {
  const awards = [
    { id: "speaker", when: { role: ["narasumber"] } },
    { id: "merit", when: { attendance: { min_percent: 90 } } },
    { id: "participant", when: { attendance: { min_percent: 50 } } },
  ];

  test("the first that holds is given; all of them where the event says so", () => {
    const given = (all: boolean) => judge(matched(came(siti, 0, 180)), rules({}, { awards, all }))[0];
    expect(given(false)).toMatchObject({ outcome: "eligible", awards: ["merit"] });
    expect(given(true)).toMatchObject({ awards: ["merit", "participant"] });
  });

  test("a panelist gets the speakers' award and not the participants'", () => {
    const people = matched(came(siti, 0, 180, "panelist"));
    expect(judge(people, rules({}, { awards }))).toMatchObject([{ awards: ["speaker"] }]);
    expect(judge(people, rules({ attendance: { min_percent: 10 } }))).toMatchObject([
      {
        outcome: "ineligible",
        reasons: [{ code: "role-not-listed", required: "participant", actual: "panelist" }],
      },
    ]);
  });

  test("the reasons are those of the nearest award meant for the role", () => {
    const [decision] = judge(matched(came(siti, 0, 60)), rules({}, { awards }));
    expect(decision?.reasons).toMatchObject([{ code: "attendance-short", required: 50 }]);
  });

  test("one of several sets of conditions is enough", () => {
    const when: Conditions = {
      any: [{ attendance: { min_percent: 75 } }, { presence: { forms: ["awal", "akhir"] } }],
    };
    expect(outcomes(when, signed(siti, "awal"), signed(siti, "akhir"))).toEqual([["eligible"]]);
    expect(outcomes(when, came(siti, 0, 135))).toEqual([["eligible"]]);
    expect(outcomes(when, came(siti, 0, 10))[0]?.[0]).toBe("ineligible");
  });

  test("a set of conditions that names no role is meant for participants, whatever the other sets name", () => {
    const when: Conditions = { any: [{ role: ["narasumber"] }, { attendance: { min_percent: 75 } }] };
    expect(outcomes(when, came(siti, 0, 180, "host"))).toEqual([["ineligible", "role-not-listed"]]);
    expect(outcomes(when, came(siti, 0, 180, "panelist"))).toEqual([["eligible"]]);
    expect(outcomes(when, came(siti, 0, 180))).toEqual([["eligible"]]);
  });

  test("a ruling to issue gives what holds, else the first award meant for the role", () => {
    const people = matched(came("Ayu Lestari <a@x.example>", 0, 10, "panelist"), came(siti, 0, 10));
    const issue = (person: string) => ({
      person,
      question: "*",
      other: null,
      word: "issue" as const,
      text: "",
      source: { file: "decisions.csv", line: 2 },
    });
    const strict = [
      { id: "participant", when: { attendance: { min_percent: 90 } } },
      { id: "speaker", when: { role: ["narasumber"], attendance: { min_percent: 90 } } },
    ];
    const rulings = [issue("email:a@x.example"), issue("email:siti@x.example")];
    expect(judge(people, rules({}, { awards: strict, rulings }))).toMatchObject([
      { outcome: "eligible", awards: ["speaker"] },
      { outcome: "eligible", awards: ["participant"] },
    ]);
  });

  test("a telephone gets no certificate, even if that was ruled", () => {
    const ruling = { person: "display:iphone", question: "*", other: null, text: "" };
    const rulings = [{ ...ruling, word: "issue" as const, source: { file: "decisions.csv", line: 2 } }];
    expect(judge(matched(came("iPhone", 0, 180)), rules({}, { rulings }))).toMatchObject([
      { outcome: "review", reasons: [{ code: "name-ambiguous" }] },
    ]);
  });

  test("so many of several sessions", () => {
    const days = ["day1", "day2", "day3"].map((id, day) => ({
      id,
      start: day * 1000 * 60,
      end: (day * 1000 + 100) * 60,
    }));
    const when: Conditions = {
      attendance: { sessions: { min: 2, of: ["day1", "day2", "day3"], min_percent: 80 } },
    };
    const decided = (...rows: readonly Row[]) => judge(matched(...rows), rules(when, { sessions: days }))[0];
    expect(decided(came(siti, 0, 80), came(siti, 2000, 2080))).toMatchObject({ outcome: "eligible" });
    expect(decided(came(siti, 0, 80), came(siti, 2000, 2079))).toMatchObject({
      outcome: "ineligible",
      reasons: [{ code: "attendance-short", required: 2, actual: 1, unit: "sessions" }],
    });
  });
});

describe("what is uncertain is held only where it matters", () => {
  test("sums that pass at both ends are eligible, at neither end ineligible, between them for review", () => {
    const bar: Conditions = { attendance: { min_percent: 50 } };
    expect(outcomes(bar, total(siti, 100))).toEqual([["eligible"]]);
    expect(outcomes(bar, total(siti, 20), total(siti, 20))).toEqual([["ineligible", "attendance-short"]]);
    expect(outcomes(bar, total(siti, 60), total(siti, 60))).toEqual([["review", "total-uncertain"]]);
  });

  test("who was still connected is not told to have been absent", () => {
    const still = { ...came(siti, 170, 180), leave: null };
    expect(outcomes({ attendance: { min_percent: 75 } }, still)).toEqual([
      ["ineligible", "attendance-short"],
    ]);
  });

  test("a sum that belongs to no session in particular counts once, not once for each", () => {
    const days = ["day1", "day2"].map((id, day) => ({ id, start: day * 60000, end: day * 60000 + 7200 }));
    const decided = (minutes: number) =>
      judge(matched(total(siti, minutes)), rules({ attendance: { min_percent: 75 } }, { sessions: days }))[0];
    expect(decided(120)).toMatchObject({ outcome: "ineligible", reasons: [{ code: "attendance-short" }] });
    expect(decided(180)).toMatchObject({ outcome: "eligible" });
  });

  test("a look-alike address is held; the plain one only if the answer matters to it", () => {
    const [plain, cyrillic] = ["Budi <budi@x.example>", "Budi <budі@x.example>"];
    expect(outcomes(usual, came(cyrillic, 0, 180), scored(plain, 8))).toEqual([
      ["review", "name-similar"],
      ["review", "name-similar"],
    ]);
    const both = [came(plain, 0, 180), scored(plain, 8), came(cyrillic, 0, 180), scored(cyrillic, 9)];
    expect(outcomes(usual, ...both)).toEqual([["eligible"], ["review", "name-similar"]]);
    expect(outcomes(usual, came(cyrillic, 0, 10), scored(plain, 8)).map(([outcome]) => outcome)).toEqual([
      "ineligible",
      "ineligible",
    ]);
  });

  test("several that may be the same are one reason, which names them all", () => {
    const rows = [
      came("Siti Nurhaliza", 0, 180),
      scored("Siti Nurhalisa <c@x.example>", 8),
      scored("Siti Nurhalisah <b@x.example>", 8),
    ];
    const held = decide(usual, ...rows).find(({ person }) => person.key === "name:siti nurhaliza");
    expect(held?.reasons).toMatchObject([
      { code: "name-similar", others: ["email:c@x.example", "email:b@x.example"] },
    ]);
  });

  test("namesakes: those whom the open rows would help are held, who passed already is not", () => {
    const [a, b] = ["Dewi Lestari <a@x.example>", "Dewi Lestari <b@x.example>"];
    const rows = [came("Dewi Lestari", 0, 180), scored(a, 8), scored(b, 9), came(b, 0, 180)];
    expect(outcomes(usual, ...rows)).toEqual([
      ["review", "name-ambiguous"],
      ["eligible"],
      ["review", "name-ambiguous"],
    ]);
  });

  test("namesakes whom the open rows could not help are judged as they are", () => {
    const rows = [
      came("Dewi Lestari", 0, 20),
      scored("Dewi Lestari <a@x.example>", 8),
      scored("Dewi Lestari <b@x.example>", 9),
    ];
    expect(outcomes(usual, ...rows).map(([outcome]) => outcome)).toEqual([
      "ineligible",
      "ineligible",
      "ineligible",
    ]);
  });

  test("a similar name is held on both sides only if together they pass", () => {
    const quiz = scored("Muhammad Ridwan <r@x.example>", 8);
    expect(outcomes(usual, came("Muhamad Ridwan", 0, 180), quiz)).toEqual([
      ["review", "name-similar"],
      ["review", "name-similar"],
    ]);
    expect(outcomes(usual, came("Muhamad Ridwan", 0, 20), quiz).map(([outcome]) => outcome)).toEqual([
      "ineligible",
      "ineligible",
    ]);
  });

  test("a shared address is held if it would pass, and refused if even together they do not", () => {
    const [agus, ratna] = ["Agus Salim <k@x.example>", "Ratna Dewi <k@x.example>"];
    expect(outcomes(usual, came(agus, 0, 180), came(ratna, 5, 180), scored(agus, 8))).toEqual([
      ["review", "email-shared"],
    ]);
    expect(outcomes(usual, came(agus, 0, 60), came(ratna, 5, 70), scored(agus, 8))).toEqual([
      ["ineligible", "attendance-short"],
    ]);
  });

  test("a device that would pass is held, one that would not is listed", () => {
    expect(outcomes({ attendance: { min_percent: 75 } }, came("iPhone", 0, 180))).toEqual([
      ["review", "name-ambiguous"],
    ]);
    expect(outcomes(usual, came("iPhone", 0, 180))).toEqual([["ineligible", "quiz-missing"]]);
  });
});

describe("laws of judging", () => {
  const minutes = fc.integer({ min: 0, max: 180 });
  const stay = fc.tuple(minutes, minutes).map(([a, b]) => came(siti, Math.min(a, b), Math.max(a, b)));
  const stays = fc.array(stay, { minLength: 1, maxLength: 6 });

  test("a raised bar makes nobody eligible", () => {
    fc.assert(
      fc.property(
        stays,
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 100 }),
        (rows, bar, raise) => {
          const before = outcomes({ attendance: { min_percent: bar } }, ...rows)[0]?.[0];
          const after = outcomes(
            { attendance: { min_percent: Math.min(100, bar + raise) } },
            ...rows,
          )[0]?.[0];
          if (before === "ineligible") expect(after).toBe("ineligible");
        },
      ),
    );
  });

  test("one more connection makes nobody ineligible", () => {
    fc.assert(
      fc.property(stays, stay, fc.integer({ min: 0, max: 100 }), (rows, more, bar) => {
        const before = outcomes({ attendance: { min_percent: bar } }, ...rows)[0]?.[0];
        if (before === "eligible")
          expect(outcomes({ attendance: { min_percent: bar } }, ...rows, more)[0]?.[0]).toBe("eligible");
      }),
    );
  });

  test("everybody who is in any input is decided on, once", () => {
    const anybody = fc.constantFrom(
      siti,
      "Budi <b@x.example>",
      "Budi",
      "iPhone",
      "Muhamad Ridwan",
      "Muhammad Ridwan <m@x.example>",
    );
    const row = fc.oneof(
      anybody.map((who) => came(who, 0, 100)),
      anybody.map((who) => scored(who, 7)),
      anybody.map((who) => listed(who)),
    );
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), (rows) => {
        const decisions = judge(matched(...rows), rules(usual));
        const told = decisions
          .flatMap((decision) => decision.person.sources.map((source) => `${source.file}:${source.line}`))
          .sort();
        expect(told).toEqual(rows.map(({ source }) => `${source.file}:${source.line}`).sort());
        for (const decision of decisions)
          if (decision.outcome !== "eligible") expect(decision.reasons).not.toEqual([]);
      }),
    );
  });
});
