import { latin1, Name, type Value, Word } from "./value.js";

/** A run of regular characters: what it means as a name, behind a slash, and what as a constant or word. */
export interface Spelling {
  readonly text: string;
  readonly name: Name;
  readonly word: Value;
}

/** Names and operators come up again and again: each is made once, and found by its letters from then on. */
const known = new Array<Spelling | undefined>(1 << 11).fill(undefined);
const LONGEST_KNOWN = 32;
const TRIES = 4;

/** @param hash of the bytes: only where to look, they are compared anyway */
export function spellingOf(bytes: Uint8Array, from: number, to: number, hash: number): Spelling {
  let place = hash & (known.length - 1);
  for (let tried = 1; ; tried += 1) {
    const found = known[place];
    if (found !== undefined && isSpelled(found.text, bytes, from, to)) return found;
    if (found === undefined || tried === TRIES) break;
    place = (place + 1) & (known.length - 1);
  }
  const made = spell(latin1(bytes.subarray(from, to)));
  if (made.text.length <= LONGEST_KNOWN) known[place] = made;
  return made;
}

function isSpelled(text: string, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let at = from; at < to; at += 1) if (bytes[at] !== text.charCodeAt(at - from)) return false;
  return true;
}

const constants = new Map<string, Value>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function spell(text: string): Spelling {
  const name = text.replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  const constant = constants.get(text);
  return { text, name: new Name(name), word: constant === undefined ? new Word(text) : constant };
}
