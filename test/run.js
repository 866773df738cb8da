// Everything that has to hold before a change is taken: build, lint, types, tests.
// Ends with one line `N passed, N failed`, which other programs read.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), "lulus-tests-"));
const results = join(scratch, "results.json");

/** Runs a program of node_modules, shows what it says, and tells whether it was content. */
function run(program, ...parameters) {
  process.stdout.write(`\n> ${program} ${parameters.join(" ")}\n`);
  const script = join(root, "node_modules", ...program.split("/"));
  const { status } = spawnSync(process.execPath, [script, ...parameters], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, NO_COLOR: "1" },
  });
  return status === 0;
}

function build() {
  process.stdout.write("\n> npm run build\n");
  return (
    spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit", shell: true }).status === 0
  );
}

function programs() {
  const missing = ["pdftotext", "pdftoppm", "qpdf", "zbarimg", "chromium", "python3"].filter(
    (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
  );
  if (missing.length > 0)
    console.log(`not installed, so the tests that need them are skipped: ${missing.join(", ")}`);
}

programs();
const checks = [
  build(),
  run("@biomejs/biome/bin/biome", "check", "."),
  run("typescript/bin/tsc", "-p", "test/tsconfig.json"),
];
run(
  "vitest/vitest.mjs",
  "run",
  "--reporter=dot",
  "--reporter=json",
  `--outputFile.json=${results}`,
  ...process.argv.slice(2),
);

let passed = checks.filter(Boolean).length;
let failed = checks.length - passed;
let skipped = 0;
try {
  const report = JSON.parse(readFileSync(results, "utf8"));
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  skipped = report.numPendingTests;
  // a file that does not even load has no tests to count
  failed += report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
} catch {
  failed += 1;
}
rmSync(scratch, { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exitCode = failed === 0 ? 0 : 1;
