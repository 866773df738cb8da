// `npm run bench -- NAME [options]`: how fast, measured in one run on this machine, as ratios to what others do.
// One row of the table per bench; peers that only a bench needs stand in the package.json of its own folder.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

/** Each module exports `options` (as `parseArgs` takes them) and `run(values)`, which prints its answer. */
const benches = {
  render: {
    about:
      "rendering certificates against pdf-lib, pdfme, pdfkit, Typst and the bare writing of the same bytes",
    module: "render/render.js",
  },
  paper: {
    about: "not how fast but how right: every file of many, read by programs that are not ours",
    module: "paper/paper.js",
  },
  register: {
    about: "commands on a register of a million certificates against the same on one of ten thousand",
    module: "register/register.js",
  },
  intake: {
    about: "reading a large participants list against csv-parse alone; `check` as the event grows",
    module: "intake/intake.js",
  },
};

const [name = "", ...rest] = process.argv.slice(2);
const bench = Object.hasOwn(benches, name) ? benches[name] : undefined;
if (bench === undefined) {
  console.error(`"${name}" is no bench; usage: npm run bench -- NAME [options]`);
  for (const [known, { about }] of Object.entries(benches)) console.error(`  ${known.padEnd(10)} ${about}`);
  process.exit(2);
}

built();
installed(dirname(join(here, bench.module)));
console.log(machine());
const { options, run } = await import(`./${bench.module}`);
await run(parseArgs({ args: rest, options }).values);

function built() {
  const { status } = spawnSync("npm", ["run", "--silent", "build"], {
    cwd: root,
    stdio: "inherit",
    shell: true,
  });
  if (status !== 0) process.exit(2);
}

/** Installs the peers of a bench that has some, once. */
function installed(folder) {
  if (!existsSync(join(folder, "package-lock.json")) || existsSync(join(folder, "node_modules"))) return;
  console.log(`installing what ${name} is compared with …`);
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: folder, stdio: "inherit" });
  if (status !== 0) process.exit(2);
}

function machine() {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [first] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `lulus ${version} · Node ${process.versions.node} · ${process.platform} ${process.arch} · ${cpus().length} × ${first?.model.trim()} · ${memory}\n`;
}
