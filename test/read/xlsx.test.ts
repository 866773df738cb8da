import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import writeExcelFile from "write-excel-file/node";
import { formatPlace } from "../../src/model/fault.js";
import { at, attendanceOf, faultsOf, presenceOf, quizOf, rosterOf, spoken, spokenScore } from "./reading.js";
import { type Cell, date, xlsxOf } from "./xlsx.js";

const participants: Cell[][] = [
  ["Topic", "ID", "Duration (minutes)", "Start time", "End time", "Participants"],
  ["Webinar", 81796405615, 180, date("2026-09-24 08:25:00"), date("2026-09-24 11:40:00"), 2],
  [],
  ["Name (original name)", "Email", "Join time", "Leave time", "Duration (minutes)", "Guest"],
  ["Budi Santoso", "Budi@x.id", date("2026-09-24 08:30:00"), date("2026-09-24 11:30:05"), 181, "Yes"],
  ["Ana & Co", "", date("2026-09-24 08:59:59.6"), date("2026-09-24 09:30:00", "m/d/yy h:mm"), 31, "No"],
];
const expected = [
  "Budi Santoso <budi@x.id> participant 2026-09-24T08:30:00/2026-09-24T11:30:05",
  "Ana & Co <> participant 2026-09-24T09:00:00/2026-09-24T09:30:00",
];

describe("an attendance report saved as a workbook", () => {
  test("is read to the second, its dates being dates", async () => {
    const { rows, summary } = await attendanceOf(xlsxOf({ peserta: participants }));
    expect(rows.map(spoken)).toEqual(expected);
    expect(rows.map(({ source }) => source)).toEqual([
      { file: "a.csv", line: 5 },
      { file: "a.csv", line: 6 },
    ]);
    expect(summary).toMatchObject({
      format: "zoom-meeting-participants",
      encoding: "xlsx",
      delimiter: null,
      sheet: "peserta",
      dateOrder: "ymd",
      rows: 2,
    });
  });

  test.each([
    ["names its elements with a prefix", { prefix: "x" }],
    ["keeps text in the cells", { isInline: true }],
  ])("may come from a program that %s", async (_, how) => {
    expect((await attendanceOf(xlsxOf({ peserta: participants }, how))).rows.map(spoken)).toEqual(expected);
  });

  test("may count its days from 1904", async () => {
    const shifted = participants.map((row) =>
      row.map((cell) =>
        typeof cell === "object" && cell !== null ? { ...cell, number: Number(cell.number) - 1462 } : cell,
      ),
    );
    const { rows } = await attendanceOf(xlsxOf({ peserta: shifted }, { is1904: true }));
    expect(rows.map(spoken)).toEqual(expected);
  });

  test("reads the same in a workbook that another library wrote", async () => {
    const rows = participants.map((row) =>
      row.map((cell) =>
        typeof cell === "object" && cell !== null
          ? {
              value: new Date((Number(cell.number) - 25_569) * 86_400_000),
              type: Date,
              format: "yyyy/mm/dd hh:mm:ss",
            }
          : cell === null
            ? null
            : { value: cell },
      ),
    );
    const written = await writeExcelFile(rows as never).toBuffer();
    expect((await attendanceOf(written)).rows.map(spoken)).toEqual(expected);
  });

  test("with dates as text is subject to the order of the file", async () => {
    const texts: Cell[][] = [
      ["Name (original name)", "Email", "Join time", "Leave time"],
      ["Budi", "b@x.id", "24/09/2026 08.30", "24/09/2026 09.30"],
    ];
    const { rows, summary } = await attendanceOf(xlsxOf({ a: texts }));
    expect(summary.dateOrder).toBe("dmy");
    expect(rows.map(spoken)).toEqual(["Budi <b@x.id> participant 2026-09-24T08:30:00/2026-09-24T09:30:00"]);
  });

  test("some of whose dates are text is refused, since the others may be turned round", async () => {
    const half: Cell[][] = [
      ["Name (original name)", "Email", "Join time", "Leave time"],
      ["Budi", "b@x.id", date("2026-05-09 08:30:00"), date("2026-05-09 09:30:00")],
      ["Ana", "a@x.id", "13/09/2026 08:30:00", "13/09/2026 09:30:00"],
    ];
    const [fault] = await faultsOf(attendanceOf(xlsxOf({ a: half })));
    expect(fault).toMatchObject({ code: "date-order-contradictory", place: { sheet: "a", line: 3 } });
    const { rows } = await attendanceOf(xlsxOf({ a: half }), { dateOrder: "dmy" });
    expect(rows.map(spoken)).toEqual([
      "Budi <b@x.id> participant 2026-05-09T08:30:00/2026-05-09T09:30:00",
      "Ana <a@x.id> participant 2026-09-13T08:30:00/2026-09-13T09:30:00",
    ]);
  });

  test("names sheet, row and column of what it cannot read", async () => {
    const [fault] = await faultsOf(
      attendanceOf(
        xlsxOf({
          "Hari 1": [
            ["Name", "Join time", "Leave time"],
            null,
            ["Budi", date("2026-09-24 08:30:00"), "siang"],
          ],
        }),
      ),
    );
    expect(fault?.code).toBe("row-unreadable");
    expect(formatPlace(fault?.place ?? { file: "" })).toBe("a.csv[Hari 1]:3:3");
  });
});

describe("a workbook of several sheets", () => {
  const list: Cell[][] = [
    ["Nama", "Email"],
    ["Budi", "b@x.id"],
  ];
  const other: Cell[][] = [
    ["Nama", "Email"],
    ["Ana", "a@x.id"],
  ];

  test("is read where the list is", async () => {
    const { rows, summary } = await rosterOf(xlsxOf({ Rekap: [["Jumlah", 1]], Daftar: list }));
    expect(rows.map(({ who }) => who.name)).toEqual(["Budi"]);
    expect(summary.sheet).toBe("Daftar");
  });

  test("of which two could be meant asks which", async () => {
    const [fault] = await faultsOf(rosterOf(xlsxOf({ Senin: list, Selasa: other })));
    expect(fault?.code).toBe("sheet-ambiguous");
    expect(fault?.message).toContain("`Senin` and `Selasa`");
    const { rows } = await rosterOf(xlsxOf({ Senin: list, Selasa: other }), null, "selasa");
    expect(rows.map(({ who }) => who.name)).toEqual(["Ana"]);
  });

  test("does not look at hidden ones", async () => {
    const { rows } = await rosterOf(xlsxOf({ Senin: list, Selasa: other }, { hidden: ["Senin"] }));
    expect(rows.map(({ who }) => who.name)).toEqual(["Ana"]);
  });

  test("that lacks the one named says what there is", async () => {
    const [fault] = await faultsOf(rosterOf(xlsxOf({ Senin: list }), null, "Snin"));
    expect(fault).toMatchObject({ code: "sheet-missing", hints: ["did you mean `sheet: Senin`?"] });
  });
});

describe("a quiz as a workbook", () => {
  const kahoot: Cell[][] = [
    ["Kuis akhir"],
    ["Final Scores"],
    ["Rank", "Player", "Total Score (points)", "Correct Answers", "Incorrect Answers"],
    [1, "Budi", 7421, 8, 2],
    [2, "Ana", 3055, 4, 4],
    ["Switch tabs/pages to view other result breakdown"],
  ];

  test("from Kahoot counts the correct answers, of as many as there were questions", async () => {
    const { rows, summary } = await quizOf(
      xlsxOf({
        Overview: [["Kuis akhir"], ["Played on", "24 Sep 2026"]],
        "Final Scores": kahoot,
        "RawReportData Data": [
          ["Question Number", "Question", "Correct Answers", "Player", "Answer", "Score (points)"],
          ["1 Quiz", "?", "B", "Budi", "B", 912],
        ],
      }),
    );
    expect(summary).toMatchObject({ format: "kahoot", sheet: "Final Scores", rows: 2, skipped: 1 });
    expect(rows.map(spokenScore)).toEqual(["Budi <> 8/10", "Ana <> 4/10"]);
  });

  test("from Kahoot counts points only if told to, and then needs their maximum", async () => {
    const columns = { score: "Total Score (points)" };
    const [fault] = await faultsOf(quizOf(xlsxOf({ "Final Scores": kahoot }), { columns }));
    expect(fault).toMatchObject({
      code: "quiz-max-missing",
      place: { sheet: "Final Scores", line: 4, column: 3 },
    });
    const { rows } = await quizOf(xlsxOf({ "Final Scores": kahoot }), { columns, max: 10_000 });
    expect(rows.map(spokenScore)).toEqual(["Budi <> 7421/10000", "Ana <> 3055/10000"]);
  });

  const quizizz = (...accuracy: Cell[]): Cell[][] => [
    ["Rank", "First Name", "Last Name", "Attempt #", "Accuracy", "Score"],
    ...accuracy.map((cell, index) => [index + 1, "Budi", `${index}`, 1, cell, 9000]),
  ];

  test.each<[string, Cell[], string[]]>([
    ["text", ["80%", "66.7 %"], ["80/100", "66.7/100"]],
    [
      "shares shown as percentages",
      [
        { number: 0.8, format: "0%" },
        { number: "0.57", format: "0%" },
      ],
      ["80/100", "57/100"],
    ],
    ["numbers", [80, 7], ["80/100", "7/100"]],
    ["shares", [0.8, 1], ["0.8/1", "1/1"]],
  ])("from Quizizz has its accuracy as %s", async (_, cells, scores) => {
    const { rows, summary } = await quizOf(xlsxOf({ "Participant Data": quizizz(...cells) }));
    expect(summary.format).toBe("quizizz");
    expect(rows.map(spokenScore)).toEqual(scores.map((score, index) => `Budi ${index} <> ${score}`));
  });

  test("from Quizizz with nothing but noughts and ones does not say out of how many", async () => {
    const [fault] = await faultsOf(quizOf(xlsxOf({ a: quizizz(1, 0) })));
    expect(fault?.code).toBe("quiz-max-missing");
  });

  test.each(['0 "/ 10"', '0" / 10"', "0\\ \\/\\ 10", '0.00 "/ 10.00"'])(
    "from Google Forms shows the maximum only by the format %s",
    async (format) => {
      const { rows } = await quizOf(
        xlsxOf({
          "Form Responses 1": [
            ["Timestamp", "Email Address", "Score"],
            [date("2026-09-24 10:00:00"), "a@x.id", { number: 8, format }],
            [date("2026-09-24 10:05:30"), "b@x.id", { number: 7.5, format }],
          ],
        }),
      );
      expect(rows.map(spokenScore)).toEqual([" <a@x.id> 8/10", " <b@x.id> 7.5/10"]);
      expect(rows[1]?.at).toBe(at("2026-09-24T10:05:30+07:00"));
    },
  );

  test("from Microsoft Forms has serial numbers for its times", async () => {
    const { rows, summary } = await quizOf(
      xlsxOf({
        Sheet1: [
          [
            "ID",
            "Start time",
            "Completion time",
            "Email",
            "Name",
            "Total points",
            "Quiz feedback",
            "Nama Lengkap",
          ],
          [
            1,
            date("2026-09-24 10:00:00", "m/d/yy h:mm:ss"),
            date("2026-09-24 10:05:00", "m/d/yy h:mm:ss"),
            "anonymous",
            null,
            4,
            null,
            "Ama Mensá",
          ],
        ],
      }),
      { max: 5 },
    );
    expect(summary.format).toBe("microsoft-forms");
    expect(rows.map(spokenScore)).toEqual(["Ama Mensá <> 4/5"]);
    expect(rows[0]?.at).toBe(at("2026-09-24T10:05:00+07:00"));
  });
});

describe("numbers of people in a workbook", () => {
  test("are kept as text and reported where a spreadsheet made a number of them", async () => {
    const { rows, warnings } = await presenceOf(
      xlsxOf({
        a: [
          ["Timestamp", "Nama", "NIP"],
          [date("2026-09-24 09:00:00"), "Ana", "199001012020011009"],
          [date("2026-09-24 09:00:00"), "Budi", { number: "199001012020011000", format: "0" }],
          [date("2026-09-24 09:00:00"), "Cici", { number: "1.9900101202001101E+17", format: "General" }],
          [date("2026-09-24 09:00:00"), "Dedi", 1234567890],
        ],
      }),
    );
    expect(rows.map(({ who }) => who.nip)).toEqual(["199001012020011009", null, null, "1234567890"]);
    expect(warnings.map(({ code, line }) => [code, line])).toEqual([
      ["nip-damaged", 3],
      ["nip-damaged", 4],
    ]);
  });
});

describe("an archive", () => {
  const csv = "Timestamp,Username,Total score\n2026/09/24 3:00:00 PM GMT+7,a@x.id,4 / 5\n";

  test("with one CSV is that CSV, whatever computers put beside it", async () => {
    const zip = zipSync({
      "Kuis.csv": strToU8(csv),
      "__MACOSX/._Kuis.csv": strToU8("x"),
      ".DS_Store": strToU8("x"),
    });
    const { rows, summary } = await quizOf(zip);
    expect(rows.map(spokenScore)).toEqual([" <a@x.id> 4/5"]);
    expect(summary).toMatchObject({ encoding: "utf-8", delimiter: ",", sheet: null, format: "google-forms" });
  });

  test("may be stored without being packed", async () => {
    const { rows } = await quizOf(zipSync({ "Kuis.csv": [strToU8(csv), { level: 0 }] }));
    expect(rows).toHaveLength(1);
  });

  test("with one workbook is that workbook", async () => {
    const book = xlsxOf({
      a: [
        ["Timestamp", "Email", "Score"],
        [date("2026-09-24 10:00:00"), "a@x.id", "4 / 5"],
      ],
    });
    expect((await quizOf(zipSync({ "a.xlsx": book }))).rows.map(spokenScore)).toEqual([" <a@x.id> 4/5"]);
  });

  test("with several files names them", async () => {
    const [fault] = await faultsOf(quizOf(zipSync({ "a.csv": strToU8(csv), "b.csv": strToU8(csv) })));
    expect(fault?.code).toBe("zip-contents");
    expect(fault?.message).toContain("2 files: `a.csv`, `b.csv`");
  });

  test("whose bytes were changed is refused, and never read as something else", async () => {
    const zip = zipSync({ "Kuis.csv": [strToU8(csv), { level: 0 }] });
    const place = Buffer.from(zip).indexOf("4 / 5");
    zip[place] = 0x35;
    expect((await faultsOf(quizOf(zip)))[0]?.code).toBe("zip-damaged");
  });

  test("that is cut off anywhere is refused", async () => {
    const whole = Buffer.from(xlsxOf({ peserta: participants }));
    for (let length = 4; length < whole.length; length += 97) {
      const [fault] = await faultsOf(attendanceOf(whole.subarray(0, length)));
      expect(fault?.code).toBe("zip-damaged");
    }
  });

  test("that would swell beyond all exports is refused before it does", async () => {
    const bomb = Buffer.from(zipSync({ "a.csv": new Uint8Array(1000) }));
    // the length in the central directory, as an attacker writes it
    bomb.writeUInt32LE(2_000_000_000, bomb.lastIndexOf("PK\u0001\u0002") + 24);
    expect((await faultsOf(quizOf(bomb)))[0]?.code).toBe("zip-too-large");
  });

  test("that swells further than it says is refused", async () => {
    const liar = Buffer.from(zipSync({ "a.csv": strToU8(csv.repeat(100)) }));
    liar.writeUInt32LE(20, liar.lastIndexOf("PK\u0001\u0002") + 24);
    expect((await faultsOf(quizOf(liar)))[0]?.code).toBe("zip-damaged");
  });

  test("that is a text document is refused by name", async () => {
    const document = zipSync({
      "[Content_Types].xml": strToU8("<Types/>"),
      "word/document.xml": strToU8("<a/>"),
    });
    expect((await faultsOf(quizOf(document)))[0]?.message).toContain("Office document without a sheet");
    const old = zipSync({ mimetype: strToU8("application/vnd.oasis"), "content.xml": strToU8("<a/>") });
    expect((await faultsOf(quizOf(old)))[0]?.message).toContain("LibreOffice");
  });
});
