// Joins the compiled program and the libraries that it is made of into a few files, once TypeScript has compiled it:
// hundreds of small modules take longer to find and to open than most commands to run. Part of `npm run build`.
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const out = join(dist, "bundle");

/** What brings machine code or files of its own, and so has to stay where it was installed. */
const external = ["libsql", "@hyzyla/pdfium", "harfbuzzjs", "subset-font", /^zxing-wasm/, /^node:/];

/** Some of its library is in the machine code of symbols. */
const machineCode = fileURLToPath(new URL("../node_modules/assemblyscript", import.meta.url));

rmSync(out, { recursive: true, force: true });
const build = await rolldown({
  input: { main: join(dist, "cli/main.js"), hand: join(dist, "cli/hand.js") },
  platform: "node",
  external,
  resolve: { mainFields: ["module", "main"] },
  logLevel: "warn",
});
const { output } = await build.write({ dir: out, format: "esm", chunkFileNames: "[name]-[hash].js" });
await build.close();
writeFileSync(join(out, "LICENSES.txt"), licences(output));

/** The terms of every library of which something is in the bundle. */
function licences(chunks) {
  const folders = chunks
    .flatMap(({ moduleIds = [] }) => moduleIds)
    .flatMap((id) => /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []);
  return [...new Set([...folders, machineCode])]
    .sort()
    .map(termsOf)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function termsOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} has no file with its licence`);
  const notices = readdirSync(folder).filter((each) => each === file || each === "NOTICE");
  const terms = notices.map((each) => readFileSync(join(folder, each), "utf8").trim());
  return `${name} ${version} (${license})\n\n${terms.join("\n\n")}\n`;
}
