// pdf-lib with all the sharing that its interface allows: one document with fonts and artwork, drawn on and saved again
// and again; each time only the page's content and the QR code, as rectangles, are others.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fontkit from "@pdf-lib/fontkit";
import { PDFDocument, PDFName } from "pdf-lib";
import QRCode from "qrcode";
import { background, fonts, height, job, linesOf, qr } from "./paper.js";

const { certificates, folder } = job();
const document = await PDFDocument.create();
document.registerFontkit(fontkit);
const embedded = {};
for (const [name, read] of Object.entries(fonts))
  embedded[name] = await document.embedFont(read(), { subset: true });
const [artwork] = await document.embedPdf(background());
const page = document.addPage([841.89, 595.276]);
// all texts are set before the first file is saved, so that each font is cut down and embedded once: a font that sets a
// text afterwards is embedded anew with each file
const settings = certificates.map((certificate) =>
  linesOf(certificate).map(({ font, size, x, y, text, isCentred }) => ({
    ...{ font, size, y, glyphs: embedded[font].encodeText(text) },
    left: isCentred ? x - embedded[font].widthOfTextAtSize(text, size) / 2 : x,
  })),
);
await document.flush();
const { context } = document;
const names = Object.fromEntries(
  Object.entries(embedded).map(([name, font]) => [name, page.node.newFontDictionary(name, font.ref)]),
);
const drawing = page.node.newXObject("BG", artwork.ref);
for (const [index, certificate] of certificates.entries()) {
  const rows = [`q ${drawing} Do Q`];
  for (const { font, size, y, left, glyphs } of settings[index])
    rows.push(
      `BT ${names[font]} ${size} Tf ${left.toFixed(2)} ${(height - y).toFixed(2)} Td ${glyphs} Tj ET`,
    );
  const { size, data } = QRCode.create(certificate.url, { errorCorrectionLevel: "M" }).modules;
  rows.push(`q ${qr.side / size} 0 0 ${-qr.side / size} ${qr.x} ${height - qr.y} cm`);
  for (let at = 0; at < data.length; at += 1)
    if (data[at]) rows.push(`${at % size} ${Math.floor(at / size)} 1 1 re`);
  rows.push("f Q");
  const content = context.register(context.flateStream(rows.join("\n")));
  page.node.set(PDFName.of("Contents"), content);
  document.setTitle(`Sertifikat ${certificate.number}`);
  writeFileSync(join(folder, certificate.file), await document.save({ useObjectStreams: false }));
  context.delete(content);
}
