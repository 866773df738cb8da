import { Fault } from "../model/fault.js";
import { type Locate, nearest } from "../model/yaml.js";
import type { Language } from "./calendar.js";
import type { ElementSpec, TableSpec, TemplateFile } from "./schema.js";

const word = /\{\{\s*words\.([\w-]+)\s*\}\}/g;

/** The template with `{{words.…}}` replaced by what it says in this language, so that one template serves several. */
export function spell(
  template: TemplateFile,
  language: Language,
  locate: Locate,
  faults: Fault[],
): TemplateFile {
  const words = template.words[language] ?? {};
  const spelled = (text: string, path: readonly PropertyKey[]): string =>
    text.replace(word, (whole, name: string) => {
      const found = words[name];
      if (found === undefined) faults.push(unknownWord(name, language, Object.keys(words), locate, path));
      return found ?? whole.replace(/[{}]/g, "");
    });
  const element = (spec: ElementSpec, path: readonly PropertyKey[]): ElementSpec => {
    if (spec.type === "text") return { ...spec, value: spelled(spec.value, [...path, "value"]) };
    if (spec.type === "qr" || spec.type === "image")
      return { ...spec, alt: spelled(spec.alt, [...path, "alt"]) };
    if (spec.type === "table") return table(spec, path);
    if (spec.type !== "stack") return spec;
    return {
      ...spec,
      elements: spec.elements.map((child, index) => element(child, [...path, "elements", index])),
    };
  };
  const table = (spec: TableSpec, path: readonly PropertyKey[]): TableSpec => ({
    ...spec,
    columns: spec.columns.map((column, at) => ({
      ...column,
      value: spelled(column.value, [...path, "columns", at, "value"]),
      ...(column.title === undefined
        ? {}
        : { title: spelled(column.title, [...path, "columns", at, "title"]) }),
    })),
    ...(spec.footer === undefined
      ? {}
      : {
          footer: {
            ...spec.footer,
            cells: spec.footer.cells.map((cell, at) => spelled(cell, [...path, "footer", "cells", at])),
          },
        }),
  });
  const metadata = { ...template.metadata };
  for (const key of ["title", "author", "subject"] as const) {
    metadata[key] = spelled(metadata[key], ["metadata", key]);
  }
  const pages = template.pages.map((page, at) => ({
    ...page,
    elements: page.elements.map((spec, index) => element(spec, ["pages", at, "elements", index])),
  }));
  return { ...template, metadata, pages };
}

function unknownWord(
  name: string,
  language: Language,
  known: readonly string[],
  locate: Locate,
  path: readonly PropertyKey[],
): Fault {
  const near = nearest(name, known);
  const hint = near === undefined ? `add it under \`words.${language}\`` : `did you mean {{words.${near}}}?`;
  return new Fault("words-unknown", `\`words.${language}\` has no "${name}"`, {
    place: locate(path),
    hints: [hint],
  });
}
