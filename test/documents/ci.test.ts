import { spawnSync } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { smallEvent } from "../cli/event.js";
import { contentOf, lulus, newFolder, writeFiles } from "../cli/lulus.js";
import { needs } from "../tools.js";
import { forgeWith, type Happening, onGitHub, onGitLab } from "./runner.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const workflow = join(root, "docs/ci/github.yml");
const pipeline = join(root, "docs/ci/gitlab.yml");

let key = "";
let bin = "";

beforeAll(async () => {
  const folder = writeFiles(newFolder(), Object.entries(smallEvent));
  await lulus(["key", "create", folder, "--no-passphrase"]);
  key = readFileSync(join(folder, "keys/issuer.pem"), "utf8");
  // the forge's own program: it writes down what it is told to say
  bin = newFolder();
  writeFileSync(join(bin, "gh"), '#!/bin/sh\necho "$*" > "$HOME/said.txt"\ncat "$7" > "$HOME/comment.md"\n', {
    mode: 0o755,
  });
});

/** A repository as `lulus init` would leave it: the key is not in it. */
function repository() {
  const files = { ...smallEvent, ".gitignore": "keys/*\ncertificates/\nlulus.db*\n" };
  return forgeWith(writeFiles(newFolder(), Object.entries(files)));
}

function happening(remote: string, event: "pull_request" | "push"): Happening {
  return {
    remote,
    branch: "main",
    bin: `${join(home, "bin")}:${bin}`,
    context: {
      "github.event_name": event,
      "github.event.number": "12",
      "github.ref_name": "main",
      "github.token": "a token",
      "secrets.LULUS_KEY": key,
      "secrets.LULUS_KEY_PASSPHRASE": "",
    },
    // the program of this test run in the place of what was packed, and npm's folder of its own
    env: { LULUS: root, npm_config_prefix: home },
  };
}
const home = newFolder();

const numbers = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".pdf"))
    .sort();

/** Ketut, whose attendance is too short by a second, and somebody who answered late. */
function lateResults(clone: string): void {
  appendFileSync(
    join(clone, "zoom.csv"),
    'Dewi Lestari,dewi@x.example,"10/24/2024 09:00:00 AM","10/24/2024 11:00:00 AM",120,Yes\n',
  );
  appendFileSync(join(clone, "quiz.csv"), "10/25/2024 08:00:00,dewi@x.example,9 / 10,Dewi Lestari\n");
}

const registerIn = (remote: string) =>
  spawnSync("git", ["-C", remote, "show", "main:register.jsonl"], { encoding: "utf8", maxBuffer: 1 << 28 })
    .stdout;

/** Each run is a machine of its own, with some ten commands. */
const patience = 180_000;

describe.runIf(needs("git"))("the workflow for GitHub", { timeout: patience }, () => {
  test("answers a pull request with the dry run, and needs no secret for it", () => {
    const { remote } = repository();
    const before = registerIn(remote);
    const asked = happening(remote, "pull_request");
    const context = Object.fromEntries(
      Object.entries(asked.context).filter(([name]) => !name.startsWith("secrets.")),
    );
    const [ran, ...others] = onGitHub(workflow, { ...asked, context });
    expect({ log: ran?.log, failed: ran?.failed, others }).toEqual({
      log: ran?.log,
      failed: null,
      others: [],
    });
    expect(ran?.summary).toContain("Menulis Notula yang Dibaca Orang");
    const report = ran?.artifacts.get("report") ?? "";
    expect(readdirSync(report).sort()).toEqual(["decisions.csv", "report.html", "summary.md"]);
    const said = join(report, "../../said.txt");
    expect(readFileSync(said, "utf8")).toMatch(/^pr comment 12 --edit-last --create-if-none --body-file /);
    expect(readFileSync(join(report, "../../comment.md"), "utf8")).toBe(ran?.summary);
    expect(registerIn(remote) === before).toBe(true);
  });

  test("stops a pull request while somebody waits for a ruling, after it has said so", () => {
    const { remote, commit } = repository();
    commit((clone) =>
      writeFileSync(
        join(clone, "zoom.csv"),
        readFileSync(join(clone, "zoom.csv"), "utf8").replace("Budi Santoso,,", "Budi Santosa,,"),
      ),
    );
    const [ran] = onGitHub(workflow, happening(remote, "pull_request"));
    expect(ran?.failed).toBe("Nobody waits for a ruling");
    expect(ran?.summary).toContain("Budi Santosa");
    expect([...(ran?.artifacts.keys() ?? [])]).toEqual(["report"]);
  });

  test("issues on a merge, and on the next one only to the newcomers, from the register in git", () => {
    const { remote, commit } = repository();
    const [first] = onGitHub(workflow, happening(remote, "push"));
    expect({ log: first?.log, failed: first?.failed }).toEqual({ log: first?.log, failed: null });
    const before = contentOf(first?.artifacts.get("certificates") ?? "");
    expect(numbers(first?.artifacts.get("certificates") ?? "")).toHaveLength(2);
    expect(readdirSync(first?.artifacts.get("site") ?? "")).toContain("index.html");
    const register = registerIn(remote);
    expect(["Siti Aminah", "PRIVATE KEY"].map((text) => register.includes(text))).toEqual([true, false]);

    commit(lateResults);
    const [second] = onGitHub(workflow, happening(remote, "push"));
    expect({ log: second?.log, failed: second?.failed }).toEqual({ log: second?.log, failed: null });
    expect(second?.log).toContain("1 issued");
    const after = contentOf(second?.artifacts.get("certificates") ?? "");
    expect([...after.keys()].filter((file) => !before.has(file))).toEqual([
      "0003-coba-1-2024-Dewi-Lestari.pdf",
    ]);
    for (const [file, bytes] of before)
      if (file.endsWith(".pdf")) expect(after.get(file) === bytes).toBe(true);
    // what was there stays as it stood, but for the closing line
    expect(registerIn(remote).startsWith(register.slice(0, register.trimEnd().lastIndexOf("\n")))).toBe(true);

    const head = () => spawnSync("git", ["-C", remote, "rev-parse", "main"], { encoding: "utf8" }).stdout;
    const [kept, known] = [head(), registerIn(remote)];
    const [third] = onGitHub(workflow, happening(remote, "push"));
    expect({ log: third?.log, failed: third?.failed }).toEqual({ log: third?.log, failed: null });
    expect(third?.log).toContain("0 issued");
    expect([head(), registerIn(remote) === known]).toEqual([kept, true]);
  });

  test("without a key hands out nothing and keeps nothing", () => {
    const { remote } = repository();
    const pushed = happening(remote, "push");
    const [ran] = onGitHub(workflow, { ...pushed, context: { ...pushed.context, "secrets.LULUS_KEY": "" } });
    expect(ran?.failed).toBe("Issue");
    expect(ran?.log).toContain("hint:");
    expect([...(ran?.artifacts.keys() ?? []), registerIn(remote)]).toEqual([""]);
  });
});

describe.runIf(needs("git"))("the pipeline for GitLab", { timeout: patience }, () => {
  test("reports, issues, and issues to the newcomers", () => {
    const { remote, commit } = repository();
    const asked = happening(remote, "push");
    const merged = { ...asked, env: { ...asked.env, LULUS_KEY: key, REGISTER_REMOTE: remote } };
    const report = onGitLab(pipeline, "check", asked);
    expect({ log: report.log, failed: report.failed }).toEqual({ log: report.log, failed: null });
    expect(readdirSync(report.artifacts.get("report") ?? "")).toContain("report.html");
    const first = onGitLab(pipeline, "issue", merged);
    expect({ log: first.log, failed: first.failed }).toEqual({ log: first.log, failed: null });
    commit(lateResults);
    const second = onGitLab(pipeline, "issue", merged);
    expect({ log: second.log, failed: second.failed }).toEqual({ log: second.log, failed: null });
    expect(second.log).toContain("1 issued");
    expect(numbers(second.artifacts.get("certificates") ?? "")).toHaveLength(3);
    expect([...second.artifacts.keys()].sort()).toEqual(["certificates", "report", "site"]);
  });
});
