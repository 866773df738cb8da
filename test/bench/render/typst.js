// Typst's compiler for Node: one compiler for all, one document compiled for each certificate. The artwork is the page of
// the PDF, which Typst embeds as it is; the QR code is the SVG that qrcode makes.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NodeCompiler } from "@myriaddreamin/typst-ts-node-compiler";
import QRCode from "qrcode";
import { height, job, linesOf, qr, width } from "./paper.js";

const { certificates, folder } = job();
const workspace = fileURLToPath(new URL("../../../templates/classic", import.meta.url));
const compiler = NodeCompiler.create({ workspace, fontArgs: [{ fontPaths: [join(workspace, "fonts")] }] });
const families = { title: "Cinzel", name: "Cormorant Garamond", body: "Crimson Pro", sans: "Crimson Pro" };
const weights = { title: 600, name: 700, body: 400, sans: 600 };
for (const certificate of certificates) {
  const code = await QRCode.toString(certificate.url, { type: "svg", errorCorrectionLevel: "M", margin: 0 });
  const lines = linesOf(certificate).map(({ font, size, x, y, text, isCentred }) => {
    const set = `text(font: ${JSON.stringify(families[font])}, weight: ${weights[font]}, size: ${size}pt, ${JSON.stringify(text)})`;
    return isCentred
      ? `#place(top + center, dy: ${y - size}pt, ${set})`
      : `#place(top + left, dx: ${x}pt, dy: ${y - size}pt, ${set})`;
  });
  const mainFileContent = [
    `#set page(width: ${width}pt, height: ${height}pt, margin: 0pt)`,
    `#place(top + left, image("/background.pdf", page: 1, width: ${width}pt))`,
    ...lines,
    `#place(top + left, dx: ${qr.x}pt, dy: ${qr.y}pt, image(bytes(${JSON.stringify(code)}), width: ${qr.side}pt, format: "svg"))`,
  ].join("\n");
  writeFileSync(join(folder, certificate.file), compiler.pdf({ mainFileContent }));
  compiler.evictCache(10);
}
