import { isAscii } from "node:buffer";
import { createHash } from "node:crypto";
import { Fault } from "../model/fault.js";
import { decoderOf, detectEncoding, type Encoding } from "./encoding.js";
import type { InputFile } from "./input.js";

/** A file whose bytes have all been seen once: hashed, and known how to decode. */
export interface Text {
  readonly path: string;
  readonly sha256: string;
  readonly encoding: Encoding;
  /** the text from its start, with every line end as `\n` */
  pieces(): AsyncIterable<string>;
}

/** Files that are no text, by their first bytes, and what to do about them. */
const binaries: readonly {
  readonly magic: string;
  readonly code: string;
  readonly what: string;
  readonly hint: string;
}[] = [
  {
    magic: "\u00d0\u00cf\u0011\u00e0",
    code: "format-xls",
    what: "an old Excel file (XLS), or a workbook with a password",
    hint: "open it in a spreadsheet and save it as XLSX or CSV UTF-8, without a password",
  },
  { magic: "%PDF", code: "format-unknown", what: "a PDF", hint: "export the list as CSV instead" },
];

const headBytes = 4096;
const lineFeed = 0x0a;

/** Reads all bytes once. Refuses an empty file and one that is no text. */
export async function openText(file: InputFile): Promise<Text> {
  const hash = createHash("sha256");
  const utf8 = new Utf8Check();
  let head: Uint8Array = new Uint8Array(0);
  let hasLineFeed = false;
  for await (const chunk of file.open()) {
    hash.update(chunk);
    utf8.write(chunk);
    hasLineFeed ||= chunk.includes(lineFeed);
    if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
  }
  refuseBinary(file.path, head);
  const encoding = detectEncoding(head, utf8.end());
  return {
    path: file.path,
    sha256: hash.digest("hex"),
    encoding,
    pieces: () => decode(file, encoding, hasLineFeed),
  };
}

function refuseBinary(path: string, head: Uint8Array): void {
  const place = { file: path };
  if (head.length === 0) {
    throw new Fault("file-empty", "the file is empty; expected a CSV or XLSX export", {
      place,
      hints: ["export it again; a download may have broken off"],
    });
  }
  const start = Buffer.from(head.subarray(0, 8)).toString("latin1");
  const found = binaries.find(({ magic }) => start.startsWith(magic));
  if (found === undefined) return;
  throw new Fault(found.code, `found ${found.what}, expected a CSV or XLSX export`, {
    place,
    hints: [found.hint],
  });
}

async function* decode(file: InputFile, encoding: Encoding, hasLineFeed: boolean): AsyncIterable<string> {
  const decoder = decoderOf(encoding);
  const lines = new LineEnds(!hasLineFeed);
  for await (const chunk of file.open()) yield lines.write(decoder.write(chunk));
  yield lines.write(decoder.end());
  yield lines.end();
}

/**
 * Every line end as `\n`. A lone carriage return ends a line only in a file that has no other line ends:
 * elsewhere it is part of what somebody typed, and must not cut their row in two.
 */
class LineEnds {
  #held = "";
  readonly #isMac: boolean;

  constructor(isMac: boolean) {
    this.#isMac = isMac;
  }

  write(piece: string): string {
    let text = this.#held + piece;
    this.#held = text.endsWith("\r") ? "\r" : "";
    if (this.#held !== "") text = text.slice(0, -1);
    if (!text.includes("\r")) return text;
    return text.replace(this.#isMac ? /\r\n?/g : /\r\n/g, "\n");
  }

  end(): string {
    return this.#held === "" ? "" : "\n";
  }
}

/**
 * Whether bytes that come in chunks are UTF-8. A name that some tool cut in the middle of a letter does not make
 * a file Windows-1252: that would turn every `José` into `JosÃ©`. So the sound letters are weighed against the broken.
 */
class Utf8Check {
  readonly #strict = new TextDecoder("utf-8", { fatal: true });
  readonly #lenient = new TextDecoder("utf-8");
  #isValid = true;
  #sound = 0;
  #broken = 0;
  #isWhole = true;

  write(chunk: Uint8Array): void {
    // most of most files; unless the last chunk ended within a letter, there is nothing to learn from it
    if (chunk.length === 0 || (this.#isWhole && isAscii(chunk))) return;
    this.#isWhole = (chunk.at(-1) ?? 0) < 0x80;
    this.#weigh(this.#lenient.decode(chunk, { stream: true }));
    if (this.#isValid) this.#try(() => this.#strict.decode(chunk, { stream: true }));
  }

  end(): boolean {
    this.#weigh(this.#lenient.decode());
    if (this.#isValid) this.#try(() => this.#strict.decode());
    return this.#isValid || this.#sound > this.#broken;
  }

  #weigh(text: string): void {
    for (const [letter] of text.matchAll(/[^\0-\x7f]/gu)) {
      if (letter === "\ufffd") this.#broken += 1;
      else this.#sound += 1;
    }
  }

  #try(decode: () => void): void {
    try {
      decode();
    } catch {
      this.#isValid = false;
    }
  }
}
