// The limit: the same bytes under the same names, written and nothing else.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [, , sample, count, folder] = process.argv;
const bytes = readFileSync(sample);
for (let index = 0; index < Number(count); index += 1) {
  const number = String(index).padStart(6, "0");
  writeFileSync(join(folder, `${number}-ukur-3-IX-2026-Nama-Orang-yang-Lulus.pdf`), bytes);
}
