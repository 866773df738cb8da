import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { needs } from "../tools.js";
import { smallEvent } from "./event.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";
import { inTerminal } from "./terminal.js";

const script = fileURLToPath(new URL("./working.js", import.meta.url));
const small = () => writeFiles(newFolder(), Object.entries(smallEvent));

async function withKey(): Promise<string> {
  const folder = small();
  await lulus(["key", "create", folder, "--no-passphrase", "--quiet"]);
  return folder;
}

const objectsIn = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

describe("with --json", () => {
  test("stdout holds the one object of the answer, stderr an object a line about the work", async () => {
    const { status, stdout, stderr } = await lulus(["issue", await withKey(), "--json"]);
    expect(status).toBe(0);
    expect(objectsIn(stdout)).toEqual([
      expect.objectContaining({ schema: "lulus.issue/1", issued: 2, written: 2 }),
    ]);
    const step = { schema: "lulus.progress/1", step: "certificates", total: 2, unit: "pieces" };
    expect(objectsIn(stderr)).toEqual([
      { ...step, done: 0, seconds: expect.any(Number), seconds_left: null },
      { ...step, done: 2, seconds: expect.any(Number), seconds_left: 0 },
    ]);
  });

  test("where nothing is left to be done nothing is told of it", async () => {
    const folder = await withKey();
    await lulus(["issue", folder]);
    expect(await lulus(["issue", folder, "--json"])).toMatchObject({ status: 0, stderr: "" });
    expect(await lulus(["check", folder, "--json"])).toMatchObject({ status: 0, stderr: "" });
  });

  test("work that lasts is told of once a second, and how long it will last", async () => {
    const { stderr } = await ended(["30", "--json"]);
    const told = objectsIn(stderr);
    expect(told.length).toBeGreaterThanOrEqual(3);
    expect(told.length).toBeLessThan(10);
    expect(told[1]).toMatchObject({ unit: "pieces", seconds_left: expect.any(Number) });
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
    expect(told.at(-1)).toMatchObject({ done: 30, total: 30 });
  });
});

test("--quiet leaves the answer alone, whatever the command", async () => {
  const folder = await withKey();
  const number = "0001/coba-1/2024";
  for (const parameters of [
    ["check"],
    ["check", "--report", "report.html"],
    ["check", "--review", "questions.csv"],
    ["issue"],
    ["explain", "Siti Aminah"],
    ["render", "--zip", "all.zip"],
    ["verify", "certificates", "--event", "."],
    ["revoke", number, "--reason", "request"],
    ["reissue", "0002/coba-1/2024", "--name", "Siti Aminah"],
    ["publish"],
    ["publish", "--single-file", "check.html"],
    ["export", "openbadges"],
    ["register", "list"],
    ["register", "show", number],
    ["register", "check"],
    ["register", "export", "--out", "register.jsonl"],
    ["register", "import", "register.jsonl"],
    ["template", "new", "own", "--like", "modern"],
    ["template", "check", "own"],
    ["key", "show"],
    ["key", "rotate", "--no-passphrase"],
    ["init", "next", "--example"],
    ["schema"],
    ["completion", "bash"],
  ]) {
    const { status, stderr } = await lulus(["--quiet", ...parameters], { cwd: folder });
    expect({ parameters, status, stderr }).toEqual({ parameters, status: expect.any(Number), stderr: "" });
    expect({ parameters, status }).not.toEqual({ parameters, status: 2 });
  }
});

describe("colour", () => {
  const colourBegins = String.fromCharCode(27);
  const inColour = async (env: Record<string, string>, parameters = ["check"]) => {
    const { stdout, stderr } = await lulus(parameters, { cwd: small(), env });
    return [stdout, stderr].some((text) => text.includes(colourBegins));
  };

  test("is nowhere but on a terminal, unless it is forced", async () => {
    expect(await inColour({ NO_COLOR: "" })).toBe(false);
    expect(await inColour({ NO_COLOR: "", FORCE_COLOR: "1" })).toBe(true);
    expect(await inColour({ NO_COLOR: "", FORCE_COLOR: "1" }, ["issue"])).toBe(true);
  });

  test.runIf(needs("tmux"))("NO_COLOR keeps it from a terminal as well", async () => {
    const colours = async (env: Record<string, string>) => {
      const terminal = await inTerminal(["check"], small(), { env });
      await terminal.until("status 0");
      const seen = terminal.screen({ withColours: true }).includes(colourBegins);
      terminal.end();
      return seen;
    };
    expect([await colours({}), await colours({ NO_COLOR: "1" })]).toEqual([true, false]);
  });
});

/** The working script, without a terminal. */
function ended(parameters: readonly string[]): Promise<{ stderr: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...parameters]);
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("close", () => resolve({ stderr }));
  });
}

describe.runIf(needs("tmux"))("a terminal", () => {
  test("shows how far the work is, and then nothing of it", async () => {
    const terminal = await inTerminal(["60"], newFolder(), { script });
    await terminal.until("certificates ");
    await terminal.until("/60 · ");
    expect(terminal.knows("cursor_flag")).toBe("0");
    await terminal.until("status 0");
    expect(terminal.screen()).not.toContain("certificates");
    expect(terminal.knows("cursor_flag")).toBe("1");
    terminal.end();
  });

  test("has its cursor again after Ctrl-C", async () => {
    const terminal = await inTerminal(["2000"], newFolder(), { script });
    await terminal.until("/2000 · ");
    await terminal.keys("C-c");
    await terminal.until("status 130");
    expect(terminal.knows("cursor_flag")).toBe("1");
    terminal.end();
  });

  test.each([{ CI: "true" }, { TERM: "dumb" }])("with %j has no bar", async (env) => {
    const terminal = await inTerminal(["30"], newFolder(), { script, env });
    await terminal.until("status 0");
    expect(terminal.screen().trim()).toBe("status 0");
    terminal.end();
  });

  test("in CI is asked nothing", async () => {
    const folder = small();
    const terminal = await inTerminal(["key", "create"], folder, { env: { CI: "true" } });
    await terminal.until("status 2");
    expect(terminal.screen()).toContain("hint:");
    expect(existsSync(join(folder, "keys"))).toBe(false);
    terminal.end();
  });
});
