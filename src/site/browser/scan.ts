import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

/*
 * Loaded only by who scans: the decoder weighs a megabyte. It puts itself where the page finds it, since the single
 * file has it inlined and the folder loads it beside the page.
 */

declare global {
  var lulusScan:
    | ((picture: Blob | ImageData, wasm: string | ArrayBuffer) => Promise<string | null>)
    | undefined;
}

let prepared = false;

globalThis.lulusScan = async (picture, wasm) => {
  if (!prepared) {
    prepared = true;
    prepareZXingModule({
      overrides: typeof wasm === "string" ? { locateFile: () => wasm } : { wasmBinary: wasm },
    });
  }
  const found = await readBarcodes(picture, { formats: ["QRCode"], tryHarder: true, maxNumberOfSymbols: 8 });
  const texts = found.filter(({ isValid }) => isValid).map(({ text }) => text);
  return texts.find((text) => /#\d{100,}/.test(text)) ?? texts[0] ?? null;
};
