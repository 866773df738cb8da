import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** What the verification page runs is reached from these. */
const roots = [
  "verify/credential.ts",
  "verify/site.ts",
  "verify/verdict.ts",
  "credential/keyset.ts",
  "credential/code.ts",
  "credential/record.ts",
];

describe("what runs in the verification page", () => {
  it("imports nothing of Node and no package, so that any browser can load it as it is", () => {
    const seen = new Set<string>();
    const foreign: string[] = [];
    const visit = (url: URL): void => {
      if (seen.has(url.href)) return;
      seen.add(url.href);
      const source = readFileSync(url, "utf8").replace(/^import type .*$/gm, "");
      expect(source).not.toMatch(/\bBuffer\b|\bprocess\./);
      for (const [, target = ""] of source.matchAll(/from "([^"]+)"/g)) {
        if (target.startsWith(".")) visit(new URL(target.replace(/\.js$/, ".ts"), url));
        else foreign.push(`${url.pathname} imports ${target}`);
      }
    };
    for (const root of roots) visit(new URL(`../../src/${root}`, import.meta.url));
    expect(foreign).toEqual([]);
    expect(seen.size).toBeGreaterThan(8);
  });
});
