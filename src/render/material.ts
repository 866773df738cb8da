import { Fault } from "../model/fault.js";
import { type Locate, nearest } from "../model/yaml.js";
import { flawOfPath } from "./element/image.js";
import type { ElementSpec, TemplateFile, TemplateFiles } from "./schema.js";
import { flawOfFont } from "./sfnt.js";

type Kind = "font" | "background" | "image";
interface Named {
  readonly kind: Kind;
  readonly file: string;
  readonly path: readonly PropertyKey[];
}

/** The files that a template names, each of them there: backgrounds, pictures, and fonts, which must be fit as well. */
export function filesOf(
  template: TemplateFile,
  files: TemplateFiles,
  locate: Locate,
  faults: Fault[],
): string[] {
  const named = [...fontFiles(template), ...backgroundFiles(template), ...imageFiles(template)];
  for (const one of named) {
    const bytes = files.get(one.file);
    const flaw = bytes === undefined || one.kind !== "font" ? null : flawOfFont(bytes);
    if (bytes === undefined) faults.push(missing(one, files, locate));
    else if (flaw !== null) {
      const hints = ["use a static TrueType font (.ttf)"];
      const place = locate(one.path);
      faults.push(new Fault("font-unfit", `the font "${one.file}" ${flaw}`, { place, hints }));
    }
  }
  faults.push(...danglingFallbacks(template, locate));
  return [...new Set(named.map(({ file }) => file))];
}

function fontFiles({ fonts }: TemplateFile): Named[] {
  return Object.entries(fonts).flatMap(([name, family]) =>
    (["file", "bold", "italic", "bold_italic"] as const).flatMap((style) => {
      const file = family[style];
      return file === undefined ? [] : [{ kind: "font" as const, file, path: ["fonts", name, style] }];
    }),
  );
}

function backgroundFiles({ pages }: TemplateFile): Named[] {
  return pages.flatMap(({ background }, at) =>
    background === undefined
      ? []
      : [{ kind: "background" as const, file: background.file, path: ["pages", at, "background", "file"] }],
  );
}

/** Paths that may not be followed were complained about when their element was admitted. */
function imageFiles({ pages }: TemplateFile): Named[] {
  const inside = (spec: ElementSpec, path: readonly PropertyKey[]): Named[] => {
    if (spec.type === "stack")
      return spec.elements.flatMap((child, at) => inside(child, [...path, "elements", at]));
    const isFile = spec.type === "image" && !spec.src.includes("{{") && flawOfPath(spec.src) === null;
    return isFile ? [{ kind: "image", file: spec.src, path: [...path, "src"] }] : [];
  };
  return pages.flatMap((page, at) =>
    page.elements.flatMap((spec, index) => inside(spec, ["pages", at, "elements", index])),
  );
}

function missing({ kind, file, path }: Named, files: TemplateFiles, locate: Locate): Fault {
  const near = nearest(file, [...files.keys()]);
  const hints = [
    near === undefined ? "paths are relative to the template's folder" : `did you mean "${near}"?`,
  ];
  const message = `the template's folder has no ${kind} "${file}"`;
  return new Fault(`${kind}-missing`, message, { place: locate(path), hints });
}

function danglingFallbacks({ fonts }: TemplateFile, locate: Locate): Fault[] {
  return Object.entries(fonts).flatMap(([name, { fallback }]) =>
    fallback.flatMap((other, index) => {
      if (other in fonts) return [];
      const near = nearest(other, Object.keys(fonts));
      const hints = near === undefined ? [] : [`did you mean "${near}"?`];
      const place = locate(["fonts", name, "fallback", index]);
      return [new Fault("font-unknown", `there is no font "${other}" to fall back to`, { place, hints })];
    }),
  );
}
