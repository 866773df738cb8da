#!/usr/bin/env node
// Plain JavaScript on purpose: it must be able to say in a friendly line what is missing.
import { existsSync, readFileSync } from "node:fs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `lulus: Node.js ${process.versions.node} is too old\nhint: install Node.js 20.19 or later; 22 or 24 is recommended\n`,
  );
  process.exit(2);
}
const main = new URL("../dist/bundle/main.js", import.meta.url);
if (!existsSync(main)) {
  process.stderr.write(
    "lulus: it has not been built yet\nhint: run `npm ci` (or `npm run build`) in the folder of lulus\n",
  );
  process.exit(2);
}
if (process.argv.length === 3 && ["--version", "-V"].includes(process.argv[2] ?? "")) {
  // scripts ask this often, and it needs nothing of all the rest
  const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  process.stdout.write(`${version}\n`);
} else await import(main.href);
