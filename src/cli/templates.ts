import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "../model/fault.js";
import type { TemplateFiles } from "../render/schema.js";
import { parseTemplate, type Template } from "../render/template.js";
import { type EventFolder, isFolder, shownPath } from "./eventFolder.js";

const builtIn = fileURLToPath(new URL("../../templates/", import.meta.url));
const largestFile = 20 * 2 ** 20;

/** The template of each award of an event, read once. */
export interface Templates {
  of(award: string): LoadedTemplate;
}

export interface LoadedTemplate {
  /** as the event file calls it */
  readonly name: string;
  readonly files: TemplateFiles;
  readonly template: Template;
}

/** Nothing is read before an award's template is asked for. */
export function openTemplates(folder: EventFolder): Templates {
  const { config, locate } = folder.event;
  const loaded = new Map<string, LoadedTemplate>();
  return {
    of(award) {
      const index = config.awards.findIndex((each) => each.id === award);
      const name = config.awards[index]?.template ?? "classic";
      const known = loaded.get(name);
      if (known !== undefined) return known;
      const dir = templateFolderOf(folder.dir, name);
      if (dir === null) {
        throw new Fault("template-missing", `there is no template "${name}"`, {
          place: locate(["awards", index, "template"]),
          hints: [
            `built in: ${builtInNames().join(", ")}; or name a folder with template.yaml, relative to the event file`,
          ],
        });
      }
      const files = readTemplate(dir);
      const template = { name, files, template: parseTemplate(files, shownPath(dir), config.event.language) };
      loaded.set(name, template);
      return template;
    },
  };
}

/** The folder of a template as an event in `dir` names it: one of its own, else built in; `null` if there is none. */
export function templateFolderOf(dir: string, name: string): string | null {
  const own = resolve(dir, name);
  if (isFolder(own) && statSync(join(own, "template.yaml"), { throwIfNoEntry: false })?.isFile()) return own;
  return builtInNames().includes(name) ? join(builtIn, name) : null;
}

function builtInNames(): string[] {
  return readdirSync(builtIn, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every file of the folder, so that the template can be frozen with what it needs. Links out of it are not followed. */
function readTemplate(dir: string): TemplateFiles {
  const files = new Map<string, Uint8Array>();
  for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (statSync(path).size > largestFile) {
      throw new Fault("template-too-large", "a file of a template may have 20 MB", {
        place: { file: shownPath(path) },
      });
    }
    files.set(relative(dir, path).split(sep).join("/"), readFileSync(path));
  }
  return files;
}
