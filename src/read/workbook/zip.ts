import { crc32, createInflateRaw } from "node:zlib";
import { Fault } from "../../model/fault.js";

/** One file inside a ZIP archive. */
export interface Entry {
  readonly name: string;
  /** inflated, as the archive states it; `open` holds it to that */
  readonly size: number;
  /** the content; throws a Fault where it is damaged, locked or longer than stated */
  open(): AsyncIterable<Uint8Array>;
}

/** No export comes near: a few kilobytes that swell to gigabytes are an attack, or broken. */
const maxSize = 512 * 1024 * 1024;
const maxEntries = 10_000;

const endSignature = 0x06054b50;
const end64Locator = 0x07064b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * The files of an archive, folders left out, as its central directory lists them.
 *
 * @throws Fault for what is no whole archive
 */
export function listZip(bytes: Buffer, file: string): Entry[] {
  const damaged = () =>
    new Fault("zip-damaged", "the archive is cut off or damaged", {
      place: { file },
      hints: ["download it again"],
    });
  try {
    return entries(bytes, file, damaged);
  } catch (error) {
    // reading behind the end of the bytes
    if (error instanceof RangeError) throw damaged();
    throw error;
  }
}

function entries(bytes: Buffer, file: string, damaged: () => Fault): Entry[] {
  const { count, start } = directoryOf(bytes, damaged);
  if (count > maxEntries) throw tooLarge(file, `${count} files`);
  const found: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (bytes.readUInt32LE(at) !== entrySignature) throw damaged();
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) =>
      bytes.readUInt16LE(at + offset),
    ) as [number, number, number];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength).replaceAll("\\", "/");
    const extra = bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength);
    if (!name.endsWith("/")) found.push(entryOf(bytes, at, { name, extra, file, damaged }));
    at += 46 + nameLength + extraLength + commentLength;
  }
  return found;
}

function directoryOf(bytes: Buffer, damaged: () => Fault): { count: number; start: number } {
  const from = Math.max(0, bytes.length - 65_557);
  let at = bytes.length - 22;
  while (at >= from && bytes.readUInt32LE(at) !== endSignature) at -= 1;
  if (at < from) throw damaged();
  const plain = { count: bytes.readUInt16LE(at + 10), start: bytes.readUInt32LE(at + 16) };
  if (at < 20 || bytes.readUInt32LE(at - 20) !== end64Locator) return plain;
  const at64 = Number(bytes.readBigUInt64LE(at - 12));
  if (bytes.readUInt32LE(at64) !== end64Signature) throw damaged();
  return {
    count: Number(bytes.readBigUInt64LE(at64 + 32)),
    start: Number(bytes.readBigUInt64LE(at64 + 48)),
  };
}

interface About {
  readonly name: string;
  readonly extra: Buffer;
  readonly file: string;
  readonly damaged: () => Fault;
}

function entryOf(bytes: Buffer, at: number, { name, extra, file, damaged }: About): Entry {
  const isLocked = (bytes.readUInt16LE(at + 8) & 1) === 1;
  const method = bytes.readUInt16LE(at + 10);
  const checksum = bytes.readUInt32LE(at + 16);
  const [size, packed, offset] = widened(
    [bytes.readUInt32LE(at + 24), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)],
    extra,
  ) as [number, number, number];
  return {
    name,
    size,
    async *open() {
      if (isLocked || (method !== 0 && method !== 8)) throw locked(file);
      if (size > maxSize) throw tooLarge(file, `${Math.round(size / 1024 / 1024)} megabytes`);
      const data = dataOf(bytes, offset, packed, damaged);
      let length = 0;
      let sum = 0;
      for await (const chunk of method === 0 ? [data] : inflate(data, damaged)) {
        length += chunk.length;
        if (length > size) throw damaged();
        sum = crc32(chunk, sum);
        yield chunk;
      }
      if (length !== size || sum !== checksum) throw damaged();
    },
  };
}

/** Sizes that do not fit into 32 bits stand in a field of their own, only those, in this order. */
function widened(values: readonly number[], extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return values.map((value) => {
    if (value !== 0xffffffff) return value;
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  });
}

function dataOf(bytes: Buffer, offset: number, packed: number, damaged: () => Fault): Buffer {
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== localSignature) throw damaged();
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  if (start + packed > bytes.length) throw damaged();
  return bytes.subarray(start, start + packed);
}

async function* inflate(data: Buffer, damaged: () => Fault): AsyncIterable<Uint8Array> {
  const stream = createInflateRaw({ chunkSize: 1 << 17 });
  stream.end(data);
  try {
    for await (const chunk of stream) yield chunk as Buffer;
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith("Z_")) throw damaged();
    throw error;
  }
}

function locked(file: string): Fault {
  return new Fault("zip-locked", "the file is locked with a password or packed in a way that is not known", {
    place: { file },
    hints: ["save it again without a password"],
  });
}

function tooLarge(file: string, found: string): Fault {
  return new Fault(
    "zip-too-large",
    `the file unpacks to ${found}, expected no more than ${maxSize / 1024 / 1024} megabytes in ${maxEntries} files`,
    { place: { file }, hints: ["save the sheet as CSV UTF-8: a CSV may be as long as it likes"] },
  );
}
