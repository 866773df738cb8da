import { Fault } from "../model/fault.js";
import { type Locate, nearest } from "../model/yaml.js";
import type { TemplateFile, TemplateFiles } from "./schema.js";
import { flawOfFont } from "./sfnt.js";

/** The files that a template names, each of them there and fit: background and fonts. */
export function filesOf(
  template: TemplateFile,
  files: TemplateFiles,
  locate: Locate,
  faults: Fault[],
): string[] {
  const fonts = fontFiles(template);
  for (const { file, path } of fonts) {
    const bytes = files.get(file);
    const flaw = bytes === undefined ? null : flawOfFont(bytes);
    if (bytes === undefined) faults.push(missing("font", file, files, locate, path));
    else if (flaw !== null) {
      const hints = ["use a static TrueType font (.ttf)"];
      faults.push(new Fault("font-unfit", `the font "${file}" ${flaw}`, { place: locate(path), hints }));
    }
  }
  faults.push(...danglingFallbacks(template, locate));
  const backgrounds = template.pages.flatMap((page, index) => {
    if (page.background === undefined) return [];
    const { file } = page.background;
    const path = ["pages", index, "background", "file"];
    if (!files.has(file)) faults.push(missing("background", file, files, locate, path));
    return [file];
  });
  return [...new Set([...fonts.map(({ file }) => file), ...backgrounds])];
}

function fontFiles({ fonts }: TemplateFile): { file: string; path: PropertyKey[] }[] {
  return Object.entries(fonts).flatMap(([name, family]) =>
    (["file", "bold", "italic", "bold_italic"] as const).flatMap((style) => {
      const file = family[style];
      return file === undefined ? [] : [{ file, path: ["fonts", name, style] }];
    }),
  );
}

function missing(
  kind: "font" | "background",
  file: string,
  files: TemplateFiles,
  locate: Locate,
  path: readonly PropertyKey[],
): Fault {
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
