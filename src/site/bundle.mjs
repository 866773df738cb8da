// Makes one script of each entry of the verification page, once TypeScript has compiled it. Part of `npm run build`.
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const compiled = fileURLToPath(new URL("../../dist/site/browser/", import.meta.url));

for (const entry of ["page", "scan", "worker"]) {
  const build = await rolldown({ input: `${compiled}${entry}.js`, platform: "browser", logLevel: "warn" });
  await build.write({ file: `${compiled}${entry}.bundle.js`, format: "iife", minify: true });
  await build.close();
}
