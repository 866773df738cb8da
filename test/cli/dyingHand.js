// A thread that dies when it is given something, as often as the file `deaths` beside the output says, and then works.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";

await import("../../dist/cli/hand.js");

const left = `${workerData}-deaths`;
const [over, deaths] = existsSync(left) ? readFileSync(left, "utf8").split(" ") : ["range", "0"];
if (Number(deaths) > 0) {
  parentPort.on("message", ({ kind }) => {
    if (kind !== over) return;
    writeFileSync(left, `${over} ${Number(deaths) - 1}`);
    process.exit(1);
  });
}
