// What benches share: a program run and measured from outside, medians, a table.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";

const usage = fileURLToPath(new URL("usage.js", import.meta.url));

/**
 * Runs a Node script to its end, start-up included. What it answers is thrown away: it may be a gigabyte.
 *
 * @param {string} script
 * @param {readonly string[]} parameters
 * @param {{ env?: Record<string, string>, node?: readonly string[], cwd?: string, status?: number }} more `status`: what it has to end with
 * @returns {Promise<{ seconds: number, cpuSeconds: number, peakMB: number }>} `peakMB`: resident memory at its highest
 * @throws Error with what the script said, if it ends otherwise
 */
export async function measured(script, parameters, { env = {}, node = [], cwd, status: expected = 0 } = {}) {
  const scratch = mkdtempSync(join(tmpdir(), "lulus-bench-"));
  const report = join(scratch, "usage.json");
  try {
    const began = performance.now();
    const { status, stderr } = await ended(
      spawn(process.execPath, [...node, "--import", usage, script, ...parameters], {
        cwd,
        env: { ...process.env, ...env, NO_COLOR: "1", LULUS_BENCH_USAGE: report },
        stdio: ["ignore", "ignore", "pipe"],
      }),
    );
    const seconds = (performance.now() - began) / 1000;
    if (status !== expected) throw new Error(`${script} ended with ${status}\n${stderr}`);
    const { cpuSeconds, peakMB } = JSON.parse(readFileSync(report, "utf8"));
    return { seconds, cpuSeconds, peakMB };
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function ended(child) {
  const said = [];
  child.stderr.on("data", (piece) => said.push(piece));
  const status = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { status, stderr: Buffer.concat(said).toString("utf8") };
}

/** @param {readonly number[]} values at least one */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * A table for people: the first column to the left, figures to the right.
 *
 * @param {readonly (readonly string[])[]} rows the first is the header
 */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
      .join("  ");
  const [header, ...body] = rows.map(line);
  return [header, "-".repeat(header.length), ...body, ""].join("\n");
}
