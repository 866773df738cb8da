import { closeSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { crc32 } from "node:zlib";
import { draftIn, openDraft, sweepDrafts, writeAll } from "./draft.js";

/*
 * A ZIP archive (PKWARE APPNOTE 6.3), written as it comes: entries are stored, since certificates are compressed inside
 * already, with the time of their own day, so that the same entries give the same archive. Above 4 GB or 65,535 entries
 * it is a ZIP64 archive, which common unpackers read; libraries for Node either hold it all in memory or stop there.
 */

const VERSION = 45;
const UNIX = 3;
const UTF8_NAMES = 0x800;
const REGULAR_FILE = 0o100644;
const MOST = 0xffffffff;

interface Entry {
  readonly name: Buffer;
  readonly day: number;
  readonly checksum: number;
  readonly size: number;
  readonly at: number;
}

export class ZipFile {
  readonly #path: string;
  readonly #draft: string;
  readonly #descriptor: number;
  readonly #held = Buffer.alloc(1 << 20);
  #holding = 0;
  #position = 0;
  readonly #entries: Entry[] = [];

  /** The file appears under its name when it is whole. */
  constructor(path: string) {
    this.#path = path;
    this.#draft = draftIn(dirname(path));
    sweepDrafts(dirname(path));
    this.#descriptor = openDraft(this.#draft);
  }

  /** @param date ISO date */
  add(name: string, bytes: Uint8Array, date: string): void {
    const entry = {
      name: Buffer.from(name),
      day: dosDay(date),
      checksum: crc32(bytes),
      size: bytes.length,
      at: this.#position,
    };
    this.#entries.push(entry);
    this.#put(localHeader(entry));
    this.#put(bytes);
  }

  end(): void {
    const start = this.#position;
    for (const entry of this.#entries) this.#put(directoryHeader(entry));
    const size = this.#position - start;
    this.#put(endOfDirectory(this.#entries.length, start, size));
    this.#flush();
    closeSync(this.#descriptor);
    renameSync(this.#draft, this.#path);
  }

  /** Leaves nothing behind. */
  abandon(): void {
    try {
      closeSync(this.#descriptor);
    } catch {
      // closed already
    }
    rmSync(this.#draft, { force: true });
  }

  #put(bytes: Uint8Array): void {
    this.#position += bytes.length;
    if (bytes.length > this.#held.length - this.#holding) this.#flush();
    if (bytes.length > this.#held.length) {
      this.#write(bytes);
      return;
    }
    this.#held.set(bytes, this.#holding);
    this.#holding += bytes.length;
  }

  #flush(): void {
    this.#write(this.#held.subarray(0, this.#holding));
    this.#holding = 0;
  }

  #write(bytes: Uint8Array): void {
    writeAll(this.#descriptor, bytes);
  }
}

/** Sizes are known beforehand, so they stand in front of the bytes and nothing has to follow them. */
function localHeader({ name, day, checksum, size }: Entry): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  writeFacts(header, 4, { day, checksum, size, name });
  return Buffer.concat([header, name]);
}

function directoryHeader({ name, day, checksum, size, at }: Entry): Buffer {
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE((UNIX << 8) | VERSION, 4);
  writeFacts(header, 6, { day, checksum, size, name });
  header.writeUInt32LE((REGULAR_FILE << 16) >>> 0, 38);
  header.writeUInt32LE(Math.min(at, MOST), 42);
  if (at < MOST) return Buffer.concat([header, name]);
  const far = Buffer.alloc(12);
  far.writeUInt16LE(1, 0);
  far.writeUInt16LE(8, 2);
  far.writeBigUInt64LE(BigInt(at), 4);
  header.writeUInt16LE(far.length, 30);
  return Buffer.concat([header, name, far]);
}

/** What both headers say, from the version needed on. */
function writeFacts(header: Buffer, from: number, { day, checksum, size, name }: Omit<Entry, "at">): void {
  header.writeUInt16LE(VERSION, from);
  header.writeUInt16LE(UTF8_NAMES, from + 2);
  header.writeUInt16LE(day, from + 8);
  header.writeUInt32LE(checksum, from + 10);
  header.writeUInt32LE(size, from + 14);
  header.writeUInt32LE(size, from + 18);
  header.writeUInt16LE(name.length, from + 22);
}

function endOfDirectory(count: number, start: number, size: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(Math.min(size, MOST), 12);
  end.writeUInt32LE(Math.min(start, MOST), 16);
  if (count < 0xffff && start + size < MOST) return end;
  const far = Buffer.alloc(76);
  far.writeUInt32LE(0x06064b50, 0);
  far.writeBigUInt64LE(44n, 4);
  far.writeUInt16LE((UNIX << 8) | VERSION, 12);
  far.writeUInt16LE(VERSION, 14);
  far.writeBigUInt64LE(BigInt(count), 24);
  far.writeBigUInt64LE(BigInt(count), 32);
  far.writeBigUInt64LE(BigInt(size), 40);
  far.writeBigUInt64LE(BigInt(start), 48);
  // the locator: where the record above begins
  far.writeUInt32LE(0x07064b50, 56);
  far.writeBigUInt64LE(BigInt(start + size), 64);
  far.writeUInt32LE(1, 72);
  return Buffer.concat([far, end]);
}

/** Days since 1980 as MS-DOS counts them. The time is midnight, which is zero. */
function dosDay(date: string): number {
  const [year = 1980, month = 1, day = 1] = date.split("-").map(Number);
  return (Math.max(0, year - 1980) << 9) | (month << 5) | day;
}
