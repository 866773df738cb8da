import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../tools.js";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

const small = () => writeFiles(newFolder(), Object.entries(smallEvent));

async function issued(): Promise<string> {
  const folder = small();
  await lulus(["key", "create", folder, "--no-passphrase"]);
  const { status, stderr } = await lulus(["issue", folder]);
  if (status !== 0) throw new Error(stderr);
  return folder;
}

const list = (folder: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, "certificates", "certificates.csv")), { bom: true, columns: true });

describe("issue", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await issued();
  });

  test("gives certificates to those who passed, in the order of their names, and lists them", () => {
    expect(list(folder)).toEqual([
      {
        number: "0001/coba-1/2024",
        name: "Budi Santoso",
        email: "budi@x.example",
        award: "participant",
        file: "0001-coba-1-2024-Budi-Santoso.pdf",
        url: expect.stringMatching(/^https:\/\/s\.example\/v#[1-9]\d{100,}$/),
      },
      expect.objectContaining({ number: "0002/coba-1/2024", name: "Siti Aminah, S.Kep., Ns." }),
    ]);
    expect(readdirSync(join(folder, "certificates")).sort()).toEqual([
      "0001-coba-1-2024-Budi-Santoso.pdf",
      "0002-coba-1-2024-Siti-Aminah-S.Kep.-Ns.pdf",
      "certificates.csv",
    ]);
  });

  test.skipIf(!needs("pdftotext"))("prints name, number and event, as another program reads them", () => {
    const file = join(folder, "certificates", "0002-coba-1-2024-Siti-Aminah-S.Kep.-Ns.pdf");
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
    expect(text).toContain("Siti Aminah, S.Kep., Ns.");
    expect(text).toContain("0002/coba-1/2024");
    expect(text).toContain("Menulis Notula yang Dibaca Orang");
  });

  test("a second run issues nothing and leaves every byte, of the register too", async () => {
    const before = contentOf(folder);
    const { status, stdout } = await lulus(["issue", folder, "--quiet"]);
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 issued, 0 written; 2 certificates"),
    });
    expect(contentOf(folder)).toEqual(before);
  });

  test("the same event with the same key gives the same bytes anywhere", async () => {
    const other = small();
    writeFiles(other, [["keys/issuer.pem", readFileSync(join(folder, "keys", "issuer.pem"))]]);
    execFileSync("chmod", ["600", join(other, "keys", "issuer.pem")]);
    const { status } = await lulus(["issue", other], {
      env: { TZ: "America/New_York", LANG: "tr_TR.UTF-8" },
    });
    expect(status).toBe(0);
    expect(contentOf(join(other, "certificates"))).toEqual(contentOf(join(folder, "certificates")));
  });
});

describe("a later run", () => {
  test("heals what is missing, changed or a planted link, to the same bytes, and says so", async () => {
    const folder = await issued();
    const output = join(folder, "certificates");
    const before = contentOf(output);
    const [first = "", second = ""] = readdirSync(output);
    appendFileSync(join(output, first), "x");
    rmSync(join(output, second));
    writeFileSync(join(folder, "elsewhere.pdf"), "mine");
    symlinkSync(join(folder, "elsewhere.pdf"), join(output, second));
    const { status, stdout } = await lulus(["issue", folder]);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("2 healed") });
    expect(contentOf(output)).toEqual(before);
    expect(readFileSync(join(folder, "elsewhere.pdf"), "utf8")).toBe("mine");
  });

  test("issues newcomers behind the others and touches nobody else", async () => {
    const folder = await issued();
    const before = contentOf(join(folder, "certificates"));
    appendFileSync(
      join(folder, "zoom.csv"),
      'Agus,agus@x.example,"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n',
    );
    appendFileSync(join(folder, "quiz.csv"), "10/24/2024 11:09:00,agus@x.example,9 / 10,Agus\n");
    expect(await lulus(["issue", folder])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 issued, 1 written;"),
    });
    expect(list(folder).map(({ number, name }) => [number, name])).toEqual([
      ["0001/coba-1/2024", "Budi Santoso"],
      ["0002/coba-1/2024", "Siti Aminah, S.Kep., Ns."],
      ["0003/coba-1/2024", "Agus"],
    ]);
    const after = contentOf(join(folder, "certificates"));
    for (const [file, bytes] of before)
      if (file !== "certificates.csv") expect(after.get(file) === bytes).toBe(true);
  });

  test("does not issue again to somebody who is now known by better evidence", async () => {
    const folder = writeFiles(small(), [
      [
        "event.yaml",
        (smallEvent["event.yaml"] ?? "").replace(/ {2}quizzes:\n.*\n/, "").replace(/\n {6}quizzes: .*/, ""),
      ],
    ]);
    await lulus(["key", "create", folder, "--no-passphrase"]);
    await lulus(["issue", folder]);
    expect(list(folder).map(({ name, email }) => [name, email])).toContainEqual(["Budi Santoso", ""]);
    writeFiles(folder, [
      ["roster.csv", 'Nama,Email,NIP\n"Budi Santoso, S.E.",budi@x.example,199001012020011009\n'],
      [
        "event.yaml",
        readFileSync(join(folder, "event.yaml"), "utf8").replace(
          "  attendance: zoom.csv",
          "  attendance: zoom.csv\n  roster: roster.csv",
        ),
      ],
    ]);
    expect(await lulus(["issue", folder])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 issued"),
    });
  });

  test("renders from the register although the template has changed since", async () => {
    const folder = await issued();
    const before = contentOf(join(folder, "certificates"));
    rmSync(join(folder, "certificates"), { recursive: true });
    writeFiles(folder, [
      [
        "event.yaml",
        readFileSync(join(folder, "event.yaml"), "utf8").replace("title: Menulis", "title: Membaca"),
      ],
    ]);
    expect(await lulus(["issue", folder])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 issued"),
    });
    expect(contentOf(join(folder, "certificates"))).toEqual(before);
  });
});

describe("what people and scripts are told", () => {
  test("--dry-run is exactly `check`, and writes nothing", async () => {
    const folder = small();
    const dry = await lulus(["issue", "--dry-run"], { cwd: folder });
    expect(dry).toEqual(await lulus(["check"], { cwd: folder }));
    expect(readdirSync(folder).sort()).toEqual(Object.keys(smallEvent).sort());
  });

  test("--json is one object on stdout, with --quiet nothing besides", async () => {
    const folder = small();
    await lulus(["key", "create", folder, "--no-passphrase", "--quiet"]);
    const { stdout, stderr } = await lulus(["issue", folder, "--json", "--quiet"]);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "lulus.issue/1",
      event: "coba-1",
      summary: { people: 4, eligible: 2 },
      certificates: 2,
      issued: 2,
      written: 2,
      healed: 0,
    });
  });

  test("one name that cannot be printed holds that person and nobody else; --strict ends with 1", async () => {
    const folder = small();
    appendFileSync(
      join(folder, "zoom.csv"),
      'x,cuneiform@x.example,"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n',
    );
    appendFileSync(join(folder, "quiz.csv"), "10/24/2024 11:09:00,cuneiform@x.example,9 / 10,𒀭𒈗\n");
    await lulus(["key", "create", folder, "--no-passphrase"]);
    const { status, stdout, stderr } = await lulus(["issue", folder, "--strict"]);
    expect({ status, stdout }).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("2 issued, 2 written"),
    });
    expect(stderr).toContain("name-unprintable");
    expect(existsSync(join(folder, "certificates", "certificates.csv"))).toBe(true);
  });
});
