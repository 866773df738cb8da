import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** A command that a document shows, and what it says comes of it. */
export interface Shown {
  /** file and line */
  readonly at: string;
  readonly command: string;
  /** lines of the answer; `…` stands for any number of them. Empty in a block that shows commands alone */
  readonly answer: readonly string[];
}

/** The pages that people read, relative to the project. */
export const pages: readonly string[] = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((file) => file.endsWith(".md"))
    .map((file) => `docs/${file}`),
];

/** Every command of every `sh` and `console` block of a page, in its order. */
export function commandsOf(page: string): Shown[] {
  const found: Shown[] = [];
  let block = "";
  let indent = 0;
  for (const [index, written] of linesOf(page).entries()) {
    const [, blanks = "", fence] = /^( *)```(\w*)/.exec(written) ?? [];
    if (fence !== undefined) {
      block = block === "" ? fence || "text" : "";
      indent = blanks.length;
      continue;
    }
    // a block that belongs to a point of a list stands as far in as its text
    const line = written.slice(indent);
    const at = `${page}:${index + 1}`;
    const command = commandIn(line, block);
    if (command !== null) found.push({ at, command, answer: [] });
    else if (block === "console") addAnswer(found, line, at);
  }
  return found;
}

function addAnswer(found: Shown[], line: string, at: string): void {
  const last = found.pop();
  if (last === undefined) throw new Error(`${at}: an answer without a command`);
  found.push({ ...last, answer: [...last.answer, line] });
}

function commandIn(line: string, block: string): string | null {
  if (block === "console") return line.startsWith("$ ") ? line.slice(2) : null;
  if (block !== "sh") return null;
  const command = line.replace(/(?:^|\s{2,})# .*$/, "").trim();
  return command === "" ? null : command;
}

/** Every `lulus …` within the sentences and tables of a page. */
export function mentionsOf(page: string): { readonly at: string; readonly command: string }[] {
  return linesOf(page).flatMap((line, index) =>
    [...line.matchAll(/`(lulus(?: [^`]*)?)`/g)].map(([, command = ""]) => ({
      at: `${page}:${index + 1}`,
      command,
    })),
  );
}

function linesOf(page: string): string[] {
  return readFileSync(join(root, page), "utf8").split("\n");
}
