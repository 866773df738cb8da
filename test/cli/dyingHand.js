// A thread that dies when it is given a range, as often as the file `deaths` beside the output says, and then works.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

await import("../../dist/cli/hand.js");

const left = `${workerData}-deaths`;
const deaths = existsSync(left) ? Number(readFileSync(left, "utf8")) : 0;
if (deaths > 0) {
  parentPort.on("message", ({ kind }) => {
    if (kind !== "range") return;
    writeFileSync(left, `${deaths - 1}`);
    process.exit(1);
  });
}
