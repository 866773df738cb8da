import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CampaignName } from "./campaigns.js";
import { root } from "./command.js";
import type { JobName } from "./stage.js";

/** A guard of the program, and how the campaign has to notice that it is gone. */
export interface Guard {
  readonly about: string;
  /** in `dist` */
  readonly file: string;
  /** what stands there, how often, and what stands there instead */
  readonly cuts: readonly (readonly [from: string, to: string, times?: number])[];
  readonly campaign: CampaignName;
  readonly job: JobName;
}

/** One row per guard. A row whose text is not found any more is an error, so that none is forgotten. */
export const guards: Readonly<Record<string, Guard>> = {
  commit: {
    about: "numbers are committed before anything refers to them",
    file: "register/store.js",
    cuts: [
      [
        'this.exec("BEGIN EXCLUSIVE");',
        'if (!this.#database.inTransaction) this.exec("BEGIN EXCLUSIVE");',
        2,
      ],
      ['this.exec("COMMIT");', "", 2],
      [
        "this.#statements.clear();",
        'this.#statements.clear(); if (this.#database.inTransaction) this.exec("COMMIT");',
      ],
    ],
    ...{ campaign: "calls", job: "fresh" },
  },
  transaction: {
    about: "all of a run is numbered, or nothing",
    file: "register/store.js",
    cuts: [
      ['this.exec("BEGIN EXCLUSIVE");', "", 2],
      ['this.exec("COMMIT");', "", 2],
    ],
    ...{ campaign: "kills", job: "fresh" },
  },
  journal: {
    about: "what a killed commit has changed can be taken back",
    file: "register/open.js",
    cuts: [['"journal_mode", "DELETE", "delete"', '"journal_mode", "OFF", "off"']],
    ...{ campaign: "calls", job: "late" },
  },
  lock: {
    about: "one run at a time",
    file: "register/open.js",
    cuts: [['setPragma(store, "locking_mode", "EXCLUSIVE", "exclusive");', ""]],
    ...{ campaign: "together", job: "fresh" },
  },
  start: {
    about: "nothing is issued from a damaged register",
    file: "register/admit.js",
    cuts: [["export function admitEnd(store) {", "export function admitEnd(store) {\n    return;"]],
    ...{ campaign: "register", job: "fresh" },
  },
  hash: {
    about: "files that are there are hashed, not taken on trust",
    file: "cli/renderMissing.js",
    cuts: [["output.hash(filed.file) === filed.sha256", "true"]],
    ...{ campaign: "files", job: "fresh" },
  },
  whole: {
    about: "a file appears whole or not at all",
    file: "cli/outputFolder.js",
    cuts: [
      [
        "const descriptor = openDraft(this.#draft);",
        "rmSync(join(this.path, file), { force: true }); const descriptor = openDraft(join(this.path, file));",
      ],
      ["renameSync(this.#draft, join(this.path, file));", "undefined;"],
      ["rmSync(this.#draft);", "undefined;"],
    ],
    ...{ campaign: "calls", job: "fresh" },
  },
  sweep: {
    about: "what a killed run left is swept",
    file: "cli/draft.js",
    cuts: [["for (const name of readdirSync(folder)) {", "for (const name of []) {"]],
    ...{ campaign: "calls", job: "late" },
  },
  sync: {
    about: "done is only said of what a power cut cannot take away",
    file: "cli/draft.js",
    cuts: [
      ["export function syncAll(folder, files) {", "export function syncAll(folder, files) {\n    return;"],
    ],
    ...{ campaign: "power", job: "fresh" },
  },
  signal: {
    about: "who is asked to stop tidies up",
    file: "cli/interrupt.js",
    cuts: [["process.on(signal, () => stop(status));", "void [signal, stop, status];"]],
    ...{ campaign: "signals", job: "fresh" },
  },
  error: {
    about: "what fails is told",
    file: "cli/outputFolder.js",
    cuts: [
      ["throw this.#unwritable(file, error instanceof Error ? error.message : String(error), error);", ""],
    ],
    ...{ campaign: "calls", job: "fresh" },
  },
};

/** What a guard's file is without it. @throws Error where what is to be cut does not stand there */
export function cut(name: string): { readonly file: string; readonly text: string } {
  const guard = guards[name];
  if (guard === undefined) throw new Error(`"${name}" is no guard; known: ${Object.keys(guards).join(", ")}`);
  let text = readFileSync(join(root, "dist", guard.file), "utf8");
  for (const [from, to, times = 1] of guard.cuts) {
    const pieces = text.split(from);
    if (pieces.length - 1 !== times)
      throw new Error(`"${from}" of the guard "${name}" stands ${pieces.length - 1} times in ${guard.file}`);
    text = pieces.join(to);
  }
  return { file: guard.file, text };
}

/** A copy of the build without a guard. @returns what takes the place of its `bin/lulus.js` */
export function takeOut(name: string): string {
  const { file, text } = cut(name);
  const copy = copyOfBuild();
  writeFileSync(join(copy, "dist", file), text);
  // not joined with the others: what was cut is in a file of its own
  return join(copy, "dist", "cli", "main.js");
}

/** A copy that goes on being the same while the project is built anew; to be removed after use. */
export function copyOfBuild(): string {
  const copy = mkdtempSync(join(tmpdir(), "lulus-build-"));
  for (const part of ["bin", "dist", "package.json"])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  for (const part of ["node_modules", "templates"]) symlinkSync(join(root, part), join(copy, part));
  return copy;
}
