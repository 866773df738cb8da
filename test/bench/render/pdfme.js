// @pdfme/generator: its own template over the artwork, one document for each certificate.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { generate } from "@pdfme/generator";
import { barcodes, text } from "@pdfme/schemas";
import { background, fonts, job, linesOf, qr, width } from "./paper.js";

const { certificates, folder } = job();
const millimetres = (points) => (points * 25.4) / 72;
const font = Object.fromEntries(
  Object.entries(fonts).map(([name, read]) => [
    name,
    { data: read(), fallback: name === "body", subset: true },
  ]),
);
const lines = linesOf({ name: "", number: "" });
const schemas = [
  [
    ...lines.map((line, index) => ({
      name: `line${index}`,
      type: "text",
      position: { x: line.isCentred ? 20 : millimetres(line.x), y: millimetres(line.y - line.size) },
      width: line.isCentred ? millimetres(width) - 40 : 70,
      height: millimetres(line.size * 1.3),
      fontName: line.font,
      fontSize: line.size,
      alignment: line.isCentred ? "center" : "left",
    })),
    {
      name: "qr",
      type: "qrcode",
      position: { x: millimetres(qr.x), y: millimetres(qr.y) },
      width: 32,
      height: 32,
    },
  ],
];
const template = { basePdf: new Uint8Array(background()), schemas };
for (const certificate of certificates) {
  const values = linesOf(certificate).map((line, index) => [`line${index}`, line.text]);
  const inputs = [{ ...Object.fromEntries(values), qr: certificate.url }];
  const file = await generate({
    template,
    inputs,
    options: { font },
    plugins: { text, qrcode: barcodes.qrcode },
  });
  writeFileSync(join(folder, certificate.file), file);
}
