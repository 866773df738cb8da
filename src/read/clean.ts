/**
 * Cells as strangers typed them, made harmless without changing what they say.
 * Names are never folded here: telling people apart by their spelling is the business of matching.
 */

/** Scripts in which a joiner between two letters changes the word: Arabic, Syriac, Mongolian, South and South-East Asia. */
const joined =
  "[" +
  [
    ..."Arabic Syriac Mongolian Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada".split(" "),
    ..."Malayalam Sinhala Balinese Javanese Khmer Myanmar".split(" "),
  ]
    .map((script) => `\\p{Script=${script}}`)
    .join("") +
  "]";
const before = new RegExp(`${joined}$`, "u");
const behind = new RegExp(`^${joined}`, "u");

/** Everything that shows nothing or moves what others show: format characters, controls, lone halves of characters. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

const blankControls = /[\t\n\r\v\f\u0085\u2028\u2029]+/g;

/** Removed without a word: soft hyphens, zero-width spaces and joiners, stray byte-order marks come in by copying. */
const common = new Set(["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"]);

export interface Cleaned {
  readonly text: string;
  /** whether something was removed that no honest keyboard types: a NUL, a control, a change of direction */
  readonly isSuspect: boolean;
}

/** A name or other free text: NFC, no blanks around, nothing invisible but joiners that its script needs. */
export function cleanText(cell: string): Cleaned {
  if (/^[\x20-\x7e]*$/.test(cell)) return { text: unguard(cell.trim()), isSuspect: false };
  let isSuspect = false;
  const spaced = cell.replace(blankControls, " ");
  const visible = spaced.replace(invisible, (letter, at: number) => {
    if (isJoiner(letter) && isNeeded(spaced, at)) return letter;
    if (!common.has(letter)) isSuspect = true;
    return "";
  });
  return { text: unguard(visible.trim()).normalize("NFC"), isSuspect };
}

function isJoiner(letter: string): boolean {
  return letter === "\u200c" || letter === "\u200d";
}

function isNeeded(text: string, at: number): boolean {
  return before.test(text.slice(Math.max(0, at - 2), at)) && behind.test(text.slice(at + 1, at + 3));
}

/** `="0812"`, as spreadsheets guard digits, is `0812`. */
function unguard(cell: string): string {
  return cell.startsWith('="') && cell.endsWith('"') && cell.length > 3 ? cell.slice(2, -1).trim() : cell;
}

const plainAddress =
  /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}@[\p{L}\p{M}\p{N}-]{1,63}(?:\.[\p{L}\p{M}\p{N}-]{1,63}){1,8}$/u;

/**
 * One plain address in lower case, else `null`. No compatibility folding: an address of look-alike letters is
 * another address, and a KELVIN SIGN must not become a `k` by lower-casing either.
 */
export function cleanEmail(cell: string): string | null {
  const text = unguard(cell.trim());
  if (text.length > 254 || !plainAddress.test(text)) return null;
  return text.replace(/\p{Lu}/gu, (letter) => {
    const lower = letter.toLowerCase();
    return letter > "\u007f" && lower <= "\u007f" ? letter : lower;
  });
}

/** Ways of saying that there is nothing: no address, no number, no score. */
const nothing = new Set([
  "",
  "-",
  "--",
  "---",
  "–",
  "—",
  "anonymous",
  "anonim",
  "anónimo",
  "anônimo",
  "匿名",
  "n/a",
  "na",
  "none",
  "null",
  "#n/a",
]);

export function isNothing(cell: string): boolean {
  return nothing.has(cell.trim().toLowerCase());
}

/** A number of a person: the digits or the text, nothing (`null`), or damaged by a spreadsheet beyond repair. */
export type IdNumber = { readonly value: string | null; readonly isDamaged: boolean };

const none: IdNumber = { value: null, isDamaged: false };
const damaged: IdNumber = { value: null, isDamaged: true };

/**
 * A civil servant's number or another id column. Spreadsheets keep fifteen digits of a number: eighteen digits that
 * end in three zeros are such a wreck (serials start at 001), as is `1,99001E+17`; both could be anybody's.
 */
export function cleanIdNumber(cell: string): IdNumber {
  const text = unguard(cleanText(cell).text)
    .replace(/^['’`]+/, "")
    .trim();
  if (isNothing(text) || !/\d/.test(text)) return none;
  if (/^\d+(?:[.,]\d+)?e\+?\d+$/i.test(text)) return damaged;
  const digits = text.replace(/[\s.\-/]/g, "");
  if (/^\d+$/.test(digits)) {
    if (digits.length === 18 && digits.endsWith("000")) return damaged;
    return digits.length < 5 || /^0+$/.test(digits) ? none : { value: digits, isDamaged: false };
  }
  return /\s/.test(text) || text.length < 4 ? none : { value: text, isDamaged: false };
}
