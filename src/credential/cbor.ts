import { Fault } from "../model/fault.js";
import { hasLoneSurrogate } from "./text.js";

/**
 * The small part of CBOR (RFC 8949) that tokens use, in its deterministic form (section 4.2.1) only.
 *
 * Rules: whole numbers, byte strings, text, arrays and maps; lengths definite and in their shortest form; map
 * keys are whole numbers or text, in the order of their encoded bytes, none twice. Whatever a token says can
 * be said in one way only, so nobody can make a second spelling of a token that somebody else has signed.
 * Runs in the verification page too: nothing of Node here.
 */

export type Cbor = number | string | Uint8Array | readonly Cbor[] | CborMap;
export type CborMap = ReadonlyMap<number | string, Cbor>;

const DEPTH_LIMIT = 4;
const kind = { uint: 0, negative: 1, bytes: 2, text: 3, array: 4, map: 5 } as const;

export function formatCbor(value: Cbor): Uint8Array {
  if (typeof value === "number") return formatInteger(value);
  if (typeof value === "string") return formatString(kind.text, utf8(value));
  if (value instanceof Uint8Array) return formatString(kind.bytes, value);
  if (value instanceof Map) return formatMap(value);
  if (isList(value)) return concat([head(kind.array, value.length), ...value.map(formatCbor)]);
  throw new TypeError("neither number, text, bytes, list nor map");
}

/** The one value that all of `bytes` spells; anything left over, longer than needed or out of order is a fault. */
export function parseCbor(bytes: Uint8Array): Cbor {
  const reader = new Reader(bytes);
  const value = reader.value(0);
  if (!reader.isAtEnd()) throw malformed(`${bytes.length - reader.at} bytes after the end of the value`);
  return value;
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Negative, zero or positive as `a` stands before, at or after `b` byte by byte. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function formatInteger(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || Object.is(value, -0))
    throw new TypeError(`${value} is no whole number`);
  return value < 0 ? head(kind.negative, -1 - value) : head(kind.uint, value);
}

function formatString(major: number, content: Uint8Array): Uint8Array {
  return concat([head(major, content.length), content]);
}

function formatMap(map: CborMap): Uint8Array {
  const entries = [...map].map(([key, value]) => ({ key: formatCbor(key), value: formatCbor(value) }));
  entries.sort((a, b) => compareBytes(a.key, b.key));
  return concat([head(kind.map, map.size), ...entries.flatMap(({ key, value }) => [key, value])]);
}

function head(major: number, argument: number): Uint8Array {
  if (argument < 24) return Uint8Array.of((major << 5) | argument);
  const width = argument < 2 ** 8 ? 1 : argument < 2 ** 16 ? 2 : argument < 2 ** 32 ? 4 : 8;
  const bytes = new Uint8Array(1 + width);
  bytes[0] = (major << 5) | (24 + Math.log2(width));
  let rest = argument;
  for (let at = width; at > 0; at -= 1) {
    bytes[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}

class Reader {
  at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  isAtEnd(): boolean {
    return this.at === this.#bytes.length;
  }

  value(depth: number): Cbor {
    if (depth > DEPTH_LIMIT) throw malformed(`values nested more than ${DEPTH_LIMIT} deep`);
    const first = this.#take(1)[0] ?? 0;
    const argument = this.#argument(first & 31);
    switch (first >> 5) {
      case kind.uint:
        return argument;
      case kind.negative:
        return -1 - argument;
      case kind.bytes:
        return this.#take(argument).slice();
      case kind.text:
        return parseUtf8(this.#take(argument));
      case kind.array:
        return this.#list(argument, depth);
      case kind.map:
        return this.#map(argument, depth);
      default:
        throw malformed(
          "a tag, a float or a simple value; expected numbers, text, bytes, lists and maps only",
        );
    }
  }

  #argument(short: number): number {
    if (short < 24) return short;
    if (short > 27) throw malformed("an indefinite length; expected definite lengths");
    const width = 2 ** (short - 24);
    const value = this.#take(width).reduce((sum, byte) => sum * 256 + byte, 0);
    const least = width === 1 ? 24 : 2 ** (4 * width);
    if (value < least) throw malformed("a number longer than it needs to be");
    if (value >= Number.MAX_SAFE_INTEGER) throw malformed("a number beyond 2^53");
    return value;
  }

  #list(length: number, depth: number): Cbor[] {
    this.#refuseMoreThanIsLeft(length);
    return Array.from({ length }, () => this.value(depth + 1));
  }

  #map(size: number, depth: number): CborMap {
    this.#refuseMoreThanIsLeft(size);
    const map = new Map<number | string, Cbor>();
    let previous: Uint8Array = new Uint8Array(0);
    for (let entry = 0; entry < size; entry += 1) {
      const start = this.at;
      const key = this.value(depth + 1);
      const spelled = this.#bytes.subarray(start, this.at);
      if (typeof key !== "number" && typeof key !== "string")
        throw malformed("a key that is no number or text");
      if (compareBytes(previous, spelled) >= 0) throw malformed("keys twice or out of order");
      previous = spelled;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  /** Before anything is allocated: a length is whatever a stranger wrote. */
  #refuseMoreThanIsLeft(count: number): void {
    if (count > this.#bytes.length - this.at) throw malformed("the value is cut short");
  }

  #take(length: number): Uint8Array {
    this.#refuseMoreThanIsLeft(length);
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }
}

function isList(value: Cbor): value is readonly Cbor[] {
  return Array.isArray(value);
}

/** A lone surrogate would silently become U+FFFD, so that the text signed is not the text given. */
function utf8(text: string): Uint8Array {
  if (hasLoneSurrogate(text)) throw new TypeError("half a surrogate pair in a text");
  return new TextEncoder().encode(text);
}

function parseUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw malformed("text that is not UTF-8", cause);
  }
}

function malformed(found: string, cause?: unknown): Fault {
  return new Fault("cbor-malformed", `malformed CBOR: ${found}`, { cause });
}
