import { Fault } from "../model/fault.js";

/** Base 58 with Bitcoin's alphabet, as multibase calls `z`. For keys and signatures: the time grows with the square. */

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

export function formatBase58(bytes: Uint8Array): string {
  let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = "";
  for (; number > 0n; number /= 58n) text = alphabet.charAt(Number(number % 58n)) + text;
  const zeros = bytes.findIndex((byte) => byte !== 0);
  return "1".repeat(zeros === -1 ? bytes.length : zeros) + text;
}

/** @param length of the bytes that are expected: the text must say exactly so many */
export function parseBase58(text: string, length: number): Uint8Array<ArrayBuffer> {
  let number = 0n;
  for (const letter of text.slice(0, 2 * length)) {
    const digit = alphabet.indexOf(letter);
    if (digit === -1) throw malformed(length);
    number = number * 58n + BigInt(digit);
  }
  const bytes = Uint8Array.from({ length }, (_, at) =>
    Number((number >> BigInt(8 * (length - 1 - at))) & 255n),
  );
  if (formatBase58(bytes) !== text) throw malformed(length);
  return bytes;
}

function malformed(length: number): Fault {
  return new Fault("base58-malformed", `no ${length} bytes in base 58`);
}
