// `npm run fuzz -- intake --files 100000 --seed 1`: compiles the campaign, since Node 20 runs no TypeScript, and runs it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
/** Inside `node_modules`, so that packages are found from there. */
const compiled = join(root, "node_modules", ".cache", "fuzz");

/** One row per campaign: the module that runs it. */
const campaigns = { intake: "main" };

const [name = "", ...rest] = process.argv.slice(2);
const campaign = Object.hasOwn(campaigns, name) ? campaigns[name] : undefined;
if (campaign === undefined || !existsSync(join(root, "node_modules"))) {
  console.error(
    `usage: npm run fuzz -- ${Object.keys(campaigns).join("|")} [--files N] [--seed N] [--only N --out DIR]`,
  );
  process.exit(2);
}
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const options = ["-p", join(root, "test", "tsconfig.json"), "--noEmit", "false", "--outDir", compiled];
const built = spawnSync(process.execPath, [compiler, ...options], { cwd: root, stdio: "inherit" });
if (built.status !== 0) process.exit(2);
const program = join(compiled, "test", "fuzz", `${campaign}.js`);
const { status } = spawnSync(process.execPath, [program, ...rest], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;
