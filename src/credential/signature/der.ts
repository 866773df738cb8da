/**
 * DER (X.690), as far as certificates, signatures and time stamps need it. Runs in the verification page too. What is
 * read is held to the definite, shortest form; anything else is `null`, never a guess.
 */

export interface Node {
  readonly tag: number;
  /** tag and length included */
  readonly whole: Uint8Array;
  readonly content: Uint8Array;
}

export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  time: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Tag of `[number]` around other values. */
export function contextTag(number: number): number {
  return 0xa0 | number;
}

/** The value that begins the bytes; `null` where none does. What stands behind it is not looked at. */
export function parseFirst(bytes: Uint8Array): Node | null {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return null;
  const extra = first < 0x80 ? 0 : first & 0x7f;
  if (first === 0x80 || extra > 4 || bytes.length < 2 + extra) return null;
  const length =
    first < 0x80 ? first : bytes.subarray(2, 2 + extra).reduce((sum, each) => sum * 256 + each, 0);
  const isShortest = first < 0x80 || (length >= 0x80 && bytes[2] !== 0);
  const end = 2 + extra + length;
  if (!isShortest || end > bytes.length) return null;
  return { tag, whole: bytes.subarray(0, end), content: bytes.subarray(2 + extra, end) };
}

/** The one value that the bytes are. */
export function parseOnly(bytes: Uint8Array): Node | null {
  const node = parseFirst(bytes);
  return node?.whole.length === bytes.length ? node : null;
}

/** What stands in a value one after the other; `null` where it is not made of values. */
export function childrenOf({ content }: Pick<Node, "content">): Node[] | null {
  const children: Node[] = [];
  for (let rest = content; rest.length > 0; ) {
    const node = parseFirst(rest);
    if (node === null) return null;
    children.push(node);
    rest = rest.subarray(node.whole.length);
  }
  return children;
}

/** The value at the end of a path of places, each in the one before; `null` where there is none. */
export function valueAt(node: Node | null | undefined, ...path: readonly number[]): Node | null {
  return path.reduce<Node | null>(
    (within, place) => (within === null ? null : (childrenOf(within)?.[place] ?? null)),
    node ?? null,
  );
}

export function encode(tag: number, ...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const content = concat(parts);
  return concat([Uint8Array.of(tag, ...lengthOf(content.length)), content]);
}

export function sequence(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return encode(TAG.sequence, ...parts);
}

/** In the order of their bytes, as DER wants the members of a set. */
export function setOf(members: readonly Uint8Array[], tag: number = TAG.set): Uint8Array<ArrayBuffer> {
  return encode(tag, ...[...members].sort(compare));
}

export function octets(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return encode(TAG.octets, bytes);
}

/** A whole number of the given bytes, taken as positive. */
export function integer(...bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  return encode(TAG.integer, Uint8Array.from((bytes[0] ?? 0) < 0x80 ? bytes : [0, ...bytes]));
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

function compare(a: Uint8Array, b: Uint8Array): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
