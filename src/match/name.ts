import { alsoNames, degrees, deviceModels, deviceWords, frontTitles, institutionWords } from "./lexicon.js";

/*
 * Names are compared by a key, never printed from it. The key leaves out what people add to their name
 * in one form and forget in the next: capitals, titles, order numbers, the office, the telephone.
 * It never guesses: no letter is changed, no word is moved, and what is no name has no key.
 */

/** What of a written name can be compared. */
export interface Comparable {
  /** `null`: this is a device, a telephone number or nothing, so nobody's name */
  readonly key: string | null;
  /** what stood in parentheses, as a key: the original name, a pronoun or an office; only ever a hint */
  readonly hint: string | null;
  /** the name as written without order number, office and device; `""` where there is no key */
  readonly cleaned: string;
  /** a device is named, and of a person one word at most: `Sri's iPhone`, `Laptop Aula`; too little to be somebody alone */
  readonly isOfDevice: boolean;
}

const apostrophes = /['’‘`´ʼʿʾʻ′＇]/gu;
const parenthesised = /[([（【{]([^)\]）】}]*)[)\]）】}]?/gu;
const orderNumber = /^\s*(?:no\.?\s*)?#?\d+(?:\s*[.)\-:/]+\s*|\s+)/iu;
const possessive = /['’]s(?=\s)/giu;

/** Most names are nothing but words: they need none of the steps below that take something out. */
const plainWords = /^[A-Za-z]+(?: [A-Za-z]+)*$/;
const ascii = /^[\0-\x7f]*$/;

/** What is longer is nobody's name, and the steps below would take long over it. */
const longest = 500;

/** See {@link Comparable}. Any text will do; the result is the same for NFC and NFD. */
export function comparable(written: string): Comparable {
  if (plainWords.test(written)) {
    const key = keyOfTokens(written.toLowerCase().split(" "));
    return {
      key,
      hint: null,
      cleaned: key === null ? "" : withoutDeviceWords(written),
      isOfDevice: isOfDevice(written, key),
    };
  }
  if (written.length > longest) return { key: null, hint: null, cleaned: "", isOfDevice: false };
  const text = written.normalize("NFC");
  const inside = [...text.matchAll(parenthesised)].map((found) => found[1] ?? "").join(" ");
  const outside = chooseSegment(text.replace(parenthesised, " "));
  const hint = inside.trim() === "" ? null : chooseSegment(inside).key;
  return {
    key: outside.key,
    hint: hint === outside.key ? null : hint,
    cleaned: outside.key === null ? "" : clean(withoutDeviceWords(outside.text)),
    isOfDevice: isOfDevice(outside.text, outside.key),
  };
}

interface Segment {
  readonly text: string;
  readonly key: string | null;
}

/** Display names carry the office before or behind the name: `EFFENDI_Kec. Lawang`, `BPSDM JATIM_Effendi`. */
function chooseSegment(text: string): Segment {
  const segments = segmentsOf(text)
    .map((segment) => segmentOf(segment.replace(orderNumber, "").trim()))
    .filter(({ key }) => key !== null);
  const [first] = segments;
  if (segments.length === 1 && first !== undefined) return first;
  return segments.find((segment) => !namesInstitution(segment.text)) ?? first ?? segmentOf(text.trim());
}

/** A slash may belong to a name (`Kumar A/L Raju`), unless it parts an office from one. */
function segmentsOf(text: string): string[] {
  return text.split(/[_‗|＿]| [-–—] /u).flatMap((segment) => {
    const parts = segment.split(/[/~@]/u);
    return parts.length > 1 && parts.some(namesInstitution) ? parts : [segment];
  });
}

function segmentOf(text: string): Segment {
  return { text, key: keyOf(text) };
}

function namesInstitution(text: string): boolean {
  return tokens(text).some((token) => institutionWords.has(token));
}

function clean(segment: string): string {
  return segment
    .replace(/\s+/gu, " ")
    .replace(/^[\s,.;:-]+|[\s,;:-]+$/gu, "")
    .trim();
}

function keyOf(text: string): string | null {
  const [first = "", ...behind] = text.normalize("NFKC").split(/[,;]/u);
  const isMixed = /\p{Ll}/u.test(first);
  const kept = behind.filter((part) => !(isMixed && isAcronym(part)) && !isDegrees(part.toLowerCase()));
  const parts = [joinedDegree(first.toLowerCase()), ...kept.map((part) => part.toLowerCase())].map((part) =>
    /['’]s\s/iu.test(part) && namesDevice(part) ? part.replace(possessive, "") : part,
  );
  return keyOfTokens(withoutNumbers(parts.flatMap(tokens)));
}

function keyOfTokens(list: readonly string[]): string | null {
  const key = withoutDegrees(withoutFrontTitles(withoutDevices(list)))
    .join(" ")
    .replaceAll(".", "");
  return /\p{L}/u.test(key) ? key : null;
}

/** Words of letters and digits; a dotted run such as `S.Kom.` or `M.Si` is one word, apostrophes vanish. */
function tokens(text: string): string[] {
  if (ascii.test(text)) {
    const words = text
      .toLowerCase()
      .replace(/['`]/g, "")
      .split(/[^a-z0-9.]+/);
    return words.flatMap(splitDots).filter((token) => token !== "");
  }
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(apostrophes, "")
    .split(/[^\p{L}\p{M}\p{N}.]+/u)
    .flatMap(splitDots)
    .filter((token) => token !== "");
}

/** `s.kom.` is the degree `skom`; `m.yusuf` is `m` and `yusuf`; `m.a.` keeps a dot, since `ma` is a name, too. */
function splitDots(word: string): string[] {
  if (!word.includes(".")) return [word];
  const joined = word.replaceAll(".", "");
  if (alsoNames.has(joined) && /\..*\./.test(word)) return [`${joined}.`];
  return degrees.has(joined) || frontTitles.has(joined) ? [joined] : word.split(".");
}

/** Behind a comma: known degrees, and anything dotted that looks like one (`S.Tr.Keb.`). */
function isDegrees(part: string): boolean {
  if (degrees.has(part.replace(/[\s.]/gu, ""))) return true;
  const found = part.trim().split(/\s+/u);
  return found.every((word) => {
    const joined = word.replace(apostrophes, "").replaceAll(".", "");
    return joined === "" || degrees.has(joined) || frontTitles.has(joined) || isDotted(word);
  });
}

/** `IPU`, `CPA`: behind a name that is not itself in capitals. */
function isAcronym(part: string): boolean {
  return /^\s*(?:\p{Lu}{2,5}\.?\s*)+$/u.test(part);
}

/** `Siti Aminah S. Kep` without a comma, as somebody types who likes blanks. */
function joinedDegree(text: string): string {
  return text.replace(/(?<=\s)(\p{L}{1,2})\.\s+(\p{L}{2,5})\.?\s*$/u, (written, front, behind) =>
    degrees.has(`${front}${behind}`) ? `${front}.${behind}` : written,
  );
}

function isDotted(word: string): boolean {
  const parts = word.replace(/\.$/u, "").split(".");
  return (
    parts.length > 1 && parts.every((part) => /^\p{L}{1,6}$/u.test(part)) && (parts[0] ?? "").length <= 3
  );
}

/** Order numbers, copies (`Budi 2`) and telephone numbers; a roll number of letters and digits stays if it is all there is. */
function withoutNumbers(list: readonly string[]): string[] {
  const named = list.filter((token) => !/\p{N}/u.test(token));
  if (named.length > 0) return named;
  return list.filter((token) => /\p{L}/u.test(token) && token.length >= 6);
}

function namesDevice(text: string): boolean {
  return tokens(text).some((token) => deviceWords.has(token));
}

function withoutDevices(list: readonly string[]): string[] {
  if (!list.some((token) => deviceWords.has(token))) return [...list];
  return list.filter((token) => !deviceWords.has(token) && !deviceModels.has(token));
}

function isOfDevice(text: string, key: string | null): boolean {
  return key !== null && !key.includes(" ") && namesDevice(text);
}

/** For print, so nothing else is touched: `Ibu Sri's iPhone` leaves `Ibu Sri`, `0812-3456 Budi` leaves `Budi`. */
function withoutDeviceWords(text: string): string {
  const isDevice = namesDevice(text);
  if (!isDevice && !/\p{N}/u.test(text)) return text;
  const words = text.split(/\s+/u).filter((word) => {
    if (!/\p{L}/u.test(word)) return !/\p{N}/u.test(word);
    if (!isDevice) return true;
    return !/\p{N}/u.test(word) && !isAboutDevice(tokens(word));
  });
  const kept = words.join(" ");
  if (!/\p{L}/u.test(kept)) return text;
  return isDevice ? kept.replace(/['’]s$/iu, "") : kept;
}

function isAboutDevice(list: readonly string[]): boolean {
  return list.length > 0 && list.every((token) => deviceWords.has(token) || deviceModels.has(token));
}

function withoutFrontTitles(list: readonly string[]): string[] {
  let start = 0;
  while (start < list.length - 1 && frontTitles.has(list[start] ?? "")) start += 1;
  return list.slice(start);
}

function withoutDegrees(list: readonly string[]): string[] {
  let end = list.length;
  while (end > 1 && isBareDegree(list[end - 1] ?? "")) end -= 1;
  return list.slice(0, end);
}

/** Without a comma in front: then a word that is some people's name is taken for a name, unless it has its dots. */
function isBareDegree(token: string): boolean {
  return token.endsWith(".") || (degrees.has(token) && !alsoNames.has(token));
}

/**
 * Whether two keys can well be one person's: equal, one a shortening of the other (`budi s`, `budi santoso`),
 * or a slip of the keyboard apart. Used only to tell "clearly different"; it never merges anybody.
 */
export function couldBeSame(a: string, b: string, distance: (a: string, b: string) => number): boolean {
  const [short, long] = [a.split(" "), b.split(" ")].sort((x, y) => x.length - y.length);
  if (short === undefined || long === undefined) return false;
  if (distance(a, b) <= Math.min(2, Math.floor(Math.max(a.length, b.length) / 4))) return true;
  return short.every((token) =>
    long.some(
      (other) =>
        other.startsWith(token) ||
        token.startsWith(other) ||
        (token.length > 4 && distance(token, other) <= 1),
    ),
  );
}
