/**
 * Which text may be signed.
 *
 * Two texts that look alike on paper must not differ in the token, and no letter may change how the others are
 * read: so NFC only, and nothing that is invisible or turns the direction around. The letters are listed here
 * rather than taken from a Unicode property, since properties grow with each version of Node or browser and a
 * token must be judged alike by all of them.
 */

const LONGEST = 500;

/** First and last of each run of code points that no signed text may hold. */
const forbidden: readonly (readonly [number, number])[] = [
  [0x0000, 0x001f], // C0
  [0x007f, 0x009f], // delete, C1
  [0x00ad, 0x00ad], // soft hyphen
  [0x034f, 0x034f], // grapheme joiner
  [0x061c, 0x061c], // Arabic letter mark
  [0x115f, 0x1160], // Hangul fillers: letters without ink
  [0x17b4, 0x17b5], // Khmer vowels without ink
  [0x180e, 0x180e], // Mongolian vowel separator
  [0x200b, 0x200f], // zero width, direction marks
  [0x2028, 0x202e], // separators, embeddings and overrides
  [0x2060, 0x206f], // joiners, isolates
  [0x2800, 0x2800], // blank Braille
  [0x3164, 0x3164], // Hangul filler
  [0xd800, 0xdfff], // half a surrogate pair
  [0xfdd0, 0xfdef], // noncharacters
  [0xfe00, 0xfe0f], // variation selectors
  [0xfeff, 0xfeff], // byte-order mark
  [0xffa0, 0xffa0], // Hangul filler, half width
  [0xfff0, 0xffff], // specials, the replacement character among them
  [0xe0000, 0xe0fff], // tags, variation selectors
];

/** What keeps a text from being signed, as words that follow the text's name; `null` if nothing does. */
export function flawOf(text: string): string | null {
  if (text === "") return "is empty";
  const letters = [...text];
  if (letters.length > LONGEST) return `is longer than ${LONGEST} letters`;
  if (/^[!-~](?:[ -~]*[!-~])?$/.test(text)) return null;
  const bad = letters.map((letter) => letter.codePointAt(0) ?? 0).find(isForbidden);
  if (bad !== undefined) return `holds the invisible letter U+${formatCodePoint(bad)}`;
  if (text.normalize("NFC") !== text) return "is not in Unicode form NFC";
  if (text.trim() !== text) return "begins or ends with a space";
  return null;
}

export function isForbidden(codePoint: number): boolean {
  const plane = codePoint & 0xfffe;
  return plane === 0xfffe || forbidden.some(([first, last]) => codePoint >= first && codePoint <= last);
}

/** Half a surrogate pair: what UTF-8 cannot say and `TextEncoder` silently turns into U+FFFD. */
export function hasLoneSurrogate(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

function formatCodePoint(codePoint: number): string {
  return codePoint.toString(16).toUpperCase().padStart(4, "0");
}
