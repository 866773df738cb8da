import { parseToUnicode, type ToUnicode } from "./cmap.js";
import type { PdfFile } from "./file.js";
import { foreign } from "./syntax.js";
import { Name, type Octets, type Value } from "./value.js";

/** What a font's strings mean. */
export interface Font {
  readonly codeBytes: 1 | 2;
  readonly toUnicode: ToUnicode;
}

export function fontOf(file: PdfFile, dictionary: Value): Font {
  if (!(dictionary instanceof Map)) throw foreign("text in a font that is not there");
  const subtype = file.resolve(dictionary.get("Subtype"));
  const table = dictionary.get("ToUnicode");
  return {
    codeBytes: subtype instanceof Name && subtype.name === "Type0" ? 2 : 1,
    toUnicode: table === undefined ? [] : parseToUnicode(file.stream(table).bytes),
  };
}

/** A code that the font says nothing of is a letter that nobody wanted. */
export function lettersOf(string: Octets, { codeBytes, toUnicode }: Font): string {
  let text = "";
  for (let at = 0; at + codeBytes <= string.length; at += codeBytes) {
    const code = codeBytes === 1 ? string.at(at) : 256 * string.at(at) + string.at(at + 1);
    text += toUnicode[code] ?? "\ufffd";
  }
  return text;
}
