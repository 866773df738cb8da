import { strToU8, zipSync } from "fflate";

/** A cell as a spreadsheet keeps it: text, a number, or a number that a format shows as something else. */
export type Cell =
  | string
  | number
  | boolean
  | null
  | { readonly number: number | string; readonly format: string };

export interface Writing {
  /** how the program that wrote it names its elements: `x:row` for `row` */
  readonly prefix?: string;
  /** text in the cells themselves rather than in a table of its own */
  readonly isInline?: boolean;
  readonly is1904?: boolean;
  readonly hidden?: readonly string[];
}

/** Days since the end of 1899, as spreadsheets count them, of a local date and time. */
export function serial(iso: string): number {
  return Date.parse(`${iso.replace(" ", "T")}Z`) / 86_400_000 + 25_569;
}

export function date(iso: string, format = "dd/mm/yyyy hh:mm:ss"): Cell {
  return { number: serial(iso), format };
}

/** A workbook made by hand, so that every way to write a cell can be tried. Rows that are `null` are left out. */
export function xlsxOf(
  sheets: Readonly<Record<string, readonly (readonly Cell[] | null)[]>>,
  how: Writing = {},
): Uint8Array {
  const x = how.prefix === undefined ? "" : `${how.prefix}:`;
  const space = how.prefix === undefined ? "xmlns" : `xmlns:${how.prefix}`;
  const main = `${space}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`;
  const strings: string[] = [];
  const formats = [
    ...new Set(
      Object.values(sheets).flatMap((rows) =>
        rows.flatMap((row) => (row ?? []).flatMap((cell) => (isFormatted(cell) ? [cell.format] : []))),
      ),
    ),
  ];
  const cellOf = (cell: Cell | undefined, row: number, column: number): string => {
    const r = `r="${letters(column)}${row + 1}"`;
    if (cell === null || cell === undefined) return "";
    if (typeof cell === "boolean") return `<${x}c ${r} t="b"><${x}v>${cell ? 1 : 0}</${x}v></${x}c>`;
    if (typeof cell === "number") return `<${x}c ${r}><${x}v>${cell}</${x}v></${x}c>`;
    if (typeof cell === "object") {
      return `<${x}c ${r} s="${formats.indexOf(cell.format) + 1}"><${x}v>${cell.number}</${x}v></${x}c>`;
    }
    if (how.isInline === true)
      return `<${x}c ${r} t="inlineStr"><${x}is><${x}t>${escaped(cell)}</${x}t></${x}is></${x}c>`;
    strings.push(cell);
    return `<${x}c ${r} t="s"><${x}v>${strings.length - 1}</${x}v></${x}c>`;
  };
  const sheetOf = (rows: readonly (readonly Cell[] | null)[]): string => {
    const written = rows.map((row, index) =>
      row === null
        ? ""
        : `<${x}row r="${index + 1}">${row.map((cell, at) => cellOf(cell, index, at)).join("")}</${x}row>`,
    );
    return `<${x}worksheet ${main}><${x}sheetData>${written.join("")}</${x}sheetData></${x}worksheet>`;
  };
  const names = Object.keys(sheets);
  const parts: Record<string, string> = {
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": relations([["rId1", "officeDocument", "xl/workbook.xml"]]),
    "xl/workbook.xml": `<${x}workbook ${main} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><${x}workbookPr date1904="${how.is1904 === true ? 1 : 0}"/><${x}sheets>${names.map((name, index) => `<${x}sheet name="${escaped(name)}" sheetId="${index + 1}"${how.hidden?.includes(name) === true ? ' state="hidden"' : ""} r:id="s${index}"/>`).join("")}</${x}sheets></${x}workbook>`,
    "xl/_rels/workbook.xml.rels": relations([
      ...names.map((_, index) => [`s${index}`, "worksheet", `worksheets/sheet${index + 1}.xml`] as const),
      ["t", "sharedStrings", "sharedStrings.xml"],
      ["f", "styles", "styles.xml"],
    ]),
    "xl/styles.xml": `<${x}styleSheet ${main}><${x}numFmts>${formats.map((format, index) => `<${x}numFmt numFmtId="${200 + index}" formatCode="${escaped(format)}"/>`).join("")}</${x}numFmts><${x}cellStyleXfs><${x}xf numFmtId="14"/></${x}cellStyleXfs><${x}cellXfs><${x}xf numFmtId="0"/>${formats.map((_, index) => `<${x}xf numFmtId="${200 + index}"/>`).join("")}</${x}cellXfs></${x}styleSheet>`,
  };
  for (const [index, name] of names.entries())
    parts[`xl/worksheets/sheet${index + 1}.xml`] = sheetOf(sheets[name] ?? []);
  parts["xl/sharedStrings.xml"] =
    `<${x}sst ${main}>${strings.map((text) => `<${x}si><${x}t xml:space="preserve">${escaped(text)}</${x}t></${x}si>`).join("")}</${x}sst>`;
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

function isFormatted(cell: Cell): cell is { number: number | string; format: string } {
  return typeof cell === "object" && cell !== null;
}

function relations(all: readonly (readonly [string, string, string])[]): string {
  const type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${type}/${kind}" Target="${target}"/>`).join("")}</Relationships>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}

function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}
