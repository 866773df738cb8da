import type { InputSummary } from "../model/row.js";

export type Encoding = Exclude<InputSummary["encoding"], "xlsx">;

/**
 * What Windows puts where ISO 8859-1 has control characters. Some releases of Node decode `windows-1252`
 * as plain Latin-1, so that a dash or a curly quote would become a control character: hence a table of our own.
 */
const windows: readonly number[] = [
  0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d,
  0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a,
  0x153, 0x9d, 0x17e, 0x178,
];

/** Turns bytes that come in chunks into text; `end` gives what was held back. */
export interface Decoder {
  write(chunk: Uint8Array): string;
  end(): string;
}

/**
 * The encoding, from the first bytes of a file and whether all of it is valid UTF-8.
 * A byte-order mark decides; without one, UTF-16 shows by zero bytes at every other place.
 */
export function detectEncoding(head: Uint8Array, isUtf8: boolean): Encoding {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return "utf-8-bom";
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be";
  const [even, odd] = zeroShares(head);
  if (odd > 0.4 && even < 0.1) return "utf-16le";
  if (even > 0.4 && odd < 0.1) return "utf-16be";
  return isUtf8 ? "utf-8" : "windows-1252";
}

/** A decoder without the byte-order mark. Lone surrogates of UTF-16 come through; cleaning removes them. */
export function decoderOf(encoding: Encoding): Decoder {
  switch (encoding) {
    case "utf-8":
    case "utf-8-bom": {
      const decoder = new TextDecoder("utf-8");
      return { write: (chunk) => decoder.decode(chunk, { stream: true }), end: () => decoder.decode() };
    }
    case "windows-1252":
      return { write: decodeWindows, end: () => "" };
    default:
      return utf16(encoding === "utf-16be");
  }
}

function zeroShares(head: Uint8Array): [number, number] {
  const zeros: [number, number] = [0, 0];
  for (let at = 0; at < head.length; at += 1) {
    if (head[at] === 0) zeros[at % 2 === 0 ? 0 : 1] += 1;
  }
  const pairs = Math.max(1, Math.floor(head.length / 2));
  return [zeros[0] / pairs, zeros[1] / pairs];
}

function decodeWindows(chunk: Uint8Array): string {
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString("latin1");
  return text.replace(latinControls, (letter) =>
    String.fromCharCode(windows[letter.charCodeAt(0) - 0x80] ?? 0),
  );
}

const latinControls = new RegExp(`[${String.fromCharCode(0x80)}-${String.fromCharCode(0x9f)}]`, "g");

function utf16(isBigEndian: boolean): Decoder {
  let held: Uint8Array = new Uint8Array(0);
  let isFirst = true;
  return {
    write(chunk) {
      const bytes = Buffer.concat([held, chunk]);
      const whole = bytes.length - (bytes.length % 2);
      held = bytes.subarray(whole);
      const pairs = bytes.subarray(0, whole);
      const text = (isBigEndian ? pairs.swap16() : pairs).toString("utf16le");
      const start = isFirst && text.startsWith("\ufeff") ? 1 : 0;
      if (whole > 0) isFirst = false;
      return text.slice(start);
    },
    end: () => "",
  };
}
