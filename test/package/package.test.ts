import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { newFolder } from "../cli/lulus.js";
import { needs } from "../tools.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What `npm pack` makes; the build is that of the test run. */
const packed = { file: "", paths: [] as string[], bytes: 0 };

beforeAll(() => {
  const folder = newFolder();
  const { stdout } = spawnSync("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
    encoding: "utf8",
  });
  const [{ filename, files, size }] = JSON.parse(stdout);
  Object.assign(packed, {
    file: join(folder, filename),
    paths: files.map(({ path }: { path: string }) => path),
    bytes: size,
  });
});

describe("the package", () => {
  test("holds the program, its templates and its documents, and nothing that only developers need", () => {
    const places = new Set(packed.paths.map((path) => path.split("/")[0]));
    expect([...places].sort()).toEqual([
      "CHANGELOG.md",
      "DECISIONS.md",
      "LICENSE",
      "README.md",
      "SECURITY.md",
      "bin",
      "dist",
      "docs",
      "package.json",
      "templates",
    ]);
    const kinds = new Set(
      packed.paths.filter((path) => /^(?:dist|bin)\//.test(path)).map((path) => /[^.]*$/.exec(path)?.[0]),
    );
    expect([...kinds].sort()).toEqual(["js", "txt"]);
    expect(packed.paths.filter((path) => /\.(?:mjs|ts|map|tsbuildinfo)$|(?:^|\/)\./.test(path))).toEqual([]);
    expect(packed.bytes).toBeLessThan(4_000_000);
  });

  test("names everything that the documents in it link to", () => {
    const pages = packed.paths.filter((path) => path.endsWith(".md"));
    const dead = pages.flatMap((page) =>
      [...readFileSync(join(root, page), "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)]
        .map(([, target = ""]) => join(dirname(page), target))
        .filter((target) => !packed.paths.includes(target))
        .map((target) => `${page} → ${target}`),
    );
    expect(dead).toEqual([]);
  });

  test("has the licence of every font beside it, and those of what is joined into its scripts", () => {
    const fonts = packed.paths.filter((path) => /\.(?:ttf|otf|woff2?)$/.test(path));
    expect(fonts.length).toBeGreaterThan(5);
    const alone = fonts.filter((font) => {
      const family = /([^/_]+)_[^/]*$/.exec(font)?.[1];
      return !packed.paths.includes(`${dirname(font)}/${family}_LICENSE.txt`);
    });
    expect(alone).toEqual([]);
    expect(readFileSync(join(root, "dist/bundle/LICENSES.txt"), "utf8")).toMatch(/^pdf-lib .*\(MIT\)$/m);
    const licences = readFileSync(join(root, "dist/site/browser/licences.txt"), "utf8");
    expect(licences).toMatch(/Ze-Zheng Wu[\s\S]*Apache License\s+Version 2\.0/);
    expect(readFileSync(join(root, "dist/site/browser/scan.bundle.js"), "utf8")).toContain(
      "see licences.txt",
    );
  });

  test("says what it needs: exact versions, no scripts when it is installed, the files it starts with", () => {
    const { dependencies, scripts, bin, engines, license } = JSON.parse(
      readFileSync(join(root, "package.json"), "utf8"),
    );
    for (const version of Object.values(dependencies)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(scripts).filter((name) => /install$/.test(name))).toEqual([]);
    expect(packed.paths).toContain(bin.lulus);
    expect({ engines, license }).toEqual({ engines: { node: ">=20.19" }, license: "MIT" });
  });
});

/** Installs what was packed into an empty folder; `null` where neither the cache nor a network gives what it needs. */
function installed(): string | null {
  const folder = newFolder();
  const { status, stderr } = spawnSync(
    "npm",
    ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts", packed.file],
    {
      cwd: folder,
      encoding: "utf8",
      timeout: 60_000,
      env: { ...process.env, npm_config_fetch_retries: "0" },
    },
  );
  if (status === 0) return folder;
  if (
    /E(?:NOTFOUND|AI_AGAIN|CONNREFUSED|CONNRESET|NOTCACHED|TIMEDOUT)|network/i.test(stderr) ||
    status === null
  )
    return null;
  throw new Error(stderr);
}

describe.runIf(needs("npm"))("installed into an empty folder", () => {
  test("the package does the whole work, with nothing of the project beside it", (context) => {
    const folder = installed();
    if (folder === null) {
      console.warn("no network, and not all in npm's cache: the packed program is not installed");
      context.skip();
      return;
    }
    const npx = (...words: string[]) => {
      const ended = spawnSync("npx", ["--no-install", "lulus", ...words], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1", CI: "1" },
      });
      expect({ words, status: ended.status, stderr: ended.stderr }).toMatchObject({ words, status: 0 });
      return ended.stdout;
    };
    expect(npx("--help")).toContain("Usage: lulus");
    npx("init", "trial", "--example");
    expect(npx("check", "trial", "--report", "report.html")).toMatch(/5 {2}memenuhi syarat/);
    expect(npx("issue", "trial")).toContain("5 issued, 5 written");
    npx("publish", "trial");
    npx("preview", "trial", "--png", "sample.png");
    const [first = ""] = readdirSync(join(folder, "trial/certificates"));
    expect(npx("verify", `trial/certificates/${first}`, "--event", "trial")).toMatch(/^✓ genuine/);
    expect(readdirSync(join(folder, "trial/site"))).toContain("licences.txt");
  });
});
