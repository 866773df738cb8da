import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { HeldRegister } from "../../src/register/held.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

function doubtful(): string {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  appendFileSync(
    join(folder, "zoom.csv"),
    'Muhamad Ridwan,,"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n',
  );
  appendFileSync(join(folder, "quiz.csv"), "10/24/2024 11:09:00,ridwan@x.example,9 / 10,Muhammad Ridwan\n");
  const event = (smallEvent["event.yaml"] ?? "").replace(
    "    post-test: quiz.csv",
    "    post-test: quiz.csv\n  decisions: decisions.csv",
  );
  return writeFiles(folder, [["event.yaml", event]]);
}

const people = async (folder: string): Promise<Record<string, string>[]> => {
  const { stdout } = await lulus(["check", "--json"], { cwd: folder });
  return JSON.parse(stdout).people;
};

describe("review", () => {
  test("asks each question once, applies what is filled in, and never asks again", async () => {
    const folder = doubtful();
    const file = join(folder, "decisions.csv");
    const asked = await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    expect(asked).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("1 question in decisions.csv"),
    });
    const written = readFileSync(file, "utf8");
    expect(written.trim().split("\r\n")).toHaveLength(2);
    expect(written).toContain("email:ridwan@x.example,name-similar name:muhamad ridwan,");

    writeFileSync(file, written.replace(/,,\r\n$/, ",same,satu orang: lihat surel\r\n"));
    expect(await people(folder)).toContainEqual(
      expect.objectContaining({
        id: "email:ridwan@x.example",
        decision: "eligible",
        name: "Muhammad Ridwan",
      }),
    );
    const again = await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    expect(again.stderr).toContain("0 questions");
    expect(readFileSync(file, "utf8")).toContain(",same,satu orang: lihat surel");
  });

  test("a denial stands above the rules, with its reason", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      ["decisions.csv", "person;question;evidence;ruling;reason\nemail:siti@x.example;;;deny;titip absen\n"],
    ]);
    expect(await people(folder)).toContainEqual(
      expect.objectContaining({
        id: "email:siti@x.example",
        decision: "ineligible",
        reasons: [expect.objectContaining({ code: "ruled-deny", message: "ruled: deny (titip absen)" })],
      }),
    );
  });

  test("a word that is no ruling is refused with its line", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      ["decisions.csv", "person,question,evidence,ruling,reason\nemail:siti@x.example,,,maybe,\n"],
    ]);
    expect(await lulus(["check"], { cwd: folder })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('decisions.csv:2:24: "maybe" is no ruling'),
    });
  });

  test("a filled-in file counts in the run that names it, and `issue` is told where to look", async () => {
    const folder = doubtful();
    writeFiles(folder, [["event.yaml", smallEvent["event.yaml"] ?? ""]]);
    const answers =
      "person,question,evidence,ruling,reason\nemail:ridwan@x.example,name-similar name:muhamad ridwan,,same,\n";
    writeFiles(folder, [["meeting.csv", answers]]);
    const { stderr } = await lulus(["check", "--review", "meeting.csv"], { cwd: folder });
    expect(stderr).toContain("0 questions in meeting.csv, 1 answered before");
    expect(stderr).toContain("hint: `issue` takes rulings from decisions.csv only");
  });

  test("decisions.csv beside the event counts without being named", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      ["event.yaml", smallEvent["event.yaml"] ?? ""],
      ["decisions.csv", "person,question,ruling,reason\nsiti@x.example,,deny,titip absen\n"],
    ]);
    expect(await people(folder)).toContainEqual(
      expect.objectContaining({ id: "email:siti@x.example", decision: "ineligible" }),
    );
  });

  test("what a tired human being saves from a spreadsheet is understood", async () => {
    const folder = doubtful();
    await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    const [header = "", question = ""] = readFileSync(join(folder, "decisions.csv"), "utf8")
      .replace("\uFEFF", "")
      .split("\r\n");
    const semicolons = (row: string) => row.replace(/("[^"]*")|,/g, (_, cell) => cell ?? ";");
    const rows = [
      "",
      ";;;;;",
      `${semicolons(header).toUpperCase()};Dicatat oleh`,
      `${semicolons(question).replace(/;;$/, ";SAMA ;satu orang – lihat “surel”")};Bu Ren\u00e9`,
      ";;;;;",
      "Siti Aminah;;;Tolak;titip absen;",
      "ketut@x.example;;;Nama;I Ketut Wirawan, S.\u00d1.;",
    ];
    const cp1252 = Buffer.from(
      rows.join("\r\n").replaceAll("–", "\u0096").replaceAll("“", "\u0093").replaceAll("”", "\u0094"),
      "latin1",
    );
    writeFileSync(join(folder, "decisions.csv"), cp1252);
    const found = await people(folder);
    expect(found).toContainEqual(
      expect.objectContaining({ id: "email:ridwan@x.example", decision: "eligible" }),
    );
    expect(found).toContainEqual(
      expect.objectContaining({ id: "email:siti@x.example", decision: "ineligible" }),
    );
    expect(found).toContainEqual(expect.objectContaining({ name: "I Ketut Wirawan, S.Ñ." }));
    await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    const kept = readFileSync(join(folder, "decisions.csv"), "utf8");
    expect(kept).toContain("satu orang – lihat “surel”;Bu René");
    expect(kept.split("\r\n")[0]).toBe("\uFEFFPERSON;QUESTION;EVIDENCE;RULING;REASON;Dicatat oleh");
  });

  test("a note beside an open question is kept, and the question is not asked twice", async () => {
    const folder = doubtful();
    const file = join(folder, "decisions.csv");
    await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    writeFileSync(file, readFileSync(file, "utf8").replace(/,,\r\n$/, ",,tanya Bu Rina dulu\r\n"));
    const before = readFileSync(file, "utf8");
    await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    expect(readFileSync(file, "utf8")).toBe(before);
    expect(before).toContain("tanya Bu Rina dulu");
  });

  test("a ruling that fits nothing any more is reported with its line", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      [
        "decisions.csv",
        "person,question,evidence,ruling,reason\nsitti@x.example,,,deny,\nketut@x.example,,,different,siti@x.example\n",
      ],
    ]);
    const { stdout } = await lulus(["check", "--json"], { cwd: folder });
    expect(JSON.parse(stdout).warnings).toMatchObject([
      {
        code: "ruling-stale",
        message: expect.stringContaining('did you mean "email:siti@x.example"?'),
        file: "decisions.csv",
        line: 2,
      },
      { code: "ruling-stale", line: 3 },
    ]);
  });

  test.each([
    ["email:siti@x.example,,,smae,", 'decisions.csv:2:24: "smae" is no ruling', "did you mean `same`?"],
    ["email:siti@x.example,,,name,", "needs the name to print", "write the name under `reason`"],
    [",,,deny,", "stands beside no person", "write an e-mail address"],
    [
      "email:siti@x.example,total-uncertain,,same,",
      "`same` is no answer to total-uncertain",
      "expected issue, deny",
    ],
    [
      "siti@x.example,,,issue,\nsiti@x.example,,,deny,",
      "contradicts `issue` in line 2",
      "leave one of the two rows",
    ],
  ])("refuses %s with line and remedy", async (row, message, hint) => {
    const folder = doubtful();
    writeFiles(folder, [["decisions.csv", `person,question,evidence,ruling,reason\n${row}\n`]]);
    const before = readFileSync(join(folder, "decisions.csv"), "utf8");
    const { status, stderr } = await lulus(["check", "--review", "decisions.csv"], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`hint: ${hint}`);
    expect(readFileSync(join(folder, "decisions.csv"), "utf8")).toBe(before);
  });

  test("a file that is none of ours is refused, not written over", async () => {
    const folder = doubtful();
    const { status, stderr } = await lulus(["check", "--review", "quiz.csv"], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain("found no header with the columns `person` and `ruling`");
    expect(readFileSync(join(folder, "quiz.csv"), "utf8")).toContain("Timestamp");
  });

  test("under --strict the status is 1 while somebody is left for review, and every report is written", async () => {
    const folder = doubtful();
    const parameters = ["check", "--strict", "--report", "report.csv", "--review", "decisions.csv"];
    expect((await lulus(parameters, { cwd: folder })).status).toBe(1);
    const file = join(folder, "decisions.csv");
    expect(readFileSync(join(folder, "report.csv"), "utf8")).toContain("name-similar");
    writeFileSync(file, readFileSync(file, "utf8").replace(/,,\r\n$/, ",different,\r\n"));
    expect((await lulus(parameters, { cwd: folder })).status).toBe(0);
  });

  test("issue follows the rulings and keeps each with its certificate, for whoever complains later", async () => {
    const folder = doubtful();
    writeFiles(folder, [
      [
        "decisions.csv",
        [
          "person,question,evidence,ruling,reason",
          "ridwan@x.example,name-similar name:muhamad ridwan,,same,surel 24 Oktober",
          "ketut@x.example,,,issue,sambungan terputus",
          "siti@x.example,,,deny,titip absen",
          "",
        ].join("\n"),
      ],
    ]);
    await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
    const { status, stdout } = await lulus(["issue", "--strict"], { cwd: folder });
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("3 issued") });
    const register = HeldRegister.open(join(folder, "lulus.db"), () => new Date(0));
    const kept = register
      .certificates("coba-1")
      .map((one) => [
        one.certificate.name,
        (register.numberingOf(one).evidence as { rulings: unknown[] }).rulings,
      ]);
    register.close();
    expect(Object.fromEntries(kept)).toMatchObject({
      "Budi Santoso": [],
      "I Ketut Wirawan": [{ word: "issue", text: "sambungan terputus", source: "decisions.csv:3" }],
      "Muhammad Ridwan": [{ word: "same", other: "name:muhamad ridwan", text: "surel 24 Oktober" }],
    });
  });

  test("issue --strict gives the certain ones theirs, and ends with 1 for the others", async () => {
    const folder = doubtful();
    await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
    const { status, stdout } = await lulus(["issue", "--strict"], { cwd: folder });
    expect({ status, stdout }).toMatchObject({ status: 1, stdout: expect.stringContaining("2 issued") });
  });
});
