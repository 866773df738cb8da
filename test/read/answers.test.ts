import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseKey } from "../../src/read/key.js";
import { answersOf, at, faultsOf, spokenScore } from "./reading.js";
import { xlsxOf } from "./xlsx.js";

const key = `Apa ibu kota Jawa Timur?: Surabaya
Berapa 4 x 5?: 20
Mana yang termasuk nilai ASN?: { all: [Akuntabel, Kompeten], points: 2 }
`;

const told = async (...files: string[]) => (await answersOf(key, files)).rows.map(spokenScore);

describe("a Zoom poll report with an answer key", () => {
  test("of the oldest kind has questions and answers in turn behind a header that is too short", async () => {
    const rows = await told(
      `Poll Report,
Report Generated:,"Sep 25, 2026 8:00 AM"
Topic,Webinar ID,Actual Start Time,# Poll
Belajar,812 3456 7890,"Sep 24, 2026 8:20 AM",1
Poll Details
#,User Name,User Email,Submitted Date/Time,
1,Ana,Ana@x.id,"Sep 24, 2026 09:00:00",Apa ibu kota Jawa Timur?,Surabaya,Berapa 4 x 5?,20,Mana yang termasuk nilai ASN?,Kompeten;Akuntabel,
2,Budi,b@x.id,"Sep 24, 2026 09:00:10",Berapa 4 x 5?,25,Apa ibu kota Jawa Timur?,surabaya ,
`,
    );
    expect(rows).toEqual(["Ana <ana@x.id> 4/4", "Budi <b@x.id> 1/4"]);
  });

  test("of the second kind has a table for each question, and one attempt over all of them", async () => {
    const rows = await told(
      `#,User Name,User Email,Submitted Date/Time,Apa ibu kota Jawa Timur?
1,Ana,ana@x.id,"Sep 24, 2026 09:00:00",Surabaya
2,Budi,b@x.id,"Sep 24, 2026 09:00:01",Malang

#,User Name,User Email,Submitted Date/Time,Berapa 4 x 5?
1,Ana,ana@x.id,"Sep 24, 2026 09:05:00",20
#,User Name,User Email,Submitted Date/Time,Mana yang termasuk nilai ASN?
1,Budi,b@x.id,"Sep 24, 2026 09:06:00",Akuntabel;Kompeten
2,Ana,ana@x.id,"Sep 24, 2026 09:06:00",Akuntabel
`,
    );
    expect(rows).toEqual(["Ana <ana@x.id> 2/4", "Budi <b@x.id> 2/4"]);
  });

  test("of the wide kind has lists between its blocks, which are nobody's answers", async () => {
    const { rows, warnings, readings } = await answersOf(key, [
      `Overview
Generate Time,Meeting Topic,Meeting/Webinar ID,Actual Start Time
09/24/2026,Belajar,92569378808,09/24/2026

Launched Polls
#,Poll Name,Questions,Responses
1,Post test,2,2
2,Feedback,1,1

Post test
#,User Name,Email Address,Submitted Date and Time,Apa ibu kota Jawa Timur? ,Berapa 4 x 5?
1,Ana,ana@x.id,09/24/2026,Surabaya,20
2,Anonymous Attendee,,09/24/2026,Surabaya,20

Feedback
#,User Name,Email Address,Submitted Date and Time,"Puas, Bapak/Ibu?"
1,Ana,ana@x.id,09/24/2026,Ya
2,Cici,c@x.id,09/24/2026,Ya
`,
    ]);
    expect(rows.map(spokenScore)).toEqual(["Ana <ana@x.id> 2/4", "Cici <c@x.id> -"]);
    expect(readings[0]?.summary).toMatchObject({
      format: "zoom-poll",
      rows: 3,
      people: 2,
      skipped: 1,
      skippedBecause: { "anonymous answer": 1 },
      dateOrder: "mdy",
    });
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ["question-not-in-key", 17],
      ["question-not-asked", undefined],
    ]);
    expect(warnings[0]?.message).toContain("Puas, Bapak/Ibu?");
    expect(warnings[1]?.message).toContain("Mana yang termasuk nilai ASN?");
  });

  test("with a row for each answer makes one attempt of them, in its own time zone", async () => {
    const { rows } = await answersOf(key, [
      `Poll Report
Report generated time,09/25/2026 08:00:00 AM

Topic,Webinar ID,Actual Start Time,# Poll
Belajar,812 3456 7890,09/23/2026 06:30:00 PM,1
#,User Name,User Email,Submitted Time (America/Los_Angeles),Question,Answer
1,Ana,ana@x.id,09/23/2026 07:00:00 PM,Apa ibu kota Jawa Timur?,Surabaya
2,Ana,ana@x.id,09/23/2026 07:00:00 PM,Berapa 4 x 5?,20
3,Ana,ana@x.id,09/23/2026 07:00:00 PM,Mana yang termasuk nilai ASN?,Kompeten;Akuntabel
4,Budi,b@x.id,09/23/2026 07:01:00 PM,Berapa 4 x 5?,20
`,
    ]);
    expect(rows.map(spokenScore)).toEqual(["Ana <ana@x.id> 4/4", "Budi <b@x.id> 1/4"]);
    expect(rows[0]?.at).toBe(at("2026-09-24T09:00:00+07:00"));
  });

  test("that is anonymous credits nobody", async () => {
    const { rows, warnings } = await answersOf("Berapa 4 x 5?: 20\n", [
      '#,User Name,User Email,Submitted Date/Time,Berapa 4 x 5?\n1,Anonymous Attendee,,"Sep 24, 2026 09:05:00",20\n',
    ]);
    expect(rows).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(["session-empty", "question-not-asked"]);
  });

  test("that was launched twice has two attempts, in which other answers stand", async () => {
    const rows = await told(
      `#,User Name,User Email,Submitted Date/Time,Apa ibu kota Jawa Timur?
1,Ana,ana@x.id,"Sep 24, 2026 09:00:00",Malang
#,User Name,User Email,Submitted Date/Time,Berapa 4 x 5?
1,Ana,ana@x.id,"Sep 24, 2026 09:01:00",20
#,User Name,User Email,Submitted Date/Time,Apa ibu kota Jawa Timur?
1,Ana,ana@x.id,"Sep 24, 2026 09:02:00",Surabaya
`,
    );
    expect(rows).toEqual(["Ana <ana@x.id> 1/4", "Ana <ana@x.id> 2/4"]);
  });

  test("may come in several files, of which no one alone is the quiz", async () => {
    const poll = (question: string, answer: string, minute: number) =>
      `#,User Name,User Email,Submitted Date/Time,${question}\n1,Ana,ana@x.id,"Sep 24, 2026 09:0${minute}:00",${answer}\n`;
    const files = [
      poll("Berapa 4 x 5?", "20", 5),
      poll("Apa ibu kota Jawa Timur?", "Surabaya", 1),
      poll("Mana yang termasuk nilai ASN?", "kompeten; AKUNTABEL", 3),
    ];
    expect(await told(...files)).toEqual(["Ana <ana@x.id> 4/4"]);
    expect(await told(...files.reverse())).toEqual(["Ana <ana@x.id> 4/4"]);
  });

  test("that was downloaded twice, the second time with more answers, counts each once", async () => {
    const early = `#,User Name,User Email,Submitted Time (Asia/Jakarta),Question,Answer
1,Ana,ana@x.id,"Sep 24, 2026 09:00:00",Berapa 4 x 5?,25
2,Ana,ana@x.id,"Sep 24, 2026 09:00:00",Apa ibu kota Jawa Timur?,Surabaya
`;
    const late = `${early}3,Ana,ana@x.id,"Sep 24, 2026 09:10:00",Berapa 4 x 5?,20\n`;
    expect(await told(early, late)).toEqual(["Ana <ana@x.id> 1/4", "Ana <ana@x.id> 2/4"]);
  });

  test("may ask what looks like a name or an address", async () => {
    const { rows } = await answersOf(
      "Nama lengkap presiden pertama?: Soekarno\nEmail resmi panitia?: info@x.id\n",
      [
        '#,User Name,User Email,Submitted Date/Time,Nama lengkap presiden pertama?,Email resmi panitia?\n1,Ana,ana@x.id,"Sep 24, 2026 09:05:00",Soekarno,info@x.id\n',
      ],
    );
    expect(rows.map(spokenScore)).toEqual(["Ana <ana@x.id> 2/2"]);
    expect(rows[0]?.who).toEqual({ name: "Ana", email: "ana@x.id", nip: null });
  });

  test("never takes an answer for a header or a title", async () => {
    const rows = await told(
      `#,User Name,User Email,Submitted Date/Time,Berapa 4 x 5?
1,Ana,ana@x.id,"Sep 24, 2026 09:05:00",#
2,Budi,b@x.id,"Sep 24, 2026 09:05:01",ID
Topic,,,,
4,Cici,c@x.id,"Sep 24, 2026 09:05:03",20
5,,,,
`,
    );
    expect(rows).toEqual(["Ana <ana@x.id> 0/4", "Budi <b@x.id> 0/4", "Cici <c@x.id> 1/4"]);
  });

  test("suggests the question that was perhaps meant", async () => {
    const { warnings } = await answersOf("Apa ibukota Jawa Timur?: Surabaya\n", [
      '#,User Name,User Email,Submitted Date/Time,Apa ibu kota Jawa Timur?\n1,Ana,ana@x.id,"Sep 24, 2026 09:05:00",Surabaya\n',
    ]);
    expect(warnings.find(({ code }) => code === "question-not-asked")?.message).toContain(
      "did you mean `Apa ibu kota Jawa Timur?`",
    );
  });
});

describe("a form without scores", () => {
  test("is scored by its questions, a row being an attempt", async () => {
    const { rows, readings, warnings } = await answersOf(key, [
      `Timestamp,Email Address,Nama Lengkap,Instansi,Apa ibu kota Jawa Timur?,Berapa 4 x 5?,Mana yang termasuk nilai ASN?
24/09/2026 09:00:00,a@x.id,"Dr. Ana, M.A.",Dinas,Malang,20.0,Akuntabel
24/09/2026 09:10:00,a@x.id,"Dr. Ana, M.A.",Dinas,Surabaya,20,
`,
    ]);
    expect(rows.map(spokenScore)).toEqual(["Dr. Ana, M.A. <a@x.id> 1/4", "Dr. Ana, M.A. <a@x.id> 2/4"]);
    expect(readings[0]?.summary.format).toBe("answers");
    expect(warnings).toEqual([]);
  });

  test("may be a workbook", async () => {
    const book = xlsxOf({
      a: [
        ["Nama", "Berapa 4 x 5?"],
        ["Ana", 20],
        ["Budi", "dua puluh"],
      ],
    });
    const { rows } = await answersOf("Berapa 4 x 5?: [20, dua puluh]\n", [book]);
    expect(rows.map(spokenScore)).toEqual(["Ana <> 1/1", "Budi <> 1/1"]);
  });

  test("none of whose questions is in the key is refused", async () => {
    const [fault] = await faultsOf(answersOf(key, ["Nama,Hobi\nAna,Catur\n"]));
    expect(fault?.code).toBe("format-unknown");
    expect(fault?.hints.join()).toContain("questions of the answer key");
  });
});

describe("an answer key", () => {
  const judge = (entry: string, answer: string) =>
    parseKey(`Q: ${entry}`, "key.yaml").questions[0]?.judge(answer);

  test.each<[string, string, boolean | "unclear"]>([
    ["Surabaya", " SURABAYA", true],
    ["Surabaya", "Surabaya.", true],
    ["Surabaya", "Kota Surabaya", false],
    ["[Surabaya, Sby]", "sby", true],
    ["true", "True", true],
    ["1.50", "1.5", true],
    ['"A; B"', "B;A", true],
    ['"A; B"', "B", false],
    ["[A, B]", "A;B", "unclear"],
    ["[A, B]", "A;C", false],
    ["{ any: [A, B] }", "A;B", true],
    ["{ any: [A, B] }", "A;C", false],
    ["{ all: [A, B] }", "b; a", true],
    ["{ all: [A, B] }", "A", false],
    ["{ all: [A, B] }", "A;B;C", false],
    ['"x = 1; y = 2"', "x = 1; y = 2", true],
    ["A", "", false],
  ])("%s: the answer %j is right: %s", (entry, answer, expected) => {
    expect(judge(entry, answer)).toBe(expected);
  });

  test("may be a list, in which questions may hold any sign", async () => {
    const listed = parseKey(
      "questions:\n  - question: 'Mana: A atau B? #1'\n    answer: A\n    points: 0.5\n  - { question: 17, any: [ya, benar] }\n",
      "key.yaml",
    );
    expect(listed.questions.map(({ text }) => text)).toEqual(["Mana: A atau B? #1", "17"]);
    expect(Number(listed.max.num) / Number(listed.max.den)).toBe(1.5);
  });

  test.each([
    ["Q: { jawaban: A }\n", "unknown-key", 1],
    ["Q: { any: [A], all: [B] }\n", "config-invalid", 1],
    ["Q: A\n'q?': B\n", "key-question-twice", 2],
    ["Q:\n", "config-invalid", 1],
    ["[]\n", "config-invalid", 1],
    ["{}\n", "key-empty", undefined],
    ["Q: [A\n", "yaml-invalid", undefined],
  ])("that is wrong says where: %j", async (text, code, line) => {
    const [fault] = await faultsOf(Promise.resolve().then(() => parseKey(text, "key.yaml")));
    expect(fault?.code).toBe(code);
    if (line !== undefined) expect(fault?.place).toMatchObject({ file: "key.yaml", line });
  });

  test("that may mean one or all of its answers stops, and says how to settle it", async () => {
    const report =
      '#,User Name,User Email,Submitted Date/Time,Berapa 4 x 5?\n1,Ana,ana@x.id,"Sep 24, 2026 09:05:00",20;dua puluh\n';
    const [fault] = await faultsOf(answersOf("Berapa 4 x 5?: [20, dua puluh]\n", [report]));
    expect(fault).toMatchObject({ code: "key-unclear", place: { file: "poll-1.csv", line: 2 } });
    expect(fault?.hints.join()).toContain("{ all: […] }");
  });

  test("gives the same points whatever the order of the rows", async () => {
    const choices = fc.constantFrom("Surabaya", "Malang", "");
    const answers = fc.array(fc.tuple(fc.nat(4), choices, fc.constantFrom("20", "25")), {
      minLength: 1,
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(
        answers.chain((all) =>
          fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
        ),
        async ([one, other]) => {
          const file = (rows: typeof one) =>
            `#,User Name,User Email,Submitted Date/Time,Apa ibu kota Jawa Timur?,Berapa 4 x 5?\n${rows.map(([who, city, number]) => `1,N,p${who}@x.id,"Sep 24, 2026 09:05:00",${city},${number}`).join("\n")}\n`;
          const sorted = async (rows: typeof one) => (await told(file(rows))).sort();
          expect(await sorted(other)).toEqual(await sorted(one));
        },
      ),
      { numRuns: 60 },
    );
  });
});
