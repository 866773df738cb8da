const pairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

export function hexOf(bytes: Uint8Array): string {
  return bytes.reduce((hex, byte) => hex + pairs[byte], "");
}

/** Bytes of pairs of hex digits; throws on anything else, which is a bug of the caller. */
export function parseHex(hex: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hex.length >> 1);
  let isHex = hex.length % 2 === 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = (digitOf(hex.charCodeAt(2 * at)) << 4) | digitOf(hex.charCodeAt(2 * at + 1));
    isHex &&= byte >= 0;
    bytes[at] = byte;
  }
  if (!isHex) throw new TypeError("expected pairs of hex digits");
  return bytes;
}

/** -1 of a letter that is none. */
function digitOf(letter: number): number {
  if (letter >= 0x30 && letter <= 0x39) return letter - 0x30;
  // small letters and capitals differ in one bit
  const small = letter | 0x20;
  return small >= 0x61 && small <= 0x66 ? small - 0x57 : -1;
}
