import { describe, expect, test } from "vitest";
import { at, faultsOf, presenceOf, quizOf, rosterOf, spokenScore } from "./reading.js";
import { xlsxOf } from "./xlsx.js";

describe("a Google Forms quiz", () => {
  test("from the sheet says its points out of how many", async () => {
    const { rows, summary } = await quizOf(
      'Timestamp,Email Address,Score,Nama Lengkap (beserta gelar)\n24/9/2026 10:25:41,Ana@x.id,8 / 10,"Dr. Ana, M.A."\n24/9/2026 10:26:00,b@x.id,13.5 / 15,Budi\n24/9/2026 10:27:00,c@x.id,-,Cici\n',
    );
    expect(summary.format).toBe("google-forms");
    expect(rows.map(spokenScore)).toEqual([
      "Dr. Ana, M.A. <ana@x.id> 8/10",
      "Budi <b@x.id> 13.5/15",
      "Cici <c@x.id> -",
    ]);
    expect(rows[0]?.at).toBe(at("2026-09-24T10:25:41+07:00"));
    expect(rows[0]?.score).toEqual({ points: { num: 8n, den: 1n }, max: { num: 10n, den: 1n } });
  });

  test("downloaded directly carries its own offset", async () => {
    const { rows } = await quizOf(
      '"Timestamp","Username","Total score","Q"\n"2026/09/27 3:00:00 PM GMT+3","s@x.id","4.00 / 5","Four"\n"2026/10/04 10:15:00 AM GMT+5:30","t@x.id","4 / 5","Four"\n',
    );
    expect(rows.map((row) => row.at)).toEqual([
      at("2026-09-27T15:00:00+03:00"),
      at("2026-10-04T10:15:00+05:30"),
    ]);
  });

  test("in Indonesian has decimal commas", async () => {
    const { rows } = await quizOf(
      "Stempel waktu;Alamat Email;Skor;Nama\n27/09/2026 15.00.00;a@x.id;13,5 / 15;Ana\n27/09/2026 15.01.00;b@x.id;7 / 15;Budi\n",
    );
    expect(rows.map(spokenScore)).toEqual(["Ana <a@x.id> 13.5/15", "Budi <b@x.id> 7/15"]);
    expect(rows[0]?.at).toBe(at("2026-09-27T15:00:00+07:00"));
  });

  test("with bare numbers needs to be told the maximum", async () => {
    const bare = "Timestamp,Email Address,Score\n2026-09-24 16:32:40,x@x.id,8\n";
    const [fault] = await faultsOf(quizOf(bare));
    expect(fault).toMatchObject({ code: "quiz-max-missing", place: { file: "q.csv", line: 2, column: 28 } });
    expect(fault?.hints.join()).toContain("max");
    const { rows } = await quizOf(bare, { max: 10 });
    expect(rows.map(spokenScore)).toEqual([" <x@x.id> 8/10"]);
  });

  test("of nothing but noughts was perhaps no quiz, which is said", async () => {
    const { warnings } = await quizOf("Timestamp,Email Address,Score\n2026-09-24 16:32:40,x@x.id,0\n", {
      max: 10,
    });
    expect(warnings.map(({ code }) => code)).toEqual(["quiz-all-zero"]);
  });

  test("keeps the collected address apart from the typed one", async () => {
    const { rows } = await quizOf(
      'Timestamp,"  Where can we reach you? (EMAIL)",Email address,Score\n2026-09-24 16:32:40,typed@x.id,own@x.id,1 / 2\n',
    );
    expect(rows[0]?.who).toEqual({ name: "", email: "own@x.id", typedEmail: "typed@x.id", nip: null });
  });

  test("without a score is refused with the remedy", async () => {
    const [fault] = await faultsOf(
      quizOf("Timestamp,Email Address,Question\n2026-09-24 16:32:40,x@x.id,yes\n"),
    );
    expect(fault?.code).toBe("quiz-without-score");
  });

  test("may give more than there is, which is said", async () => {
    const { warnings } = await quizOf("Timestamp,Email Address,Score\n2026-09-24 16:32:40,x@x.id,12 / 10\n");
    expect(warnings).toMatchObject([{ code: "score-over-max", line: 2 }]);
  });

  test("shows a score that nobody can read, with its place", async () => {
    const [fault] = await faultsOf(
      quizOf("Timestamp,Email Address,Score\n2026-09-24 16:32:40,x@x.id,lots\n"),
    );
    expect(fault).toMatchObject({ code: "score-unreadable", place: { line: 2, column: 28 } });
  });

  test("never takes a comma and a point for the same thing", async () => {
    const faults = await faultsOf(
      quizOf(
        'Timestamp,Email Address,Score\n2026-09-24 16:32:40,x@x.id,"7,5 / 10"\n2026-09-24 16:32:40,y@x.id,7.5 / 10\n',
      ),
    );
    expect(faults).toMatchObject([{ code: "score-unreadable", place: { line: 2 } }]);
  });
});

describe("results of other tools", () => {
  test("Microsoft Forms: the name may stand in a question", async () => {
    const { rows, summary } = await quizOf(
      Buffer.from(
        "ID,Start time,Completion time,Email,Name,Total points,Quiz feedback,Last modified time,Nama Lengkap,Points \x96 Nama\n1,9/24/26 19:06:23,9/24/26 19:17:10,anonymous,,4,,,Ama Mens\xe1,\n",
        "latin1",
      ),
      { max: 5 },
    );
    expect(summary).toMatchObject({ format: "microsoft-forms", encoding: "windows-1252", dateOrder: "mdy" });
    expect(rows.map(spokenScore)).toEqual(["Ama Mensá <> 4/5"]);
    expect(rows[0]?.at).toBe(at("2026-09-24T19:17:10+07:00"));
  });

  test("Moodle: the maximum is in the header, unfinished attempts do not count, the average is nobody", async () => {
    const { rows, summary } = await quizOf(
      `Surname,"First name",Institution,Department,"Email address",State,"Started on",Completed,"Time taken",Grade/10,"Q. 1 /1"
"SITI M",161@mhs.example.ac.id,,,161@mhs.example.ac.id,Finished,"1 November 2026  12:51 PM","1 November 2026  1:39 PM","47 mins 28 secs",7,0
Budi,Anto,,,b@x.id,"In progress","1 November 2026  12:51 PM",,,-,0
"Overall average",,,,,,,,,7.00,0
`,
    );
    expect(summary).toMatchObject({ format: "moodle-quiz", rows: 2, skipped: 1 });
    expect(rows.map(spokenScore)).toEqual(["SITI M <161@mhs.example.ac.id> 7/10", "Anto Budi <b@x.id> -"]);
    expect(rows[0]?.at).toBe(at("2026-11-01T13:39:00+07:00"));
  });

  test("Moodle with newer labels and decimal commas", async () => {
    const { rows } = await quizOf(
      'Last name,First name,Username,Status,Started,Completed,Duration,"Grade/10,00"\nAnto,Budi,budi1,Finished,1 November 2026 12:51 PM,1 November 2026 1:39 PM,x,"7,50"\n',
    );
    expect(rows.map(spokenScore)).toEqual(["Budi Anto <> 7.5/10"]);
  });

  test("Moodle's gradebook has one quiz, or is told which", async () => {
    const book = (columns: string, values: string) =>
      `"First name",Surname,"ID number",Institution,Department,"Email address",${columns},"Last downloaded from this course"\nBudi,Anto,,,,b@x.id,${values},1\n`;
    const one = await quizOf(book('"Quiz: Akhir (Percentage)"', '"75.00 %"'));
    expect(one.rows.map(spokenScore)).toEqual(["Budi Anto <b@x.id> 75/100"]);
    const [fault] = await faultsOf(quizOf(book("Quiz: A (Real),Quiz: B (Real)", "1,2")));
    expect(fault).toMatchObject({ code: "quiz-column-missing" });
    const told = await quizOf(book("Quiz: A (Real),Quiz: B (Real)", "1,2"), {
      columns: { score: "Quiz: B (Real)" },
      max: 5,
    });
    expect(told.rows.map(spokenScore)).toEqual(["Budi Anto <b@x.id> 2/5"]);
    expect(told.summary.format).toBe("moodle-gradebook");
  });

  test("Canvas: the second line has the maximum, and the test student is nobody", async () => {
    const { rows, summary } = await quizOf(
      'Student,ID,SIS User ID,SIS Login ID,Section,Unit 1 Quiz (101),Current Score\n    Points Possible,,,,,10,\n"Rivera, Ana",11,S1,ana@x.id,8175 - Block 3,9,90\n"Lima, Rui",12,S2,1234567,8175,EX,\n"Student, Test",15,,teststudent,8175 - Block 3,,\n',
    );
    expect(summary).toMatchObject({ format: "canvas-gradebook", skipped: 1 });
    expect(rows.map(spokenScore)).toEqual(["Ana Rivera <ana@x.id> 9/10", "Rui Lima <> -"]);
  });

  test("a Zoom poll has no scores", async () => {
    const [fault] = await faultsOf(
      quizOf(
        "Poll Report\n\n#,User Name,Email Address,Submitted Date and Time,How? \n1,A,a@x.id,08/29/2026,5\n",
      ),
    );
    expect(fault?.code).toBe("format-poll");
  });

  test("any table is read once its columns are named", async () => {
    const { rows, summary } = await quizOf(
      "Hasil ujian\n\nsiapa\thasil\tdari\tsurat\nBudi\t80\t100\tb@x.id\n",
      {
        columns: { name: "Siapa", score: "Hasil", max: "Dari", email: "surat" },
      },
    );
    expect(summary).toMatchObject({ format: "table", delimiter: "\t" });
    expect(rows.map(spokenScore)).toEqual(["Budi <b@x.id> 80/100"]);
  });

  test("a table of people without a known column of scores asks which it is", async () => {
    const [fault] = await faultsOf(quizOf("Rekap\n\nNama;Email;Hasil Ujian;Persen\nBudi;b@x.id;8;80\n"));
    expect(fault).toMatchObject({ code: "quiz-column-missing", place: { line: 3 } });
    expect(fault?.hints[1]).toBe("the columns are `Nama`, `Email`, `Hasil Ujian`, `Persen`");
  });

  test("a table whose columns are called by their names needs none named", async () => {
    const { rows, summary } = await quizOf(
      "No;Nama;Surel;Nilai;Dari\n1;Budi;b@x.id;7,5;10\n2;Ana;a@x.id;8;10\n",
    );
    expect(summary.format).toBe("table");
    expect(rows.map(spokenScore)).toEqual(["Budi <b@x.id> 7.5/10", "Ana <a@x.id> 8/10"]);
  });

  test("a header that ends in a number after a stroke is a maximum only where it is a grade", async () => {
    const grade = await quizOf("Nama,Nilai/100\nBudi,80\n");
    expect(grade.rows.map(spokenScore)).toEqual(["Budi <> 80/100"]);
    const [fault] = await faultsOf(
      quizOf("Nama,Kuis 1/2026\nBudi,80\n", { columns: { score: "Kuis 1/2026" } }),
    );
    expect(fault?.code).toBe("quiz-max-missing");
  });

  test.each<[string, string, string, number]>([
    ["percentages", "Nama,Hasil\nBudi,75 %\n", "Budi <> 75/100", 10],
    ["percentages with a decimal comma", "Nama;Hasil\nBudi;80,5%\n", "Budi <> 80.5/100", 10],
    ["decimal commas", 'Nama,Hasil\nBudi,"7,5"\n', "Budi <> 7.5/10", 10],
    ["points out of how many", "Nama,Hasil\nBudi,8/10\n", "Budi <> 8/10", 20],
    ["guarded by a spreadsheet", 'Nama,Hasil\nBudi,"=""8"""\n', "Budi <> 8/10", 10],
  ])("a named column may hold %s", async (_, content, spokenRow, max) => {
    const { rows } = await quizOf(content, { columns: { score: "hasil" }, max });
    expect(rows.map(spokenScore)).toEqual([spokenRow]);
  });
});

describe("columns that the event file names", () => {
  const table = "Hasil Ujian Akhir\n\nNIP;Nama Peserta Ujian;Surel;Nilai Akhir\n1990;Budi;b@x.id;80\n";

  test("and the table does not have are each said, with the nearest and all that there are", async () => {
    const faults = await faultsOf(
      quizOf(table, { columns: { name: "Nama Pesrta Ujian", score: "Nilay", email: "surel" }, max: 100 }),
    );
    expect(faults.map(({ code, message, place }) => [code, message, place])).toEqual([
      [
        "column-missing",
        "there is no column `Nama Pesrta Ujian`, which the event file names as `columns.name`",
        { file: "q.csv", line: 3 },
      ],
      [
        "column-missing",
        "there is no column `Nilay`, which the event file names as `columns.score`",
        { file: "q.csv", line: 3 },
      ],
    ]);
    expect(faults[1]?.hints[0]).toBe("did you mean `Nilai Akhir`?");
    expect(faults[0]?.hints).toEqual([
      "did you mean `Nama Peserta Ujian`?",
      "the columns are `NIP`, `Nama Peserta Ujian`, `Surel`, `Nilai Akhir`",
    ]);
  });

  test("are said the same way in a workbook", async () => {
    const book = xlsxOf({ Kosong: [], Nilai: [["Rekap"], ["Nama Peserta", "Nilai Akhir"], ["Budi", 80]] });
    const [fault] = await faultsOf(quizOf(book, { columns: { name: "Nama Peserta", score: "Nilai Ahir" } }));
    expect(fault).toMatchObject({
      code: "column-missing",
      place: { file: "q.csv", sheet: "Nilai", line: 2 },
      hints: ["did you mean `Nilai Akhir`?", "the columns are `Nama Peserta`, `Nilai Akhir`"],
    });
  });

  test("must not stand there twice", async () => {
    const [fault] = await faultsOf(
      quizOf("Nama,Surel,Surel,Nilai\nBudi,a@x.id,b@x.id,8\n", { columns: { email: "Surel" }, max: 10 }),
    );
    expect(fault?.code).toBe("column-twice");
  });

  test("may also be those of a form of presence and of a roster", async () => {
    const { rows } = await presenceOf("Siapa,Nomor\nBudi,199001012020011009\n", {
      columns: { name: "siapa", nip: "nomor" },
    });
    expect(rows.map(({ who }) => who)).toEqual([{ name: "Budi", email: null, nip: "199001012020011009" }]);
    const roster = await rosterOf("Siapa,Asal,Tugas\nBudi,Dinas,Moderator\n", {
      name: "Siapa",
      institution: "Asal",
      role: "Tugas",
    });
    expect(roster.rows).toMatchObject([{ institution: "Dinas", role: "Moderator" }]);
    const [fault] = await faultsOf(rosterOf("Siapa,Asal\nBudi,Dinas\n", { name: "Siappa" }));
    expect(fault).toMatchObject({
      code: "column-missing",
      hints: ["did you mean `Siapa`?", "the columns are `Siapa`, `Asal`"],
    });
  });
});
