/** The container of a TrueType font (OpenType specification, "Font file"): a directory of tables. */

const HEAD_BYTES = 12;
const ENTRY_BYTES = 16;
const TRUETYPE = [0x00010000, 0x74727565];

interface Table {
  readonly tag: string;
  readonly checksum: number;
  readonly bytes: Buffer;
}

/** Why a font cannot be used, as words that follow its name; `null` if it can. */
export function flawOfFont(file: Uint8Array): string | null {
  const signature = Buffer.from(file.subarray(0, 4)).toString("latin1");
  if (signature === "wOFF" || signature === "wOF2") return "is a web font (WOFF)";
  if (signature === "OTTO") return "has PostScript outlines (CFF)";
  if (signature === "ttcf") return "is a collection of fonts";
  const tables = readTables(file);
  if (tables === null) return "is not a font, or damaged";
  const tags = new Set(tables.map((table) => table.tag));
  if (tags.has("fvar")) return "is a variable font";
  const missing = ["cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp"].find((tag) => !tags.has(tag));
  if (missing !== undefined) return `lacks its table ${missing}`;
  return isEmbeddable(tables) ? null : "forbids to be embedded (fsType)";
}

/** Restricted licence embedding is a value of its own, not one bit among others. */
function isEmbeddable(tables: readonly Table[]): boolean {
  const os2 = tables.find((table) => table.tag === "OS/2")?.bytes;
  return os2 === undefined || os2.length < 10 || (os2.readUInt16BE(8) & 0x0f) !== 2;
}

/** The font without some of its tables. Glyph ids stay. */
export function withoutTables(file: Uint8Array, dropped: readonly string[]): Buffer {
  const kept = (readTables(file) ?? []).filter((table) => !dropped.includes(table.tag));
  const head = Buffer.alloc(HEAD_BYTES + ENTRY_BYTES * kept.length);
  head.writeUInt32BE(TRUETYPE[0] ?? 0, 0);
  head.writeUInt16BE(kept.length, 4);
  const power = Math.floor(Math.log2(kept.length));
  head.writeUInt16BE(ENTRY_BYTES << power, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(ENTRY_BYTES * kept.length - (ENTRY_BYTES << power), 10);
  let offset = head.length;
  const bodies = kept.map(({ tag, checksum, bytes }, index) => {
    const entry = HEAD_BYTES + ENTRY_BYTES * index;
    head.write(tag, entry, "latin1");
    head.writeUInt32BE(checksum, entry + 4);
    head.writeUInt32BE(offset, entry + 8);
    head.writeUInt32BE(bytes.length, entry + 12);
    const padded = Buffer.alloc(Math.ceil(bytes.length / 4) * 4);
    bytes.copy(padded);
    offset += padded.length;
    return padded;
  });
  return Buffer.concat([head, ...bodies]);
}

/** The style's own facts that a PDF repeats, in font units. */
export function metricsOf(file: Uint8Array): { bounds: number[]; italicAngle: number; capHeight: number } {
  const tables = readTables(file) ?? [];
  const bytesOf = (tag: string) => tables.find((table) => table.tag === tag)?.bytes;
  const [head, post, os2] = [bytesOf("head"), bytesOf("post"), bytesOf("OS/2")];
  return {
    bounds: head === undefined ? [0, 0, 0, 0] : [36, 38, 40, 42].map((at) => head.readInt16BE(at)),
    italicAngle: post === undefined ? 0 : post.readInt32BE(4) / 65536,
    capHeight: os2 !== undefined && os2.length >= 90 ? os2.readInt16BE(88) : 700,
  };
}

function readTables(file: Uint8Array): Table[] | null {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length < HEAD_BYTES || !TRUETYPE.includes(bytes.readUInt32BE(0))) return null;
  const count = bytes.readUInt16BE(4);
  if (bytes.length < HEAD_BYTES + ENTRY_BYTES * count) return null;
  const tables = Array.from({ length: count }, (_, index) => {
    const entry = HEAD_BYTES + ENTRY_BYTES * index;
    const [offset, length] = [bytes.readUInt32BE(entry + 8), bytes.readUInt32BE(entry + 12)];
    return {
      tag: bytes.toString("latin1", entry, entry + 4),
      checksum: bytes.readUInt32BE(entry + 4),
      whole: offset + length <= bytes.length,
      bytes: bytes.subarray(offset, offset + length),
    };
  });
  return tables.every((table) => table.whole) ? tables : null;
}
