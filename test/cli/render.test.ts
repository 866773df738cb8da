import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../tools.js";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

const guests = [
  "Fāṭimah Zahrāʾ",
  "Jum'ah Qur'ani",
  "Maria Kolo",
  "Ni Luh Sukerti",
  "Paijan",
  "Élodie Wijaya",
];

/** An event with eight certificates and no key any more: what was issued needs none. */
async function issued(): Promise<string> {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  for (const [index, name] of guests.entries()) {
    const mail = `tamu${index}@x.example`;
    appendFileSync(
      join(folder, "zoom.csv"),
      `${name},${mail},"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n`,
    );
    appendFileSync(join(folder, "quiz.csv"), `10/24/2024 11:09:00,${mail},9 / 10,${name}\n`);
  }
  await lulus(["key", "create", folder, "--no-passphrase"]);
  const { status, stderr } = await lulus(["issue", folder]);
  if (status !== 0) throw new Error(stderr);
  rmSync(join(folder, "keys"), { recursive: true });
  return folder;
}

const list = (folder: string): Record<string, string>[] =>
  parse(readFileSync(join(folder, "certificates.csv")), { bom: true, columns: true });

describe("render", () => {
  let folder = "";
  let certificates = new Map<string, string>();
  beforeAll(async () => {
    folder = await issued();
    certificates = contentOf(join(folder, "certificates"));
  });

  test("gives the same bytes elsewhere, from one thread or several, in any time zone", async () => {
    for (const [out, workers, TZ] of [
      ["one", "1", "America/New_York"],
      ["two", "2", "Asia/Jayapura"],
    ] as const) {
      const { status, stderr } = await lulus(
        ["render", folder, "--out", join(folder, out), "--workers", workers],
        { env: { TZ } },
      );
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
      expect(contentOf(join(folder, out))).toEqual(certificates);
    }
  });

  test("heals what is missing or changed, removes what a killed run left, and changes nothing else", async () => {
    const output = join(folder, "certificates");
    const [first = "", second = "", third = ""] = readdirSync(output);
    appendFileSync(join(output, first), "x");
    rmSync(join(output, second));
    writeFileSync(join(output, ".lulus-unfinished-elsewhere-7-0"), "half");
    const long = new Date(Date.now() - 600_000);
    utimesSync(join(output, ".lulus-unfinished-elsewhere-7-0"), long, long);
    utimesSync(join(output, third), long, long);
    const { stdout } = await lulus(["render", folder, "--json"]);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "lulus.render/1",
      event: "coba-1",
      certificates: 8,
      written: 0,
      healed: 2,
    });
    expect(contentOf(output)).toEqual(certificates);
  });

  test("into another folder: what is not there is written, and only what was there and is not as issued is healed", async () => {
    const out = join(folder, "elsewhere");
    const told = async () =>
      JSON.parse((await lulus(["render", folder, "--out", out, "--json", "--quiet"])).stdout);
    expect(await told()).toMatchObject({ certificates: 8, written: 8, healed: 0 });
    const [first = "", second = ""] = readdirSync(out);
    appendFileSync(join(out, first), "x");
    rmSync(join(out, second));
    expect(await told()).toMatchObject({ certificates: 8, written: 1, healed: 1 });
    expect(await told()).toMatchObject({ certificates: 8, written: 0, healed: 0 });
    expect(contentOf(out)).toEqual(certificates);
  });

  test("writes those alone whose numbers are named", async () => {
    const out = join(folder, "some");
    const [one, two] = list(join(folder, "certificates")).slice(2);
    if (one === undefined || two === undefined) throw new Error("too few certificates");
    await lulus(["render", folder, "--out", out, "--only", one.number ?? "", two.number ?? ""]);
    expect(readdirSync(out).sort()).toEqual([one.file, two.file].sort());
    expect(await lulus(["render", folder, "--only", "9999/coba-1/2024"])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("number-unknown"),
    });
  });

  test("in parts gives what one run gives: each file and the list from one part alone", async () => {
    const parts = await Promise.all(
      ["1/3", "2/3", "3/3"].map(async (shard) => {
        const out = newFolder();
        expect((await lulus(["render", folder, "--shard", shard, "--out", out])).status).toBe(0);
        return contentOf(out);
      }),
    );
    expect(parts.flatMap((part) => [...part.keys()]).sort()).toEqual([...certificates.keys()].sort());
    expect(new Map(parts.flatMap((part) => [...part]).sort())).toEqual(new Map([...certificates].sort()));
  });

  test("in parts at the same time into one folder gives what one run gives", async () => {
    const out = newFolder();
    const env = { JOB_COMPLETIONS: "4" };
    const runs = await Promise.all(
      ["0", "1", "2", "3"].map((JOB_COMPLETION_INDEX) =>
        lulus(["render", folder, "--shard", "auto", "--out", out], { env: { ...env, JOB_COMPLETION_INDEX } }),
      ),
    );
    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0, 0]);
    expect(contentOf(out)).toEqual(certificates);
  });

  test.skipIf(!needs("pdftotext") || !needs("qpdf"))(
    "into one PDF has every page with its text, and is small",
    async () => {
      const merged = join(folder, "all.pdf");
      expect(await lulus(["render", folder, "--merge", merged])).toMatchObject({
        status: 0,
        stdout: expect.stringContaining("8 certificates in "),
      });
      expect(execFileSync("qpdf", ["--check", merged], { encoding: "utf8" })).toContain("No syntax");
      const pages = execFileSync("pdftotext", ["-layout", merged, "-"], { encoding: "utf8" }).split("\f");
      const rows = list(join(folder, "certificates"));
      expect(pages.length - 1).toBe(rows.length);
      for (const [index, { name = "", number = "" }] of rows.entries()) {
        expect(pages[index]?.replace(/\s+/g, " ").normalize("NFC")).toContain(name);
        expect(pages[index]).toContain(number);
      }
      const before = readFileSync(merged);
      const [file = ""] = certificates.keys();
      expect(before.length).toBeLessThan(3 * (certificates.get(file)?.length ?? 0));
      await lulus(["render", folder, "--merge", merged]);
      expect(readFileSync(merged).equals(before)).toBe(true);
    },
  );

  test("into one PDF says once what stands alike on the pages of all", async () => {
    const merged = join(folder, "words.pdf");
    await lulus(["render", folder, "--merge", merged]);
    const titles = readFileSync(merged, "latin1").match(/\/H1 <<\/MCID \d+>> BDC/g);
    expect(titles).toHaveLength(1);
  });

  test.skipIf(!needs("pdftoppm") || !needs("zbarimg"))("into one PDF shows the QR code of each", async () => {
    const merged = join(folder, "codes.pdf");
    await lulus(["render", folder, "--merge", merged]);
    execFileSync("pdftoppm", ["-r", "150", "-png", merged, join(folder, "page")]);
    for (const [index, { url }] of list(join(folder, "certificates")).entries()) {
      const code = execFileSync("zbarimg", ["-q", "--raw", join(folder, `page-${index + 1}.png`)], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
      expect(code.trim()).toBe(url);
    }
  });

  test.skipIf(!needs("python3"))(
    "into an archive holds the same files, and the same bytes each time",
    async () => {
      const [one, two] = [join(folder, "one.zip"), join(folder, "two.zip")];
      await lulus(["render", folder, "--zip", one]);
      await lulus(["render", folder, "--zip", two], { env: { TZ: "Pacific/Kiritimati" } });
      expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
      execFileSync("python3", ["-m", "zipfile", "-t", one]);
      mkdirSync(join(folder, "unpacked"));
      execFileSync("python3", ["-m", "zipfile", "-e", one, join(folder, "unpacked")]);
      expect(contentOf(join(folder, "unpacked"))).toEqual(certificates);
    },
  );
});

describe("render says what it cannot do, and then nothing is written", () => {
  const untouched = writeFiles(newFolder(), Object.entries(smallEvent));
  let ready = "";
  beforeAll(async () => {
    ready = await issued();
  });

  test.each([
    ["an archive among the certificates", ["--zip", "certificates/all.zip"], "output-mixed"],
    ["two places at once", ["--zip", "all.zip", "--merge", "all.pdf"], "options-apart"],
    ["a part that does not exist", ["--shard", "4/3"], "shard-unknown"],
    ["a part that no scheduler numbers", ["--shard", "auto"], "shard-unknown"],
    ["no threads", ["--workers", "0"], "workers-count"],
    ["a register that is not there", [], "register-missing"],
  ])("%s", async (_, options, code) => {
    const folder = code === "register-missing" ? untouched : ready;
    const before = contentOf(folder);
    const { status, stdout, stderr } = await lulus(["render", ...options], { cwd: folder });
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`[${code}]`);
    expect(stderr).toContain("hint: ");
    expect(contentOf(folder)).toEqual(before);
    expect(existsSync(join(folder, "all.zip.unfinished"))).toBe(false);
  });
});
