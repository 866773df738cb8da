// Loaded before a script that is measured: when it ends, writes what it used of processor and memory.
import { writeFileSync } from "node:fs";

process.once("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const used = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMB: maxRSS / 1024 };
  writeFileSync(process.env.LULUS_BENCH_USAGE ?? "/dev/null", JSON.stringify(used));
});
