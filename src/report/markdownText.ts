/*
 * Text that strangers typed, so that a pull request shows it and does nothing with it: no markup, no link, no picture,
 * no mention, no reference, no row of its own in a table. What the eye reads stays the same.
 */

const longest = 300;

/** Text for a table cell or behind something else on a line: a mark that counts only in front is left alone. */
export function plain(text: string): string {
  return (
    oneLine(text)
      // a character between them that has no width: escaping alone does not keep GitHub from mentioning or linking
      .replace(/@(?=[\p{L}\p{N}_-])/gu, "@\u2060")
      .replace(/#(?=\d)/g, "#\u2060")
      .replace(/\b(GH)-(?=\d)/gi, "$1-\u2060")
      .replace(/:(?=\/\/|[\w+-]+:)/g, ":\u2060")
      .replace(/\bwww\.(?=\S)/gi, (found) => `${found}\u2060`)
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/[\\`*_{}[\]()#!|~$]/g, (mark) => `\\${mark}`)
  );
}

/** Text as it is, in the letters of code; for addresses, paths and codes. */
export function code(text: string): string {
  const line = oneLine(text).replaceAll("|", "\\|");
  if (line === "") return "";
  const longestRun = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longestRun + 1);
  const pad = /^`|`$/.test(line) ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

/** Line breaks, other control characters and those that turn the direction of writing are blanks here. */
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, " ").trim();
  const letters = [...line];
  return letters.length > longest ? `${letters.slice(0, longest).join("")}…` : line;
}
