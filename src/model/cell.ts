/**
 * Text that a spreadsheet will show and not run.
 *
 * Excel, LibreOffice and Sheets take a cell for a formula if it starts with one of these, also behind a line break
 * inside the cell or outer blanks; a leading apostrophe makes it plain text. Names are typed by strangers.
 */
export function inertCell(text: string): string {
  return isActive(text) ? `'${text}` : text;
}

/** The inverse, for a file of ours that comes back: the apostrophe goes where only we can have put it. */
export function activeCell(text: string): string {
  return text.startsWith("'") && isActive(text.slice(1)) ? text.slice(1) : text;
}

function isActive(text: string): boolean {
  return /^\s*[=+\-@\t\r|%＝＋－＠]/u.test(text) || /[\r\n]\s*[=+\-@]/u.test(text);
}
