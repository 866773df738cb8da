/**
 * Text that a spreadsheet will show and not run.
 *
 * Excel, LibreOffice and Sheets take a cell for a formula if it starts with one of these, also behind a line break
 * inside the cell or outer blanks; a leading apostrophe makes it plain text. Names are typed by strangers.
 */
export function inertCell(text: string): string {
  return /^\s*[=+\-@\t\r|%＝＋－＠]/u.test(text) || /[\r\n]\s*[=+\-@]/u.test(text) ? `'${text}` : text;
}
