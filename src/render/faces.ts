import { Face } from "./face.js";
import type { FontFamily } from "./schema.js";
import type { Template } from "./template.js";

/** The whole fonts of a template: they say which face has which letter, and how wide it is. */
export class Faces {
  readonly #template: Template;
  readonly #faces = new Map<string, Face>();
  /** by font; of each, by whether it is bold and whether it is italic */
  readonly #chains = new Map<string, (readonly Face[] | undefined)[]>();

  constructor(template: Template) {
    this.#template = template;
  }

  /** The faces to look for a letter in, in order: the style itself, its family's regular face, the fallbacks. */
  chain(font: string, bold: boolean, italic: boolean): readonly Face[] {
    let chains = this.#chains.get(font);
    if (chains === undefined) {
      chains = [undefined, undefined, undefined, undefined];
      this.#chains.set(font, chains);
    }
    const style = (bold ? 2 : 0) + (italic ? 1 : 0);
    const known = chains[style];
    if (known !== undefined) return known;
    const family = this.#family(font);
    const files = [
      styleOf(family, bold, italic),
      family.file,
      ...family.fallback.map((name) => this.#family(name).file),
    ];
    const chain = [...new Set(files)].map((path) => this.#open(path));
    chains[style] = chain;
    return chain;
  }

  #family(name: string): FontFamily {
    const family = this.#template.fonts.get(name);
    if (family === undefined) throw new TypeError(`a template admitted without its font "${name}"`);
    return family;
  }

  #open(path: string): Face {
    const known = this.#faces.get(path);
    if (known !== undefined) return known;
    const face = new Face(path, fileOf(this.#template, path));
    this.#faces.set(path, face);
    return face;
  }
}

export function fileOf(template: Template, path: string): Uint8Array {
  const file = template.contents.get(path);
  if (file === undefined) throw new TypeError(`a template admitted without its file "${path}"`);
  return file;
}

function styleOf(family: FontFamily, bold: boolean, italic: boolean): string {
  if (bold && italic) return family.bold_italic ?? family.bold ?? family.file;
  return (bold ? family.bold : italic ? family.italic : undefined) ?? family.file;
}
