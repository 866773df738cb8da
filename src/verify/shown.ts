/**
 * Whether a page shows a certain text, as whole words: "Budi" is not shown by a page that says "Budianto".
 *
 * A text may be drawn in pieces (words, lines, letters), so spaces between pieces mean nothing; a run of whole pieces
 * must make it. Or it stands within one piece, between letters that are neither letters nor digits.
 */
export function isShown(wanted: string, texts: readonly string[]): boolean {
  // as most are: in one piece, letter for letter
  if (texts.some((text) => text.includes(wanted) && isWithin(wanted, text))) return true;
  const pieces = texts.map((text) => text.normalize("NFC"));
  if (isRun(squeeze(wanted), pieces.map(squeeze))) return true;
  const folded = fold(wanted);
  return pieces.some((piece) => isWithin(folded, fold(piece)));
}

function isRun(wanted: string, texts: readonly string[]): boolean {
  // without those that have nothing to say, each piece takes some of what is wanted, so no page can keep us for long
  const pieces = texts.filter((text) => text !== "");
  return pieces.some((_, first) => {
    let rest = wanted;
    for (let at = first; at < pieces.length; at += 1) {
      const piece = pieces[at] ?? "";
      if (!rest.startsWith(piece)) return false;
      rest = rest.slice(piece.length);
      if (rest === "") return true;
    }
    return false;
  });
}

function isWithin(wanted: string, piece: string): boolean {
  for (let at = piece.indexOf(wanted); at !== -1; at = piece.indexOf(wanted, at + 1)) {
    if (!joinsBefore(piece, at) && !joinsBehind(piece, at + wanted.length)) return true;
  }
  return false;
}

/** Whether a letter or digit stands right before, which nearly always shows without looking it up. */
function joinsBefore(piece: string, at: number): boolean {
  if (at === 0 || isPlainSign(piece.charCodeAt(at - 1))) return false;
  // of the last character alone, which has two units at most: the piece may be as long as somebody likes
  return /[\p{L}\p{M}\p{N}]$/u.test(piece.slice(Math.max(0, at - 2), at));
}

function joinsBehind(piece: string, at: number): boolean {
  if (at === piece.length || isPlainSign(piece.charCodeAt(at))) return false;
  return /^[\p{L}\p{M}\p{N}]/u.test(piece.slice(at));
}

/** Blanks and signs before the digits of ASCII. */
function isPlainSign(unit: number): boolean {
  return unit < 0x30;
}

function squeeze(text: string): string {
  return text.replace(/\s+/gu, "").normalize("NFC");
}

function fold(text: string): string {
  return text.replace(/\s+/gu, " ").trim();
}
