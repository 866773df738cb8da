// `npm run faults -- kills --trials 1000 --people 10000 --seed 1`: compiles the campaign, since Node 20 runs no TypeScript, and runs it.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** Inside `node_modules`, so that packages are found from there. */
const compiled = join(root, "node_modules", ".cache", "faults");

const built = spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit", shell: true });
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const options = ["-p", join(root, "test", "tsconfig.json"), "--noEmit", "false", "--outDir", compiled];
if (built.status !== 0) process.exit(2);
if (spawnSync(process.execPath, [compiler, ...options], { cwd: root, stdio: "inherit" }).status !== 0)
  process.exit(2);
// mails need a server beside them, and are a campaign of their own
const program = join(compiled, "test", "faults", process.argv[2] === "mail" ? "mail.js" : "main.js");
const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
process.exitCode = status ?? 1;
