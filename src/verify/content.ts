import { Fault } from "../model/fault.js";
import { parseToUnicode, parseUtf16, type ToUnicode } from "./cmap.js";
import type { PdfFile } from "./file.js";
import { endOfPart, type Kept, Parts } from "./parts.js";
import { type Dictionary, foreign, isList, isName, isWord, latin1, Syntax, type Value } from "./syntax.js";

/**
 * The texts of a page in the order in which they are drawn, one for each showing operator or, where marked content
 * states what its glyphs mean (`ActualText`: shaped Arabic, ligatures), one for each such span.
 */
export function textsOf(
  file: PdfFile,
  page: { contents: readonly Value[]; resources: Dictionary },
): string[] {
  const found: Found = { texts: [], operators: 0 };
  const parts = page.contents.map((part) => file.stream(part).bytes);
  // a space between: operators may not run together where one stream ends and the next begins
  const content = Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
  new Interpreter(file, page.resources, found, 0).run(content);
  return found.texts;
}

interface Font {
  readonly codeBytes: 1 | 2;
  readonly toUnicode: ToUnicode;
}

/** Of the page and all the forms that it draws, so that a few forms that draw each other cannot keep us for ever. */
interface Found {
  readonly texts: string[];
  operators: number;
}

/** What a part of the content comes to that leaves nothing open, and the font that it leaves behind. */
interface Part extends Found {
  readonly font: Font | null;
}

const DEPTH_LIMIT = 4;
const MOST_OPERATORS = 1_000_000;

class Interpreter {
  readonly #file: PdfFile;
  readonly #resources: Dictionary;
  readonly #found: Found;
  readonly #depth: number;
  readonly #fonts = new Map<string, Font>();
  #font: Font | null = null;
  readonly #saved: (Font | null)[] = [];
  /** one entry for each open span of marked content: whether it states its text */
  readonly #spans: boolean[] = [];

  constructor(file: PdfFile, resources: Dictionary, found: Found, depth: number) {
    if (depth > DEPTH_LIMIT) throw foreign("forms nested too deep");
    this.#file = file;
    this.#resources = resources;
    this.#found = found;
    this.#depth = depth;
  }

  run(content: Uint8Array): void {
    const text = latin1(content);
    const parts = this.#file.keptWithin(this.#resources, () => new Parts<Part>());
    let from = 0;
    if (parts !== null)
      for (let end = this.#passPart(text, from, parts); end !== null; end = this.#passPart(text, from, parts))
        from = end;
    this.#run(new Syntax(text, from));
  }

  #run(syntax: Syntax): boolean {
    let operands: Value[] = [];
    for (let value = syntax.next(); value !== undefined; value = syntax.next()) {
      if (!isWord(value)) {
        operands.push(value);
        continue;
      }
      this.#execute(value.word, operands);
      operands = [];
    }
    return operands.length === 0 && this.#spans.length === 0 && this.#saved.length === 0;
  }

  /**
   * Goes over a part as if it had been run, if it stands for itself. In a series most parts are those of other files.
   *
   * @returns where it ends; `null` where the rest has to be run as it is
   */
  #passPart(text: string, from: number, parts: Parts<Part>): number | null {
    const begun = this.#font;
    const known = parts.at(text, from, begun) ?? this.#learn(text, from, parts);
    if (known === null) return null;
    for (const shown of known.value.texts) this.#found.texts.push(shown);
    this.#found.operators += known.value.operators;
    if (this.#found.operators > MOST_OPERATORS) throw overdrawn();
    this.#font = known.value.font;
    return from + known.text.length;
  }

  #learn(text: string, from: number, parts: Parts<Part>): Kept<Part> | null {
    const begun = this.#font;
    const end = endOfPart(text, from);
    if (end === null) return null;
    const part = text.slice(from, end);
    const { made, isCommon } = this.#file.watched(() => this.#partOf(part, begun));
    if (made === null) return null;
    const learned = { text: part, begun, value: made };
    if (isCommon) parts.keep(learned);
    return learned;
  }

  #partOf(part: string, begun: Font | null): Part | null {
    const found: Found = { texts: [], operators: 0 };
    const alone = new Interpreter(this.#file, this.#resources, found, this.#depth);
    alone.#font = begun;
    try {
      return alone.#run(new Syntax(part)) ? { ...found, font: alone.#font } : null;
    } catch (error) {
      // it may only make sense with what comes behind it
      if (error instanceof Fault) return null;
      throw error;
    }
  }

  #execute(operator: string, operands: readonly Value[]): void {
    const last = operands.at(-1);
    this.#found.operators += 1;
    if (this.#found.operators > MOST_OPERATORS) throw overdrawn();
    switch (operator) {
      case "q":
        this.#saved.push(this.#font);
        break;
      case "Q":
        this.#font = this.#saved.pop() ?? null;
        break;
      case "Tf":
        this.#font = this.#fontNamed(operands[0]);
        break;
      case "Tj":
      case "'":
      case '"':
        this.#show([last ?? null]);
        break;
      case "TJ":
        this.#show(isList(last) ? last : []);
        break;
      case "BMC":
        this.#spans.push(false);
        break;
      case "BDC":
        this.#begin(last);
        break;
      case "EMC":
        this.#spans.pop();
        break;
      case "Do":
        this.#drawForm(last);
        break;
      case "BI":
        throw foreign("an image inside of the content");
    }
  }

  #show(strings: readonly Value[]): void {
    if (this.#spans.includes(true)) return;
    const font = this.#font;
    if (font === null) throw foreign("text without a font");
    let text = "";
    for (const part of strings) if (part instanceof Uint8Array) text += lettersOf(part, font);
    this.#found.texts.push(text);
  }

  #begin(properties: Value | undefined): void {
    const stated = this.#lookUp("Properties", properties);
    // lines from the right state their text under a name of our own: other readers turn around what `ActualText` says
    const text = stated instanceof Map ? (stated.get("ActualText") ?? stated.get("LulusText")) : undefined;
    const actual = this.#file.resolve(text);
    if (actual instanceof Uint8Array && !this.#spans.includes(true))
      this.#found.texts.push(parseTextString(actual));
    this.#spans.push(actual instanceof Uint8Array);
  }

  #fontNamed(name: Value | undefined): Font {
    const key = isName(name) ? name.name : "";
    const known = this.#fonts.get(key);
    if (known !== undefined) return known;
    const reference = this.#entry("Font", key);
    const font = this.#file.once("font", reference, () => fontOf(this.#file, this.#file.resolve(reference)));
    this.#fonts.set(key, font);
    return font;
  }

  #drawForm(name: Value | undefined): void {
    const reference = isName(name) ? this.#entry("XObject", name.name) : undefined;
    const form = this.#file.resolve(reference);
    if (!(form instanceof Map) || this.#spans.includes(true)) return;
    const subtype = form.get("Subtype");
    if (!isName(subtype) || subtype.name !== "Form") return;
    const before = this.#found.operators;
    const own = this.#file.resolve(form.get("Resources"));
    const inside =
      own instanceof Map
        ? this.#file.once("form", reference, () => this.#insideOf(reference, own, before))
        : this.#insideOf(reference, this.#resources, before);
    this.#found.texts.push(...inside.texts);
    this.#found.operators = before + inside.operators;
  }

  /** @param before operators so far, which count against the limit as well */
  #insideOf(form: Value | undefined, resources: Dictionary, before: number): Found {
    const { bytes } = this.#file.stream(form);
    const found: Found = { texts: [], operators: before };
    new Interpreter(this.#file, resources, found, this.#depth + 1).run(bytes);
    return { texts: found.texts, operators: found.operators - before };
  }

  /** A property list or font is named in the resources; property lists may also stand in the content itself. */
  #lookUp(category: string, value: Value | undefined): Value {
    return isName(value) ? this.#file.resolve(this.#entry(category, value.name)) : (value ?? null);
  }

  #entry(category: string, name: string): Value | undefined {
    const named = this.#file.resolve(this.#resources.get(category));
    return named instanceof Map ? named.get(name) : undefined;
  }
}

function overdrawn(): Fault {
  return foreign("more drawing than a certificate has");
}

function fontOf(file: PdfFile, dictionary: Value): Font {
  if (!(dictionary instanceof Map)) throw foreign("text in a font that is not there");
  const subtype = file.resolve(dictionary.get("Subtype"));
  const table = dictionary.get("ToUnicode");
  return {
    codeBytes: isName(subtype) && subtype.name === "Type0" ? 2 : 1,
    toUnicode: table === undefined ? new Map() : parseToUnicode(file.stream(table).bytes),
  };
}

function lettersOf(string: Uint8Array, { codeBytes, toUnicode }: Font): string {
  let text = "";
  for (let at = 0; at + codeBytes <= string.length; at += codeBytes) {
    const first = string[at] ?? 0;
    const code = codeBytes === 1 ? first : first * 256 + (string[at + 1] ?? 0);
    text += toUnicode.get(code) ?? "\ufffd";
  }
  return text;
}

/** Text strings are UTF-16 if they begin with a byte-order mark, else one byte a letter. */
function parseTextString(bytes: Uint8Array): string {
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return parseUtf16(bytes.subarray(2));
  return latin1(bytes);
}
