import { Fault } from "../model/fault.js";
import { type Locate, nearest, openYaml, type Parsed } from "../model/yaml.js";
import type { TemplateFiles } from "./schema.js";

/**
 * One template built on another: `extends: classic`. What the upper one says stands before what the lower one says, key
 * by key; elements are known by their ids. On a page, `remove: [id]` takes elements away, and `after: id` on a new
 * element puts it behind another. A key that is `null` is taken away.
 */

export const templateFile = "template.yaml";

/** What a template is built on, or `null`. Says nothing about whether the file is sound otherwise. */
export function baseOf(files: TemplateFiles, place: string): string | null {
  const source = files.get(templateFile);
  if (source === undefined) return null;
  const { value } = openYaml(new TextDecoder().decode(source), `${place}/${templateFile}`);
  const base = isMapping(value) ? value.extends : undefined;
  return typeof base === "string" && base !== "" ? base : null;
}

/** The files of both: those of the upper template hide those of the lower. The lower one's own text is kept beside. */
export function layFiles(upper: TemplateFiles, name: string, lower: TemplateFiles): Map<string, Uint8Array> {
  const files = new Map(upper);
  for (const [path, bytes] of lower) {
    const key = path === templateFile ? lowerFile(name) : path;
    if (!files.has(key)) files.set(key, bytes);
  }
  return files;
}

function lowerFile(name: string): string {
  return `${name}:${templateFile}`;
}

/** The text of a template with all that it is built on. @throws Fault or Faults */
export function openTemplateYaml(files: TemplateFiles, key: string, file: string): Parsed<unknown> {
  const upper = openYaml(new TextDecoder().decode(files.get(key)), file);
  const base = isMapping(upper.value) ? upper.value.extends : undefined;
  if (typeof base !== "string") return upper;
  if (!files.has(lowerFile(base))) {
    throw new Fault("template-missing", `there is no template "${base}" to build on`, {
      place: upper.locate(["extends"]),
      hints: ["name a built-in template, or a folder with template.yaml relative to this one"],
    });
  }
  const lower = openTemplateYaml(files, lowerFile(base), `${base}/${templateFile}`);
  return new Merger(upper.locate, lower.locate).merge(upper.value, lower.value);
}

type Mapping = Record<string, unknown>;

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Origin {
  readonly locate: Locate;
  readonly path: readonly PropertyKey[];
}

class Merger {
  readonly #upper: Locate;
  readonly #lower: Locate;
  /** of what was put together: where each part comes from */
  readonly #origins = new Map<object, Map<string, Origin>>();

  constructor(upper: Locate, lower: Locate) {
    this.#upper = upper;
    this.#lower = lower;
  }

  merge(upper: unknown, lower: unknown): Parsed<unknown> {
    const value = isMapping(upper) && isMapping(lower) ? this.#template(upper, lower) : upper;
    return { value, locate: (path) => this.#locate(value, path) };
  }

  #locate(root: unknown, path: readonly PropertyKey[]) {
    let origin: Origin = { locate: this.#upper, path: [] };
    let value = root;
    for (const step of path) {
      const known = typeof value === "object" && value !== null ? this.#origins.get(value) : undefined;
      origin = known?.get(String(step)) ?? { ...origin, path: [...origin.path, step] };
      value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
    }
    return origin.locate(origin.path);
  }

  #template(upper: Mapping, lower: Mapping): Mapping {
    const merged = this.#keys(upper, [], lower, [], 2);
    if (Array.isArray(upper.pages) && Array.isArray(lower.pages)) {
      merged.pages = this.#pages(upper.pages, lower.pages);
    }
    return merged;
  }

  /** @param depth how far mappings inside are put together rather than replaced */
  #keys(
    upper: Mapping,
    upperPath: readonly PropertyKey[],
    lower: Mapping,
    lowerPath: readonly PropertyKey[],
    depth: number,
  ): Mapping {
    const merged: Mapping = {};
    const origins = new Map<string, Origin>();
    for (const key of new Set([...Object.keys(lower), ...Object.keys(upper)])) {
      const [above, below] = [upper[key], lower[key]];
      if (Object.hasOwn(upper, key)) origins.set(key, { locate: this.#upper, path: [...upperPath, key] });
      else origins.set(key, { locate: this.#lower, path: [...lowerPath, key] });
      const isBoth = depth > 0 && isMapping(above) && isMapping(below);
      if (isBoth) merged[key] = this.#keys(above, [...upperPath, key], below, [...lowerPath, key], depth - 1);
      else if (!Object.hasOwn(upper, key)) merged[key] = below;
      else if (above !== null || key.includes(".")) merged[key] = above;
    }
    this.#origins.set(merged, origins);
    return merged;
  }

  #pages(upper: readonly unknown[], lower: readonly unknown[]): unknown[] {
    const origins = new Map<string, Origin>();
    const pages = Array.from({ length: Math.max(upper.length, lower.length) }, (_, at) => {
      const [above, below] = [upper[at], lower[at]];
      origins.set(String(at), {
        locate: above === undefined ? this.#lower : this.#upper,
        path: ["pages", at],
      });
      return isMapping(above) && isMapping(below) ? this.#page(above, below, at) : (above ?? below);
    });
    this.#origins.set(pages, origins);
    return pages;
  }

  #page(upper: Mapping, lower: Mapping, at: number): Mapping {
    const { remove, ...rest } = upper;
    const page = this.#keys(rest, ["pages", at], lower, ["pages", at], 1);
    const elements = Array.isArray(lower.elements) ? lower.elements : [];
    const changes = Array.isArray(upper.elements) ? upper.elements : [];
    const removed = new Set(Array.isArray(remove) ? remove.map(String) : []);
    const path = ["pages", at, "elements"];
    const below = { elements, path, changes, removed, used: new Set<unknown>() };
    let merged = this.#elements(below);
    for (const id of removed)
      if (!below.used.has(id)) throw unknownId(id, elements, this.#upper(["pages", at, "remove"]));
    for (const [index, change] of changes.entries()) {
      if (below.used.has(change)) continue;
      merged = this.#added(merged, change, [...path, index]);
    }
    page.elements = merged;
    return page;
  }

  /** The lower elements with the changes to them; those inside of stacks as well. */
  #elements(below: Below): unknown[] {
    const origins: Origin[] = [];
    const { elements, path, changes, removed, used } = below;
    const kept = elements.flatMap((element: unknown, index): unknown[] => {
      const own = [...path, index];
      if (!isMapping(element)) return this.#keep(element, own, origins);
      if (removed.has(String(element.id))) {
        used.add(String(element.id));
        return [];
      }
      const at = changes.findIndex((change) => isMapping(change) && change.id === element.id);
      const change = changes[at];
      let result: Mapping = element;
      if (Array.isArray(element.elements)) {
        const inner = this.#elements({ ...below, elements: element.elements, path: [...own, "elements"] });
        result = { ...element, elements: inner };
        const parts = Object.keys(element).filter((key) => key !== "elements");
        this.#origins.set(
          result,
          new Map(parts.map((key) => [key, { locate: this.#lower, path: [...own, key] }])),
        );
      }
      if (!isMapping(change)) return this.#keep(result, own, origins);
      used.add(change);
      const changed = this.#upperPath(below, at);
      if (change.type !== undefined && change.type !== element.type) {
        origins.push({ locate: this.#upper, path: changed });
        return [change];
      }
      origins.push({ locate: this.#upper, path: changed });
      return [this.#keys(change, changed, result, own, 1)];
    });
    this.#origins.set(kept, new Map(origins.map((origin, index) => [String(index), origin])));
    return kept;
  }

  #keep(element: unknown, path: readonly PropertyKey[], origins: Origin[]): unknown[] {
    origins.push({ locate: this.#lower, path });
    return [element];
  }

  #upperPath({ path }: Below, at: number): PropertyKey[] {
    return [...path.slice(0, 3), at];
  }

  #added(elements: readonly unknown[], added: unknown, path: readonly PropertyKey[]): unknown[] {
    const origins = [...(this.#origins.get(elements) ?? new Map<string, Origin>()).values()];
    const after = isMapping(added) ? added.after : undefined;
    const found = elements.findIndex((element) => isMapping(element) && element.id === after);
    if (after !== undefined && found === -1)
      throw unknownId(String(after), elements, this.#upper([...path, "after"]));
    const at = after === undefined ? elements.length : found + 1;
    const { after: _, ...plain } = isMapping(added) ? added : {};
    const merged = [...elements.slice(0, at), isMapping(added) ? plain : added, ...elements.slice(at)];
    origins.splice(at, 0, { locate: this.#upper, path });
    this.#origins.set(merged, new Map(origins.map((origin, index) => [String(index), origin])));
    return merged;
  }
}

interface Below {
  readonly elements: readonly unknown[];
  readonly path: readonly PropertyKey[];
  readonly changes: readonly unknown[];
  readonly removed: ReadonlySet<string>;
  /** changes and removals that found their element */
  readonly used: Set<unknown>;
}

function unknownId(id: string, elements: readonly unknown[], place: Fault["place"]): Fault {
  const ids = elements.flatMap((element) => (isMapping(element) ? [String(element.id)] : []));
  const near = nearest(id, ids);
  const hints = [near === undefined ? `there are: ${ids.join(", ")}` : `did you mean "${near}"?`];
  return new Fault("element-unknown", `the template below has no element "${id}"`, {
    ...(place === undefined ? {} : { place }),
    hints,
  });
}

/** The values of fields that are declared as pictures, or shown as such: paths relative to the event file. */
export function picturePaths(
  files: TemplateFiles,
  fields: Readonly<Record<string, unknown>>,
): { readonly name: string; readonly path: string }[] {
  const sources = [...files].filter(([path]) => path === templateFile || path.endsWith(`:${templateFile}`));
  const names = new Set(
    sources.flatMap(([path, bytes]) => {
      const { value } = openYaml(new TextDecoder().decode(bytes), path);
      return [...shownNames(value)];
    }),
  );
  return [...names].sort().flatMap((name) => {
    const path = valueAt(fields, name.slice(ownFields.length).split("."));
    return typeof path === "string" && path.trim() !== "" ? [{ name, path: path.trim() }] : [];
  });
}

const ownFields = "certificate.fields.";

function* shownNames(value: unknown): Iterable<string> {
  if (Array.isArray(value)) for (const one of value) yield* shownNames(one);
  if (!isMapping(value)) return;
  const name =
    value.type === "image"
      ? /^\{\{\s*(certificate\.fields\.[\w.-]+)\s*\}\}$/.exec(String(value.src))?.[1]
      : undefined;
  if (name !== undefined) yield name;
  for (const one of Object.values(value)) yield* shownNames(one);
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, step) => (isMapping(at) && Object.hasOwn(at, step) ? at[step] : undefined),
    value,
  );
}
