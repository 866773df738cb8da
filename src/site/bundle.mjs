// Makes one script of each entry of the verification page, once TypeScript has compiled it. Part of `npm run build`.
import { copyFileSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const compiled = fileURLToPath(new URL("../../dist/site/browser/", import.meta.url));
const licences = fileURLToPath(new URL("licences.txt", import.meta.url));
const named = readFileSync(licences, "utf8");

for (const entry of ["page", "scan", "worker"]) {
  const build = await rolldown({ input: `${compiled}${entry}.js`, platform: "browser", logLevel: "warn" });
  const { output } = await build.generate({ format: "iife" });
  const foreign = foreignIn(output[0].moduleIds);
  for (const name of foreign)
    if (!named.includes(`\n${name}\n---`)) throw new Error(`the licence of ${name} is not in ${licences}`);
  const notice = foreign.length === 0 ? "" : `/*! with ${foreign.join(", ")}: see licences.txt */`;
  await build.write({
    file: `${compiled}${entry}.bundle.js`,
    format: "iife",
    minify: true,
    postBanner: notice,
  });
  await build.close();
}
copyFileSync(licences, `${compiled}licences.txt`);

/** Packages of others among the modules of a script. */
function foreignIn(modules) {
  const names = modules.map((id) => /.*[\\/]node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/]+)/.exec(id)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))];
}
