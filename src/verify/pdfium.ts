import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setFlagsFromString } from "node:v8";
import type { PDFiumLibrary } from "@hyzyla/pdfium";

/** PDFium, for a page or a few. */
export async function openLibrary(): Promise<PDFiumLibrary> {
  const { PDFiumLibrary } = await import("@hyzyla/pdfium");
  const path = createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm");
  const module = compiledOnce(readFileSync(path));
  return await PDFiumLibrary.init({
    instantiateWasm(imports, whenDone) {
      const instance = new WebAssembly.Instance(module, imports);
      // its own types ask for the module, its own code takes the instance
      whenDone(instance as unknown as WebAssembly.Module);
      return instance.exports;
    },
  });
}

/**
 * V8 compiles a second time, and better, what runs often. For a page or a few that is over before it pays: drawing the
 * first one takes 210 ms of CPU with it and 80 without. Whether a module is improved as it runs is settled when it is made,
 * so others are as they would be. The first flag stays: without it V8 would improve all of this module at once.
 */
function compiledOnce(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  setFlagsFromString("--no-wasm-tier-up");
  setFlagsFromString("--no-wasm-dynamic-tiering");
  try {
    return new WebAssembly.Module(bytes);
  } finally {
    setFlagsFromString("--wasm-dynamic-tiering");
  }
}
