import { createHash } from "node:crypto";
import { type PDFContext, type PDFRef, PDFString } from "pdf-lib";
import subsetFont from "subset-font";
import { isFromRight } from "./bidi.js";
import type { Demand } from "./demand.js";
import { Face } from "./face.js";
import { metricsOf, withoutTables } from "./sfnt.js";

/** What shaping needs of a font; without this choice small capitals and old-style figures would all come along. */
const features = (
  "kern liga clig calt ccmp locl rlig mark mkmk dist init medi fina isol curs abvm blwm abvs blws pres psts pref " +
  "pstf rphf half nukt akhn blwf rtlm"
).split(" ");
/** For shaping only, or about the whole font: a reader of the PDF uses none of them. */
const unused = "GSUB GPOS GDEF STAT name DSIG meta gasp post OS/2 cmap".split(" ");

export interface Embedded {
  /** the subset with the tables for shaping, which are not in the PDF */
  readonly subset: Uint8Array;
  /** what each glyph stands for, as the PDF has it */
  readonly meanings: ReadonlyMap<number, string>;
  readonly ref: PDFRef;
}

/**
 * The part of a font that a batch needs, for shaping and inside of the PDF.
 *
 * @param withSet whether to list the glyphs once more, as PDF/A-1 wants it
 */
export async function embedFont(
  path: string,
  file: Uint8Array,
  demand: Demand["faces"][string],
  context: PDFContext,
  withSet: boolean,
): Promise<Embedded> {
  const options = { targetFormat: "truetype", noHinting: true, keepFeatures: features } as const;
  const subset = await subsetFont(Buffer.from(file), demand.characters, options);
  const face = new Face(path, subset);
  const meanings = meaningsOf(face, demand);
  face.learn(meanings);
  const body = withoutTables(subset, unused);
  const name = `${tagOf(body)}+${path
    .replace(/^.*\//, "")
    .replace(/\.[^.]*$/, "")
    .replace(/[^A-Za-z0-9-]/g, "")}`;
  const scale = 1000 / face.unitsPerEm;
  const { bounds, italicAngle, capHeight } = metricsOf(subset);
  const descriptor = context.register(
    context.obj({
      Type: "FontDescriptor",
      FontName: name,
      Flags: 4,
      FontBBox: bounds.map((bound) => Math.round(bound * scale)),
      ItalicAngle: Math.round(italicAngle * 100) / 100,
      Ascent: Math.round(face.ascent * 1000),
      Descent: Math.round(-face.descent * 1000),
      CapHeight: Math.round(capHeight * scale),
      StemV: 80,
      FontFile2: context.register(context.flateStream(body, { Length1: body.length })),
      ...(withSet ? { CIDSet: context.register(context.flateStream(setOf(glyphCount(subset)))) } : {}),
    }),
  );
  const descendant = context.register(
    context.obj({
      Type: "Font",
      Subtype: "CIDFontType2",
      BaseFont: name,
      CIDSystemInfo: { Registry: PDFString.of("Adobe"), Ordering: PDFString.of("Identity"), Supplement: 0 },
      FontDescriptor: descriptor,
      DW: 0,
      W: [0, widthsOf(face, subset, scale)],
      CIDToGIDMap: "Identity",
    }),
  );
  const ref = context.register(
    context.obj({
      Type: "Font",
      Subtype: "Type0",
      BaseFont: name,
      Encoding: "Identity-H",
      DescendantFonts: [descendant],
      ToUnicode: context.register(context.flateStream(formatToUnicode(meanings))),
    }),
  );
  return { subset, meanings, ref };
}

/** Six letters that differ from subset to subset, as the standard wants before the name. */
function tagOf(body: Uint8Array): string {
  const digest = createHash("sha256").update(body).digest();
  return Array.from(digest.subarray(0, 6), (byte) => String.fromCharCode(65 + (byte % 26))).join("");
}

/** A bit for each glyph, the first is the highest of the first byte. */
function setOf(count: number): Uint8Array {
  const set = new Uint8Array(Math.ceil(count / 8));
  for (let glyph = 0; glyph < count; glyph += 1)
    set[glyph >> 3] = (set[glyph >> 3] ?? 0) | (0x80 >> (glyph & 7));
  return set;
}

/** Of every glyph, since which of them a certificate uses is not known yet. */
function widthsOf(face: Face, subset: Buffer, scale: number): number[] {
  const count = glyphCount(subset);
  return Array.from({ length: count }, (_, glyph) => Math.round(face.advance(glyph) * scale * 100) / 100);
}

function glyphCount(font: Buffer): number {
  const entries = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  const entry = entries.find((at) => font.toString("latin1", at, at + 4) === "maxp");
  return entry === undefined ? 0 : font.readUInt16BE(font.readUInt32BE(entry + 8) + 4);
}

/**
 * What each glyph stands for. A glyph that several characters share stands for the first of them; where several glyphs
 * make one cluster, the first stands for all of it and the others for its last letter, since none may mean nothing. Such
 * a text says besides, as a whole, what it means.
 */
function meaningsOf(face: Face, { characters, samples }: Demand["faces"][string]): Map<number, string> {
  const meanings = new Map<number, string>();
  const learn = (glyph: number | undefined, text: string) => {
    if (glyph !== undefined && glyph > 0 && text !== "" && !meanings.has(glyph)) meanings.set(glyph, text);
  };
  for (const character of characters) learn(face.nominal(character.codePointAt(0) ?? 0), character);
  const groups = samples.flatMap((sample) => [
    ...face.shape({ text: sample, spaced: false, fromRight: isFromRight(sample) }).letterGroups(),
  ]);
  // shapes of one letter before those of letters with marks, so that each part is known by its own
  for (const { ids, text } of groups.sort((a, b) => a.text.length - b.text.length)) {
    const [first, ...others] = ids.filter((id) => !meanings.has(id));
    const known = ids.filter((id) => meanings.has(id)).map((id) => meanings.get(id) ?? "");
    const rest = known.reduce((left, part) => left.replace(part, ""), text);
    if (others.length === 0) learn(first, rest);
    else learn(ids[0], text);
  }
  for (const { ids, text } of groups) for (const id of ids) learn(id, [...text].at(-1) ?? "");
  return meanings;
}

function formatToUnicode(meanings: ReadonlyMap<number, string>): string {
  const rows = [...meanings]
    .sort(([a], [b]) => a - b)
    .map(([glyph, text]) => {
      const code = glyph.toString(16).padStart(4, "0");
      return `<${code}> <${Buffer.from(text, "utf16le").swap16().toString("hex")}>`;
    });
  const blocks = [];
  // the standard allows a hundred rows in one block
  for (let at = 0; at < rows.length; at += 100) {
    const block = rows.slice(at, at + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join("\n")}\nendbfchar`);
  }
  return [
    "/CIDInit /ProcSet findresource begin",
    "12 dict begin",
    "begincmap",
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
    "/CMapName /Adobe-Identity-UCS def",
    "/CMapType 2 def",
    "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
    ...blocks,
    "endcmap",
    "CMapName currentdict /CMap defineresource pop",
    "end\nend",
  ].join("\n");
}
