import { spawn } from "node:child_process";
import { copyFileSync, cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { tamper } from "../register/filled.js";
import { smallEvent } from "./event.js";
import { contentOf, lulus, newFolder, writeFiles } from "./lulus.js";

/** The small event: two certificates, of which the second was corrected, and the site published. */
let folder = "";
beforeAll(async () => {
  folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  await lulus(["issue", folder]);
  const name = "Siti Aminah Baru, S.Kep.";
  await lulus(["reissue", "0002/coba-1/2024", "--name", name, "--note", "salah ketik", "--event", folder]);
  expect((await lulus(["publish", folder])).status).toBe(0);
});

const register = () => join(folder, "lulus.db");
const pdfs = (of: string) =>
  new Map([...contentOf(join(of, "certificates"))].filter(([file]) => file.endsWith(".pdf")));

describe("register list", () => {
  test("tells every certificate and what became of it", async () => {
    const { status, stdout, stderr } = await lulus(["register", "list", folder]);
    expect(status).toBe(0);
    expect(
      stdout
        .trimEnd()
        .split("\n")
        .map((line) => line.split(/ {2,}/)),
    ).toEqual([
      ["0001/coba-1/2024", "2024-10-24", "participant", "Budi Santoso"],
      [
        "0002/coba-1/2024",
        "2024-10-24",
        "participant",
        "Siti Aminah, S.Kep., Ns.",
        "replaced by 0003/coba-1/2024",
      ],
      ["0003/coba-1/2024", "2024-10-24", "participant", "Siti Aminah Baru, S.Kep."],
    ]);
    expect(stderr).toContain("2 certificates hold, 1 withdrawn");
  });

  test("as JSON for programs; by the register's own file and an event's id", async () => {
    const { stdout } = await lulus(["register", "list", "coba-1", "--register", register(), "--json"]);
    const { schema, certificates } = JSON.parse(stdout);
    expect(schema).toBe("lulus.register-list/1");
    expect(certificates[1]).toMatchObject({
      state: "replaced",
      reason: "correction",
      successor: "0003/coba-1/2024",
    });
    const other = await lulus(["register", "list", "coba-2", "--register", register()]);
    expect([other.status, other.stderr.includes('did you mean "coba-1"?')]).toEqual([2, true]);
  });

  test("a reader who has seen enough is no error", async () => {
    const bin = fileURLToPath(new URL("../../bin/lulus.js", import.meta.url));
    const child = spawn(process.execPath, [bin, "register", "list", folder]);
    child.stdout.destroy();
    let said = "";
    child.stderr.on("data", (text) => (said += text));
    const status = await new Promise((resolve) => child.on("close", resolve));
    expect([status, said.includes("error")]).toEqual([0, false]);
  });
});

describe("register show", () => {
  test("says what a certificate was decided on, and what became of it", async () => {
    const { status, stdout } = await lulus(["register", "show", "0002/coba-1/2024", "--event", folder]);
    expect(status).toBe(0);
    for (const fact of [
      "0002/coba-1/2024  replaced",
      "replaced by    0003/coba-1/2024",
      "salah ketik",
      "session main   1:59:50, 99.86 %, from intervals",
      "quiz post-test 8 of 10, 80 %, one attempt",
      '{"attendance":{"min_percent":75},"quizzes":{"post-test":{"min_percent":70}}}',
      "zoom.csv",
      "classic/template.yaml",
      "written and read back",
    ])
      expect(stdout).toContain(fact);
  });

  test("by its code too, as JSON, with its successor's side of it", async () => {
    const first = JSON.parse(
      (await lulus(["register", "show", "0003/coba-1/2024", "--event", folder, "--json"])).stdout,
    );
    const { code } = first;
    const again = JSON.parse(
      (await lulus(["register", "show", code, "--register", register(), "--json"])).stdout,
    );
    expect(again).toEqual(first);
    expect(again).toMatchObject({
      schema: "lulus.register-show/1",
      replaces: "0002/coba-1/2024",
      state: "current",
      revision: 1,
    });
    const figures = { sessions: { main: { seconds: 7190 } } };
    expect(again).toMatchObject({ evidence: { figures }, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test("of a number that does not exist it says which may have been meant", async () => {
    const { status, stderr } = await lulus(["register", "show", "0008/coba-1/2024", "--event", folder]);
    expect([status, stderr.includes("did you mean")]).toEqual([2, true]);
  });
});

describe("register check", () => {
  test("of a register that is whole says so, and leaves it as it is", async () => {
    const before = readFileSync(register());
    const { status, stdout } = await lulus([
      "register",
      "check",
      folder,
      "--site",
      join(folder, "site"),
      "--json",
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "lulus.register-check/1",
      whole: true,
      certificates: 3,
      findings: [],
    });
    expect(readFileSync(register()).equals(before)).toBe(true);
  });

  test("of one that was changed tells what, where and the remedy; nothing goes on from it", async () => {
    const other = copyOfFolder();
    tamper(join(other, "lulus.db"), "UPDATE certificate SET name = 'Orang Lain' WHERE id = 1");
    const { status, stdout, stderr } = await lulus(["register", "check", other]);
    expect(status).toBe(1);
    expect(stdout).toContain(
      'certificate 0001/coba-1/2024: the row of table "certificate" is not as it was entered',
    );
    expect(stderr).toContain("hint: restore the register");
    const before = contentOf(other);
    for (const command of [
      ["issue", other],
      ["render", other],
      ["render", other, "--out", join(other, "again")],
      ["revoke", "0001/coba-1/2024", "--reason", "mistake", "--event", other],
      ["reissue", "0001/coba-1/2024", "--name", "X Y", "--event", other],
      ["publish", other],
    ]) {
      const refused = await lulus(command);
      expect([command[0], refused.status, refused.stderr.includes("[register-damaged]")]).toEqual([
        command[0],
        2,
        true,
      ]);
    }
    expect(contentOf(other)).toEqual(before);
  });

  test("a register that lost its end is found out by the site", async () => {
    const path = join(newFolder(), "cut.db");
    copyFileSync(register(), path);
    tamper(
      path,
      "DELETE FROM rendering WHERE certificate = 3",
      "DELETE FROM log WHERE id = (SELECT max(id) FROM log)",
    );
    expect((await lulus(["register", "check", "--register", path])).status).toBe(0);
    for (const site of [join(folder, "site"), join(folder, "site", "register.json")]) {
      const { status, stdout } = await lulus(["register", "check", "--register", path, "--site", site]);
      expect([status, stdout.includes("[tail]")]).toEqual([1, true]);
    }
  });

  test("bits that make the driver stumble, and files that are no register, are findings as well", async () => {
    const path = join(newFolder(), "broken.db");
    const bytes = readFileSync(register());
    bytes[bytes.indexOf("Budi Santoso")] = 0xff;
    writeFileSync(path, bytes);
    const { status, stdout } = await lulus(["register", "check", "--register", path]);
    expect([status, stdout.includes("no text any more")]).toEqual([1, true]);
    writeFileSync(path, bytes.subarray(0, 5000));
    expect((await lulus(["register", "check", "--register", path])).status).toBe(1);
    writeFileSync(path, "number,name\n".repeat(500));
    expect((await lulus(["register", "check", "--register", path])).status).toBe(1);
  });
});

describe("register export and import", () => {
  test("a lost register is restored to the same, and renders the same certificates", async () => {
    const text = await lulus(["register", "export", folder]);
    expect(text.status).toBe(0);
    const other = writeFiles(newFolder(), [
      ["event.yaml", smallEvent["event.yaml"] ?? ""],
      ["register.jsonl", text.stdout],
    ]);
    const imported = await lulus(["register", "import", join(other, "register.jsonl"), "--event", other]);
    expect([imported.status, imported.stdout.includes("entries added to 0")]).toEqual([0, true]);
    expect((await lulus(["register", "export", other])).stdout).toBe(text.stdout);
    expect((await lulus(["render", other])).status).toBe(0);
    expect(pdfs(other)).toEqual(pdfs(folder));
    expect(readdirSync(other).sort()).toEqual(["certificates", "event.yaml", "lulus.db", "register.jsonl"]);
  });

  test("into a file, whole or not at all; from standard input", async () => {
    const out = join(newFolder(), "register.jsonl");
    expect((await lulus(["register", "export", folder, "--out", out])).status).toBe(0);
    const input = readFileSync(out, "utf8");
    const path = join(newFolder(), "restored.db");
    const cut = await lulus(["register", "import", "-", "--register", path], { input: input.slice(0, -200) });
    expect([cut.status, existsSync(path)]).toEqual([2, false]);
    expect((await lulus(["register", "import", "-", "--register", path], { input })).status).toBe(0);
    expect(
      (await lulus(["register", "check", "--register", path, "--site", join(folder, "site")])).status,
    ).toBe(0);
    rmSync(path);
  });

  test("a register with another history is left alone", async () => {
    const other = copyOfFolder();
    const { stdout } = await lulus(["register", "export", folder]);
    writeFiles(other, [["register.jsonl", stdout]]);
    rmSync(join(other, "lulus.db"));
    await lulus(["issue", other]);
    const before = readFileSync(join(other, "lulus.db"));
    const { status, stderr } = await lulus([
      "register",
      "import",
      join(other, "register.jsonl"),
      "--event",
      other,
    ]);
    expect([status, stderr.includes("[register-other]")]).toEqual([2, true]);
    expect(readFileSync(join(other, "lulus.db")).equals(before)).toBe(true);
  });
});

/** The whole event as it is, key and all. */
function copyOfFolder(): string {
  const other = newFolder();
  cpSync(folder, other, { recursive: true });
  return other;
}
