/** What the first bytes of a picture say (PNG and JPEG File Interchange formats); its pixels are not looked at. */
export interface PictureHeader {
  readonly kind: "png" | "jpeg";
  /** pixels */
  readonly width: number;
  readonly height: number;
  /** red, green, blue; grey; or cyan, magenta, yellow, black */
  readonly isCmyk: boolean;
  /** a camera held sideways says so here, and only some programs obey */
  readonly isTurned: boolean;
}

export function readPictureHeader(bytes: Uint8Array): PictureHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isPng(bytes)) {
    if (bytes.length < 33) return null;
    const [width, height] = [view.getUint32(16), view.getUint32(20)];
    return width > 0 && height > 0 ? { kind: "png", width, height, isCmyk: false, isTurned: false } : null;
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? readJpeg(view) : null;
}

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, at) => bytes[at] === byte);
}

/** JPEG is a chain of marked segments; the frame header among them (C0 to CF save C4, C8, CC) holds the size. */
function readJpeg(view: DataView): PictureHeader | null {
  let isTurned = false;
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1 && at + 2 + length <= view.byteLength)
      isTurned ||= orientationOf(view, at + 4, length) > 1;
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      const [height, width] = [view.getUint16(at + 5), view.getUint16(at + 7)];
      if (width === 0 || height === 0) return null;
      return { kind: "jpeg", width, height, isCmyk: view.getUint8(at + 9) === 4, isTurned };
    }
    at += 2 + length;
  }
  return null;
}

/** Exif's tag 0x0112; 1 is upright. */
function orientationOf(view: DataView, start: number, length: number): number {
  const end = start + length - 2;
  if (end - start < 14 || view.getUint32(start) !== 0x45786966) return 1;
  const tiff = start + 6;
  const isLittle = view.getUint16(tiff) === 0x4949;
  const directory = tiff + view.getUint32(tiff + 4, isLittle);
  if (directory + 2 > end) return 1;
  const count = view.getUint16(directory, isLittle);
  for (let index = 0; index < count; index += 1) {
    const entry = directory + 2 + 12 * index;
    if (entry + 12 > end) return 1;
    if (view.getUint16(entry, isLittle) === 0x0112) return view.getUint16(entry + 8, isLittle);
  }
  return 1;
}
