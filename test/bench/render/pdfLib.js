// pdf-lib as its guide shows it and most people use it: load the template, embed fonts, draw, save, for each certificate.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fontkit from "@pdf-lib/fontkit";
import { PDFDocument } from "pdf-lib";
import QRCode from "qrcode";
import { background, fonts, height, job, linesOf, qr } from "./paper.js";

const { certificates, folder } = job();
const template = background();
const files = Object.fromEntries(Object.entries(fonts).map(([name, read]) => [name, read()]));
for (const certificate of certificates) {
  const document = await PDFDocument.load(template);
  document.registerFontkit(fontkit);
  const embedded = {};
  for (const [name, file] of Object.entries(files))
    embedded[name] = await document.embedFont(file, { subset: true });
  const [page] = document.getPages();
  for (const { font, size, x, y, text, isCentred } of linesOf(certificate)) {
    const left = isCentred ? x - embedded[font].widthOfTextAtSize(text, size) / 2 : x;
    page.drawText(text, { x: left, y: height - y, size, font: embedded[font] });
  }
  const code = await document.embedPng(await QRCode.toBuffer(certificate.url, { errorCorrectionLevel: "M" }));
  page.drawImage(code, { x: qr.x, y: height - qr.y - qr.side, width: qr.side, height: qr.side });
  document.setTitle(`Sertifikat ${certificate.number}`);
  writeFileSync(join(folder, certificate.file), await document.save());
}
