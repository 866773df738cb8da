import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { needs } from "../tools.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";
import { inTerminal } from "./terminal.js";

const small = () => writeFiles(newFolder(), Object.entries(smallEvent));
const keyOf = (folder: string) => join(folder, "keys", "issuer.pem");

describe("key create", () => {
  test("makes a key that its owner alone can read", async () => {
    const folder = small();
    const { status, stdout } = await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
    expect({ status, stdout }).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^keys\/issuer\.pem {2}[0-9a-f]{16}\n/),
    });
    expect(statSync(keyOf(folder)).mode & 0o777).toBe(0o600);
    expect(readFileSync(keyOf(folder), "utf8")).toMatch(/BEGIN PRIVATE KEY[\s\S]*BEGIN PUBLIC KEY/);
  });

  test("never writes over a key; --if-missing makes that no error", async () => {
    const folder = small();
    await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
    const before = readFileSync(keyOf(folder));
    expect(await lulus(["key", "create", "--no-passphrase"], { cwd: folder })).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("there is a signing key already"),
    });
    expect(await lulus(["key", "create", "--no-passphrase", "--if-missing"], { cwd: folder })).toMatchObject({
      status: 0,
    });
    expect(readFileSync(keyOf(folder))).toEqual(before);
  });

  test("without a terminal and without a passphrase it makes nothing and says how", async () => {
    const folder = small();
    const { status, stderr } = await lulus(["key", "create"], { cwd: folder });
    expect(status).toBe(2);
    expect(stderr).toContain("hint: give it in LULUS_KEY_PASSPHRASE_FILE");
    expect(existsSync(keyOf(folder))).toBe(false);
  });

  test("with a passphrase the key is encrypted, and signs with it and not without", async () => {
    const folder = small();
    const env = { LULUS_KEY_PASSPHRASE: "kata sandi yang panjang" };
    expect(await lulus(["key", "create"], { cwd: folder, env })).toMatchObject({ status: 0 });
    expect(readFileSync(keyOf(folder), "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    expect(await lulus(["issue"], { cwd: folder })).toMatchObject({ status: 2 });
    expect(await lulus(["issue"], { cwd: folder, env: { LULUS_KEY_PASSPHRASE: "salah" } })).toMatchObject({
      status: 2,
    });
    expect(existsSync(join(folder, "lulus.db"))).toBe(false);
    expect(await lulus(["issue"], { cwd: folder, env })).toMatchObject({ status: 0 });
    const words = await lulus(["verify", "certificates", "--event", "."], { cwd: folder });
    expect(words).toMatchObject({ status: 0, stdout: expect.stringContaining("genuine") });
  });

  test.runIf(needs("tmux"))("a slip in typing the passphrase is asked for again", async () => {
    const folder = small();
    await lulus(["key", "create"], { cwd: folder, env: { LULUS_KEY_PASSPHRASE: "kata sandi" } });
    const terminal = await inTerminal(["issue", "--quiet"], folder);
    await terminal.until("Passphrase of");
    await terminal.keys("kata sandu", "Enter");
    await terminal.until("Once more");
    await terminal.keys("kata sandi", "Enter");
    await terminal.until("status 0");
    expect(terminal.screen()).not.toContain("kata");
    terminal.end();
  });

  test("the key may come from the environment, as in CI, and appears in no output", async () => {
    const folder = small();
    await lulus(["key", "create", "--no-passphrase"], { cwd: folder });
    const pem = readFileSync(keyOf(folder), "utf8");
    const other = small();
    const { status, stdout, stderr } = await lulus(["issue", "--json"], {
      cwd: other,
      env: { LULUS_KEY: pem },
    });
    expect(status).toBe(0);
    const secret = pem.split("\n")[1] ?? "";
    expect(secret.length).toBeGreaterThan(40);
    expect(stdout + stderr).not.toContain(secret.slice(20, 60));
    expect(existsSync(keyOf(other))).toBe(false);
  });
});
