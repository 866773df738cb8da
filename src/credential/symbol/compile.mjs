// Compiles `kernel/` (AssemblyScript, which TypeScript's compiler does not know) into machine code that is part of the
// program's scripts, so that there is no file to find. Part of `npm run build`.
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const here = fileURLToPath(new URL(".", import.meta.url));
const options = {
  optimizeLevel: 3,
  shrinkLevel: 0,
  enable: "simd",
  // what is allocated are plans and tables, once for all: nothing is ever freed
  runtime: "stub",
  // as much as the plans of all versions need
  initialMemory: 16,
  maximumMemory: 16,
  // nothing is imported; where a check fails, it traps
  use: "abort=",
  noAssert: true,
  uncheckedBehavior: "always",
};
const words = Object.entries(options).flatMap(([name, value]) => [
  `--${name}`,
  ...(value === true ? [] : [`${value}`]),
]);

let code = Buffer.alloc(0);
const { error, stderr } = await asc.main(
  ["kernel/kernel.ts", "--baseDir", here, "--outFile", "kernel.wasm", ...words],
  {
    writeFile: (_, contents) => {
      code = Buffer.from(contents);
    },
  },
);
if (error !== null) throw new Error(stderr.toString());
writeFileSync(
  `${here}machineCode.ts`,
  `/** Made of \`kernel/\` by the build. */\nexport const machineCode =\n  "${code.toString("base64")}";\n`,
);
