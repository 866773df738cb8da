import { Fault } from "../model/fault.js";

/** A certificate's code for people: its 10-byte id as 16 letters of Crockford's base 32, in groups of four. */

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LETTERS = 16;

export function formatCode(cti: Uint8Array): string {
  if (cti.length !== 10) throw new TypeError(`${cti.length} bytes; a certificate's id has 10`);
  let [letters, held, holding] = ["", 0, 0];
  for (const byte of cti) {
    held = (held << 8) | byte;
    for (holding += 8; holding >= 5; held &= (1 << holding) - 1) {
      holding -= 5;
      if (letters.length % 5 === 4) letters += "-";
      letters += alphabet[held >> holding];
    }
  }
  return letters;
}

/** As people type it: either case, hyphens and spaces anywhere or nowhere, O for 0, I or L for 1. */
export function parseCode(text: string): Uint8Array {
  const letters = text.toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
  const digits = Array.from(letters, (letter) => alphabet.indexOf(letter));
  if (digits.length !== LETTERS || digits.includes(-1)) {
    throw new Fault(
      "code-malformed",
      `"${text}" is no certificate code; expected one like 4XB2-9KQZ-7M0F-C3TV`,
    );
  }
  const number = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n);
  return Uint8Array.from({ length: 10 }, (_, at) => Number((number >> BigInt(72 - 8 * at)) & 255n));
}
