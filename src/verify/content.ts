import { Fault } from "../model/fault.js";
import { parseUtf16 } from "./cmap.js";
import type { PdfFile } from "./file.js";
import { type Font, fontOf, lettersOf } from "./font.js";
import { foreign, Syntax } from "./syntax.js";
import {
  type Dictionary,
  isList,
  latin1,
  Name,
  Octets,
  Reference,
  type Value,
  Word,
  wordCode,
} from "./value.js";

/** What a page draws. */
export interface Drawing {
  readonly contents: readonly Value[];
  readonly resources: Dictionary;
  /** by the numbers of their objects: what streams came to that all files of a series have */
  readonly known: Map<number, Drawn>;
}

/** What a stream comes to. */
export interface Drawn {
  readonly texts: readonly string[];
  readonly operators: number;
  /** what it draws that must be no form: each file has its own, the QR code */
  readonly pictures: readonly Value[];
}

/**
 * The texts of a page in the order in which they are drawn, one for each showing operator or, where marked content
 * states what its glyphs mean (`ActualText`: shaped Arabic, ligatures), one for each such span.
 */
export function textsOf(file: PdfFile, page: Drawing): readonly string[] {
  return oneByOne(file, page) ?? asOne(file, page);
}

/**
 * Streams that stand for themselves, as ours do: each sets its own fonts and closes what it opens, so that nothing it
 * comes to depends on others. `null` where one does not.
 */
function oneByOne(file: PdfFile, page: Drawing): string[] | null {
  const found = nothing();
  for (const part of page.contents) {
    const drawn = drawnAlone(file, page, part);
    if (drawn === null) return null;
    for (const text of drawn.texts) found.texts.push(text);
    count(found, drawn.operators);
  }
  return found.texts;
}

function drawnAlone(file: PdfFile, { resources, known }: Drawing, part: Value): Drawn | null {
  const before = part instanceof Reference ? known.get(part.number) : undefined;
  if (before?.pictures.every((picture) => formIn(file.lookAt(picture)) === null)) return before;
  const { made, isCommon } = file.watched(() => alone(file, resources, part));
  if (part instanceof Reference && isCommon && made !== null) known.set(part.number, made);
  return made;
}

function alone(file: PdfFile, resources: Dictionary, part: Value): Drawn | null {
  const { bytes } = file.stream(part);
  const found = nothing();
  try {
    return new Interpreter(file, resources, found, 0).run(bytes) ? found : null;
  } catch (error) {
    // it may only make sense with what stands in others
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** All streams as the one that they make together. */
function asOne(file: PdfFile, { contents, resources }: Drawing): string[] {
  const found = nothing();
  const parts = contents.map((part) => file.stream(part).bytes);
  // a space between: operators may not run together where one stream ends and the next begins
  const content = Buffer.concat(parts.flatMap((part) => [part, Buffer.from("\n")]));
  new Interpreter(file, resources, found, 0).run(content);
  return found.texts;
}

/** Of the page and all the forms that it draws, so that a few forms that draw each other cannot keep us for ever. */
interface Found {
  readonly texts: string[];
  operators: number;
  readonly pictures: Value[];
}

const DEPTH_LIMIT = 4;
const MOST_OPERATORS = 1_000_000;

function nothing(): Found {
  return { texts: [], operators: 0, pictures: [] };
}

function count(found: Found, operators: number): void {
  found.operators += operators;
  if (found.operators > MOST_OPERATORS) throw foreign("more drawing than a certificate has");
}

class Interpreter {
  readonly #file: PdfFile;
  readonly #resources: Dictionary;
  readonly #found: Found;
  readonly #depth: number;
  readonly #fonts = new Map<string, Font>();
  /** what forms came to that it has drawn: borders draw the same one again and again */
  readonly #forms = new Map<string | null, Found>();
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

  /** @returns whether all is closed that was opened, and no operand left over */
  run(content: Uint8Array): boolean {
    const syntax = new Syntax(content);
    // operators that say something here take one operand, and where there are more, the first or the last of them
    let first: Value | undefined;
    let last: Value | undefined;
    for (let value = syntax.next(); value !== undefined; value = syntax.next()) {
      if (value instanceof Word) {
        count(this.#found, 1);
        this.#execute(value.code, first, last);
        first = undefined;
        last = undefined;
        continue;
      }
      if (first === undefined) first = value;
      last = value;
    }
    return first === undefined && this.#spans.length === 0 && this.#saved.length === 0;
  }

  #execute(operator: number, first: Value | undefined, last: Value | undefined): void {
    switch (operator) {
      case operators.save:
        this.#saved.push(this.#font);
        break;
      case operators.restore:
        this.#font = this.#saved.pop() ?? null;
        break;
      case operators.font:
        this.#font = this.#fontNamed(first);
        break;
      case operators.show:
      case operators.showOnNextLine:
      case operators.showSpaced:
        this.#show(last instanceof Octets ? last : null);
        break;
      case operators.showPieces:
        this.#show(isList(last) ? last : null);
        break;
      case operators.begin:
        this.#spans.push(false);
        break;
      case operators.beginWithProperties:
        this.#begin(last);
        break;
      case operators.end:
        this.#spans.pop();
        break;
      case operators.draw:
        this.#draw(last);
        break;
      case operators.image:
        throw foreign("an image inside of the content");
    }
  }

  #show(shown: Octets | readonly Value[] | null): void {
    if (this.#spans.includes(true)) return;
    const font = this.#font;
    if (font === null) throw foreign("text without a font");
    let text = "";
    if (shown instanceof Octets) text = lettersOf(shown, font);
    else if (shown !== null)
      for (const piece of shown) if (piece instanceof Octets) text += lettersOf(piece, font);
    this.#found.texts.push(text);
  }

  #begin(properties: Value | undefined): void {
    const stated = this.#lookUp("Properties", properties);
    // lines from the right state their text under a name of our own: other readers turn around what `ActualText` says
    const text = stated instanceof Map ? (stated.get("ActualText") ?? stated.get("LulusText")) : undefined;
    const actual = this.#file.resolve(text);
    if (actual instanceof Octets && !this.#spans.includes(true))
      this.#found.texts.push(parseTextString(actual));
    this.#spans.push(actual instanceof Octets);
  }

  #fontNamed(name: Value | undefined): Font {
    const key = name instanceof Name ? name.name : "";
    const known = this.#fonts.get(key);
    if (known !== undefined) return known;
    const reference = this.#entry("Font", key);
    const font = this.#file.once("font", reference, () => fontOf(this.#file, this.#file.resolve(reference)));
    this.#fonts.set(key, font);
    return font;
  }

  #draw(name: Value | undefined): void {
    const key = name instanceof Name ? name.name : null;
    const inside = this.#spans.includes(true) ? undefined : this.#forms.get(key);
    if (inside === undefined) this.#drawNew(key);
    else this.#take(inside);
  }

  #drawNew(key: string | null): void {
    const reference = key === null ? undefined : this.#entry("XObject", key);
    // within a form, what it draws is part of what it comes to
    if (this.#depth === 0 && formIn(this.#file.lookAt(reference)) === null) {
      this.#found.pictures.push(reference ?? null);
      return;
    }
    const form = formIn(this.#file.resolve(reference));
    if (form === null || this.#spans.includes(true)) return;
    const own = this.#file.resolve(form.get("Resources"));
    const inside =
      own instanceof Map
        ? this.#file.once("form", reference, () => this.#insideOf(reference, own))
        : this.#insideOf(reference, this.#resources);
    this.#forms.set(key, inside);
    this.#take(inside);
  }

  #insideOf(form: Value | undefined, resources: Dictionary): Found {
    const { bytes } = this.#file.stream(form);
    const found = nothing();
    // those before count against the limit as well
    const before = this.#found.operators;
    found.operators = before;
    new Interpreter(this.#file, resources, found, this.#depth + 1).run(bytes);
    found.operators -= before;
    return found;
  }

  #take({ texts, operators }: Found): void {
    for (const text of texts) this.#found.texts.push(text);
    count(this.#found, operators);
  }

  /** A property list or font is named in the resources; property lists may also stand in the content itself. */
  #lookUp(category: string, value: Value | undefined): Value {
    return value instanceof Name ? this.#file.resolve(this.#entry(category, value.name)) : (value ?? null);
  }

  #entry(category: string, name: string): Value | undefined {
    const named = this.#file.resolve(this.#resources.get(category));
    return named instanceof Map ? named.get(name) : undefined;
  }
}

/** The operators that have to do with texts (ISO 32000-1, annex A). */
const operators = {
  save: wordCode("q"),
  restore: wordCode("Q"),
  font: wordCode("Tf"),
  show: wordCode("Tj"),
  showOnNextLine: wordCode("'"),
  showSpaced: wordCode('"'),
  showPieces: wordCode("TJ"),
  begin: wordCode("BMC"),
  beginWithProperties: wordCode("BDC"),
  end: wordCode("EMC"),
  draw: wordCode("Do"),
  image: wordCode("BI"),
} as const;

/** The dictionary, if it is one of a form: what a form shows is shown on the page. */
function formIn(drawn: Value): Dictionary | null {
  if (!(drawn instanceof Map)) return null;
  const subtype = drawn.get("Subtype");
  return subtype instanceof Name && subtype.name === "Form" ? drawn : null;
}

/** Text strings are UTF-16 if they begin with a byte-order mark, else one byte a letter. */
function parseTextString(string: Octets): string {
  const bytes = string.bytes();
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return parseUtf16(bytes.subarray(2));
  return latin1(bytes);
}
