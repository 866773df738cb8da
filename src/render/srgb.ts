/**
 * What red, green and blue mean: a profile of sRGB (IEC 61966-2-1) in the form of ICC.1:1998, monitor class, matrix and
 * tone curve. Archives want it in the file, so that colours do not depend on the screen of the day.
 *
 * Made here from the standard's figures rather than taken over: the profiles that circulate are three kilobytes and more,
 * or carry terms of their own.
 */

/** Chromaticities of sRGB adapted to D50 (Bradford), as the connection space of profiles wants them: X, Y, Z. */
const PRIMARIES = {
  rXYZ: [0.43607, 0.22249, 0.01392],
  gXYZ: [0.38515, 0.71687, 0.09708],
  bXYZ: [0.14307, 0.06061, 0.7141],
} as const;
const D50 = [0.9642, 1, 0.8249] as const;
const CURVE_POINTS = 256;
const HEADER_BYTES = 128;
const NAME = "sRGB IEC61966-2.1";

/** The bytes of the profile; the same every time. */
export function srgbProfile(): Buffer {
  const curve = curveTag();
  const tags: readonly (readonly [string, Buffer])[] = [
    ["desc", descriptionTag(NAME)],
    ["cprt", Buffer.concat([head("text"), Buffer.from("No rights reserved\0", "latin1")])],
    ["wtpt", xyzTag(D50)],
    ...Object.entries(PRIMARIES).map(([tag, xyz]) => [tag, xyzTag(xyz)] as const),
    ["rTRC", curve],
    ["gTRC", curve],
    ["bTRC", curve],
  ];
  return assemble(tags);
}

/** Tags of the same content are stored once. */
function assemble(tags: readonly (readonly [string, Buffer])[]): Buffer {
  const table = Buffer.alloc(4 + 12 * tags.length);
  table.writeUInt32BE(tags.length, 0);
  const bodies = new Map<Buffer, number>();
  let size = HEADER_BYTES + table.length;
  for (const [index, [tag, body]] of tags.entries()) {
    if (!bodies.has(body)) {
      bodies.set(body, size);
      size += padded(body).length;
    }
    const entry = 4 + 12 * index;
    table.write(tag, entry, "latin1");
    table.writeUInt32BE(bodies.get(body) ?? 0, entry + 4);
    table.writeUInt32BE(body.length, entry + 8);
  }
  return Buffer.concat([header(size), table, ...[...bodies.keys()].map(padded)]);
}

function header(size: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES);
  bytes.writeUInt32BE(size, 0);
  bytes.writeUInt32BE(0x02100000, 8);
  bytes.write("mntrRGB XYZ ", 12, "latin1");
  // year, month, day of the standard
  for (const [index, part] of [1999, 10, 1].entries()) bytes.writeUInt16BE(part, 24 + 2 * index);
  bytes.write("acsp", 36, "latin1");
  for (const [index, value] of D50.entries()) bytes.writeInt32BE(fixed(value), 68 + 4 * index);
  return bytes;
}

function head(type: string): Buffer {
  return Buffer.concat([Buffer.from(type, "latin1"), Buffer.alloc(4)]);
}

function xyzTag(xyz: readonly number[]): Buffer {
  const bytes = Buffer.alloc(12);
  for (const [index, value] of xyz.entries()) bytes.writeInt32BE(fixed(value), 4 * index);
  return Buffer.concat([head("XYZ "), bytes]);
}

/** ASCII, then an empty Unicode and an empty Macintosh name. */
function descriptionTag(name: string): Buffer {
  const ascii = Buffer.from(`${name}\0`, "latin1");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(ascii.length);
  return Buffer.concat([head("desc"), length, ascii, Buffer.alloc(4 + 4 + 2 + 1 + 67)]);
}

function curveTag(): Buffer {
  const bytes = Buffer.alloc(4 + 2 * CURVE_POINTS);
  bytes.writeUInt32BE(CURVE_POINTS, 0);
  for (let point = 0; point < CURVE_POINTS; point += 1) {
    const signal = point / (CURVE_POINTS - 1);
    const light = signal <= 0.04045 ? signal / 12.92 : ((signal + 0.055) / 1.055) ** 2.4;
    bytes.writeUInt16BE(Math.round(light * 0xffff), 4 + 2 * point);
  }
  return Buffer.concat([head("curv"), bytes]);
}

function fixed(value: number): number {
  return Math.round(value * 65_536);
}

function padded(body: Buffer): Buffer {
  return Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
}
