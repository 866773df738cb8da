import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { Fault } from "../model/fault.js";
import { flawOfPath, ofEvent } from "../render/element/image.js";
import { baseOf, layFiles, picturePaths } from "../render/extend.js";
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
      const files = withPictures(readWithBase(dir), config.certificate.fields, folder);
      // where a built-in one lies on this machine helps nobody
      const place = dir === builtInFolder(name) ? `templates/${name}` : shownPath(dir);
      const template = { name, files, template: parseTemplate(files, place, config.event.language) };
      loaded.set(name, template);
      return template;
    },
  };
}

/** The folder of a template as an event in `dir` names it: one of its own, else built in; `null` if there is none. */
export function templateFolderOf(dir: string, name: string): string | null {
  const own = resolve(dir, name);
  if (isFolder(own) && statSync(join(own, "template.yaml"), { throwIfNoEntry: false })?.isFile()) return own;
  return builtInFolder(name);
}

/** The folder of a built-in template, or `null` if there is none of this name. */
export function builtInFolder(name: string): string | null {
  return builtInNames().includes(name) ? join(builtIn, name) : null;
}

const DEEPEST = 8;

/** A template's files and those of the template that it is built on: one beside it, or a built-in one. */
export function readWithBase(dir: string, depth = 0): TemplateFiles {
  const files = readTemplate(dir);
  const place = shownPath(dir);
  const name = baseOf(files, place);
  if (name === null) return files;
  const base = templateFolderOf(dir, name);
  // parsing says that the base is missing, with its place
  if (base === null) return files;
  if (depth >= DEEPEST || resolve(base) === resolve(dir)) {
    throw new Fault("template-circle", `the template "${place}" is built on itself`, {
      place: { file: `${place}/template.yaml` },
    });
  }
  return layFiles(files, name, readWithBase(base, depth + 1));
}

/** The organiser's own pictures, whose paths stand in the event file, so that they are frozen with the template. */
export function withPictures(
  files: TemplateFiles,
  fields: Readonly<Record<string, unknown>>,
  folder: EventFolder,
): TemplateFiles {
  const all = new Map(files);
  for (const { path, name } of picturePaths(files, fields)) {
    const flaw = flawOfPath(path);
    const file = resolve(folder.dir, path);
    const found = flaw === null ? statSync(file, { throwIfNoEntry: false }) : undefined;
    const isSmall = found?.isFile() === true && found.size <= largestFile;
    if (!isSmall || !isInside(folder.dir, file)) {
      const what =
        flaw ??
        (found?.isFile() ? "is no file of at most 20 MB inside of the event's folder" : "is not there");
      throw new Fault("image-missing", `the picture "${path}" of {{${name}}} ${what}`, {
        place: folder.event.locate(name.split(".")),
        hints: ["give a path relative to the event file"],
      });
    }
    all.set(`${ofEvent}${path.normalize("NFC")}`, readFileSync(file));
  }
  return all;
}

/** A link may lead out of the folder. */
function isInside(dir: string, file: string): boolean {
  return realpathSync(file).startsWith(`${realpathSync(dir)}${sep}`);
}

export function builtInNames(): string[] {
  return readdirSync(builtIn, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** Every file of the folder, so that the template can be frozen with what it needs. Links out of it are not followed. */
export function readTemplate(dir: string): TemplateFiles {
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
