import { nearest } from "../model/yaml.js";
import { comparable } from "./name.js";
import { keysOf, type Persona } from "./persona.js";

/** Whom a human being means by what they wrote, or why that cannot be told. */
export type Meant =
  | { readonly key: string }
  | { readonly several: readonly string[] }
  | { readonly near: string | undefined };

/** Finds people by a key, an address, a number or a name, as a human being would write them. */
export class Directory {
  readonly #byKey = new Map<string, Persona>();
  readonly #byName = new Map<string, Persona[]>();

  constructor(personas: readonly Persona[]) {
    for (const persona of personas) {
      const keys = [persona.key, ...[...persona.nips].map((nip) => `nip:${nip}`)];
      for (const key of keys) if (!this.#byKey.has(key)) this.#byKey.set(key, persona);
    }
    for (const persona of personas) {
      for (const key of keysOf(persona)) {
        const bearers = this.#byName.get(key);
        if (bearers === undefined) this.#byName.set(key, [persona]);
        else bearers.push(persona);
      }
    }
  }

  find(written: string): Meant {
    const text = written.trim();
    const lower = text.toLowerCase();
    const digits = text.replace(/^['’]/, "").replace(/[\s.-]/g, "");
    for (const key of [text, lower, `email:${lower}`, `nip:${digits}`, `display:${lower}`]) {
      const persona = this.#byKey.get(key);
      if (persona !== undefined) return { key: persona.key };
    }
    const name = comparable(text.replace(/^name:/i, "")).key;
    const bearers = name === null ? [] : (this.#byName.get(name) ?? []);
    const [only] = bearers;
    if (bearers.length === 1 && only !== undefined) return { key: only.key };
    if (bearers.length > 1) return { several: bearers.map(({ key }) => key).sort() };
    return { near: this.#near(lower, name) };
  }

  #near(text: string, name: string | null): string | undefined {
    const key = nearest(text.includes("@") ? `email:${text.replace(/^email:/, "")}` : text, [
      ...this.#byKey.keys(),
    ]);
    return key ?? (name === null ? undefined : nearest(name, [...this.#byName.keys()]));
  }
}
