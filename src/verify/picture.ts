import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

/** The QR codes in a picture. The decoder is a WebAssembly file that was installed with it; nothing is fetched. */

/** Pixels, row by row from the top, four bytes each: red, green, blue, opacity. */
export interface Bitmap {
  readonly data: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

/** A phone's best camera makes 200; a picture of 600 bytes can claim a thousand times that. */
const MOST_PIXELS = 250_000_000;

export function isPicture(bytes: Uint8Array): boolean {
  return isPng(bytes) || isJpeg(bytes);
}

/**
 * The texts of all QR codes that can be read in a PNG, a JPEG or a bitmap; none if there is none or it is damaged.
 *
 * @param effort `quick` finds one that is drawn well, in a fraction of the time
 */
export async function readPicture(
  picture: Uint8Array | Bitmap,
  effort: keyof typeof efforts = "hard",
): Promise<string[]> {
  if (picture instanceof Uint8Array && pixelsOf(picture) > MOST_PIXELS) return [];
  const { readBarcodes } = await decoder();
  try {
    const input =
      picture instanceof Uint8Array ? Uint8Array.from(picture) : { ...picture, colorSpace: "srgb" as const };
    const found = await readBarcodes(input, { formats: ["QRCode"], ...efforts[effort] });
    return found.filter(({ isValid }) => isValid).map(({ text }) => text);
  } catch {
    // the decoder has one kind of failure for whatever is wrong with a picture
    return [];
  }
}

const efforts = {
  hard: { tryHarder: true, maxNumberOfSymbols: 16 },
  quick: {
    ...{ tryHarder: false, tryRotate: false, tryInvert: false, tryDownscale: false },
    maxNumberOfSymbols: 1,
  },
} as const;

async function decoder(): Promise<typeof import("zxing-wasm/reader")> {
  const zxing = await import("zxing-wasm/reader");
  const path = createRequire(import.meta.url).resolve("zxing-wasm/reader/zxing_reader.wasm");
  wasm ??= readFile(path).then((file) => Uint8Array.from(file).buffer);
  zxing.prepareZXingModule({ overrides: { wasmBinary: await wasm } });
  return zxing;
}

let wasm: Promise<ArrayBuffer> | undefined;

function isPng(bytes: Uint8Array): boolean {
  return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].every((byte, at) => bytes[at] === byte);
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** As the picture claims: known before anything of that size is set aside. */
function pixelsOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (isPng(bytes)) return bytes.length < 24 ? 0 : view.getUint32(16) * view.getUint32(20);
  return jpegPixels(view);
}

/** JPEG is a chain of marked segments; the frame header among them (C0 to CF save C4, C8, CC) holds the size. */
function jpegPixels(view: DataView): number {
  for (let at = 2; at + 9 <= view.byteLength; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return view.getUint16(at + 5) * view.getUint16(at + 7);
    if (marker < 0xff00) return 0;
  }
  return 0;
}
