// The limit: the same bytes under the same names, written and nothing else; with `durable` also flushed to the disk at the
// end, as ours are before they count as done.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , sample, count, folder, wish] = process.argv;
const bytes = readFileSync(sample);
for (let index = 0; index < Number(count); index += 1) {
  const number = String(index).padStart(6, "0");
  writeFileSync(join(folder, `${number}-ukur-3-IX-2026-Nama-Orang-yang-Lulus.pdf`), bytes);
}
if (wish === "durable") spawnSync("sync", ["-f", folder], { stdio: "inherit" });
