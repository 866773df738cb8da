import { machineCode } from "./machineCode.js";

/**
 * What is done for each certificate and would take longest, as machine code. It is made of `kernel/` by the build, works
 * in one place of memory of its own, and leaves what it has made there until it is called again.
 */
export interface Kernel {
  /** where the text of a symbol is put, in UTF-8 */
  readonly text: Buffer;
  /** a symbol: a bit a module, rows padded to bytes, a set bit is dark */
  readonly rows: Buffer;
  /** a stream, and the bits that are put into it besides the modules: value and width in turns */
  readonly stream: Buffer;
  readonly pieces: Int32Array;
  readonly largestVersion: number;
  /**
   * Makes {@link rows} of {@link text}: so many bytes, then so many digits.
   *
   * @param mask 0 to 7, or −1 for the best
   * @returns modules on a side, or 0 if it is too long
   */
  encode(bytes: number, digits: number, mask: number): number;
  /**
   * Makes {@link stream} of {@link rows}: the pieces of the opening, each row with those that repeat it, the last piece.
   *
   * @returns its bytes
   */
  deflate(size: number, opening: number, repeats: number): number;
}

type Exports = Pick<Kernel, "encode" | "deflate"> & { readonly memory: WebAssembly.Memory } & {
  readonly [place in "text" | "rows" | "stream" | "pieces" | "largestVersion"]: WebAssembly.Global;
};

let loaded: Kernel | undefined;

export function kernel(): Kernel {
  loaded ??= load();
  return loaded;
}

function load(): Kernel {
  const module = new WebAssembly.Module(Buffer.from(machineCode, "base64"));
  const { memory, ...exports } = new WebAssembly.Instance(module).exports as Exports;
  // it never grows, so these stay where they are
  const { buffer } = memory;
  const from = ({ value }: WebAssembly.Global) => Buffer.from(buffer, value);
  return {
    text: from(exports.text),
    rows: from(exports.rows),
    stream: from(exports.stream),
    pieces: new Int32Array(buffer, exports.pieces.value),
    largestVersion: exports.largestVersion.value,
    encode: exports.encode,
    deflate: exports.deflate,
  };
}
