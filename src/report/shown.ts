/**
 * Text of strangers as a terminal may show it: on one line, and nothing in it moves the cursor, changes colours or turns
 * the direction of writing. What was there is shown by its number. Reading cleans names, but file names and what
 * warnings quote are as they came.
 */
export function shown(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * Broken between words, so that no line is wider than the terminal; the lines after the first begin with `indent`.
 * A word that is wider than a line stays whole: an address cut in two cannot be copied.
 */
export function wrapped(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/ (?=\S)/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
