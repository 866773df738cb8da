import { execFileSync } from "node:child_process";

/**
 * What PDF/A-2u and PDF/UA-1 ask of files like ours, as far as it can be seen in qpdf's own account of the objects.
 * Written from the standards, independent of the writer. No substitute for veraPDF, but it needs nothing that Debian lacks.
 */
export interface Complaint {
  readonly rule: string;
  readonly found: string;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Dict = { [key: string]: Json };

export function lint(path: string): Complaint[] {
  const file = open(path);
  return Object.entries(rules).flatMap(([rule, check]) => check(file).map((found) => ({ rule, found })));
}

export interface Opened {
  readonly version: string;
  readonly trailer: Dict;
  readonly objects: ReadonlyMap<string, Json>;
  resolve(value: Json | undefined): Json;
  dict(value: Json | undefined): Dict;
  data(value: Json | undefined): Buffer;
  readonly catalog: Dict;
  readonly pages: readonly Dict[];
  readonly xmp: string;
}

export function open(path: string): Opened {
  const output = execFileSync(
    "qpdf",
    ["--json=2", "--json-key=qpdf", "--json-stream-data=inline", "--decode-level=generalized", path],
    { encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const [head, table] = (JSON.parse(output) as { qpdf: [Dict, Dict] }).qpdf;
  const objects = new Map(Object.entries(table).map(([key, value]) => [key.replace(/^obj:/, ""), value]));
  const resolve = (value: Json | undefined): Json => {
    const found = typeof value === "string" && / R$/.test(value) ? objects.get(value) : undefined;
    if (found === undefined) return value ?? null;
    const { value: plain, stream } = found as Dict;
    return stream === undefined ? resolve(plain) : ((stream as Dict).dict ?? null);
  };
  const dict = (value: Json | undefined): Dict => {
    const found = resolve(value);
    return typeof found === "object" && found !== null && !Array.isArray(found) ? found : {};
  };
  const data = (value: Json | undefined): Buffer => {
    const { stream } = (objects.get(String(value)) ?? {}) as Dict;
    return Buffer.from(String((stream as Dict | undefined)?.data ?? ""), "base64");
  };
  const trailer = dict((objects.get("trailer") as Dict | undefined)?.value);
  const catalog = dict(trailer["/Root"]);
  const pages = list(resolve(dict(catalog["/Pages"])["/Kids"])).map(dict);
  const xmp = data(catalog["/Metadata"]).toString("utf8");
  return { version: String(head.pdfversion), trailer, objects, resolve, dict, data, catalog, pages, xmp };
}

type Rule = (file: Opened) => string[];

const rules: Readonly<Record<string, Rule>> = {
  "the trailer has two identifiers and no encryption": ({ trailer }) => [
    ...(list(trailer["/ID"] ?? null).length === 2 ? [] : ["no two identifiers"]),
    ...("/Encrypt" in trailer ? ["encrypted"] : []),
  ],
  "dictionary and XMP say the same": ({ trailer, dict, xmp }) => {
    const info = dict(trailer["/Info"]);
    const day = /^D:(\d{4})(\d\d)(\d\d)000000Z$/.exec(text(info["/CreationDate"]))?.slice(1).join("-");
    return [
      ...differing("title", text(info["/Title"]), element(xmp, "dc:title")),
      ...differing("author", text(info["/Author"]), element(xmp, "dc:creator")),
      ...differing("subject", text(info["/Subject"]), element(xmp, "dc:description")),
      ...differing("producer", text(info["/Producer"]), element(xmp, "pdf:Producer")),
      ...differing("date", `${day}T00:00:00Z`, element(xmp, "xmp:CreateDate")),
      ...differing("date", text(info["/CreationDate"]), text(info["/ModDate"])),
      ...differing("date", element(xmp, "xmp:CreateDate"), element(xmp, "xmp:ModifyDate")),
    ];
  },
  "the language is stated, and the same": ({ catalog, xmp }) =>
    differing("language", text(catalog["/Lang"]), element(xmp, "dc:language")),
  "XMP is not packed": ({ catalog, dict }) => ("/Filter" in dict(catalog["/Metadata"]) ? ["a filter"] : []),
  "what is claimed outside of the archive's own schemas is described": ({ xmp }) =>
    xmp.includes("pdfuaid:part") &&
    xmp.includes("pdfaid:part") &&
    !xmp.includes("<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>")
      ? ["pdfuaid without schema"]
      : [],
  "colours are those of an sRGB profile in the file": ({ catalog, dict, data, resolve }) => {
    const intent = dict(list(resolve(catalog["/OutputIntents"]))[0] ?? null);
    const profile = data(intent["/DestOutputProfile"]);
    const head = profile.toString("latin1", 12, 24) + profile.toString("latin1", 36, 40);
    return [
      ...differing("intent", String(intent["/S"]), "/GTS_PDFA1"),
      ...differing("profile", head, "mntrRGB XYZ acsp"),
      ...differing("its size", String(profile.length), String(profile.length > 0 && profile.readUInt32BE(0))),
      ...differing("components", String(dict(intent["/DestOutputProfile"])["/N"]), "3"),
    ];
  },
  "no colour is given for a printing press": (file) =>
    contents(file)
      .flatMap(({ operators }) => operators)
      .filter(({ name, operands }) => /^[kK]$/.test(name) || operands.includes("/DeviceCMYK"))
      .map(({ name }) => name),
  "fonts are in the file, cut down and with widths as drawn": (file) => fonts(file).flatMap(widthFaults),
  "every glyph shown has a meaning and a shape": (file) =>
    contents(file).flatMap(({ operators, resources }) => shownFaults(file, operators, resources)),
  "streams are packed in ways that last": ({ objects }) =>
    streams(objects).flatMap(({ key, dictionary }) => [
      ...(/LZW|Crypt|JPX/.test(JSON.stringify(dictionary["/Filter"] ?? "")) ? [`${key} filter`] : []),
      ...("/F" in dictionary ? [`${key} is outside of the file`] : []),
    ]),
  "nothing acts but links": ({ objects, catalog }) => [
    ...["/OpenAction", "/AA", "/AcroForm"].filter((key) => key in catalog),
    ...[...objects.values()]
      .map((value) => JSON.stringify(value))
      .filter((value) => /"\/S":"\/(JavaScript|Launch|GoToR|SubmitForm|Movie|Sound)"/.test(value)),
  ],
  "pictures are shown as they are": ({ objects }) =>
    streams(objects)
      .filter(({ dictionary }) => dictionary["/Subtype"] === "/Image")
      .flatMap(({ key, dictionary }) =>
        ["/Alternates", "/OPI"]
          .filter((entry) => entry in dictionary)
          .concat(dictionary["/Interpolate"] === true ? ["smoothed"] : [])
          .map((found) => `${key} ${found}`),
      ),
  "annotations print, have words and a place in the tree": (file) =>
    file.pages.flatMap((page) =>
      list(file.resolve(page["/Annots"])).flatMap((reference) => {
        const annotation = file.dict(reference);
        return [
          ...(annotation["/F"] === 4 ? [] : ["does not print"]),
          ...(text(annotation["/Contents"]) === "" ? ["no words"] : []),
          ...(isOwned(file, annotation, reference) ? [] : ["stands in no link"]),
        ];
      }),
    ),
  "the file is tagged and shows its title": ({ catalog, dict }) => [
    ...(dict(catalog["/MarkInfo"])["/Marked"] === true ? [] : ["not marked"]),
    ...(dict(catalog["/ViewerPreferences"])["/DisplayDocTitle"] === true ? [] : ["title not displayed"]),
    ...(dict(catalog["/StructTreeRoot"])["/Type"] === "/StructTreeRoot" ? [] : ["no tree"]),
  ],
  "pages follow the tree": ({ pages }) =>
    pages.flatMap((page, index) => [
      ...(page["/Tabs"] === "/S" ? [] : [`page ${index + 1} tabs`]),
      ...(page["/StructParents"] === index ? [] : [`page ${index + 1} key`]),
    ]),
  "everything drawn is content or ornament, never both": (file) =>
    file.pages.flatMap((page) => markFaults(file, page)),
  "the tree and the marks agree": (file) => treeFaults(file),
  "elements are of standard kinds": (file) =>
    elements(file)
      .map(({ element: { "/S": kind } }) => String(kind))
      .filter((kind) => !/^\/(Document|P|H[1-6]|Table|TR|TH|TD|Figure|Link|L|LI|LBody|Span)$/.test(kind)),
  "figures have words and bounds": (file) =>
    elements(file)
      .filter(({ element: { "/S": kind } }) => kind === "/Figure")
      .flatMap(({ element: figure }) => [
        ...(text(figure["/Alt"]) === "" ? ["no words"] : []),
        ...(list(file.dict(figure["/A"])["/BBox"] ?? null).length === 4 ? [] : ["no bounds"]),
      ]),
  "headings leave no level out": (file) => {
    let level = 0;
    return elements(file).flatMap(({ element: { "/S": kind } }) => {
      const next = Number(/^\/H(\d)$/.exec(String(kind))?.[1] ?? level);
      const isSkip = next > level + 1;
      level = next;
      return isSkip ? [String(kind)] : [];
    });
  },
  "tables are rows of cells, and their heads say of what": (file) =>
    elements(file).flatMap(({ element: one, parent }) => {
      const [kind, outer] = [String(one["/S"]), String(parent["/S"])];
      if (kind === "/TR" && outer !== "/Table") return ["a row outside of a table"];
      if (/^\/T[HD]$/.test(kind) && outer !== "/TR") return ["a cell outside of a row"];
      return kind === "/TH" && file.dict(one["/A"])["/Scope"] === undefined ? ["a head without scope"] : [];
    }),
  "attachments are the document's own, and only where they are claimed": ({
    catalog,
    dict,
    resolve,
    xmp,
  }) => {
    const files = list(resolve(catalog["/AF"])).map(dict);
    const isThird = xmp.includes("<pdfaid:part>3<");
    return [
      ...(files.length > 0 === isThird ? [] : ["the part of the standard does not fit"]),
      ...files.flatMap((each) => {
        const stream = dict(dict(each["/EF"])["/F"]);
        return [
          ...(each["/AFRelationship"] === "/Data" ? [] : ["no relationship"]),
          ...(typeof stream["/Subtype"] === "string" ? [] : ["no kind"]),
          ...(text(each["/UF"]) === text(each["/F"]) ? [] : ["two names"]),
        ];
      }),
    ];
  },
};

export const ruleCount = Object.keys(rules).length;

interface Operator {
  readonly name: string;
  readonly operands: readonly string[];
}

/** Operators of a content; strings in brackets become hexadecimal ones. */
export function operatorsOf(content: Buffer): Operator[] {
  const found: Operator[] = [];
  let operands: string[] = [];
  const tokens =
    content
      .toString("latin1")
      .match(/<<|>>|<[0-9a-fA-F]*>|\((?:\\[\s\S]|[^\\()])*\)|\[|\]|\/[^\s/[\]<>(){}]*|[^\s/[\]<>(){}]+/g) ??
    [];
  for (const token of tokens) {
    if (/^[A-Za-z'"][A-Za-z0-9*'"]*$/.test(token) && !/^(true|false|null)$/.test(token)) {
      found.push({ name: token, operands });
      operands = [];
    } else operands.push(token);
  }
  return found;
}

function contents(file: Opened): { operators: Operator[]; resources: Dict }[] {
  return file.pages.map((page) => ({
    operators: list(file.resolve(page["/Contents"])).flatMap((part) => operatorsOf(file.data(part))),
    resources: file.dict(page["/Resources"]),
  }));
}

function fonts(file: Opened): { file: Opened; font: Dict }[] {
  const found = new Map<string, Dict>();
  for (const page of file.pages) {
    const table = file.dict(file.dict(page["/Resources"])["/Font"]);
    for (const reference of Object.values(table)) found.set(String(reference), file.dict(reference));
  }
  return [...found.values()].map((font) => ({ file, font }));
}

function widthFaults({ file, font }: { file: Opened; font: Dict }): string[] {
  const name = String(font["/BaseFont"]);
  const descendant = file.dict(list(file.resolve(font["/DescendantFonts"]))[0] ?? null);
  const program = file.data(file.dict(descendant["/FontDescriptor"])["/FontFile2"]);
  if (program.length === 0) return [`${name} is not in the file`];
  const [start, widths] = list(file.resolve(descendant["/W"]));
  const drawn = advancesOf(program);
  const wrong = list(widths ?? null).filter(
    (width, index) => Math.abs(Number(width) - (drawn[index] ?? -1)) > 1,
  );
  return [
    ...(/^\/[A-Z]{6}\+/.test(name) ? [] : [`${name} is not named as a part`]),
    ...(descendant["/CIDToGIDMap"] === "/Identity" ? [] : [`${name} maps glyphs`]),
    ...(start === 0 && list(widths ?? null).length === drawn.length ? [] : [`${name} lacks widths`]),
    ...(wrong.length > 0 ? [`${name} has ${wrong.length} wrong widths`] : []),
  ];
}

/** Thousandths of an em, from the tables head, hhea, maxp and hmtx. */
function advancesOf(program: Buffer): number[] {
  const at = (tag: string) => {
    for (let entry = 12; entry < 12 + 16 * program.readUInt16BE(4); entry += 16)
      if (program.toString("latin1", entry, entry + 4) === tag) return program.readUInt32BE(entry + 8);
    throw new Error(`a font without ${tag}`);
  };
  const [unitsPerEm, long] = [program.readUInt16BE(at("head") + 18), program.readUInt16BE(at("hhea") + 34)];
  return Array.from({ length: program.readUInt16BE(at("maxp") + 4) }, (_, glyph) => {
    const advance = program.readUInt16BE(at("hmtx") + 4 * Math.min(glyph, long - 1));
    return (advance * 1000) / unitsPerEm;
  });
}

function shownFaults(file: Opened, operators: readonly Operator[], resources: Dict): string[] {
  const faults: string[] = [];
  let meanings = new Map<string, string>();
  for (const { name, operands } of operators) {
    if (name === "Tf") {
      const font = file.dict(file.dict(resources["/Font"])[operands[0] ?? ""]);
      meanings = meaningsOf(file.data(font["/ToUnicode"]).toString("latin1"));
    }
    if (name !== "TJ" && name !== "Tj") continue;
    for (const string of operands.filter((operand) => /^<[0-9a-f]+>$/.test(operand))) {
      for (const code of string.slice(1, -1).match(/.{4}/g) ?? []) {
        if (code === "0000") faults.push("a glyph for nothing");
        const meaning = meanings.get(code) ?? "";
        if (meaning === "" || /^(0000|feff|fffe)/.test(meaning)) faults.push(`glyph ${code} means nothing`);
      }
    }
  }
  return faults;
}

function meaningsOf(table: string): Map<string, string> {
  return new Map(
    [...table.matchAll(/^<([0-9a-f]{4})> <([0-9a-f]+)>$/gm)].map(([, code = "", text = ""]) => [code, text]),
  );
}

const painting = /^(f\*?|F|S|s|B\*?|b\*?|Do|sh|TJ|Tj|'|")$/;

function markFaults(file: Opened, page: Dict): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  for (const part of list(file.resolve(page["/Contents"]))) {
    for (const { name, operands } of operatorsOf(file.data(part))) {
      if (name === "BMC") open.push(operands[0] === "/Artifact" ? "ornament" : "plain");
      if (name === "BDC") open.push(operands.includes("/MCID") ? "content" : "plain");
      if (name === "EMC" && open.pop() === undefined) faults.push("more ends than beginnings");
      if (painting.test(name) && !open.some((mark) => mark !== "plain")) faults.push(`${name} unmarked`);
      if (open.includes("ornament") && open.includes("content")) faults.push("content inside of ornament");
      if (open.filter((mark) => mark === "content").length > 1) faults.push("content inside of content");
    }
  }
  return open.length > 0 ? [...faults, "a mark without end"] : faults;
}

/** All elements in reading order, each with its parent. */
export function elements(file: Opened): { element: Dict; parent: Dict; reference: string }[] {
  const walk = (reference: Json, parent: Dict): { element: Dict; parent: Dict; reference: string }[] => {
    const element = file.dict(reference);
    if (element["/S"] === undefined) return [];
    const kids = file.resolve(element["/K"]);
    return [
      { element, parent, reference: String(reference) },
      ...(Array.isArray(kids) ? kids : [element["/K"] ?? null]).flatMap((kid) => walk(kid, element)),
    ];
  };
  return walk(file.dict(file.catalog["/StructTreeRoot"])["/K"] ?? null, {});
}

function treeFaults(file: Opened): string[] {
  const pageOf = new Map(
    list(file.resolve(file.dict(file.catalog["/Pages"])["/Kids"])).map((ref, at) => [ref, at]),
  );
  const claimed = elements(file).flatMap(({ element: { "/K": mark, "/Pg": page }, reference }) =>
    typeof mark === "number" ? [`${pageOf.get(page ?? null)} ${mark} ${reference}`] : [],
  );
  const numbers = list(file.dict(file.dict(file.catalog["/StructTreeRoot"])["/ParentTree"])["/Nums"] ?? null);
  const listed = file.pages.flatMap((_, at) =>
    list(numbers[numbers.indexOf(at) + 1] ?? null).map((reference, mark) => `${at} ${mark} ${reference}`),
  );
  const marked = contents(file).flatMap(({ operators }, at) =>
    operators
      .filter(({ name, operands }) => name === "BDC" && operands.includes("/MCID"))
      .map(({ operands }) => `${at} ${operands[operands.indexOf("/MCID") + 1]}`),
  );
  const short = (one: string) => one.split(" ").slice(0, 2).join(" ");
  return [
    ...differing("claimed and listed", [...claimed].sort().join(), [...listed].sort().join()),
    ...differing("listed and marked", listed.map(short).sort().join(), [...marked].sort().join()),
    ...differing("no mark twice", String(new Set(marked).size), String(marked.length)),
  ];
}

/** Both ways: the table names a link as the annotation's owner, and that link names the annotation. */
function isOwned(file: Opened, annotation: Dict, reference: Json): boolean {
  const tree = file.dict(file.dict(file.catalog["/StructTreeRoot"])["/ParentTree"]);
  const numbers = list(file.resolve(tree["/Nums"]));
  const owner = file.dict(numbers[numbers.indexOf(annotation["/StructParent"] ?? null) + 1]);
  const objects = list(file.resolve(owner["/K"])).map((kid) => file.dict(kid)["/Obj"]);
  return owner["/S"] === "/Link" && objects.includes(reference);
}

function streams(objects: ReadonlyMap<string, Json>): { key: string; dictionary: Dict }[] {
  return [...objects].flatMap(([key, value]) => {
    const { stream } = (value ?? {}) as Dict;
    return stream === undefined ? [] : [{ key, dictionary: ((stream as Dict).dict ?? {}) as Dict }];
  });
}

function list(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

/** qpdf writes text as `u:…` and other bytes as `b:…`. */
function text(value: Json | undefined): string {
  return typeof value === "string" ? value.replace(/^u:/, "") : "";
}

function element(xmp: string, name: string): string {
  const inside = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xmp)?.[1] ?? "";
  return inside
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

function differing(what: string, one: string, other: string): string[] {
  return one === other && one !== "" ? [] : [`${what}: "${one}" and "${other}"`];
}
