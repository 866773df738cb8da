import { spawnSync } from "node:child_process";

const known = new Map<string, boolean>();

/** Whether a program is installed; where it is not, one line says that its tests are skipped. */
export function needs(program: string): boolean {
  let found = known.get(program);
  if (found === undefined) {
    found = spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
    if (!found) console.warn(`${program} is not installed: the tests that need it are skipped`);
    known.set(program, found);
  }
  return found;
}
