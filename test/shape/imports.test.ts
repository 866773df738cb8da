import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../src/", import.meta.url));
const files = readdirSync(root, { recursive: true, encoding: "utf8" })
  .map((file) => file.split(sep).join("/"))
  .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"));

interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import between files of the project, types included: a shape is a shape. */
const imports: Import[] = files.flatMap((from) => {
  const text = readFileSync(join(root, from), "utf8");
  const found = text.matchAll(/(?:from\s+|import\s*\(\s*|^import\s+)"(\.[^"]+)"/gm);
  return [...found].map(([, path = ""]) => {
    const target = relative(root, resolve(root, dirname(from), path))
      .split(sep)
      .join("/");
    // sources of machine code are named without an ending
    return { from, to: target.endsWith(".d.ts") ? target : `${target.replace(/\.js$/, "")}.ts` };
  });
});

const folder = (file: string) => file.split("/")[0] ?? "";
const shared = ["model", "credential"];
/** The edges, which alone compose: the command line, and what runs in a browser. */
const isEdge = (file: string) => folder(file) === "cli" || file.split("/")[1] === "browser";

/** Stages that are given everything as arguments, so that a run can be repeated. */
const pure = ["model", "read", "match", "judge", "report", "issue"];

describe("the shape of the code", () => {
  test("every import leads to a file that exists", () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(imports.filter(({ to }) => !files.includes(to) && !to.endsWith(".d.ts"))).toEqual([]);
  });

  test("stages share nouns and do not import each other; only the edges compose", () => {
    const across = imports.filter(({ from, to }) => {
      if (folder(from) === folder(to) || isEdge(from)) return false;
      return !shared.includes(folder(to));
    });
    expect(across.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test("nouns know nothing of the stages, and the model nothing of the credential", () => {
    const upwards = imports.filter(({ from, to }) => folder(from) === "model" && folder(to) !== "model");
    expect(upwards.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test("no circles", () => {
    const next = new Map(
      files.map((file) => [file, imports.filter(({ from }) => from === file).map(({ to }) => to)]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      if (done.has(file) || path.includes(file)) return;
      for (const to of next.get(file) ?? []) visit(to, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  test.each(pure)("%s touches no file, no clock, no network and no terminal", (stage) => {
    const touching = files
      .filter((file) => folder(file) === stage)
      .filter((file) => {
        const text = readFileSync(join(root, file), "utf8");
        return /from "node:(fs|net|http|https|child_process|os|tty|readline)|Date\.now\(|new Date\(\)|Math\.random|process\.|console\./.test(
          text,
        );
      });
    expect(touching).toEqual([]);
  });
});
