import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "./command.js";

/** A guard of the program, and the build without it. */
export interface Guard {
  readonly about: string;
  /** in `dist` */
  readonly file: string;
  /** what stands there, exactly once, and what stands there instead */
  readonly from: string | RegExp;
  readonly to: string;
}

/** One row per guard that is taken out to see that the campaign notices. */
export const guards: Readonly<Record<string, Guard>> = {
  commit: {
    about: "numbers are committed before anything refers to them",
    file: "register/store.js",
    from: /this\.exec\("COMMIT"\);\s*return result;\s*\}\s*catch \(error\) \{\s*if \(this\.#database\.inTransaction\)\s*this\.exec\("ROLLBACK"\);\s*throw error;\s*\}\s*\}\s*exec/,
    to: `setTimeout(() => this.exec("COMMIT"), 150); return result; } catch (error) { throw error; } }\n    exec`,
  },
};

/** A copy of the build without a guard. @returns its `bin/lulus.js` */
export function takeOut(name: string): string {
  const guard = guards[name];
  if (guard === undefined) throw new Error(`"${name}" is no guard; known: ${Object.keys(guards).join(", ")}`);
  const copy = mkdtempSync(join(tmpdir(), "lulus-unguarded-"));
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ["node_modules", "templates"]) symlinkSync(join(root, part), join(copy, part));
  const path = join(copy, "dist", guard.file);
  const text = readFileSync(path, "utf8");
  const pieces = text.split(guard.from);
  if (pieces.length !== 2)
    throw new Error(`the guard "${name}" stands ${pieces.length - 1} times in ${guard.file}`);
  writeFileSync(path, pieces.join(guard.to));
  return join(copy, "bin", "lulus.js");
}
