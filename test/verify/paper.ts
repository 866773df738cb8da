import { deflateSync } from "node:zlib";
import QRCode from "qrcode";
import { seal } from "../../src/credential/seal.js";

/**
 * A writer of PDFs built as this program's are, in few lines and independent of the one that makes certificates.
 * What a forger would change can be given in `paper`, so each test changes one thing.
 */
export interface Paper {
  readonly url: string;
  readonly token: string;
  /** pieces of text, each drawn by itself */
  readonly texts: readonly string[];
  readonly record: string | null;
  /** the text of the QR code where it is not that of the link */
  readonly symbol?: { readonly url: string; readonly token: string };
  /** drawn with glyphs that mean nothing, and stated as `ActualText` */
  readonly stated?: readonly string[];
  /** texts inside of a form that the page draws */
  readonly form?: readonly string[];
  readonly annotations?: number;
}

export function write(paper: Paper): Uint8Array<ArrayBuffer> {
  const { texts, stated = [], form = [] } = paper;
  const letters = [...new Set([...texts, ...form].join(""))];
  const content = [
    "q 90 0 0 90 40 40 cm /QR Do Q",
    ...texts.map((text, line) => `BT /F1 14 Tf 200 ${300 - 20 * line} Td <${codes(text, letters)}> Tj ET`),
    ...stated.map(
      (text) =>
        `/Span <</ActualText <feff${utf16(text)}>>> BDC BT /F1 9 Tf 9 9 Td [<0000> -5 (\\000\\000)] TJ ET EMC`,
    ),
    form.length > 0 ? "/Form Do" : "",
  ].join("\n");
  const shown = form.map((text) => `BT /F1 14 Tf 0 0 Td <${codes(text, letters)}> Tj ET`).join("\n");
  const record =
    paper.record === null ? "" : "/PieceInfo << /Lulus << /LastModified (D:20241025) /Private 10 0 R >> >>";
  return assemble([
    `<< /Type /Catalog /Pages 2 0 R ${record} >>`,
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 350] /Contents 4 0 R /Annots [${"5 0 R ".repeat(paper.annotations ?? 1)}]
      /Resources << /Font << /F1 7 0 R >> /XObject << /QR 6 0 R /Form 9 0 R >> >> >>`,
    stream("", content),
    `<< /Type /Annot /Subtype /Link /Rect [40 40 130 130] /A << /S /URI /URI (${paper.url}#${paper.token}) >> >>`,
    symbol(paper.symbol ?? paper),
    "<< /Type /Font /Subtype /Type0 /BaseFont /Helvetica /Encoding /Identity-H /DescendantFonts [11 0 R] /ToUnicode 8 0 R >>",
    stream("", toUnicode(letters)),
    stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", shown),
    stream("", paper.record ?? "{}"),
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Helvetica /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
  ]);
}

/** Joined, with table, trailer and seal. Objects are numbered from 1. */
export function assemble(objects: readonly (string | Buffer)[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1")];
  const offsets = objects.map((object, at) => {
    const offset = parts.reduce((sum, part) => sum + part.length, 0);
    parts.push(Buffer.from(`${at + 1} 0 obj\n`), Buffer.from(object), Buffer.from("\nendobj\n"));
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const start = parts.reduce((sum, part) => sum + part.length, 0);
  const size = objects.length + 1;
  const trailer = `<< /Size ${size} /Root 1 0 R /ID [<${"a".repeat(32)}> <${"0".repeat(32)}>] >>`;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n${trailer}\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  const file = Uint8Array.from(Buffer.concat(parts));
  seal(file);
  return file;
}

/** A PDF with nothing but a picture of a QR code and, if given, a line of text: what other programs make. */
export function writeForeign(text: string, line: string | null): Uint8Array<ArrayBuffer> {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: "M" });
  const squares = Array.from({ length: modules.size ** 2 }, (_, at) => at).filter(
    (at) => modules.data[at] === 1,
  );
  const drawing = squares
    .map((at) => `${at % modules.size} ${modules.size - Math.floor(at / modules.size)} 1 1 re`)
    .join("\n");
  const words = line === null ? "" : `BT /F1 12 Tf 20 20 Td (${line}) Tj ET`;
  return assemble([
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R /Resources << /Font << /F1
      << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>`,
    stream("", `q 4 0 0 4 60 60 cm\n${drawing} f Q\n${words}`),
  ]);
}

function symbol({ url, token }: { url: string; token: string }): Buffer {
  const segments = [
    { data: new TextEncoder().encode(`${url}#`), mode: "byte" },
    { data: token, mode: "numeric" },
  ] as const;
  const { size, data } = QRCode.create([...segments], { errorCorrectionLevel: "M", maskPattern: 3 }).modules;
  const rowBytes = Math.ceil(size / 8);
  const rows = Buffer.alloc(rowBytes * size);
  for (let at = 0; at < size * size; at += 1) {
    const [x, y] = [at % size, Math.floor(at / size)];
    const index = y * rowBytes + (x >> 3);
    if (data[at] === 1) rows[index] = (rows[index] ?? 0) | (0x80 >> (x & 7));
  }
  const head = `<< /Type /XObject /Subtype /Image /Width ${size} /Height ${size} /BitsPerComponent 1 /ImageMask true /Decode [1 0] /Length ${rows.length} >>`;
  return Buffer.concat([Buffer.from(`${head}\nstream\n`), rows, Buffer.from("\nendstream")]);
}

function stream(entries: string, content: string): Buffer {
  // stored, not packed: packing differs by version of Node, and these bytes are kept as vectors
  const bytes = deflateSync(content, { level: 0 });
  return Buffer.concat([
    Buffer.from(`<< ${entries} /Filter /FlateDecode /Length ${bytes.length} >>\nstream\n`),
    bytes,
    Buffer.from("\nendstream"),
  ]);
}

function toUnicode(letters: readonly string[]): string {
  const pairs = letters.map((letter, at) => `<${hex4(at + 1)}> <${utf16(letter)}>`);
  return `1 begincodespacerange <0000> <ffff> endcodespacerange\n${pairs.length} beginbfchar\n${pairs.join("\n")}\nendbfchar`;
}

function codes(text: string, letters: readonly string[]): string {
  return [...text].map((letter) => hex4(letters.indexOf(letter) + 1)).join("");
}

function utf16(text: string): string {
  return Buffer.from(text, "utf16le").swap16().toString("hex");
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}
