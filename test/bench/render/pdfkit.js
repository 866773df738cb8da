// pdfkit: a document for each certificate. It draws no PDF, so the artwork is a JPEG of it (see artwork.sh), which it
// takes into the file as it is; drawn as paths it would be slower.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import PDFDocument from "pdfkit";
import QRCode from "qrcode";
import { fonts, height, job, linesOf, picture, qr, width } from "./paper.js";

const { certificates, folder } = job();
const artwork = picture();
const files = Object.fromEntries(Object.entries(fonts).map(([name, read]) => [name, read()]));
for (const certificate of certificates) {
  const document = new PDFDocument({ size: [width, height], margin: 0 });
  const file = createWriteStream(join(folder, certificate.file));
  document.pipe(file);
  document.image(artwork, 0, 0, { width, height });
  for (const [name, bytes] of Object.entries(files)) document.registerFont(name, bytes);
  for (const { font, size, x, y, text, isCentred } of linesOf(certificate)) {
    document.font(font).fontSize(size);
    document.text(text, isCentred ? x - document.widthOfString(text) / 2 : x, y - size, { lineBreak: false });
  }
  const code = await QRCode.toBuffer(certificate.url, { errorCorrectionLevel: "M" });
  document.image(code, qr.x, qr.y, { width: qr.side });
  document.end();
  await finished(file);
}
