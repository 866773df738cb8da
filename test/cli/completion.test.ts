import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { needs } from "../tools.js";
import { lulus, newFolder, writeFiles } from "./lulus.js";

const scripts = new Map<string, string>();
const folder = newFolder();

beforeAll(async () => {
  writeFiles(folder, [
    ["rekap akhir.csv", ""],
    ["rekap.pdf", ""],
    ["rekaman/x.csv", ""],
  ]);
  for (const shell of ["bash", "zsh", "fish", "powershell"]) {
    const { status, stdout, stderr } = await lulus(["completion", shell]);
    expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: "" });
    scripts.set(shell, join(folder, `.completion.${shell}`));
    writeFileSync(join(folder, `.completion.${shell}`), stdout);
  }
});

/** What bash offers for a line whose words it has split, `=` being one of its own. */
function inBash(...words: readonly string[]): string[] {
  const script = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _lulus; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return offered("bash", ["--norc", "-c", script, "bash", scripts.get("bash") ?? "", "lulus", ...words]);
}

function inFish(...words: readonly string[]): string[] {
  const script = `source $argv[1]; complete -C "$argv[2]"`;
  const line = ["lulus", ...words].join(" ");
  return offered("fish", ["--no-config", "-c", script, scripts.get("fish") ?? "", line]).map(
    (line) => line.split("\t")[0] ?? "",
  );
}

/** zsh completes nowhere but at a prompt, so it is given one. */
function inZsh(...words: readonly string[]): string[] {
  const script = `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PROMPT=; autoload -Uz compinit && compinit -u -D; source "'$1'"; stty -echo; zstyle ":completion:*" list-separator "#"; LISTMAX=10000; unsetopt always_last_prompt; echo REA""DY'
while zpty -r shell line; do [[ $line == *READY* ]] && break; done
zpty -w -n shell "$2"$'\\t\\t'
sleep 1
zpty -w -n shell $'\\C-u'"echo FIN\\"\\"ISHED"$'\\n'
while zpty -r shell line; do print -r -- "$line"; [[ $line == *FINISHED* ]] && break; done
`;
  const line = ["lulus", ...words].join(" ");
  return offered("zsh", ["-f", "-c", script, "zsh", scripts.get("zsh") ?? "", line]);
}

function offered(shell: string, parameters: readonly string[]): string[] {
  const { stdout, stderr } = spawnSync(shell, parameters, { cwd: folder, encoding: "utf8", timeout: 30_000 });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((line) => line !== "");
}

const shells = [
  { shell: "bash", complete: inBash },
  { shell: "fish", complete: inFish },
].filter(({ shell }) => needs(shell));

describe.each(shells)("completion in $shell", ({ complete }) => {
  test("offers commands, and those of a group behind its name", () => {
    expect(complete("")).toEqual(expect.arrayContaining(["check", "issue", "key", "completion"]));
    expect(complete("che")).toEqual(["check"]);
    expect(complete("key", "c").sort()).toEqual(["compromised", "create"]);
    expect(complete("--quiet", "key", "s")).toEqual(["show"]);
  });

  test("offers the options of the command at hand and of no other", () => {
    expect(complete("check", "--re").sort()).toEqual(["--report", "--review"]);
    expect(complete("key", "create", "--if")).toEqual(["--if-missing"]);
    expect(complete("issue", "--se")).toEqual([]);
  });

  test("offers the words that an option or a command knows", () => {
    expect(complete("revoke", "--reason", "m")).toEqual(["mistake"]);
    expect(complete("schema", "t")).toEqual(["template"]);
    expect(complete("template", "new", "x", "--like", "p")).toEqual(["piagam"]);
  });

  test("offers files where a file belongs, names with blanks whole, and folders where a folder belongs", () => {
    const files = complete("check", "--report", "reka").map((path) => path.replaceAll("\\", ""));
    expect(files).toEqual(expect.arrayContaining(["rekap akhir.csv", "rekap.pdf"]));
    expect(complete("render", "--out", "reka").map((path) => path.replace(/\/$/, ""))).toEqual(["rekaman"]);
    expect(complete("verify", "rekap.")).toEqual(["rekap.pdf"]);
  });
});

test.runIf(needs("bash"))("bash completes behind an equals sign too", () => {
  expect(inBash("check", "--report", "=", "rekap.")).toEqual(["rekap.pdf"]);
  expect(inBash("check", "--report", "=")).toContain("rekap.pdf");
});

test.runIf(needs("zsh"))("zsh takes the script, and offers commands and options", () => {
  expect(spawnSync("zsh", ["-n", scripts.get("zsh") ?? ""], { encoding: "utf8" })).toMatchObject({
    status: 0,
    stderr: "",
  });
  expect(inZsh("key", "").join("\n")).toMatch(/create[\s\S]*rotate/);
  expect(inZsh("check", "--re").join("\n")).toMatch(/--report[\s\S]*--review/);
});

/** Installed on its own: `npm ci --ignore-scripts --prefix test/interop`. */
const interop = new URL("../interop/node_modules/", import.meta.url);
const grammar = new URL("tree-sitter-powershell/tree-sitter-powershell.wasm", interop);
const hasGrammar = existsSync(grammar);
if (!hasGrammar) console.warn("test/interop is not installed: the grammar of PowerShell is not asked");

test.runIf(hasGrammar)(
  "a grammar of PowerShell takes the script, and no table in it names a key twice",
  async () => {
    const { Language, Parser } = await import(new URL("web-tree-sitter/web-tree-sitter.js", interop).href);
    await Parser.init();
    const parser = new Parser();
    parser.setLanguage(await Language.load(fileURLToPath(grammar)));
    const { rootNode } = parser.parse(readFileSync(scripts.get("powershell") ?? "", "utf8"));
    expect(rootNode.hasError).toBe(false);
    expect(parser.parse("foreach ($x in {").rootNode.hasError).toBe(true);
    type Node = {
      children: Node[];
      childForFieldName(name: string): Node | null;
      text: string;
      type: string;
    };
    const tables: Node[] = rootNode.descendantsOfType("hash_literal_body");
    expect(
      tables.flatMap(({ children }) => children.filter(({ type }) => type === "hash_entry")).length,
    ).toBeGreaterThan(200);
    for (const table of tables) {
      // to PowerShell `-V` and `-v` are one key
      const keys = table.children
        .filter(({ type }) => type === "hash_entry")
        .map(({ children: [key] }) => key?.text.toLowerCase());
      expect(keys).toEqual([...new Set(keys)]);
    }
  },
);

test("for a shell that is not known it is wrong usage, and the near one is told", async () => {
  expect(await lulus(["completion", "bahs"])).toMatchObject({
    status: 2,
    stdout: "",
    stderr: expect.stringContaining("hint: did you mean `lulus completion bash`?"),
  });
});
