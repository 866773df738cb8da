// Writes the inputs and the truth of both sample events: node test/world/writeSamples.mjs
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const compiled = mkdtempSync(join(tmpdir(), "lulus-samples-"));
try {
  // Node 20 does not run TypeScript by itself.
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  const options = [
    "--ignoreConfig",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--types",
    "node",
    "--rootDir",
    here,
  ];
  execFileSync(process.execPath, [compiler, ...options, "--outDir", compiled, join(here, "samples.ts")], {
    cwd: root,
    stdio: "inherit",
  });
  writeFileSync(join(compiled, "package.json"), '{ "type": "module" }\n');
  const samples = await import(pathToFileURL(join(compiled, "samples.js")).href);
  write("webinar", samples.makeWebinarSample());
  write("meeting", samples.makeMeetingSample());
} finally {
  rmSync(compiled, { recursive: true });
}

function write(event, { files, truth }) {
  for (const [path, bytes] of files) {
    const target = join(root, "fixtures", event, path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  const counts = {};
  for (const { readings } of truth) {
    const outcomes = readings.map((reading) => reading.decision).join(" or ");
    counts[outcomes] = (counts[outcomes] ?? 0) + 1;
  }
  console.log(event, truth.length, counts);
}
