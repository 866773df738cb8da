import { Parser } from "saxen";
import { Fault } from "../../model/fault.js";
import type { Entry } from "./zip.js";

/** The value of an attribute of the element, by its name without prefix; `undefined` where it has none. */
export type Attribute = (name: string) => string | undefined;

/** What is met in a part of a workbook. Names come without their prefix: some programs write `x:row` for `row`. */
export interface Visitor {
  open(name: string, attribute: Attribute): void;
  close?(name: string): void;
  text?(text: string): void;
  /** asked after each chunk: whether the rest need not be read */
  isDone?(): boolean;
}

/** Reads one XML part from its start, in chunks. Entities of a document type are not expanded. */
export async function readXml(entry: Entry, file: string, visitor: Visitor): Promise<void> {
  const parser = parserOf(file, visitor);
  const decoder = new TextDecoder("utf-8", { fatal: false });
  for await (const chunk of entry.open()) {
    parser.write(decoder.decode(chunk, { stream: true }));
    if (visitor.isDone?.() === true) return;
  }
  parser.write(decoder.decode());
  parser.end();
}

function parserOf(file: string, visitor: Visitor): Parser {
  const parser = new Parser();
  parser.on("openTag", (name, attributes, decode) => visitor.open(local(name), lookUp(attributes, decode)));
  parser.on("closeTag", (name) => visitor.close?.(local(name)));
  parser.on("text", (text, decode) => visitor.text?.(text.includes("&") ? decode(text) : text));
  parser.on("cdata", (text) => visitor.text?.(text));
  parser.on("warn", () => {});
  parser.on("error", (cause) => {
    throw new Fault("xlsx-damaged", "the workbook is damaged: a part of it is no XML", {
      place: { file },
      cause,
      hints: ["open it in a spreadsheet and save it again, or export it again"],
    });
  });
  return parser;
}

/** A sheet has millions of cells: their few attributes are read as they are asked for, and not copied. */
function lookUp(
  attributes: () => Readonly<Record<string, unknown>>,
  decode: (text: string) => string,
): Attribute {
  let found: Readonly<Record<string, unknown>> | null = null;
  return (name) => {
    found ??= attributes();
    const value = found[name];
    if (typeof value === "string") return value.includes("&") ? decode(value) : value;
    for (const key in found) {
      const prefixed = found[key];
      if (key.endsWith(`:${name}`) && typeof prefixed === "string") return decode(prefixed);
    }
    return undefined;
  };
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
