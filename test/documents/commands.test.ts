import { spawnSync } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { appendFileSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Command } from "commander";
import { beforeAll, describe, expect, test } from "vitest";
import { program } from "../../src/cli/program.js";
import { table } from "../../src/cli/table/rows.js";
import { copyOf, lulus, newFolder } from "../cli/lulus.js";
import { hasCertificates, startMailServer } from "../send/mailServer.js";
import { commandsOf, mentionsOf, pages, root, type Shown } from "./commands.js";

/** What no test can run, and why. */
const notRun: readonly (readonly [RegExp, string])[] = [
  [/^npm (?:ci|link|test)$/, "they install the program and run these tests"],
  [/^npm run (?:bench|fuzz|faults) /, "they measure for minutes"],
  [/^lulus preview$/, "it listens until Ctrl-C; test/preview talks to it"],
  [/ --site https:/, "it needs a network; test/verify gives it a site"],
  [/^gh /, "it writes to somebody's repository"],
];

/** Words in code that are no commands: the label of a hash. */
const noCommands = ["lulus notice", "lulus checkpoint", "lulus record"];

/** Commands whose answer is "not all", as their page says. */
const endsWithOne = [/ --strict /];

const prepared: { event: string; bin: string; mail: Readonly<Record<string, string>> } = {
  event: "",
  bin: "",
  mail: {},
};

/** An event that has issued, and the files that documents take for granted. */
beforeAll(async () => {
  const event = copyOf("webinar");
  for (const file of ["attendance", "quiz"].flatMap((dir) =>
    readdirSync(join(event, dir)).map((name) => join(event, dir, name)),
  ))
    writeFileSync(
      file,
      readFileSync(file, "utf8").replaceAll("ahmad.salih286@kampus.example", "siti@example.go.id"),
    );
  expect(await lulus(["key", "create", event, "--no-passphrase"])).toMatchObject({ status: 0 });
  expect(await lulus(["issue", event])).toMatchObject({ status: 0 });
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(join(event, "office-key.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  const [certificate = ""] = readdirSync(join(event, "certificates")).filter((name) => name.endsWith(".pdf"));
  cpSync(join(event, "certificates", certificate), join(event, "design.pdf"));
  const bin = newFolder();
  writeFileSync(
    join(bin, "lulus"),
    `#!/bin/sh\nexec "${process.execPath}" "${join(root, "bin/lulus.js")}" "$@"\n`,
    {
      mode: 0o755,
    },
  );
  appendFileSync(
    join(event, "event.yaml"),
    'mail: { from: "Badan Pelatihan <sertifikat@badan.example>", per_minute: 100000, connections: 1 }\n',
  );
  Object.assign(prepared, { event, bin, mail: hasCertificates ? await mailAccess() : {} });
});

/** What the person has set up before: a server that takes their mail. */
async function mailAccess(): Promise<Record<string, string>> {
  const { port, ca } = await startMailServer();
  return { LULUS_SMTP_URL: `smtp://localhost:${port}`, NODE_EXTRA_CA_CERTS: ca };
}

/** A copy of the prepared event; for the README, which is read in the project's folder, as its sample event. */
function folderFor(page: string): string {
  const folder = newFolder();
  cpSync(prepared.event, page === "README.md" ? join(folder, "fixtures/webinar") : folder, {
    recursive: true,
  });
  if (page !== "README.md") return folder;
  mkdirSync(join(folder, "bin"));
  writeFileSync(
    join(folder, "bin/lulus.js"),
    `await import(${JSON.stringify(join(root, "bin/lulus.js"))});\n`,
  );
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
  return folder;
}

/** What the person at the terminal would be asked. */
const typed = { LULUS_KEY_PASSPHRASE: "kata sandi untuk uji" };

/** Letters that every key makes anew. */
function masked(text: string): string {
  return text.replace(/\b(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}\b/g, "CODE").trimEnd();
}

/** Whether the lines stand in the text as they are shown, `…` being any number of lines. */
function shows(text: string, answer: readonly string[]): boolean {
  const pattern = answer
    .map((line) => (line.trim() === "…" ? "[^]*?" : `${escaped(masked(line))}\n`))
    .join("");
  return new RegExp(`^${pattern}`, "m").test(`${text.split("\n").map(masked).join("\n")}\n`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}

function run({ command }: Shown, cwd: string, home: string): { status: number | null; said: string } {
  const env = {
    PATH: `${prepared.bin}:${process.env.PATH}`,
    HOME: home,
    NO_COLOR: "1",
    CI: "1",
    ...typed,
    ...prepared.mail,
  };
  const ended = spawnSync("sh", ["-c", `{ ${command.replace(/^npm ci && /, "")}\n} 2>&1`], {
    cwd,
    env,
    encoding: "utf8",
  });
  return { status: ended.status, said: ended.stdout };
}

const isRun = ({ command, at }: Shown) =>
  !notRun.some(([pattern]) => pattern.test(command)) && (hasCertificates || !at.startsWith("docs/mail.md"));

describe("every command that a document shows", () => {
  test.each(pages.filter((page) => commandsOf(page).some(isRun)))("works as %s says", (page) => {
    const home = folderFor(page);
    let cwd = home;
    for (const shown of commandsOf(page).filter(isRun)) {
      const [, into] = /^cd (\S+)$/.exec(shown.command) ?? [];
      if (into !== undefined) {
        cwd = join(cwd, into);
        continue;
      }
      const { status, said } = run(shown, cwd, home);
      const expected = endsWithOne.some((pattern) => pattern.test(shown.command)) ? 1 : 0;
      expect({ ...shown, said, status }).toEqual({ ...shown, said, status: expected });
      if (shown.answer.length > 0 && !shows(said, shown.answer)) expect(said).toBe(shown.answer.join("\n"));
    }
  });

  test("what is not run stands in some document still", () => {
    const all = pages.flatMap(commandsOf).map(({ command }) => command);
    expect(notRun.filter(([pattern]) => !all.some((command) => pattern.test(command)))).toEqual([]);
  });
});

/** The words of a command line up to a pipe or a redirection. */
function wordsOf(command: string): string[] {
  const words = [...command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? "");
  const end = words.findIndex((word) => /^(?:\||>>?|&&|;)$/.test(word));
  return words.slice(1, end < 0 ? undefined : end);
}

/** @throws if commander does not take the line: an unknown command or option, or an argument too many */
async function parse(command: string): Promise<void> {
  const lulusCommand = program();
  for (const each of everyCommand(lulusCommand)) {
    each.configureOutput({ writeOut: () => {}, writeErr: () => {}, outputError: () => {} });
    if (each.commands.length === 0) each.action(() => {});
  }
  await lulusCommand.parseAsync(wordsOf(command), { from: "user" });
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}

describe("every command that is mentioned", () => {
  const mentioned = pages
    .flatMap(mentionsOf)
    .filter(({ command }) => command.includes(" ") && !/\.\.\.|…/.test(command.replace(/"[^"]*"/g, "")))
    .filter(({ command }) => !noCommands.some((words) => command.startsWith(words)));

  test("in the sentences of a document is one, with options that there are", async () => {
    expect(mentioned.length).toBeGreaterThan(30);
    for (const { at, command } of mentioned) {
      // a command alone is its name, without the arguments that it needs
      const isName = /^lulus [a-z]+(?: [a-z]+)?$/.test(command);
      await parse(isName ? `${command} --help` : command).catch((error: Error & { exitCode?: number }) => {
        if (error.exitCode !== 0) throw new Error(`${at}: ${command}: ${error.message}`);
      });
    }
  });

  test("among the examples of a help page is one of that command", async () => {
    for (const { usage, examples } of table.rows) {
      const [first = "", second = ""] = usage.split(" ");
      const name = first in table.groups ? `lulus ${first} ${second}` : `lulus ${first}`;
      for (const example of examples) {
        expect(`${example} `).toContain(`${name} `);
        await parse(example);
      }
    }
  });
});

test("every page is in the index, and says in its first line which question it answers", () => {
  const index = readFileSync(join(root, "docs/README.md"), "utf8");
  const others = pages.filter((page) => page.startsWith("docs/") && page !== "docs/README.md");
  expect(others.filter((page) => !index.includes(`](${page.slice("docs/".length)})`))).toEqual([]);
  const titles = others.map((page) => readFileSync(join(root, page), "utf8").split("\n", 1)[0]);
  expect(titles.filter((title) => !/^# .+\?$/.test(title ?? ""))).toEqual([]);
});
