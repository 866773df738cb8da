import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { style } from "./style.js";

/** What the page is told of its issuer. */
export interface Heading {
  readonly issuer: string;
  readonly language: "id" | "en";
  /** the verification address */
  readonly url: string;
}

/** The page and what it loads when it is needed, by path. */
export function pageFiles(heading: Heading): Map<string, string | Uint8Array> {
  return new Map<string, string | Uint8Array>([
    ["index.html", html(heading, null, [bundle("page")], "")],
    ["scan.js", bundle("scan")],
    ["sw.js", bundle("worker")],
    ["zxing_reader.wasm", decoder()],
    // what it carries of others may be passed on together with their terms
    ["licences.txt", licences()],
  ]);
}

/** The page as one file that needs nothing beside it: the site's files and the decoder of pictures are in it. */
export function singleFile(heading: Heading, files: ReadonlyMap<string, string>): string {
  const embedded = Buffer.from(decoder()).toString("base64");
  const data = `<script type="application/octet-stream" id="decoder">${embedded}</script>
<script type="text/plain" id="licences">${escaped(licences())}</script>\n`;
  return html(heading, Object.fromEntries(files), [bundle("scan"), bundle("page")], data);
}

function bundle(name: string): string {
  return readFileSync(
    fileURLToPath(new URL(`../site/browser/${name}.bundle.js`, import.meta.url)),
    "utf8",
  ).trim();
}

function licences(): string {
  return readFileSync(fileURLToPath(new URL("../site/browser/licences.txt", import.meta.url)), "utf8");
}

function decoder(): Uint8Array {
  return readFileSync(createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm"));
}

function html(
  heading: Heading,
  files: Readonly<Record<string, string>> | null,
  scripts: readonly string[],
  data: string,
): string {
  const hashes = scripts.map((script) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`);
  const beside = files === null ? " 'self'" : "";
  // the decoder of pictures is WebAssembly; nothing else may be made into code
  const policy = [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}${beside} 'wasm-unsafe-eval'`,
    `style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'`,
    "img-src blob: data:",
    "media-src blob:",
    ...(files === null ? ["connect-src 'self'", "worker-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const { issuer, language } = heading;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${escaped(issuer)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header><div><p class="issuer">${escaped(issuer)}</p><h1 id="heading"></h1></div><button type="button" id="language" class="plain"></button></header>
<main></main>
<script type="application/json" id="setting">${JSON.stringify({ ...heading, files }).replace(/</g, "\\u003c")}</script>
${data}${scripts.map((script) => `<script>${script}</script>`).join("\n")}
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
