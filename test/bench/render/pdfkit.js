// pdfkit: a document for each certificate. It draws no PDF, so the artwork is left out, which is in its favour.
import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import PDFDocument from "pdfkit";
import QRCode from "qrcode";
import { fonts, job, linesOf, qr } from "./paper.js";

const { certificates, folder } = job();
const files = Object.fromEntries(Object.entries(fonts).map(([name, read]) => [name, read()]));
for (const certificate of certificates) {
  const document = new PDFDocument({ size: [841.89, 595.276], margin: 0 });
  const file = createWriteStream(join(folder, certificate.file));
  document.pipe(file);
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
