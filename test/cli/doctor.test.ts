import { execFileSync } from "node:child_process";
import { appendFileSync, chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import Database from "libsql";
import { describe, expect, test } from "vitest";
import { smallEvent } from "./event.js";
import { contentOf, type Ended, lulus, newFolder, writeFiles } from "./lulus.js";

interface Told {
  readonly check: string;
  readonly state: string;
  readonly message: string;
  readonly hints: readonly string[];
}

async function ready(changes: readonly (readonly [string | RegExp, string])[] = []): Promise<string> {
  const address = ["https://s.example/v", "https://sertifikat.bpa.go.id/v"] as const;
  let text = smallEvent["event.yaml"] ?? "";
  for (const [what, by] of [address, ...changes]) text = text.replace(what, by);
  const folder = writeFiles(newFolder(), Object.entries({ ...smallEvent, "event.yaml": text }));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  return folder;
}

/** What is not well, Node's own age aside: the machine decides that. */
function ailing({ stdout }: Ended): Told[] {
  const { schema, findings } = JSON.parse(stdout);
  expect(schema).toBe("lulus.doctor/1");
  return findings.filter(({ check, state }: Told) => state !== "ok" && check !== "node");
}

describe("doctor", () => {
  test("of an event that is ready: a line for each look, status 0, and nothing is written", async () => {
    const folder = await ready();
    const before = contentOf(folder);
    const { status, stdout } = await lulus(["doctor"], { cwd: folder });
    expect(status).toBe(0);
    const looks = stdout.split("\n").flatMap((line) => /^[✓!✗] (\w+)/u.exec(line)?.[1] ?? []);
    expect(looks).toEqual("node event template inputs inputs key register output address".split(" "));
    expect(ailing(await lulus(["doctor", "--json"], { cwd: folder }))).toEqual([]);
    expect(contentOf(folder)).toEqual(before);
  });

  test.each([
    {
      name: "an event file with a mistake",
      harm: (folder: string) => appendFileSync(join(folder, "event.yaml"), "awards_al: true\n"),
      check: "event",
      says: /unknown key `awards_al`/,
      hint: /did you mean `awards_all`/,
    },
    {
      name: "an input that is gone",
      harm: (folder: string) => rmSync(join(folder, "quiz.csv")),
      check: "inputs",
      says: /"quiz.csv" is no file/,
      hint: /paths are relative/,
    },
    {
      name: "an input that is no export",
      harm: (folder: string) => writeFileSync(join(folder, "zoom.csv"), "Dear team,\nhello\n"),
      check: "inputs",
      says: /Dear team/,
      hint: /./,
    },
    {
      name: "no key",
      harm: (folder: string) => rmSync(join(folder, "keys"), { recursive: true }),
      check: "key",
      says: /there is no signing key/,
      hint: /lulus key create/,
    },
    {
      name: "a key that others can read",
      harm: (folder: string) => chmodSync(join(folder, "keys/issuer.pem"), 0o644),
      check: "key",
      says: /other users of this machine/,
      hint: /chmod 600/,
    },
    {
      name: "a key that git tracks",
      harm: (folder: string) => {
        execFileSync("git", ["init", "-q"], { cwd: folder });
        execFileSync("git", ["add", "-f", "keys/issuer.pem"], { cwd: folder });
      },
      check: "key",
      says: /tracked by git/,
      hint: /git rm --cached/,
    },
    {
      name: "a register that is none",
      harm: (folder: string) => writeFileSync(join(folder, "lulus.db"), "bukan basis data".repeat(100)),
      check: "register",
      says: /register/,
      hint: /./,
    },
    {
      name: "a file in the way of the certificates",
      harm: (folder: string) => writeFileSync(join(folder, "certificates"), ""),
      check: "output",
      says: /a file is in the way/,
      hint: null,
    },
  ])("$name is told with the remedy, and the status is 1", async ({ harm, check, says, hint }) => {
    const folder = await ready();
    harm(folder);
    const ended = await lulus(["doctor", "--json"], { cwd: folder });
    const problems = ailing(ended).filter(({ state }) => state === "problem");
    expect(ended.status).toBe(1);
    expect(problems).toMatchObject([{ check, message: expect.stringMatching(says) }]);
    if (hint !== null) expect(problems[0]?.hints.join("\n")).toMatch(hint);
    expect((await lulus(["doctor"], { cwd: folder })).stdout).toContain(`✗ ${check}`);
  });

  test("a register of an earlier lulus is no problem: the next issue brings it up to date", async () => {
    const folder = await ready();
    await lulus(["issue", "--quiet"], { cwd: folder });
    const register = new Database(join(folder, "lulus.db"));
    register.exec("PRAGMA user_version = 3");
    register.close();
    const { status, stdout } = await lulus(["doctor", "--json"], { cwd: folder });
    const { findings } = JSON.parse(stdout) as { findings: { check: string }[] };
    expect(status).toBe(0);
    expect(findings.filter(({ check }) => check === "register")).toMatchObject([
      { state: "ok", message: expect.stringContaining("brings it up to date") },
    ]);
  });

  test.each([
    { by: "https://sertifikat.example/v", state: "warning", says: /leads nowhere/ },
    { by: "http://sertifikat.bpa.go.id/v", state: "warning", says: /not https/ },
    { by: "https://sertifikat.bpa.go.id/#v", state: "problem", says: /has a #/ },
  ])("the address $by", async ({ by, state, says }) => {
    const folder = await ready([["https://sertifikat.bpa.go.id/v", by]]);
    expect(ailing(await lulus(["doctor", "--json"], { cwd: folder }))).toMatchObject([
      { check: "address", state, message: expect.stringMatching(says) },
    ]);
  });

  test("a password in the event file, and a mail server that the environment does not name", async () => {
    const plain = await ready([
      [/$/, 'mail: { from: a@bpa.go.id, smtp: "smtps://u:rahasia@mail.bpa.go.id" }\n'],
    ]);
    const told = await lulus(["doctor", "--json"], { cwd: plain });
    expect(ailing(told)).toMatchObject([{ check: "mail", message: expect.stringContaining("password") }]);
    expect(told.stdout + told.stderr).not.toContain("rahasia");
    const named = await ready([[/$/, 'mail: { from: a@bpa.go.id, smtp: "env:SURAT" }\n']]);
    expect(ailing(await lulus(["doctor", "--json"], { cwd: named }))).toMatchObject([
      { check: "mail", state: "warning", message: expect.stringContaining("the environment has no SURAT") },
    ]);
    const env = { SURAT: "smtps://u:p@mail.bpa.go.id" };
    expect(ailing(await lulus(["doctor", "--json"], { cwd: named, env }))).toEqual([]);
  });

  test("where there is no event it cannot tell", async () => {
    expect(await lulus(["doctor"], { cwd: newFolder() })).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringContaining("there is no event file"),
    });
  });

  test("a site that was published before the last withdrawal, beside the event and under the address", async () => {
    const folder = newFolder();
    const published = join(folder, "site");
    const server = createServer(({ url = "" }, response) => {
      try {
        response.end(readFileSync(join(published, url.replace(/^\/v\//, ""))));
      } catch {
        response.writeHead(404).end();
      }
    });
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve(Object(server.address()).port));
    });
    try {
      const event = (smallEvent["event.yaml"] ?? "").replace(
        "https://s.example/v",
        `http://127.0.0.1:${port}/v`,
      );
      writeFiles(folder, Object.entries({ ...smallEvent, "event.yaml": event }));
      await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
      await lulus(["issue"], { cwd: folder });
      const online = async () => {
        const ended = await lulus(["doctor", "--online", "--json"], { cwd: folder });
        return ailing(ended).filter(({ check }) => check !== "address");
      };
      mkdirSync(published);
      expect(await online()).toMatchObject([
        { check: "site", message: expect.stringContaining("no keys.json") },
        { check: "online", message: expect.stringContaining("no keys.json") },
      ]);
      await lulus(["publish"], { cwd: folder });
      expect(await online()).toEqual([]);
      await lulus(["revoke", "0001/coba-1/2024", "--reason", "mistake"], { cwd: folder });
      const late = {
        state: "problem",
        message: expect.stringContaining("1 withdrawn since it was published"),
      };
      expect(await online()).toMatchObject([
        { check: "site", ...late },
        { check: "online", ...late },
      ]);
      await lulus(["publish"], { cwd: folder });
      expect(await online()).toEqual([]);
      await lulus(["key", "rotate", "--no-passphrase"], { cwd: folder });
      expect(await online()).toMatchObject([
        { check: "site", message: expect.stringContaining("lacks the key") },
        { check: "online", message: expect.stringContaining("lacks the key") },
      ]);
    } finally {
      server.close();
    }
    const unreachable = ailing(await lulus(["doctor", "--online", "--json"], { cwd: folder }));
    expect(unreachable.find(({ check }) => check === "online")?.message).toContain("does not answer");
  });
});
