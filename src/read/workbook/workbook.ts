import { Fault } from "../../model/fault.js";
import { formatOf, type NumberFormat } from "./format.js";
import { readXml } from "./xml.js";
import type { Entry } from "./zip.js";

/** A workbook whose common parts are read: what its sheets need to be read row by row. */
export interface Workbook {
  readonly path: string;
  readonly sheets: readonly Sheet[];
  readonly strings: readonly string[];
  /** by the number of a cell's style */
  readonly formats: readonly NumberFormat[];
  /** whether days are counted from 1904, as old spreadsheets of the Mac did */
  readonly is1904: boolean;
}

export interface Sheet {
  readonly name: string;
  readonly isHidden: boolean;
  readonly entry: Entry;
}

const maxStrings = 256 * 1024 * 1024;
const maxSheets = 1000;

/** Whether the files of an archive are the parts of an Office document. */
export function isOffice(entries: readonly Entry[]): boolean {
  return entries.some(({ name }) => name.toLowerCase() === "[content_types].xml");
}

/** @throws Fault for an Office document that is no workbook, and for one that is damaged */
export async function openWorkbook(entries: readonly Entry[], path: string): Promise<Workbook> {
  const parts = new Map(entries.map((entry) => [entry.name.toLowerCase().replace(/^\//, ""), entry]));
  const root = await relationsOf(parts, "", path);
  const main = root.find(({ type }) => type === "officeDocument")?.target ?? "xl/workbook.xml";
  const book = parts.get(main);
  if (book === undefined || !/workbook\.xml$/.test(main)) throw noWorkbook(path, main);
  const relations = await relationsOf(parts, main, path);
  const partOf = (type: string) => {
    const target = relations.find((relation) => relation.type === type)?.target;
    return target === undefined ? undefined : parts.get(target);
  };
  const { listed, is1904 } = await readBook(book, path);
  const sheets = listed.flatMap(({ id, name, isHidden }) => {
    const relation = relations.find((each) => each.id === id);
    const entry = relation?.type === "worksheet" ? parts.get(relation.target) : undefined;
    return entry === undefined ? [] : [{ name, isHidden, entry }];
  });
  if (sheets.length === 0 || sheets.length > maxSheets) throw noWorkbook(path, main);
  return {
    path,
    sheets,
    is1904,
    strings: await readStrings(partOf("sharedStrings"), path),
    formats: await readFormats(partOf("styles"), path),
  };
}

interface Relation {
  readonly id: string;
  /** the last word of its type: the standard has two families of them that differ before it */
  readonly type: string;
  readonly target: string;
}

/** Which parts a part refers to; their names are made whole and lower case. */
async function relationsOf(
  parts: ReadonlyMap<string, Entry>,
  part: string,
  path: string,
): Promise<Relation[]> {
  const slash = part.lastIndexOf("/") + 1;
  const folder = part.slice(0, slash);
  const entry = parts.get(`${folder}_rels/${part.slice(slash)}.rels`);
  const found: Relation[] = [];
  if (entry === undefined) return found;
  await readXml(entry, path, {
    open(name, attribute) {
      if (name !== "Relationship") return;
      const [type, path] = [attribute("Type") ?? "", attribute("Target") ?? ""];
      const target = path.startsWith("/") ? path.slice(1) : folder + path.replace(/^\.\//, "");
      found.push({
        id: attribute("Id") ?? "",
        type: type.slice(type.lastIndexOf("/") + 1),
        target: target.toLowerCase(),
      });
    },
  });
  return found;
}

async function readBook(entry: Entry, path: string) {
  const listed: { id: string; name: string; isHidden: boolean }[] = [];
  let is1904 = false;
  await readXml(entry, path, {
    open(name, attribute) {
      if (name === "workbookPr") is1904 = /^(?:1|true)$/.test(attribute("date1904") ?? "");
      if (name !== "sheet") return;
      listed.push({
        id: attribute("id") ?? "",
        name: unescapeText(attribute("name") ?? ""),
        isHidden: /hidden/i.test(attribute("state") ?? ""),
      });
    },
  });
  return { listed, is1904 };
}

async function readStrings(entry: Entry | undefined, path: string): Promise<string[]> {
  const strings: string[] = [];
  if (entry === undefined) return strings;
  if (entry.size > maxStrings) throw tooMuchText(path);
  const collector = new TextCollector();
  await readXml(entry, path, {
    open: (name) => collector.open(name),
    text: (text) => collector.text(text),
    close(name) {
      collector.close(name);
      if (name === "si") strings.push(collector.take());
    },
  });
  return strings;
}

async function readFormats(entry: Entry | undefined, path: string): Promise<NumberFormat[]> {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isInCells = false;
  if (entry === undefined) return formats;
  await readXml(entry, path, {
    open(name, attribute) {
      if (name === "cellXfs") isInCells = true;
      if (name !== "numFmt" && name !== "xf") return;
      const id = Number(attribute("numFmtId") ?? 0);
      const code = attribute("formatCode");
      if (name === "numFmt" && code !== undefined) codes.set(id, code);
      if (name === "xf" && isInCells) formats.push(formatOf(id, codes.get(id)));
    },
    close(name) {
      if (name === "cellXfs") isInCells = false;
    },
  });
  return formats;
}

/** Gathers the text of a cell from its runs of differing look, without the reading aids of Japanese. */
export class TextCollector {
  #text = "";
  #isText = false;
  #isAid = false;

  open(name: string): void {
    if (name === "t") this.#isText = true;
    else if (name === "rPh") this.#isAid = true;
  }

  text(text: string): void {
    if (this.#isText && !this.#isAid) this.#text += text;
  }

  close(name: string): void {
    if (name === "t") this.#isText = false;
    else if (name === "rPh") this.#isAid = false;
  }

  take(): string {
    const text = unescapeText(this.#text);
    this.#text = "";
    return text;
  }
}

/** Workbooks write characters that XML has not as `_x000D_`. */
export function unescapeText(text: string): string {
  if (!text.includes("_x")) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function noWorkbook(path: string, main: string): Fault {
  const isBinary = main.endsWith(".bin");
  return new Fault(
    "format-unknown",
    isBinary
      ? "found a binary workbook (XLSB), expected a CSV or XLSX export"
      : "found an Office document without a sheet, expected a CSV or XLSX export",
    { place: { file: path }, hints: ["open it and save the list as CSV UTF-8 or XLSX"] },
  );
}

function tooMuchText(path: string): Fault {
  return new Fault(
    "zip-too-large",
    `the workbook holds more than ${maxStrings / 1024 / 1024} megabytes of text`,
    {
      place: { file: path },
      hints: ["save the sheet as CSV UTF-8: a CSV may be as long as it likes"],
    },
  );
}
