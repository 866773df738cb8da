// Work that takes as long as a test needs, told as commands tell of theirs.
import { progress } from "../../dist/cli/progress.js";

const [total = "100", json] = process.argv.slice(2);
const bar = await progress("certificates", Number(total), { quiet: false, json: json === "--json" });
process.once("SIGINT", () => process.exit(130));
for (let piece = 0; piece < Number(total); piece += 1) {
  await new Promise((resolve) => setTimeout(resolve, 50));
  bar.done();
}
bar.end();
