import { distance } from "fastest-levenshtein";
import { type Document, isMap, isPair, LineCounter, type Node, parseDocument } from "yaml";
import type { z } from "zod";
import { Fault, type Place, refuse } from "./fault.js";

/** Where a value of a YAML file stands, by the keys and indices that lead to it. */
export type Locate = (path: readonly PropertyKey[]) => Place;

export interface Parsed<T> {
  readonly value: T;
  readonly locate: Locate;
}

/** No event or template has a longer file; a wrong file under this name may, and would be read for minutes. */
const maxLength = 262_144;
/** Behind so many mistakes a file is no YAML, and the rest follows from the first. */
const maxFaults = 20;
const maxQuoted = 80;

/**
 * Parses a YAML text and admits it through a schema.
 *
 * @param file as the person knows it, for places
 * @param change alters the parsed text before it is admitted
 * @throws Fault or Faults, one per problem, with line and column, and "did you mean" for unknown keys
 */
export function parseYaml<T>(
  text: string,
  file: string,
  schema: z.ZodType<T>,
  change: (document: Document) => void = () => {},
): Parsed<T> {
  const { value, locate } = openYaml(text, file, change);
  return { value: admitYaml(value, locate, schema), locate };
}

/** Parses a YAML text without asking what is in it. @throws Fault or Faults */
export function openYaml(
  text: string,
  file: string,
  change: (document: Document) => void = () => {},
): Parsed<unknown> {
  if (text.length > maxLength) {
    throw new Fault(
      "yaml-too-long",
      `the file has ${text.length} characters, expected at most ${maxLength}`,
      {
        place: { file },
        hints: ["is this the right file? lists of people stand in files of their own"],
      },
    );
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    strict: true,
    logLevel: "error",
  });
  refuse(
    document.errors.slice(0, maxFaults).map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      return new Fault("yaml-invalid", yamlMessage(error.message), { place: { file, line, column: col } });
    }),
  );
  change(document);
  const locate: Locate = (path) => {
    const offset = offsetOf(document.contents, path);
    if (offset === undefined) return { file };
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  return { value: document.toJS({ maxAliasCount: 50 }), locate };
}

/** Admits a value through a schema. @throws Fault or Faults, one per problem */
export function admitYaml<T>(value: unknown, locate: Locate, schema: z.ZodType<T>): T {
  const admitted = schema.safeParse(value);
  if (admitted.success) return admitted.data;
  const faults = admitted.error.issues.flatMap((issue) => faultsOf(issue, [], { schema, locate, value }));
  refuse(faults);
  throw new Fault("yaml-invalid", "the file does not fit its schema", { place: locate([]) });
}

function yamlMessage(message: string): string {
  const line = message.split("\n")[0] ?? message;
  return clipped(line.charAt(0).toLowerCase() + line.slice(1).replace(/\.$/, ""), 300);
}

/** The offset of the value at the path, or of the nearest thing above it that exists. */
function offsetOf(root: Node | null, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = root;
  let offset = root?.range?.[0];
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && String(item.key) === String(step));
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else {
      node = (node as { items?: unknown[] } | null)?.items?.[Number(step)];
      offset = (node as Node | null | undefined)?.range?.[0] ?? offset;
    }
  }
  return offset;
}

type Issue = z.core.$ZodIssue;

interface Admission {
  readonly schema: z.ZodType;
  readonly locate: Locate;
  readonly value: unknown;
}

function faultsOf(issue: Issue, above: readonly PropertyKey[], admission: Admission): Fault[] {
  const { schema, locate, value } = admission;
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(key, path, schema, locate));
  }
  if (issue.code === "invalid_union") {
    const closest = closestBranch(issue.errors);
    if (closest !== undefined) return closest.flatMap((inner) => faultsOf(inner, path, admission));
  }
  const name = path.length === 0 ? "the file" : `\`${clipped(path.map(String).join("."))}\``;
  const found = foundAt(value, path);
  return [new Fault("config-invalid", `${name} ${found}, ${expectation(issue)}`, { place: locate(path) })];
}

/** What stands at the path, as a person would say it. */
function foundAt(root: unknown, path: readonly PropertyKey[]): string {
  let value = root;
  for (const step of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[step];
  if (value === undefined) return "is missing";
  if (value === null) return "is empty";
  if (Array.isArray(value)) return value.length === 0 ? "is an empty list" : "is a list";
  if (typeof value === "object") return "has keys of its own";
  return typeof value === "string" ? `is the text \`${clipped(value)}\`` : `is ${String(value)}`;
}

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "keys with values",
  record: "keys with values",
};

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return `expected ${kinds[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `expected ${issue.values.map((each) => `\`${String(each)}\``).join(" or ")}`;
    case "too_big":
      return `expected at most ${issue.maximum}${countedIn(issue.origin)}`;
    case "too_small":
      return `expected at least ${issue.minimum}${countedIn(issue.origin)}`;
    default:
      return lowered(issue.message);
  }
}

function countedIn(origin: string): string {
  if (origin === "string") return " letters";
  return origin === "array" || origin === "set" ? " in the list" : "";
}

/** Of a union's branches the one whose shape the value has: the one whose complaints lie deepest. */
function closestBranch(branches: readonly Issue[][]): Issue[] | undefined {
  const depth = (branch: Issue[]) =>
    Math.max(...branch.map((issue) => issue.path.length + Number(issue.code === "unrecognized_keys")));
  return [...branches].sort((a, b) => depth(b) - depth(a))[0];
}

function clipped(text: string, most = maxQuoted): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}

function lowered(message: string): string {
  const text = message.replace(/^Invalid input: /, "").replace(/, received undefined$/, "");
  return clipped(text.charAt(0).toLowerCase() + text.slice(1), 300);
}

function unknownKey(key: string, path: readonly PropertyKey[], schema: z.ZodType, locate: Locate): Fault {
  const known = keysAt(schema, path);
  const near = nearest(key, known);
  const where = path.length === 0 ? "" : ` under \`${clipped(path.map(String).join("."))}\``;
  const hints = [];
  if (near !== undefined) hints.push(`did you mean \`${near}\`?`);
  else if (known.length > 0) hints.push(`known here: ${known.join(", ")}`);
  return new Fault("unknown-key", `unknown key \`${clipped(key)}\`${where}`, {
    place: locate([...path, key]),
    hints,
  });
}

/** The word that was probably meant, if one is near enough. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > maxQuoted) return undefined;
  const near = known
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.edits - b.edits)[0];
  return near !== undefined && near.edits <= Math.max(2, Math.floor(word.length / 3))
    ? near.candidate
    : undefined;
}

/** The keys that a schema knows at a path, through optionals, defaults, arrays, records and unions. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let found: z.core.$ZodType[] = [schema];
  for (const step of path) found = found.flatMap(unwrap).flatMap((each) => stepInto(each, step));
  return [...new Set(found.flatMap(unwrap).flatMap((each) => Object.keys(shapeOf(each) ?? {})))];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  const def = definition(schema);
  if (def.getter !== undefined) return unwrap(def.getter());
  if (def.innerType !== undefined) return unwrap(def.innerType);
  if (def.type === "pipe" && def.in !== undefined) return unwrap(def.in);
  if (def.options !== undefined) return def.options.flatMap(unwrap);
  return [schema];
}

function stepInto(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType[] {
  const def = definition(schema);
  const next = def.element ?? def.valueType ?? def.shape?.[String(step)];
  return next === undefined ? [] : [next];
}

function shapeOf(schema: z.core.$ZodType): Record<string, z.core.$ZodType> | undefined {
  return definition(schema).shape;
}

interface Definition {
  readonly type: string;
  readonly getter?: () => z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly in?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly element?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly shape?: Record<string, z.core.$ZodType>;
}

function definition(schema: z.core.$ZodType): Definition {
  return schema._zod.def as Definition;
}
