import { Parser } from "saxen";
import { Fault } from "../../model/fault.js";
import type { Entry } from "./zip.js";

export type Attributes = Readonly<Record<string, string>>;

/** What is met in a part of a workbook. Names come without their prefix: some programs write `x:row` for `row`. */
export interface Visitor {
  open(name: string, attributes: () => Attributes): void;
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
  parser.on("openTag", (name, attributes, decode) =>
    visitor.open(local(name), () => decoded(attributes(), decode)),
  );
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

function decoded(attributes: unknown, decode: (text: string) => string): Attributes {
  const found: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "string") found[local(name)] = value.includes("&") ? decode(value) : value;
  }
  return found;
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
