import { Fault, type Place } from "../model/fault.js";
import { nearest } from "../model/yaml.js";
import type { Language } from "./calendar.js";
import { filters } from "./filter.js";
import { type Facts, isPlaceholder, placeholders, type Scope, scopeOf } from "./placeholder.js";

/**
 * A template's text: letters, `{{placeholder | filter: 'argument'}}`, `[[parts that vanish]]` with a placeholder that
 * has no value, and, where the element allows markup, `**bold**` and `*italic*`. Values are never parsed.
 */
export interface Text {
  readonly parts: readonly Part[];
  readonly placeholders: readonly string[];
  /** of the most particular placeholder in it */
  readonly scope: Scope;
  readonly language: Language;
  readonly place: Place;
}

interface Style {
  readonly bold: boolean;
  readonly italic: boolean;
}
interface Value extends Style {
  readonly kind: "value";
  readonly name: string;
  readonly filters: readonly { readonly name: string; readonly argument: string | undefined }[];
}
type Part =
  | ({ readonly kind: "letters" } & Span)
  | Value
  | { readonly kind: "optional"; readonly parts: readonly Part[] };

/** A stretch of one style; a line break in the template is a span of its own. */
export interface Span extends Style {
  readonly text: string;
  /** of a placeholder, not of the template */
  readonly isValue: boolean;
}

const token = /\{\{(.*?)\}\}|\[\[|\]\]|\*\*|\*|\n/gs;
const filterCall = /^\s*([a-z]+)\s*(?::\s*'([^']*)')?\s*$/;

interface Surroundings {
  readonly place: Place;
  readonly language: Language;
  readonly markup: boolean;
  /** names that are known here only: the columns of a table */
  readonly columns?: readonly string[] | undefined;
}

/** @param faults takes what is wrong with it: unknown placeholders and filters, open brackets */
export function parseText(source: string, at: Surroundings, faults: Fault[]): Text {
  const stack: Part[][] = [[]];
  const style = { bold: false, italic: false };
  let from = 0;
  const add = (part: Part) => stack.at(-1)?.push(part);
  const letters = (text: string) => text !== "" && add({ kind: "letters", text, isValue: false, ...style });
  for (const match of source.matchAll(token)) {
    const [mark, inside] = match;
    const isStyle = mark.startsWith("*");
    if (isStyle && !at.markup) continue;
    letters(source.slice(from, match.index));
    from = match.index + mark.length;
    if (inside !== undefined) {
      const value = parseValue(inside, at, faults);
      if (value !== null) add({ ...value, ...style });
    } else if (mark === "[[") stack.push([]);
    else if (mark === "]]" && stack.length > 1) {
      const parts = stack.pop() ?? [];
      add({ kind: "optional", parts });
    } else if (mark === "**") style.bold = !style.bold;
    else if (mark === "*") style.italic = !style.italic;
    else letters(mark);
  }
  letters(source.slice(from));
  if (stack.length > 1 || style.bold || style.italic) faults.push(unclosed(source, at.place));
  const parts = stack.flat();
  const own = new Set(at.columns);
  const names = [...new Set(namesIn(parts))].filter((name) => !own.has(name));
  return { parts, placeholders: names, scope: widest(names), language: at.language, place: at.place };
}

function unclosed(source: string, place: Place): Fault {
  return new Fault("text-unclosed", `"${source}" opens something with [[, ** or * that it does not close`, {
    place,
  });
}

function parseValue(inside: string, at: Surroundings, faults: Fault[]): Omit<Value, keyof Style> | null {
  const { place } = at;
  const [first = "", ...calls] = inside.split("|");
  const name = first.trim();
  const isOwn = at.columns?.includes(name) ?? false;
  if (!isOwn && at.columns !== undefined && !isPlaceholder(name)) {
    faults.push(unknownColumn(name, at.columns, place));
    return null;
  }
  if (!isOwn && !isPlaceholder(name)) {
    const near = nearest(name, Object.keys(placeholders));
    const hint =
      near === undefined ? `known: ${Object.keys(placeholders).join(", ")}` : `did you mean {{${near}}}?`;
    faults.push(
      new Fault("placeholder-unknown", `there is no placeholder {{${name}}}`, { place, hints: [hint] }),
    );
    return null;
  }
  const parsed = calls.map((call) => parseFilter(call, place, faults));
  return { kind: "value", name, filters: parsed.filter((filter) => filter !== null) };
}

function unknownColumn(name: string, columns: readonly string[], place: Place): Fault {
  const near = nearest(name, columns);
  const hint = near === undefined ? `known in a row: ${columns.join(", ")}` : `did you mean {{${near}}}?`;
  return new Fault("placeholder-unknown", `the rows have no {{${name}}}`, {
    place,
    hints: [hint, "declare it under `item` of the list's field"],
  });
}

function parseFilter(call: string, place: Place, faults: Fault[]) {
  const [, name = "", argument] = filterCall.exec(call) ?? [];
  const filter = filters[name];
  if (filter === undefined) {
    const near = nearest(name, Object.keys(filters));
    const known = Object.keys(filters).join(", ");
    const hints = [near === undefined ? `known: ${known}` : `did you mean "${near}"?`];
    faults.push(new Fault("filter-unknown", `there is no filter "${call.trim()}"`, { place, hints }));
    return null;
  }
  if (argument !== undefined && !filter.takes(argument)) {
    const wanted = filter.argument ?? "no argument";
    faults.push(
      new Fault("filter-argument", `"${argument}" does not fit the filter "${name}": it takes ${wanted}`, {
        place,
      }),
    );
    return null;
  }
  return { name, argument };
}

function namesIn(parts: readonly Part[]): string[] {
  return parts.flatMap((part) =>
    part.kind === "value" ? [part.name] : part.kind === "optional" ? namesIn(part.parts) : [],
  );
}

function widest(names: readonly string[]): Scope {
  const scopes = names.map(scopeOf);
  return scopes.includes("person") ? "person" : scopes.includes("batch") ? "batch" : "event";
}

/** The text with its values, or `null` if one that it cannot do without has none. @throws Fault for a value that a filter cannot take */
export function fillText(text: Text, facts: Facts): Span[] | null {
  return fillParts(text.parts, facts, text);
}

/** The same without styles, for metadata. */
export function fillPlain(text: Text, facts: Facts): string | null {
  const spans = fillText(text, facts);
  if (spans === null) return null;
  let plain = "";
  for (const span of spans) plain += span.text;
  return plain;
}

function fillParts(parts: readonly Part[], facts: Facts, text: Text): Span[] | null {
  const spans: Span[] = [];
  for (const part of parts) {
    if (part.kind === "letters") spans.push(part);
    else if (part.kind === "optional") spans.push(...(fillParts(part.parts, facts, text) ?? []));
    else {
      const value = fillValue(part, facts, text);
      if (value === null) return null;
      spans.push({ text: value, bold: part.bold, italic: part.italic, isValue: true });
    }
  }
  return spans;
}

function fillValue(value: Value, facts: Facts, text: Text): string | null {
  const fact = facts(value.name);
  if (fact === null) return value.filters.find(({ name }) => name === "default")?.argument ?? null;
  let filled = String(fact);
  for (const { name, argument } of value.filters) {
    const filter = filters[name];
    const after = filter?.apply(filled, argument, text.language);
    if (typeof after !== "string") {
      throw new Fault(
        "value-unfit",
        `{{${value.name}}} is "${filled}"; the filter "${name}" wants ${filter?.wants}`,
        { place: text.place },
      );
    }
    filled = after;
  }
  return filled;
}
