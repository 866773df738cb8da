import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { absent, came, listed, matched, scored, signed } from "../rows.js";

const names = (result: ReturnType<typeof matched>) => result.people.map((person) => person.name);
const keys = (result: ReturnType<typeof matched>) => result.people.map((person) => person.key);

describe("a person is one human being across all inputs", () => {
  test("an address is a person, whatever the names in front of it", () => {
    const result = matched(
      came("EFFENDI_Kec. Lawang <e@x.example>", 0, 90),
      came("iPhone <e@x.example>", 80, 180),
      scored("Effendi, S.E. <e@x.example>", 8),
    );
    expect(result.people).toHaveLength(1);
    expect(result.people[0]).toMatchObject({
      key: "email:e@x.example",
      name: "Effendi, S.E.",
      aliases: ["EFFENDI", "EFFENDI_Kec. Lawang", "iPhone"],
    });
    expect(result.doubts).toEqual([]);
  });

  test("rows without an address belong to the only one who bears the name", () => {
    const result = matched(
      came("042_Siti Aminah", 0, 180),
      scored("Siti Aminah, S.Kep. <siti@x.example>", 8),
    );
    expect(keys(result)).toEqual(["email:siti@x.example"]);
    expect(result.people[0]?.keys).toEqual(["email:siti@x.example", "name:siti aminah"]);
  });

  test("the same name with two addresses is two people", () => {
    const result = matched(came("Dewi <a@x.example>", 0, 180), scored("Dewi <b@x.example>", 8));
    expect(keys(result)).toEqual(["email:a@x.example", "email:b@x.example"]);
  });

  test("where two people bear the name nobody is credited, and both are in question", () => {
    const result = matched(
      came("Dewi Lestari", 0, 180),
      scored("Dewi Lestari <a@x.example>", 8),
      scored("DEWI LESTARI, S.E. <b@x.example>", 9),
    );
    expect(result.people).toHaveLength(3);
    expect(result.doubts).toMatchObject([
      {
        code: "name-ambiguous",
        rows: "name:dewi lestari",
        candidates: ["email:a@x.example", "email:b@x.example"],
      },
    ]);
  });

  test("several rows without an address under one unique name are one person", () => {
    const result = matched(
      came("Ketut Wirawan", 0, 60),
      came("KETUT  WIRAWAN", 70, 180),
      signed("ketut wirawan", "awal"),
    );
    expect(result.people).toHaveLength(1);
    expect(result.people[0]).toMatchObject({ attendance: { length: 2 }, presence: { length: 1 } });
  });

  test("a device is nobody: its rows stay apart and are a question", () => {
    const result = matched(came("Galaxy A12", 0, 180), came("Budi Santoso <b@x.example>", 0, 180));
    expect(result.people).toHaveLength(2);
    expect(result.doubts).toMatchObject([
      { code: "name-ambiguous", rows: "display:galaxy a12", candidates: [] },
    ]);
  });

  test("a device with a word of a name is a question, unless somebody wrote that name", () => {
    const alone = matched(came("Sri's iPhone", 0, 180), came("Budi Santoso iPhone", 0, 180));
    expect(alone.doubts).toMatchObject([{ code: "name-ambiguous", rows: "name:sri", candidates: [] }]);
    expect(alone.people.map(({ name }) => name)).toEqual(["Budi Santoso", "Sri"]);
    const written = matched(came("HP Suharto", 0, 180), scored("Suharto", 8));
    expect(written.doubts).toEqual([]);
    expect(written.people).toHaveLength(1);
  });

  test("similar names are never merged, only suggested", () => {
    const result = matched(came("Muhamad Ridwan", 0, 180), scored("Muhammad Ridwan <r@x.example>", 8));
    expect(result.people).toHaveLength(2);
    expect(result.doubts).toMatchObject([{ code: "name-similar", candidates: ["email:r@x.example"] }]);
  });

  test("two addresses with one number are one person, unless the names contradict", () => {
    const nip = "199001012020011009";
    const same = matched(
      listed({ name: "Budi Santoso", email: "budi@office.example", nip }),
      scored({ name: "Budi Santoso, S.E.", email: "budi@home.example", nip }, 8),
    );
    expect(same.people).toHaveLength(1);
    const other = matched(
      listed({ name: "Budi Santoso", email: "budi@office.example", nip }),
      scored({ name: "Ratna Dewi", email: "ratna@home.example", nip }, 8),
    );
    expect(other.people).toHaveLength(2);
    expect(other.warnings).toMatchObject([{ code: "evidence-contradicts" }]);
  });

  test("a roster line with a number and no address is the one who bears its name", () => {
    const nip = "199001012020011009";
    const result = matched(
      listed({ name: "Dr. Rina Wulandari, M.Si.", nip }),
      scored("Rina Wulandari <rina@x.example>", 8),
      came("Rina Wulandari", 0, 180),
    );
    expect(result.people).toMatchObject([
      { key: "email:rina@x.example", name: "Dr. Rina Wulandari, M.Si.", nip },
    ]);
  });

  test("two lines of one name with two numbers are two people, and neither gets the other's rows", () => {
    const rows = ["199001012020011009", "198001012010011001"].map((nip) =>
      listed({ name: "Rina Wulandari", nip }),
    );
    const result = matched(...rows, scored("Rina Wulandari <rina@x.example>", 8));
    expect(result.people).toHaveLength(3);
  });

  test("a line with a number that two people with addresses may be is in question on both sides", () => {
    const result = matched(
      scored({ name: "Rina Wulandari", nip: "199001012020011009" }, 8),
      came("Rina Wulandari <a@x.example>", 0, 180),
      came("Rina Wulandari <b@x.example>", 0, 180),
    );
    expect(result.people).toHaveLength(3);
    expect(result.doubts).toMatchObject([
      {
        code: "name-ambiguous",
        rows: "nip:199001012020011009",
        candidates: ["email:a@x.example", "email:b@x.example"],
      },
    ]);
  });

  test("the number of one list and that of another do not contradict each other", () => {
    const result = matched(
      listed({ name: "Rina Wulandari", nip: "199001012020011009" }),
      scored({ name: "Rina Wulandari", email: "rina@x.example", nip: "20481" }, 8),
    );
    expect(result.people).toHaveLength(1);
  });

  test("similar names are suggested between rows that bear nothing but names, too", () => {
    const result = matched(came("Muhamad Ridwan", 0, 180), scored("Muhammad Ridwan", 8));
    expect(result.people).toHaveLength(2);
    expect(result.doubts).toMatchObject([{ code: "name-similar" }]);
  });

  test("similar names with two addresses, or with two numbers, are nobody's question", () => {
    expect(
      matched(came("Muhamad Ridwan <a@x.example>", 0, 180), scored("Muhammad Ridwan <b@x.example>", 8))
        .doubts,
    ).toEqual([]);
    const [one, other] = ["199001012020011009", "199001012020011010"];
    expect(
      matched(
        listed({ name: "Muhamad Ridwan", nip: one }),
        scored({ name: "Muhammad Ridwan", nip: other }, 8),
      ).doubts,
    ).toEqual([]);
  });

  test("the most similar is suggested first", () => {
    const result = matched(
      came("Siti Nurhaliza", 0, 180),
      scored("Siti Nurhalisah <b@x.example>", 8),
      scored("Siti Nurhalisa <c@x.example>", 8),
    );
    expect(result.doubts.map(({ candidates }) => candidates)).toEqual([
      ["email:c@x.example"],
      ["email:b@x.example"],
    ]);
  });

  test("what stands in parentheses is only a hint, on either side", () => {
    for (const rows of [
      [came("iPhone (Brian Smith)", 0, 180), scored("Brian Smith <b@x.example>", 8)],
      [came("iPhone (Brian Smith) <b@x.example>", 0, 180), scored("Brian Smith", 8)],
    ]) {
      const result = matched(...rows);
      expect(result.people).toHaveLength(2);
      expect(result.doubts).toContainEqual(expect.objectContaining({ code: "name-similar" }));
    }
  });

  test("an address typed into a form leads to the person who came under it", () => {
    const result = matched(
      came("Rina <rina@office.example>", 0, 180),
      scored({ name: "Rina", email: "rina@home.example", typedEmail: "rina@office.example" }, 8),
    );
    expect(result.people).toHaveLength(1);
    expect(result.people[0]?.emails).toEqual(["rina@home.example", "rina@office.example"]);
  });
});

describe("one address under several names", () => {
  test("at the same time under clearly different names it is in question", () => {
    const result = matched(
      came("Agus Salim <kel@x.example>", 0, 180),
      came("Ratna Dewi <kel@x.example>", 10, 180),
    );
    expect(result.doubts).toMatchObject([{ code: "email-shared", rows: "email:kel@x.example" }]);
  });

  test.each([
    ["a shortening", "Agus S"],
    ["a device", "OPPO A53"],
    ["a slip of the keyboard", "Agus Slim"],
  ])("%s of the same name raises no question", (_, other) => {
    const result = matched(came("Agus Salim <a@x.example>", 0, 180), came(`${other} <a@x.example>`, 10, 180));
    expect(result.doubts).toEqual([]);
  });

  test("on forms it counts as one person, and a warning says whose names they are", () => {
    const rows = [scored("Agus Salim <kel@x.example>", 8), scored("Ratna Dewi <kel@x.example>", 9)];
    expect(matched(...rows)).toMatchObject({
      people: { length: 1 },
      doubts: [],
      warnings: [{ code: "email-names-differ", message: expect.stringContaining("Agus Salim, quiz.csv:") }],
    });
    const alike = [scored("Agus Salim <kel@x.example>", 8), scored("AGUS S. <kel@x.example>", 9)];
    expect(matched(...alike).warnings).toEqual([]);
  });

  test("one after the other raises no question", () => {
    const result = matched(
      came("Agus Salim <kel@x.example>", 0, 60),
      came("Ratna Dewi <kel@x.example>", 60, 180),
    );
    expect(result.doubts).toEqual([]);
  });
});

describe("the name to print", () => {
  test("is the roster's, as typed", () => {
    const result = matched(
      came("EFFENDI <e@x.example>", 0, 180),
      scored("Efendi <e@x.example>", 8),
      listed("Dr. H. Ma’ruf Effendi, S.E. <e@x.example>"),
    );
    expect(names(result)).toEqual(["Dr. H. Ma’ruf Effendi, S.E."]);
  });

  test("is never re-cased, and loses only what is no name", () => {
    expect(names(matched(came("017_SITI AMINAH_RSUD Maju <s@x.example>", 0, 180)))).toEqual(["SITI AMINAH"]);
  });

  test("is the display name that is most of a name, whatever the order of rows and files", () => {
    const rows = [
      came("SITI AMINAH <s@x.example>", 0, 60),
      came("siti aminah <s@x.example>", 60, 90),
      came("SITI AMINAH <s@x.example>", 90, 120),
      came("Siti Aminah <s@x.example>", 120, 130),
      came("Siti's iPhone <s@x.example>", 130, 180),
    ];
    expect(names(matched(...rows))).toEqual(["Siti Aminah"]);
    expect(names(matched(...rows.slice(0, 3).reverse()))).toEqual(["SITI AMINAH"]);
  });

  test("is what was typed at registration rather than what the platform displays", () => {
    const who = { name: "iPhone", registered: "Sri Laras", email: "s@x.example" };
    expect(names(matched(came(who, 0, 180)))).toEqual(["Sri Laras"]);
    expect(names(matched(came(who, 0, 180), scored("Sri Laras, S.E. <s@x.example>", 8)))).toEqual([
      "Sri Laras, S.E.",
    ]);
    const classRoom = { ...who, name: "Sri", registered: "Sri 7B" };
    expect(names(matched(came(classRoom, 0, 180)))).toEqual(["Sri"]);
  });

  test("typed at registration also tells whose rows without an address are", () => {
    const who = { name: "iPhone", registered: "Sri Laras", email: "s@x.example" };
    const result = matched(came(who, 0, 180), scored("SRI LARAS, S.E.", 8));
    expect(result.people).toMatchObject([{ key: "email:s@x.example", quizzes: { length: 1 } }]);
  });

  test("is empty rather than a device's", () => {
    expect(names(matched(came("iPhone <s@x.example>", 0, 180)))).toEqual([""]);
  });
});

describe("the role", () => {
  test("an attendee who was let onto the stage stays a participant", () => {
    const result = matched(
      came("Budi <b@x.example>", 0, 60),
      came("Budi <b@x.example>", 60, 180, "panelist"),
    );
    expect(result.people[0]?.role).toBe("participant");
  });

  test("a panelist who had also registered as attendee and did not come as one stays a panelist", () => {
    const result = matched(absent("Budi <b@x.example>"), came("Budi <b@x.example>", 0, 180, "panelist"));
    expect(result.people[0]?.role).toBe("panelist");
  });

  test("the organiser's list stands above registrations, whatever the files are called", () => {
    const result = matched(
      listed("Budi <b@x.example>", { list: "registration", role: "peserta", institution: "Swasta" }),
      listed("Budi <b@x.example>", { role: "moderator", institution: "BKD" }),
    );
    expect(result.people).toMatchObject([{ role: "moderator", institution: "BKD" }]);
  });

  test("the roster's word wins, and PESERTA is a participant", () => {
    const result = matched(
      came("Budi <b@x.example>", 0, 60, "panelist"),
      listed("Budi <b@x.example>", { role: "PESERTA" }),
      came("Rina <r@x.example>", 0, 60),
      listed("Rina <r@x.example>", { role: "Notulis" }),
    );
    expect(result.people.map((person) => person.role)).toEqual(["participant", "Notulis"]);
  });
});

test("the order in which rows are read changes nothing", () => {
  const rows = [
    came("Dewi Lestari", 0, 180),
    scored("Dewi Lestari <a@x.example>", 8),
    scored("Dewi Lestari <b@x.example>", 9),
    came("Siti Aminah", 0, 100),
    came("Siti Aminah <siti@x.example>", 100, 180),
    listed({ name: "Budi", email: "b1@x.example", nip: "12345678" }),
    scored({ name: "Budi", email: "b2@x.example", nip: "12345678" }, 5),
    came("iPhone", 0, 180),
    came("Muhamad Ridwan", 0, 180),
    scored("Muhammad Ridwan <r@x.example>", 8),
  ];
  const expected = matched(...rows);
  fc.assert(
    fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
      expect(matched(...shuffled)).toEqual(expected);
    }),
  );
});
