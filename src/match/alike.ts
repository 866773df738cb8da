/*
 * Letters of other alphabets that look like Latin ones. Whoever writes `budi@…` with a Cyrillic `і` has another
 * address, which no reader can tell from the first. Such addresses and names are never taken for the same: their
 * likeness is a question for a human being. Likeness among plain letters (`l` and `1`, `rn` and `m`) is left out:
 * honest addresses differ by no more than that.
 */

/** Lower case, since addresses and names are compared in it; letters like `к` look Latin as capitals. */
const latinOf: ReadonlyMap<string, string> = new Map(
  Object.entries({
    // Cyrillic
    ...pairs("авеһіјкӏмнорѕтухԛԝԁс", "abehijklmhopstyxqwdc"),
    // Greek
    ...pairs("αβγεζικμνορτυχϲϳ", "abyezikmvoptuxcj"),
    // Armenian
    ...pairs("օսհոցյ", "ouhngj"),
    // Latin small capitals, dotless and other shapes of a letter
    ...pairs("ıȷɑɡɩɪᴀʙᴄᴅᴇɢʜᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ", "ijagiiabcdeghjklmnoprstuvwyz"),
    // dashes and dots
    ...pairs("‐‒–—−․", "-----."),
  }),
);

function pairs(letters: string, latin: string): Record<string, string> {
  const like = [...latin];
  return Object.fromEntries([...letters].map((letter, index) => [letter, like[index] ?? letter]));
}

/** What a text looks like: equal for two texts that a reader cannot tell apart. Plain ASCII looks like itself. */
export function skeleton(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  const folded = text.normalize("NFKC").toLowerCase();
  return [...folded]
    .map((letter) => latinOf.get(letter) ?? letter)
    .join("")
    .normalize("NFC");
}

/** The letters that make a text look like another, each with its code point: `і U+0456`. */
export function disguisedLetters(text: string): string[] {
  const letters = [...new Set(text)].filter((letter) => skeleton(letter) !== letter.toLowerCase());
  return letters.map((letter) => `${letter} U+${codePoint(letter)}`);
}

function codePoint(letter: string): string {
  return (letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
